import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { canonicalBytes } from '../kernel/bytes.ts';
import { parseInstant } from '../kernel/clock.ts';
import { idField } from '../kernel/ids.ts';
import { signedNear } from '../openings/hall-statement.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { recordMarks } from './given-marks.ts';
import { recordVerdicts } from './given-verdicts.ts';
import { sittingMembers } from './member-reads.ts';
import { checkMemberSignature } from './member-signature.ts';
import { judgedPart } from './part-work.ts';
import { identityStale, nothingChanged, sheetsAreOpen, sheetsStillSealed } from './problems.ts';
import { sheetChange } from './sheet-change.ts';
import { allOpened, newestSheets } from './sheet-reads.ts';
import { workingMember } from './working-member.ts';

const reason = z.string().trim().min(1, '请写明理由。 | Please give the reason.').max(1000);
export const changeFields = z.object({
  verdicts: z.array(z.object({ bid: idField, item: z.string().min(1).max(64), pass: z.boolean(), reason })).max(500),
  scores: z
    .array(z.object({ bid: idField, criterion: z.string().min(1).max(64), score: z.string().regex(/^(0|[1-9]\d{0,3})\.\d{2}$/), reason }))
    .max(1000),
  at: z.string().max(40),
  /** base64 of the detached CMS over `sheetChange` */
  signature: z.base64().max(30_000),
});

/** After the opening a member may still change what it gave, signed and with a reason each time: how far it moved from what it had sealed stays visible. */
export const changeSheet = act({
  name: 'change-sheet',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '开启后更正评审表', en: 'Change a sheet after the opening' },
  takes: changeFields.extend({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('change-sheet', lot.phase);
    const member = await workingMember(call, lot);
    if (!termsOf(lot).sheets) throw sheetsAreOpen();
    const members = await sittingMembers(call.em, lot.id);
    if (!allOpened(lot, members, await newestSheets(call.em, lot, members))) throw sheetsStillSealed();
    const at = parseInstant(command.at);
    if (at === undefined || !signedNear(at, call.now)) throw identityStale();
    const part = judgedPart(lot);
    const statement = sheetChange({ lot: lot.id, part, member: member.id, at }, command);
    await checkMemberSignature(call, canonicalBytes(statement), command.signature);
    const changed = [
      ...(await recordVerdicts(call, lot, member.id, command.verdicts)),
      ...(await recordMarks(call, lot, member.id, command.scores)),
    ];
    if (changed.length === 0) throw nothingChanged();
    const signed = fact(
      'sheet.changed',
      { lot: lot.id, member: member.id },
      { part, member: member.id, statement, signature: command.signature },
    );
    return { result: { changed: changed.length }, facts: [signed, ...changed] };
  },
});
