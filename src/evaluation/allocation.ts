import { decimal, Fraction } from '../kernel/fraction.ts';
import { type AllocationBundle, type Computed, computed, failed } from './bundle.ts';
import { compareBytes, inOrder, ticketOf } from './ticket.ts';

/** Volume-based selection of drugs: who is shortlisted, who wins, and which region each winner supplies. */

export interface AllocationResult {
  /** lowest comparable price among the qualified; null when nobody is */
  readonly lowest: string | null;
  /** number of qualified bids */
  readonly n: number;
  readonly share: string | null;
  readonly winners: readonly { readonly bid: string; readonly rank: number; readonly comparablePrice: string }[];
  readonly lost: readonly { readonly bid: string; readonly reason: 'above-ceiling' | 'not-shortlisted' | 'outranked' }[];
  readonly regions: readonly {
    readonly region: string;
    readonly supplier: string | null;
    readonly backup: string | null;
    readonly agreedVolume: number;
  }[];
}

interface Offer {
  readonly id: string;
  /** u = price / factor, half up to 4 places */
  readonly comparable: Fraction;
  readonly capacity: number;
  readonly ticket: Uint8Array;
}

/** Computes the result of an allocation bundle (its own `result` is not read). */
export function allocate(bundle: AllocationBundle): Computed<AllocationResult> {
  const { rules, tieSeed } = bundle;
  const ceiling = decimal(bundle.ceiling);
  const offers = bundle.bids.map(
    (bid): Offer => ({
      id: bid.id,
      comparable: decimal(bid.price).over(decimal(bid.factor)).rounded(4),
      capacity: bid.capacity,
      ticket: ticketOf(tieSeed, bid.id),
    }),
  );
  const qualified = offers.filter((offer) => !offer.comparable.isAbove(ceiling)).sort(byRank);
  const lowest = qualified[0]?.comparable ?? null;
  const shortlisted = qualified.filter((offer) => lowest !== null && isShortlisted(offer.comparable, lowest, ceiling, rules));
  const winners = shortlisted.slice(0, stepAt(rules.winners, qualified.length) ?? 0);
  const share = stepAt(rules.share, winners.length) ?? null;
  const regions = shareRegions(bundle, winners, share);
  if (!regions.ok) return regions;
  const lost = offers
    .filter((offer) => !winners.includes(offer))
    .map((offer) => ({ bid: offer.id, reason: reasonOf(offer, qualified, shortlisted) }));
  return computed({
    lowest: lowest === null ? null : lowest.print(4),
    n: qualified.length,
    share,
    winners: winners.map((offer, i) => ({ bid: offer.id, rank: i + 1, comparablePrice: offer.comparable.print(4) })),
    lost,
    regions: regions.value,
  });
}

function reasonOf(offer: Offer, qualified: readonly Offer[], shortlisted: readonly Offer[]): AllocationResult['lost'][number]['reason'] {
  if (!qualified.includes(offer)) return 'above-ceiling';
  return shortlisted.includes(offer) ? 'outranked' : 'not-shortlisted';
}

const byRank = inOrder<Offer>(
  (a, b) => a.comparable.compare(b.comparable),
  (a, b) => b.capacity - a.capacity,
  (a, b) => compareBytes(a.ticket, b.ticket),
);

function isShortlisted(comparable: Fraction, lowest: Fraction, ceiling: Fraction, rules: AllocationBundle['rules']): boolean {
  const nearLowest = !comparable.isAbove(lowest.times(decimal(rules.ratio)));
  const cut = ceiling.minus(comparable).over(ceiling);
  return nearLowest || !cut.isBelow(decimal(rules.cut)) || !comparable.isAbove(decimal(rules.floor));
}

/** The entry with the greatest first number ≤ n; undefined below the first step (n = 0). */
function stepAt<T>(table: readonly (readonly [number, T])[], n: number): T | undefined {
  return table.findLast(([from]) => from <= n)?.[1];
}

/** Winners pick in rotation by rank, each region once, until none is left; the next winner by rank, cyclically, is the backup. */
function shareRegions(
  { regions, picks }: AllocationBundle,
  winners: readonly Offer[],
  share: string | null,
): Computed<AllocationResult['regions']> {
  const suppliers = new Map<string, number>();
  for (const [i, pick] of picks.entries()) {
    const place = winners.length === 0 ? -1 : i % winners.length;
    const known = regions.some((region) => region.id === pick.region);
    if (winners[place]?.id !== pick.bid || !known || suppliers.has(pick.region)) return failed('pick', `${pick.bid} ${pick.region}`);
    suppliers.set(pick.region, place);
  }
  const left = regions.find((region) => !suppliers.has(region.id));
  if (left !== undefined && winners.length > 0) return failed('pick', left.id);
  return computed(
    regions.map((region) => {
      const place = suppliers.get(region.id);
      if (place === undefined || share === null) return { region: region.id, supplier: null, backup: null, agreedVolume: 0 };
      return {
        region: region.id,
        supplier: winners[place]?.id ?? null,
        backup: winners.length < 2 ? null : (winners[(place + 1) % winners.length]?.id ?? null),
        agreedVolume: Number(Fraction.of(region.volume).times(decimal(share)).floor()),
      };
    }),
  );
}
