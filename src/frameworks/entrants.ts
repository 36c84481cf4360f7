import { Fraction } from '../kernel/fraction.ts';

/** Who enters an agreement, and whose turn it is: pure, the same for the platform and for whoever rechecks it. */

/**
 * How many of `n` ranked suppliers enter: the share is eliminated and one of them in any case, and no more than the notice says
 * (Order 110 art. 27; rules/domain GV-11).
 */
export function entrantsOf(n: number, eliminated: string, most: number | null): number {
  const share = Fraction.parse(eliminated);
  if (share === undefined) throw new Error(`'${eliminated}' is no share`);
  const kept = Number(Fraction.of(n).times(Fraction.of(1).minus(share)).floor());
  return Math.max(0, Math.min(most ?? n, kept, n - 1));
}

/**
 * Whose turn it is: each supplier once in a round, in the order of rank; who was removed is passed over (Order 110 art. 34). Null when nobody is left.
 */
export function turnOf<E extends { readonly bidder: string; readonly rank: number }>(
  standing: readonly E[],
  awarded: readonly { readonly bidder: string }[],
): E | null {
  const had = (bidder: string): number => awarded.filter((each) => each.bidder === bidder).length;
  const [next] = [...standing].sort((a, b) => had(a.bidder) - had(b.bidder) || a.rank - b.rank);
  return next ?? null;
}
