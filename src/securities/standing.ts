import type { Instant } from '../kernel/clock.ts';
import { type Fen, fen, zeroFen } from '../kernel/money.ts';
import { type DayString, dayOf } from '../kernel/working-days.ts';

/** One movement on a bidder's number, as the statement that first told of it had it. */
export interface Movement {
  readonly id: string;
  /** above zero what came; below what the bank took back, and what has been paid back */
  readonly amount: bigint;
  readonly bookedOn: DayString;
  readonly bookedAt: Instant | null;
  /** when the first statement that names it was taken in */
  readonly takenAt: Instant;
  readonly payerName: string;
  readonly payerAccount: string;
  /** it is money that was paid back */
  readonly returned?: true;
}

/** From whom money counts. */
export interface PayerRule {
  readonly rule: 'basic' | 'own';
  readonly name: string;
  readonly account: string;
}

/** Why a movement does not count towards the security; it goes back to whom it came from. */
export type Misfit = 'wrong-payer' | 'late';

export interface Standing {
  /** `none`: nothing that counts; `partial`: less than is asked; `full` */
  readonly state: 'none' | 'partial' | 'full';
  readonly counted: Fen;
  /** what counts beyond what is asked */
  readonly over: Fen;
  /** the day from which the security was there in full */
  readonly fullOn: DayString | null;
  readonly counting: readonly Movement[];
  readonly misfits: readonly { readonly movement: Movement; readonly why: Misfit }[];
}

/** Names are compared as people write them: brackets, blanks and width are nothing. */
export const sameName = (a: string, b: string): boolean => plainName(a) === plainName(b);
const plainName = (name: string): string => name.normalize('NFKC').replace(/[\s·]/g, '').toUpperCase();

/**
 * In time is what the bank booked before the deadline. Where the bank tells only the day, a day before the deadline's is in time, and the deadline's own day is where
 * the statement that names it was here before the deadline.
 */
export function inTime({ bookedAt, bookedOn, takenAt }: Pick<Movement, 'bookedAt' | 'bookedOn' | 'takenAt'>, deadline: Instant): boolean {
  if (bookedAt !== null) return bookedAt < deadline;
  return bookedOn < dayOf(deadline) || (bookedOn === dayOf(deadline) && takenAt < deadline);
}

const fits = (payer: PayerRule, { payerName, payerAccount }: Movement): boolean =>
  sameName(payer.name, payerName) && (payer.rule === 'own' || payer.account === payerAccount);

/** How a bidder's security stands, from everything that moved on its number: the same whatever the order in which it was told. */
export function standingOf(movements: readonly Movement[], payer: PayerRule, asked: Fen, deadline: Instant): Standing {
  const order = [...movements].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const counting: Movement[] = [];
  const misfits: Standing['misfits'][number][] = [];
  for (const movement of order) {
    // what is gone is gone, whoever had paid it and whenever it went
    if (movement.amount < 0n) counting.push(movement);
    else if (!fits(payer, movement)) misfits.push({ movement, why: 'wrong-payer' });
    else if (!inTime(movement, deadline)) misfits.push({ movement, why: 'late' });
    else counting.push(movement);
  }
  const sum = counting.reduce((total, { amount }) => total + amount, 0n);
  const counted = sum > 0n ? fen(sum) : zeroFen;
  const state = counted === 0n ? 'none' : counted < asked ? 'partial' : 'full';
  return {
    state,
    counted,
    over: counted > asked ? fen(counted - asked) : zeroFen,
    fullOn: state === 'full' ? fullSince(counting, asked) : null,
    counting,
    misfits,
  };
}

/** Ties are told apart by what the movement is, never by the order in which it came. */
const key = ({ bookedOn, bookedAt, amount, id }: Movement): string => `${bookedOn}/${bookedAt ?? ''}/${amount}/${id}`;

/** The last day on which the sum came to what is asked and stayed there. */
function fullSince(counting: readonly Movement[], asked: Fen): DayString | null {
  let sum = 0n;
  let since: DayString | null = null;
  for (const { amount, bookedOn } of counting) {
    sum += amount;
    if (sum < asked) since = null;
    else since ??= bookedOn;
  }
  return since;
}
