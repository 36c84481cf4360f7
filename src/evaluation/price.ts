import { ascending, decimal, Fraction, hundred, mean, one, round2 } from '../kernel/fraction.ts';
import { type Benchmark, type Computed, computed, failed, type Method, type PriceRule, type RankedBid, type Rate } from './bundle.ts';

/** Step 4: P' = P − P·small − P·domestic, each off the original price; not rounded. */
export function policyPrice(bid: RankedBid, policy: Method['policy']): Fraction {
  const price = decimal(bid.price);
  if (policy === null) return price;
  const off = (applies: boolean, share: string): Fraction => (applies ? price.times(decimal(share)) : Fraction.of(0));
  return price.minus(off(bid.small, policy.small)).minus(off(bid.domestic, policy.domestic));
}

/** How the benchmark B came about: what the report shows. */
export interface BenchmarkWorking {
  readonly kind: Benchmark['kind'];
  /** prices that entered, ascending, and those dropped before the mean */
  readonly used: readonly Fraction[];
  readonly dropped: readonly Fraction[];
  /** the value before discount and rounding */
  readonly base: Fraction;
  readonly weight: Fraction | null;
  readonly discount: Fraction | null;
  /** rounded to 2 places before use */
  readonly benchmark: Fraction;
}

/** B from the prices of the survivors, rounded to 2 places. `ceiling` is needed by `blend` only. */
export function benchmarkOf(
  rule: Benchmark,
  prices: readonly Fraction[],
  ceiling: Fraction | null,
  drawn: Readonly<Record<string, string>>,
): Computed<BenchmarkWorking> {
  const { used, dropped } = enteringPrices(rule, ascending(prices));
  const [lowest, second] = used;
  if (lowest === undefined) return failed('no-benchmark', rule.kind);
  const weight = rule.kind === 'blend' ? rateOf(rule.weight, drawn) : null;
  const discount = rule.discount === undefined ? null : rateOf(rule.discount, drawn);
  if (weight === undefined || discount === undefined) return failed('drawn-missing', rule.kind);
  let base: Fraction;
  switch (rule.kind) {
    case 'mean':
      base = mean(used);
      break;
    case 'lowest':
      base = lowest;
      break;
    case 'second-lowest':
      base = second ?? lowest;
      break;
    case 'second-average': {
      const average = mean(used);
      base = mean(used.filter((price) => !price.isAbove(average)));
      break;
    }
    case 'blend':
      if (ceiling === null || weight === null) return failed('no-benchmark', 'blend without a ceiling');
      base = mean(used)
        .times(weight)
        .plus(ceiling.times(one.minus(weight)));
  }
  const benchmark = round2(base.times(one.minus(discount ?? Fraction.of(0))));
  // A benchmark of zero (a discount of 100 %) would divide by zero in the deviation.
  if (!benchmark.isAbove(Fraction.of(0))) return failed('no-benchmark', rule.kind);
  return computed({ kind: rule.kind, used, dropped, base, weight, discount, benchmark });
}

/** Prices thin out before a mean only: with n ≥ lowestFrom one highest and one lowest go, else with n ≥ highestFrom one highest. */
function enteringPrices(rule: Benchmark, ordered: readonly Fraction[]): { used: readonly Fraction[]; dropped: readonly Fraction[] } {
  const takesMean = rule.kind === 'mean' || rule.kind === 'second-average' || rule.kind === 'blend';
  if (!takesMean || rule.drop === undefined || ordered.length < Math.min(rule.drop.highestFrom, rule.drop.lowestFrom))
    return { used: ordered, dropped: [] };
  const from = ordered.length >= rule.drop.lowestFrom ? 1 : 0;
  return { used: ordered.slice(from, -1), dropped: [...ordered.slice(0, from), ...ordered.slice(-1)] };
}

/** A rate as given, or as drawn: "0.3" or "3%". Undefined when the draw did not tell it. */
function rateOf(rate: Rate, drawn: Readonly<Record<string, string>>): Fraction | undefined {
  if (typeof rate === 'string') return decimal(rate);
  const text = Object.hasOwn(drawn, rate.drawn) ? drawn[rate.drawn] : undefined;
  if (text === undefined) return undefined;
  const value = text.endsWith('%') ? Fraction.parse(text.slice(0, -1))?.over(hundred) : Fraction.parse(text);
  return value?.isBelow(Fraction.of(0)) ? undefined : value;
}

export interface PriceScore {
  /** what the formula gave before rounding and the floor; for `deviation` δ in percent too */
  readonly exact: Fraction;
  readonly deviation: Fraction | null;
  readonly score: Fraction;
}

/** 低价优先法: min(P') / P' × full, round2. */
export function ratioScore(rule: Extract<PriceRule, { kind: 'ratio' }>, price: Fraction, lowest: Fraction): PriceScore {
  const exact = lowest.over(price).times(decimal(rule.full));
  return { exact, deviation: null, score: round2(exact) };
}

/** 综合评估法: δ = (P − B)/B × 100; max(floor, full − |δ| × (above if δ > 0 else below)), round2. */
export function deviationScore(rule: Extract<PriceRule, { kind: 'deviation' }>, price: Fraction, benchmark: Fraction): PriceScore {
  const deviation = price.minus(benchmark).over(benchmark).times(hundred);
  const perPoint = decimal(deviation.isAbove(Fraction.of(0)) ? rule.above : rule.below);
  const exact = decimal(rule.full).minus(deviation.absolute().times(perPoint));
  const floor = decimal(rule.floor);
  return { exact, deviation, score: round2(exact.isBelow(floor) ? floor : exact) };
}
