import type { EntityManager } from '@mikro-orm/postgresql';
import { PanelMember } from '../evaluation/schema.ts';
import { DrawSeat } from '../experts/schema.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { fen, yuan } from '../kernel/money.ts';
import { notFound } from '../kernel/problem.ts';
import { dayOf } from '../kernel/working-days.ts';
import { Lot } from '../tenders/schema.ts';
import { feeLimit } from './annual-limits.ts';
import { ownYears } from './annual-reads.ts';
import type { OwnWorkAnswer } from './answers.ts';
import { pointsOn } from './conduct.ts';
import { entryAnswers } from './conduct-reads.ts';
import { agentDimensions, expertDimensions } from './dimensions.ts';
import { appraisalAnswerOf, feeAnswer, paymentOf } from './reads.ts';
import { Appraisal, ConductEntry, Fee } from './schema.ts';

/** An expert's own evaluations with what was said of it, what it was paid, and its points. */
export async function ownWork(em: EntityManager, by: Actor, now: Instant): Promise<OwnWorkAnswer> {
  const { expert } = by;
  if (expert === null) throw notFound();
  const on = dayOf(now);
  const seats = await em.find(DrawSeat, { expert, calledAt: { $ne: null } }, { fields: ['state', 'ground'] });
  const count = (holds: (seat: (typeof seats)[number]) => boolean): number => seats.filter(holds).length;
  const members = await em.find(PanelMember, { expert, leftAt: null }, { orderBy: { formedAt: 'desc' }, limit: 200 });
  const lots = new Map((await em.find(Lot, { id: { $in: members.map(({ lot }) => lot) } })).map((lot) => [lot.id, lot]));
  const appraisals = await em.find(Appraisal, { expert }, { orderBy: { at: 'asc' } });
  const fees = new Map((await em.find(Fee, { expert })).map((fee) => [fee.member, fee]));
  const entries = await em.find(ConductEntry, { expert }, { orderBy: { enteredAt: 'desc', id: 'desc' } });
  return {
    calls: {
      called: seats.length,
      accepted: count(({ state }) => state === 'accepted'),
      declined: count(({ state, ground }) => state === 'declined' && ground !== 'no-answer'),
      silent: count(({ ground }) => ground === 'no-answer'),
    },
    dimensions: [...expertDimensions],
    hostDimensions: [...agentDimensions],
    evaluations: members.flatMap((member) => {
      const lot = lots.get(member.lot);
      if (!lot) return [];
      const fee = fees.get(member.id);
      const own = appraisals.filter((each) => each.member === member.id);
      return {
        lot: lot.id,
        name: lot.name,
        number: lot.number,
        reportedAt: lot.reportedAt ?? null,
        appraisals: own.map(appraisalAnswerOf),
        fee: fee ? feeAnswer({ ...fee, withheld: fee.withheld?.split(' ') ?? [] }, on) : null,
        feeDue: lot.reportedAt && lot.resultedAt ? feeLimit.due(lot.resultedAt) : null,
        paid: fee ? paymentOf(fee) : null,
        mayAppraise: Boolean(lot.reportedAt) && !own.some(({ side }) => side === 'expert'),
      };
    }),
    feeYears: feeYearsOf([...fees.values()]),
    points: pointsOn(entries, on),
    entries: await entryAnswers(em, by, entries, now),
    years: await ownYears(em, expert, now),
  };
}

/** What an expert was awarded in each year, and how much of it its payers say they have paid. */
function feeYearsOf(fees: readonly Fee[]): OwnWorkAnswer['feeYears'] {
  const yearOf = ({ confirmedAt }: Fee): string => dayOf(confirmedAt).slice(0, 4);
  const total = (rows: readonly Fee[]): string => yuan(fen(rows.reduce((sum, { amount }) => sum + amount, 0n)));
  return [...new Set(fees.map(yearOf))]
    .sort()
    .reverse()
    .map((year) => {
      const rows = fees.filter((fee) => yearOf(fee) === year);
      return { year, evaluations: rows.length, amount: total(rows), paid: total(rows.filter(({ paidOn }) => paidOn)) };
    });
}
