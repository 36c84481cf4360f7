import type { Instant } from '../kernel/clock.ts';
import { Fraction } from '../kernel/fraction.ts';
import { type Fen, fen } from '../kernel/money.ts';
import type { Words } from '../kernel/words.ts';
import { type DayString, dayOf, daysBetween } from '../kernel/working-days.ts';
import { interest } from '../ledger/interest.ts';
import { parameter, parameterInForce } from '../rulebook/parameters.ts';
import type { SecurityPlan } from '../tenders/security.ts';
import type { Movement } from './standing.ts';

/** Why money goes back, or (`kept`) to the host. */
export const refundReasons = {
  'no-number': { zh: '未填写专用账号', en: 'no account number was named' },
  'wrong-check-digit': { zh: '专用账号错误（校验位不符）', en: 'the account number is wrong: its check digits do not fit' },
  'unknown-number': { zh: '专用账号不存在', en: 'there is no such account number' },
  'wrong-payer': { zh: '付款人或付款账户不符', en: 'the payer or its account is not the one that counts' },
  late: { zh: '投标截止后到账', en: 'it came after the deadline' },
  withdrawn: { zh: '投标人撤回投标', en: 'the bid was withdrawn' },
  'no-bid': { zh: '未投标', en: 'no bid was submitted' },
  failed: { zh: '招标未成功或终止', en: 'the tender failed or was ended' },
  loser: { zh: '未中标', en: 'the bid did not win' },
  winner: { zh: '已签订合同', en: 'the contract is signed' },
  kept: { zh: '不予退还，划转招标人', en: 'kept: it goes to the tenderee' },
} as const satisfies Record<string, Words>;
export type RefundReason = keyof typeof refundReasons;

/** What is due to be paid, reckoned from the state at every look. */
export interface DueRefund {
  /** what is paid: `line/<id>`, `account/<id>/<time>` or `kept/<id>`; the same is never ordered twice */
  readonly about: string;
  readonly why: RefundReason;
  readonly principal: Fen;
  readonly interest: Fen;
  readonly lot: string | null;
  readonly party: string | null;
  readonly payee: { readonly name: string; readonly account: string; readonly bank: string };
  /** the account of the books from which it is paid */
  readonly from: string;
  /** the first moment too late */
  readonly dueBy: Instant;
}

/** A refund as it is kept once it is ordered; sealed in its row. Amounts are fen as text. */
export interface RefundText {
  readonly about: string;
  readonly order: string;
  /** `returned`: the payee’s bank sent it back */
  readonly state: 'ordered' | 'paid' | 'returned';
  readonly paidOn: DayString | null;
  readonly why: RefundReason;
  readonly principal: string;
  readonly interest: string;
  readonly lot: string | null;
  readonly party: string | null;
  readonly payeeName: string;
  readonly payeeAccount: string;
  readonly payeeBank: string;
  readonly dueBy: Instant;
  readonly orderedAt: Instant;
  readonly orderedOn: DayString;
}

/** The account of the books on which the securities of an opened lot stand; before that they are part of what was received. */
export const heldAs = (lot: string): string => `held/${lot}`;

/** What money on a number bore until today, by the line's rate, and what its delay costs, by the line's rule. */
export function bearing(
  plan: SecurityPlan,
  counting: readonly Movement[],
  given: { readonly principal: Fen; readonly dueBy: Instant; readonly now: Instant },
): Fen {
  const today = dayOf(given.now);
  const yearDays = parameter('security.interest.yearDays', today);
  const { interest: rateKey } = plan;
  const rateOn = (on: DayString) => {
    const key = rateKey ?? 'security.interest.demand';
    return { rate: parameter(key, on), until: parameterInForce(key, on).inForceTo };
  };
  const borne =
    rateKey === null
      ? 0n
      : counting.reduce((sum, { amount, bookedOn }) => {
          const size = fen(amount < 0n ? -amount : amount);
          const piece = interest(size, bookedOn, today, { yearDays, rateOn });
          return amount < 0n ? sum - piece : sum + piece;
        }, 0n);
  return fen((borne > 0n ? borne : 0n) + delayCost(plan, given, yearDays));
}

/** Counted from the first day too late, that day included. */
function delayCost(
  { late }: SecurityPlan,
  { principal, dueBy, now }: { readonly principal: Fen; readonly dueBy: Instant; readonly now: Instant },
  yearDays: number,
): bigint {
  if (late === null || now < dueBy) return 0n;
  const today = dayOf(now);
  const days = daysBetween(dayOf(dueBy), today) + 1;
  const rate = parameter(late.loan, today).times(parameter(late.factor, today));
  return BigInt(rate.times(Fraction.of(principal)).times(Fraction.of(days, yearDays)).print(0));
}
