import { decimal, type Fraction, mean } from '../kernel/fraction.ts';

/** The shares below which a price is looked into (the line's `lowPrice`, by the figures in force). */
export interface LowPriceShares {
  readonly ofAverage: Fraction;
  readonly ofSecondLowest: Fraction;
  readonly ofCeiling: Fraction;
}
export const lowPriceGrounds = ['average', 'second-lowest', 'ceiling'] as const;
export type LowPriceGround = (typeof lowPriceGrounds)[number];

/**
 * On which grounds a conforming bid must be asked to explain its price: strictly below a share of the average of all of them, this one included; of
 * the second lowest of them; of the ceiling, or the budget where there is none. Original prices count, before any deduction.
 */
export function lowPriceGroundsOf(price: string, all: readonly string[], top: string, shares: LowPriceShares): readonly LowPriceGround[] {
  const own = decimal(price);
  const prices = all.map(decimal).sort((a, b) => a.compare(b));
  const second = prices[1];
  const below = (share: Fraction, of: Fraction | undefined): boolean => of !== undefined && own.isBelow(of.times(share));
  return lowPriceGrounds.filter((ground) => {
    if (ground === 'average') return prices.length > 0 && below(shares.ofAverage, mean(prices));
    return ground === 'second-lowest' ? below(shares.ofSecondLowest, second) : below(shares.ofCeiling, decimal(top));
  });
}
