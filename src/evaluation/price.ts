import { decimal, Fraction, hundred, round2 } from '../kernel/fraction.ts';
import type { Method, PriceRule, RankedBid } from './bundle.ts';

/** Step 4: P' = P − P·small − P·domestic, each off the original price; not rounded. */
export function policyPrice(bid: RankedBid, policy: Method['policy']): Fraction {
  const price = decimal(bid.price);
  if (policy === null) return price;
  const off = (applies: boolean, share: string): Fraction => (applies ? price.times(decimal(share)) : Fraction.of(0));
  return price.minus(off(bid.small, policy.small)).minus(off(bid.domestic, policy.domestic));
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
