import { ascending, decimal, Fraction, hundred, mean, one, round2, zero } from '../kernel/fraction.ts';
import type { Benchmark, Rate } from '../tenders/benchmark.ts';
import { type Computed, computed, failed } from './bundle.ts';
import { compareBytes, ticketOf } from './ticket.ts';

/** A bid by whose price the benchmark is reckoned. */
export interface Priced {
  readonly id: string;
  readonly price: Fraction;
}
export interface BenchmarkInputs {
  /** of the survivors */
  readonly bids: readonly Priced[];
  readonly ceiling: Fraction | null;
  readonly drawn: Readonly<Record<string, string>>;
  readonly tieSeed: string;
}

/** How the benchmark B came about: what the report shows. */
export interface BenchmarkWorking {
  readonly kind: Benchmark['kind'];
  /** prices that entered, ascending, and those left out before the mean */
  readonly used: readonly Fraction[];
  readonly dropped: readonly Fraction[];
  /** the mean where the kind takes one and does something else with it, and what it was brought together with */
  readonly parts: readonly { readonly name: string; readonly value: Fraction }[];
  /** the value before discount and rounding */
  readonly base: Fraction;
  readonly weight: Fraction | null;
  readonly discount: Fraction | null;
  /** rounded to 2 places before use */
  readonly benchmark: Fraction;
}

/** What a kind makes of the prices that enter; `weight` where it has one. */
interface Base {
  readonly base: Fraction;
  readonly weight?: Fraction;
  readonly parts?: BenchmarkWorking['parts'];
}

/** B from the prices of the survivors, rounded to 2 places (docs/award-methods.md). `blend` needs a ceiling or an amount, `composite` a ceiling. */
export function benchmarkOf(rule: Benchmark, inputs: BenchmarkInputs): Computed<BenchmarkWorking> {
  const { used, dropped } = enteringPrices(rule, inputs);
  if (used.length === 0) return failed('no-benchmark', rule.kind);
  const given = baseOf(rule, used, inputs);
  if (!given.ok) return given;
  const { base, weight = null, parts = [] } = given.value;
  const discount = rule.discount === undefined ? null : rateOf(rule.discount, inputs.drawn);
  if (discount === undefined) return failed('drawn-missing', rule.kind);
  const benchmark = round2(base.times(one.minus(discount ?? zero)));
  // A benchmark of zero (a discount of 100 %) would divide by zero in the deviation.
  if (!benchmark.isAbove(zero)) return failed('no-benchmark', rule.kind);
  return computed({ kind: rule.kind, used, dropped, parts, base, weight, discount, benchmark });
}

function baseOf(rule: Benchmark, used: readonly Fraction[], inputs: BenchmarkInputs): Computed<Base> {
  const [lowest = zero, second = lowest] = used;
  switch (rule.kind) {
    case 'mean':
      return computed({ base: mean(used) });
    case 'lowest':
      return computed({ base: lowest });
    case 'second-lowest':
      return computed({ base: second });
    case 'second-average': {
      const average = mean(used);
      const again = rule.with === 'lowest' ? [average, lowest] : used.filter((price) => !price.isAbove(average));
      return computed({ base: mean(again), parts: [{ name: 'm', value: average }] });
    }
    case 'blend':
      return blended(rule, mean(used), inputs);
    case 'composite':
      return composed(rule, used, inputs);
  }
}

/** m · meanFactor · w + amount · amountFactor · (1 − w); factors are 1 where none is named. */
function blended(rule: Extract<Benchmark, { kind: 'blend' }>, average: Fraction, { ceiling, drawn }: BenchmarkInputs): Computed<Base> {
  const amount = rule.amount === undefined ? ceiling : decimal(rule.amount);
  if (amount === null) return failed('no-benchmark', 'blend without a ceiling');
  const [weight, meanFactor, amountFactor] = [rule.weight, rule.meanFactor ?? '1', rule.amountFactor ?? '1'].map((each) =>
    rateOf(each, drawn),
  );
  if (weight === undefined || meanFactor === undefined || amountFactor === undefined) return failed('drawn-missing', rule.kind);
  const [left, right] = [average.times(meanFactor), amount.times(amountFactor)];
  const parts = [
    { name: 'm', value: average },
    ...(rule.meanFactor === undefined ? [] : [{ name: 'm·k', value: left }]),
    { name: 'A', value: amount },
    ...(rule.amountFactor === undefined ? [] : [{ name: 'A·k', value: right }]),
  ];
  return computed({ base: left.times(weight).plus(right.times(one.minus(weight))), weight, parts });
}

/** A·anchor + Q·picked + C·lowest: the lowered ceiling A, one bid Q drawn between C and a share of A, the lowest reasonable price C. */
function composed(
  { cut, shares, kind }: Extract<Benchmark, { kind: 'composite' }>,
  used: readonly Fraction[],
  { bids, ceiling, drawn, tieSeed }: BenchmarkInputs,
): Computed<Base> {
  if (ceiling === null) return failed('no-benchmark', 'composite without a ceiling');
  const lowered = rateOf(cut, drawn);
  if (lowered === undefined) return failed('drawn-missing', kind);
  const anchor = ceiling.times(one.minus(lowered));
  const meanShare = decimal(shares.floor.mean);
  const floor = mean(used)
    .times(meanShare)
    .plus(ceiling.times(one.minus(meanShare)))
    .times(decimal(shares.floor.share));
  const [cheapest = zero] = used;
  const lowest = used.find((price) => !price.isBelow(floor)) ?? cheapest;
  const most = anchor.times(decimal(shares.below));
  const [drawnBid] = byLot(
    bids.filter(({ price }) => price.isAbove(lowest) && price.isBelow(most)),
    tieSeed,
  );
  const picked = drawnBid?.price ?? lowest;
  const base = anchor
    .times(decimal(shares.anchor))
    .plus(picked.times(decimal(shares.picked)))
    .plus(lowest.times(decimal(shares.lowest)));
  const parts = [
    { name: 'A', value: anchor },
    { name: 'L', value: floor },
    { name: 'C', value: lowest },
    { name: drawnBid === undefined ? 'Q = C' : `Q ← ${drawnBid.id}`, value: picked },
  ];
  return computed({ base, parts });
}

/** Bids in the order of a lot of their own, not the one that breaks ties: HMAC-SHA256(tieSeed, "sample:" bid id). */
function byLot(bids: readonly Priced[], tieSeed: string): readonly Priced[] {
  const lots = bids.map((bid) => ({ bid, lot: ticketOf(tieSeed, `sample:${bid.id}`) }));
  return lots.sort((a, b) => compareBytes(a.lot, b.lot)).map(({ bid }) => bid);
}

/** Prices thin out before a mean only: a sample of the bids, then extremes, then those far from the mean. */
function enteringPrices(
  rule: Benchmark,
  { bids, tieSeed }: BenchmarkInputs,
): { readonly used: readonly Fraction[]; readonly dropped: readonly Fraction[] } {
  const all = ascending(bids.map(({ price }) => price));
  if (rule.kind !== 'mean' && rule.kind !== 'second-average' && rule.kind !== 'blend') return { used: all, dropped: [] };
  const taken = rule.sample === undefined || bids.length <= rule.sample ? bids : byLot(bids, tieSeed).slice(0, rule.sample);
  const used = nearMean(withoutExtremes(ascending(taken.map(({ price }) => price)), rule.drop), rule.within);
  return { used, dropped: without(all, used) };
}

function withoutExtremes(ordered: readonly Fraction[], drop: Extract<Benchmark, { kind: 'mean' }>['drop']): readonly Fraction[] {
  if (drop === undefined || ordered.length < Math.min(drop.highestFrom, drop.lowestFrom)) return ordered;
  if (ordered.length < drop.lowestFrom) return ordered.slice(0, -1);
  const share = drop.share === undefined ? zero : decimal(drop.share).times(Fraction.of(ordered.length));
  const each = Math.max(1, Number(share.numerator / share.denominator));
  return ordered.slice(each, -each);
}

/** Those within a share of the mean; where nobody is so near, all stay. */
function nearMean(ordered: readonly Fraction[], within: string | undefined): readonly Fraction[] {
  if (within === undefined || ordered.length === 0) return ordered;
  const average = mean(ordered);
  const reach = average.times(decimal(within));
  const near = ordered.filter((price) => !price.minus(average).absolute().isAbove(reach));
  return near.length === 0 ? ordered : near;
}

/** What is left of a list when another has been taken out of it, each entry once. */
function without(all: readonly Fraction[], used: readonly Fraction[]): readonly Fraction[] {
  const left = [...used];
  return all.filter((price) => {
    const at = left.findIndex((each) => each.equals(price));
    if (at < 0) return true;
    left.splice(at, 1);
    return false;
  });
}

/** A rate as given, or as drawn: "0.3" or "3%". Undefined when the draw did not tell it. */
function rateOf(rate: Rate, drawn: Readonly<Record<string, string>>): Fraction | undefined {
  if (typeof rate === 'string') return decimal(rate);
  const text = Object.hasOwn(drawn, rate.drawn) ? drawn[rate.drawn] : undefined;
  if (text === undefined) return undefined;
  const value = text.endsWith('%') ? Fraction.parse(text.slice(0, -1))?.over(hundred) : Fraction.parse(text);
  return value?.isBelow(zero) ? undefined : value;
}
