import { decimal, type Fraction } from '../kernel/fraction.ts';
import { brandName } from '../tenders/same-brand.ts';
import type { Method, RankedBid } from './bundle.ts';
import { compareBytes, inOrder, ticketOf } from './ticket.ts';

/**
 * Bidders who offer one brand (Order 87 art. 31). By lowest price the cheapest of a brand stays and the others are out; by score they count as one
 * bidder, all of them are scored, and the best keeps the recommendation. Ties go by what the documents say, and then by the draw.
 */

/** Bids of one brand, in the order of the bundle; a bid that names none stands for itself. */
export function brandsOf<Bid extends Pick<RankedBid, 'id' | 'brand'>>(bids: readonly Bid[]): readonly (readonly Bid[])[] {
  const groups = new Map<string, Bid[]>();
  for (const bid of bids) {
    const key = JSON.stringify(bid.brand === undefined ? { bid: bid.id } : { brand: brandName(bid.brand) });
    groups.set(key, [...(groups.get(key) ?? []), bid]);
  }
  return [...groups.values()];
}

/** How many bidders these are, where bids of one brand count as one. */
export const biddersIn = (bids: readonly Pick<RankedBid, 'id' | 'brand'>[], sameBrand: Method['sameBrand']): number =>
  sameBrand === undefined ? bids.length : brandsOf(bids).length;

export interface Outdone {
  readonly bid: string;
  /** the bid of the same brand that stays, or is recommended, instead */
  readonly by: string;
}

/** By lowest price: the bids that are out because another of their brand is cheaper. */
export function dearerOfBrand(bids: readonly RankedBid[], sameBrand: NonNullable<Method['sameBrand']>, tieSeed: string): Outdone[] {
  const before = inOrder<RankedBid>(
    (a, b) => decimal(a.price).compare(decimal(b.price)),
    sameBrand.tie === 'receipt' ? byReceipt : undecided,
    (a, b) => compareBytes(ticketOf(tieSeed, a.id), ticketOf(tieSeed, b.id)),
  );
  return outdoneIn(bids, before);
}

/** What decides between bids of one brand once all are scored. */
export interface ScoredBid {
  readonly bid: RankedBid;
  readonly price: Fraction;
  readonly technical: Fraction;
  readonly total: Fraction;
  readonly ticket: Uint8Array;
}

/** By score: the bids that cannot be recommended because another of their brand did better. */
export function lesserOfBrand(scored: readonly ScoredBid[], sameBrand: NonNullable<Method['sameBrand']>): Outdone[] {
  const ties = {
    draw: undecided,
    price: (a: ScoredBid, b: ScoredBid) => a.price.compare(b.price),
    technical: (a: ScoredBid, b: ScoredBid) => b.technical.compare(a.technical),
    receipt: (a: ScoredBid, b: ScoredBid) => byReceipt(a.bid, b.bid),
  };
  const before = inOrder<ScoredBid>(
    (a, b) => b.total.compare(a.total),
    ties[sameBrand.tie],
    (a, b) => compareBytes(a.ticket, b.ticket),
  );
  const byId = new Map(scored.map((each) => [each.bid.id, each]));
  return outdoneIn(
    scored.map((each) => each.bid),
    (a, b) => {
      const [one, other] = [byId.get(a.id), byId.get(b.id)];
      return one && other ? before(one, other) : 0;
    },
  );
}

function outdoneIn(bids: readonly RankedBid[], before: (a: RankedBid, b: RankedBid) => number): Outdone[] {
  const best = new Map<string, string>();
  for (const group of brandsOf(bids)) {
    const [first] = [...group].sort(before);
    for (const bid of group) if (first && bid.id !== first.id) best.set(bid.id, first.id);
  }
  return bids.flatMap(({ id }) => {
    const by = best.get(id);
    return by === undefined ? [] : [{ bid: id, by }];
  });
}

const undecided = (): number => 0;
/** Instants of one form sort as text. */
const byReceipt = (a: RankedBid, b: RankedBid): number => (a.receivedAt < b.receivedAt ? -1 : a.receivedAt > b.receivedAt ? 1 : 0);
