import { type Fen, fen } from '../kernel/money.ts';

/**
 * Double entry. A booking is a set of postings that add up to nothing; a debit is positive. The room knows no lot and no bidder: whoever books says which accounts
 * it means, so that securities, deposits of land sales and settlements are kept in the same books.
 */
export interface Posting {
  readonly account: string;
  /** debit above zero, credit below */
  readonly amount: Fen;
}

/** The accounts that every book has; others are named by whoever books, as `<what>/<whose>`. */
export const accounts = {
  /** at the bank */
  bank: 'bank',
  /** received and not yet told whose: before an opening the books know no more than this sum */
  received: 'received',
  /** ordered to be paid back, not yet on a statement */
  ordered: 'ordered',
  /** interest and charges for delay that were paid, less what the bank has credited; the rest is borne by who held the money */
  interest: 'interest',
} as const;

export const balanced = (postings: readonly Posting[]): boolean =>
  postings.length > 1 && postings.every(({ amount }) => amount !== 0n) && postings.reduce((sum, { amount }) => sum + amount, 0n) === 0n;

/** From one account to another. */
export const transfer = (amount: Fen, from: string, to: string): readonly Posting[] => [
  { account: to, amount },
  { account: from, amount: fen(-amount) },
];

/** Postings of the same account as one; those that add up to nothing fall away. */
export function merged(postings: readonly Posting[]): readonly Posting[] {
  return [...balances(postings)].filter(([, amount]) => amount !== 0n).map(([account, amount]) => ({ account, amount }));
}

/** What stands on each account, in the order of their names. */
export function balances(postings: readonly Posting[]): ReadonlyMap<string, Fen> {
  const sums = new Map<string, Fen>();
  for (const { account, amount } of postings) sums.set(account, fen((sums.get(account) ?? 0n) + amount));
  return new Map([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}
