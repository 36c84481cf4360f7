import { decimal, Fraction, round2, sum, zero } from '../kernel/fraction.ts';
import { type BenchmarkWorking, benchmarkOf } from './benchmark.ts';
import { type Computed, computed, type EvaluationBundle, type RankedBid } from './bundle.ts';
import { deviationScore, type PriceScore, policyPrice, ratioScore } from './price.ts';
import { biddersIn, dearerOfBrand, lesserOfBrand, type Outdone } from './same-brand.ts';
import { type CriterionScore, review, scoreSheets, technicalOf, type Votes } from './score-sheet.ts';
import { compareBytes, inOrder, ticketOf } from './ticket.ts';

/** Award methods, v1: from a published bundle to its ranking, exact up to each named rounding. */

export interface Rejection {
  readonly bid: string;
  readonly reason: string;
}
export interface RankRow {
  readonly bid: string;
  readonly rank: number;
  readonly technical: string;
  readonly price: string;
  readonly total: string;
  readonly evaluatedPrice: string;
}
export type Ranking =
  | { readonly outcome: 'failed'; readonly reason: 'too-few-valid'; readonly rejected: readonly Rejection[] }
  | {
      readonly outcome: 'ranked';
      readonly benchmark: string | null;
      readonly rejected: readonly Rejection[];
      readonly rows: readonly RankRow[];
      readonly candidates: readonly string[];
    };

/** Everything known of one surviving bid while it is ranked. */
export interface Standing {
  readonly bid: RankedBid;
  readonly price: Fraction;
  /** P', after policy deductions */
  readonly policyPrice: Fraction;
  readonly criteria: readonly CriterionScore[];
  readonly technical: Fraction;
  readonly priceScore: PriceScore | null;
  readonly total: Fraction;
  readonly adjustments: readonly Fraction[];
  /** E = P' + Σ adjustments, exact */
  readonly evaluatedPrice: Fraction;
  readonly ticket: Uint8Array;
}

/** The whole calculation with every intermediate value; `standings` in rank order. */
export interface Working {
  readonly votes: readonly Votes[];
  readonly rejected: readonly Rejection[];
  readonly tooFew: boolean;
  /** bids that are out, or not recommended, for another of their brand; empty where the method has no such rule */
  readonly outdone: readonly Outdone[];
  readonly benchmark: BenchmarkWorking | null;
  readonly standings: readonly Standing[];
}

/** Ranks the bids of a bundle (its own `result` is not read). */
export function rank(bundle: EvaluationBundle): Computed<Ranking> {
  const worked = workOut(bundle);
  return worked.ok ? computed(rankingOf(bundle, worked.value)) : worked;
}

/** The result as it is published: amounts and scores with 2 places. */
export function rankingOf(bundle: EvaluationBundle, working: Working): Ranking {
  const { rejected, standings, benchmark } = working;
  if (working.tooFew) return { outcome: 'failed', reason: 'too-few-valid', rejected };
  const rows = standings.map((each, i) => ({
    bid: each.bid.id,
    rank: i + 1,
    technical: each.technical.print(2),
    price: (each.priceScore?.score ?? zero).print(2),
    total: each.total.print(2),
    evaluatedPrice: round2(each.evaluatedPrice).print(2),
  }));
  const passed = new Set(working.outdone.map((each) => each.bid));
  const candidates = rows
    .filter((row) => !passed.has(row.bid))
    .slice(0, bundle.method.candidates)
    .map((row) => row.bid);
  return { outcome: 'ranked', benchmark: benchmark === null ? null : benchmark.benchmark.print(2), rejected, rows, candidates };
}

/** Steps 1 to 8. */
export function workOut(bundle: EvaluationBundle): Computed<Working> {
  const { method, bids } = bundle;
  const reviewed = review(bundle);
  if (!reviewed.ok) return reviewed;
  const ceiling = method.ceiling === null ? null : decimal(method.ceiling);
  const above = (bid: RankedBid): boolean => ceiling !== null && decimal(bid.price).isAbove(ceiling);
  const reviewReason = (bid: RankedBid): string | undefined =>
    reviewed.value.rejected.get(bid.id) ?? (above(bid) ? 'above-ceiling' : undefined);
  const conforming = bids.filter((bid) => reviewReason(bid) === undefined);
  const dearer = method.sameBrand && method.rank === 'evaluated-price' ? dearerOfBrand(conforming, method.sameBrand, bundle.tieSeed) : [];
  const out = new Set(dearer.map((each) => each.bid));
  const rejected = bids.flatMap((bid) => {
    const reason = reviewReason(bid) ?? (out.has(bid.id) ? 'same-brand' : undefined);
    return reason === undefined ? [] : [{ bid: bid.id, reason }];
  });
  const { votes } = reviewed.value;
  const known = { votes, rejected };
  if (biddersIn(conforming, method.sameBrand) < method.minimumValid)
    return computed({ ...known, tooFew: true, benchmark: null, standings: [], outdone: dearer });
  const survivors = conforming.filter((bid) => !out.has(bid.id));
  const scored = standingsOf(bundle, survivors, ceiling);
  if (!scored.ok) return scored;
  const lesser = method.sameBrand && method.rank === 'score' ? lesserOfBrand(scored.value.standings, method.sameBrand) : [];
  return computed({ ...known, tooFew: false, ...scored.value, outdone: [...dearer, ...lesser] });
}

function standingsOf(
  bundle: EvaluationBundle,
  survivors: readonly RankedBid[],
  ceiling: Fraction | null,
): Computed<Pick<Working, 'benchmark' | 'standings'>> {
  const { method } = bundle;
  const unknown = bundle.adjustments.find((each) => !bundle.bids.some((bid) => bid.id === each.bid));
  if (unknown) return { ok: false, error: 'unknown', about: unknown.bid };
  const sheets = scoreSheets(
    bundle,
    survivors.map((bid) => bid.id),
  );
  if (!sheets.ok) return sheets;
  const priced = survivors.map(({ id, price }) => ({ id, price: decimal(price) }));
  const benchmark =
    method.price?.kind === 'deviation'
      ? benchmarkOf(method.price.benchmark, { bids: priced, ceiling, drawn: bundle.drawn, tieSeed: bundle.tieSeed })
      : computed(null);
  if (!benchmark.ok) return benchmark;
  const score = priceScorer(
    method.price,
    survivors.map((bid) => policyPrice(bid, method.policy)),
    benchmark.value,
  );
  const standings = survivors.map((bid): Standing => {
    const price = decimal(bid.price);
    const afterPolicy = policyPrice(bid, method.policy);
    const criteria = sheets.value.get(bid.id) ?? [];
    const technical = technicalOf(criteria);
    const priceScore = score(price, afterPolicy);
    const adjustments = bundle.adjustments.filter((each) => each.bid === bid.id).map((each) => decimal(each.amount));
    return {
      bid,
      price,
      policyPrice: afterPolicy,
      criteria,
      technical,
      priceScore,
      total: technical.plus(priceScore?.score ?? zero),
      adjustments,
      evaluatedPrice: afterPolicy.plus(sum(adjustments)),
      ticket: ticketOf(bundle.tieSeed, bid.id),
    };
  });
  return computed({ benchmark: benchmark.value, standings: standings.sort(orders[method.rank]) });
}

/** Step 6 as a function of (P, P'). */
function priceScorer(
  rule: EvaluationBundle['method']['price'],
  policyPrices: readonly Fraction[],
  benchmark: BenchmarkWorking | null,
): (price: Fraction, afterPolicy: Fraction) => PriceScore | null {
  if (rule === null) return () => null;
  if (rule.kind === 'ratio') {
    const lowest = policyPrices.reduce((low, each) => (each.isBelow(low) ? each : low), policyPrices[0] ?? zero);
    return (_, afterPolicy) => ratioScore(rule, afterPolicy, lowest);
  }
  const value = benchmark?.benchmark ?? Fraction.of(1);
  return (price) => deviationScore(rule, price, value);
}

const byPrice = (a: Standing, b: Standing): number => a.price.compare(b.price);
const byTicket = (a: Standing, b: Standing): number => compareBytes(a.ticket, b.ticket);
const reversed =
  <T>(compare: (a: T, b: T) => number) =>
  (a: T, b: T): number =>
    compare(b, a);

/** Step 8. Ids are unique, so tickets are; every order is total. */
const orders = {
  score: inOrder<Standing>(
    reversed((a, b) => a.total.compare(b.total)),
    byPrice,
    reversed((a, b) => a.technical.compare(b.technical)),
    byTicket,
  ),
  'evaluated-price': inOrder<Standing>((a, b) => a.evaluatedPrice.compare(b.evaluatedPrice), byPrice, byTicket),
  'highest-price': inOrder<Standing>(reversed(byPrice), (a, b) => textOrder(a.bid.receivedAt, b.bid.receivedAt), byTicket),
} as const satisfies Record<EvaluationBundle['method']['rank'], (a: Standing, b: Standing) => number>;

/** Instants of one form sort as text. */
const textOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
