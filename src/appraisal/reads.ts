import type { EntityManager } from '@mikro-orm/postgresql';
import { maskWords } from '../evaluation/mask.ts';
import { sittingMembers } from '../evaluation/member-reads.ts';
import { knowsNames } from '../experts/names.ts';
import { lotHeadOf, nameReader } from '../experts/reads.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { fen, yuan } from '../kernel/money.ts';
import { notFound } from '../kernel/problem.ts';
import { dayOf } from '../kernel/working-days.ts';
import { hosts, lotFor } from '../tenders/reads.ts';
import { feeLimit } from './annual-limits.ts';
import type { AftermathAnswer, AppraisalAnswer } from './answers.ts';
import { appraisalLimit } from './appraisal-limit.ts';
import { type ConductCode, conductCodes, conductWords } from './conduct.ts';
import { agentDimensions, expertDimensions, meanOf } from './dimensions.ts';
import { feesOf } from './fee-reads.ts';
import { Appraisal, Fee } from './schema.ts';

export const appraisalAnswerOf = ({ id, side, scores, comment, late, at, answer }: Appraisal): AppraisalAnswer => ({
  id,
  side,
  scores: { ...scores },
  comment: comment ?? null,
  late,
  at,
  answer: answer ?? null,
});

/** So many experts must have spoken before the host reads what they said. */
const fewest = 3;

/** What follows an evaluation, for its host, the centre and the supervisor. Experts stand under their masks until the reader may know the names. */
export async function aftermathOf(em: EntityManager, by: Actor, id: string, now: Instant): Promise<AftermathAnswer> {
  const { lot, project } = await lotFor(em, by, id);
  const reader = await nameReader(em, by, lot.id, project);
  const host = hosts(by, project);
  if (!lot.reportedAt || !(host || reader.supervises || by.role === 'centre')) throw notFound();
  const members = (await sittingMembers(em, lot.id)).filter(({ kind }) => kind === 'expert');
  const rows = await em.find(Appraisal, { lot: lot.id }, { orderBy: { at: 'asc' } });
  const named = knowsNames(reader, lot);
  const paid = new Map((await em.find(Fee, { lot: lot.id })).map((fee) => [fee.member, fee]));
  const owed = lot.resultedAt ? await feesOf(em, lot, project) : [];
  const [first] = paid.values();
  const payer = by.role === 'tenderee' && host;
  const side = host ? 'host' : 'regulator';
  const on = dayOf(now);
  const feeOfMember = (member: string) => {
    const row = paid.get(member);
    const fee = row ? { ...row, withheld: row.withheld?.split(' ') ?? [] } : owed.find((each) => each.member.id === member);
    return fee ? feeAnswer(fee, on) : null;
  };
  const ofHost = rows.filter((each) => each.side === 'expert');
  const total = fen((paid.size > 0 ? [...paid.values()] : owed).reduce((sum, { amount }) => sum + amount, 0n));
  return {
    lot: lotHeadOf(lot),
    reportedAt: lot.reportedAt,
    due: appraisalLimit.due(lot.reportedAt).due,
    dimensions: [...expertDimensions],
    members: members.map((member) => {
      const own = rows.filter((each) => each.member === member.id && each.side !== 'expert');
      return {
        member: member.id,
        mask: maskWords(member.mask),
        name: named ? member.name : null,
        appraisals: own.map(appraisalAnswerOf),
        fee: feeOfMember(member.id),
        may: {
          appraise: (host || reader.supervises) && !own.some((each) => each.side === side),
          enter: reader.supervises || by.role === 'centre',
        },
      };
    }),
    host: {
      dimensions: [...agentDimensions],
      count: ofHost.length,
      means: ofHost.length >= fewest ? meansOf(ofHost) : null,
    },
    codes: conductCodes.map((code) => ({ code, says: conductWords(code, on).says })),
    fees: lot.resultedAt
      ? {
          confirmedAt: first?.confirmedAt ?? null,
          due: feeLimit.due(lot.resultedAt),
          paid: first ? paymentOf(first) : null,
          total: yuan(total),
          mayConfirm: payer && paid.size === 0,
          mayPay: payer && first !== undefined && !first.paidOn,
        }
      : null,
  };
}

const meansOf = (rows: readonly Appraisal[]): Record<string, string> =>
  Object.fromEntries(agentDimensions.map(({ id }) => [id, meanOf(rows.map(({ scores }) => scores[id] ?? 0)) ?? '']));

/** What the payer states of a payment. */
export const paymentOf = ({ paidOn, reference }: Fee) => (paidOn && reference ? { on: paidOn, reference } : null);

type AnyFee = Pick<Fee, 'minutes' | 'base' | 'extra' | 'travel' | 'amount'> & { readonly withheld: readonly string[] };

export const feeAnswer = ({ minutes, base, extra, travel, amount, withheld }: AnyFee, on: ReturnType<typeof dayOf>) => ({
  minutes,
  base: yuan(fen(base)),
  extra: yuan(fen(extra)),
  travel: yuan(fen(travel)),
  amount: yuan(fen(amount)),
  withheld: withheld.map((code) => conductWords(code as ConductCode, on).says),
});
