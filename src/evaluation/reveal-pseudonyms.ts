import { z } from 'zod';
import { act, type Call, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { layOpenPseudonyms } from '../openings/lay-open-pseudonyms.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { type Blinding, blindingOf } from './blind-reads.ts';
import { panelWork } from './bundle-reads.ts';
import { readNote, sealNote } from './note.ts';
import { refuseMissingMembers, refuseOpenWork } from './open-work.ts';
import { refuseSealedWork } from './opened-work.ts';
import { judgedPart } from './part-work.ts';
import { notBlind } from './problems.ts';
import { DeskNote, SheetDraft } from './schema.ts';
import { workingMember } from './working-member.ts';

/**
 * Lays open whose the pseudonyms are, once every member has given everything that is judged blind: what was given so stands from here on. Any member may do
 * it, as any may conclude. The rest of the envelope is judged with the names known.
 */
export const revealPseudonyms = act({
  name: 'reveal-pseudonyms',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '揭晓暗标', en: 'Lay the pseudonyms open' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('reveal-pseudonyms', lot.phase);
    await workingMember(call, lot);
    const blinding = await blindingOf(call.em, lot);
    if (!blinding || !lot.judgedPart) throw notBlind();
    const terms = termsOf(lot);
    const work = await panelWork(call.em, lot);
    refuseMissingMembers(work, terms);
    await refuseSealedWork(call, lot, work);
    refuseOpenWork(work, terms);
    await notesFollow(call, blinding);
    // what was typed over pseudonyms is no draft of the sheet by name
    await call.em.nativeDelete(SheetDraft, { part: judgedPart(lot), member: { $in: work.members.map(({ id }) => id) } });
    const facts = await layOpenPseudonyms(call, lot, judgedPart(lot));
    return { result: { bids: blinding.list.length }, facts };
  },
});

/** What members noted about a pseudonym joins what they noted about the bid by its name. */
async function notesFollow(call: Call, { list }: Blinding): Promise<void> {
  for (const note of await call.em.find(DeskNote, { submission: { $in: list.map(({ id }) => id) } })) {
    const submission = list.find(({ id }) => id === note.submission)?.submission ?? '';
    const text = readNote(note.sealed, note.member, note.submission) ?? '';
    const before = await call.em.findOne(DeskNote, { member: note.member, submission });
    const earlier = before ? (readNote(before.sealed, note.member, submission) ?? '') : '';
    const sealed = sealNote([earlier, text].filter((each) => each !== '').join('\n'), note.member, submission);
    if (before) before.sealed = sealed;
    else call.em.create(DeskNote, { member: note.member, submission, sealed, at: note.at });
    call.em.remove(note);
  }
}
