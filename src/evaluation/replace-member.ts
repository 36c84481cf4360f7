import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { type Instant, instantOf } from '../kernel/clock.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { lastWentOn, notSuspended, platformStop } from '../openings/suspension.ts';
import { termsOf } from '../tenders/lot.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { leavesPanel } from './leaving.ts';
import { judgedPart } from './part-work.ts';
import { notAMember, sheetsAreOpen, sheetTimeRuns } from './problems.ts';
import { EvaluationReport, EvaluationTime, PanelMember, PartResult, SealedSheet } from './schema.ts';
import { sealsBlind, sheetTimeFrom } from './sheet-reads.ts';
import { sheetUntil } from './sheet-rounds.ts';

/**
 * A member whose sheet is not in at the end of its time has left its post and is replaced (Regulation art. 48): by the clock and by the rule of the
 * notice, never by anybody's choice. A panel has an odd number of members and at least five (Law art. 37), so it cannot go on without one.
 */
export const replaceMember = act({
  name: 'replace-member',
  by: ['system'],
  says: { zh: '更换逾期未递交评审表的成员', en: 'Replace a member whose sheet is not in' },
  takes: z.object({ lot: idField, member: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('replace-member', lot.phase);
    await notSuspended(call, lot.id);
    const { sheets } = termsOf(lot);
    if (!sheets) throw sheetsAreOpen();
    const part = judgedPart(lot);
    const member = await call.em.findOne(PanelMember, { id: command.member, lot: lot.id, leftAt: null });
    if (!member) throw notAMember();
    const handedIn = await call.em.count(SealedSheet, { member: member.id, part, blind: sealsBlind(lot) });
    const concluded = (await call.em.count(EvaluationReport, { lot: lot.id })) + (await call.em.count(PartResult, { lot: lot.id, part }));
    const [row] = await call.em.execute<{ anew: string | null }[]>(
      `select greatest((select max(s.lifted_at) from suspension_order s where s.lot = ?), (${lastWentOn})) as anew`,
      [lot.id],
    );
    const anew = row?.anew ? instantOf(new Date(row.anew)) : null;
    const until = sheetUntil([...sheetTimeFrom(lot, member), anew], sheets.hours);
    // what the panel was given by the rule of one third it has for its sheets too
    const given = await call.em.count(EvaluationTime, { lot: lot.id, part, extensions: { $gt: 0 }, until: { $gt: call.now } });
    if (handedIn > 0 || concluded > 0 || given > 0 || call.now < until) throw sheetTimeRuns();
    const replaced = fact('member.replaced', { lot: lot.id, member: member.id }, { part, member: member.id, ground: 'no-sheet' });
    return { result: {}, facts: [replaced, ...(await leavesPanel(call, member, 'no-sheet'))] };
  },
});

export const missingSheets = clockwork({
  name: 'missing-sheets',
  act: replaceMember,
  async due(em, now) {
    if (await platformStop(em, now)) return [];
    const rows = await em.execute<
      {
        lot: string;
        member: string;
        hours: number;
        judged_from: string;
        formed_at: string;
        named_from: string | null;
        anew: string | null;
      }[]
    >(
      `select m.lot, m.id as member, (lot.terms -> 'sheets' ->> 'hours')::int as hours, lot.judged_from, m.formed_at,
         case when lot.terms -> 'blind' ->> 'part' = coalesce(lot.judged_part, 'whole') then lot.unblinded_at end as named_from,
         greatest((select max(s.lifted_at) from suspension_order s where s.lot = lot.id), (${lastWentOn})) as anew
       from panel_member m join lot on lot.id = m.lot
       where lot.phase = 'evaluating' and m.left_at is null and lot.terms -> 'sheets' ->> 'hours' is not null and lot.judged_from is not null
       and not exists (select from sealed_sheet s where s.member = m.id and s.part = coalesce(lot.judged_part, 'whole')
         and s.blind = (coalesce(lot.terms -> 'blind' ->> 'part' = coalesce(lot.judged_part, 'whole'), false) and lot.unblinded_at is null))
       and not exists (select from suspension_order s where s.lot = lot.id and s.lifted_at is null)
       and not exists (select from evaluation_report r where r.lot = lot.id)
       and not exists (select from part_result r where r.lot = lot.id and r.part = lot.judged_part)
       and not exists (select from evaluation_time t where t.lot = lot.id and t.part = coalesce(lot.judged_part, 'whole')
         and t.extensions > 0 and t.until > ?)`,
      [now],
    );
    return rows
      .filter((row) => now >= sheetUntil([row.judged_from, row.formed_at, row.named_from, row.anew].map(moment), row.hours))
      .map(({ lot, member }) => ({ lot: lot as Id, member: member as Id }));
  },
});

const moment = (stored: string | null): Instant | null => (stored === null ? null : instantOf(new Date(stored)));
