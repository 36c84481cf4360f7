import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { OpeningItem } from '../openings/schema.ts';
import { Lot } from '../tenders/schema.ts';
import { blindingOf, submissionNamed } from './blind-reads.ts';
import { ownSeat } from './member-reads.ts';
import { sealNote } from './note.ts';
import { judgedPart } from './part-work.ts';
import { declareFirst, deskClosed, unknownItem } from './problems.ts';
import { DeskNote, PanelMember } from './schema.ts';

export const noteFields = z.object({
  bid: idField,
  /** empty takes the note away */
  text: z.string().trim().max(4000),
});

/**
 * A member notes something about a bid for itself. Nobody else reads it: not the other members, the host, the supervisor, nor the journal, which knows
 * only that there is a note. It is no part of the evaluation.
 */
export const keepNote = act({
  name: 'keep-note',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '记本人笔记', en: 'Keep a note for oneself' },
  takes: noteFields.extend({ lot: idField }),
  async run(call, { lot: id, bid, text }) {
    const lot = await lock(call, Lot, id);
    const member = await lock<PanelMember>(call, PanelMember, (await ownSeat(call.em, call.by, lot.id)).id);
    if (!member.declaredAt) throw declareFirst();
    if (!lot.evaluationStartedAt || lot.reportedAt || lot.failedAt) throw deskClosed();
    const submission = submissionNamed(await blindingOf(call.em, lot), bid);
    if (submission === undefined) throw unknownItem();
    const judged = { lot: lot.id, part: judgedPart(lot), submission, state: 'opened' };
    if ((await call.em.count(OpeningItem, judged)) === 0) throw unknownItem();
    const before = await call.em.findOne(DeskNote, { member: member.id, submission: bid });
    if (text === '') {
      if (before) call.em.remove(before);
    } else {
      const note = before ?? call.em.create(DeskNote, { member: member.id, submission: bid, sealed: '', at: call.now });
      note.sealed = sealNote(text, member.id, bid);
      note.at = call.now;
    }
    return { result: {}, facts: [fact('note.kept', { lot: lot.id, member: member.id }, { member: member.id, bid })] };
  },
});
