import { fen, parseYuan, yuan, zeroFen } from '../kernel/money.ts';

/** What was awarded within an agreement, supplier by supplier, in the order of their first contract. Amounts are yuan strings. */
export function summed(
  awards: readonly { readonly bidder: string; readonly name: string; readonly amount: string }[],
): { bidder: string; name: string; contracts: number; amount: string }[] {
  return [...Map.groupBy(awards, ({ bidder }) => bidder)].map(([bidder, own]) => ({
    bidder,
    name: own[0]?.name ?? '',
    contracts: own.length,
    amount: yuan(fen(own.reduce((sum, { amount }) => sum + (parseYuan(amount) ?? zeroFen), 0n))),
  }));
}
