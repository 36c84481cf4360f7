import { decimal, Fraction, sum } from '../kernel/fraction.ts';

/** Marks as people write them, kept as decimal text with two places: never a float. Pure, so that the browser adds up as the platform does. */

/** The score as it is stored, or undefined when it is no plain decimal of at most two places between 0 and the maximum. */
export function readScore(written: string, max: string): string | undefined {
  if (!/^(0|[1-9]\d{0,3})(\.\d{1,2})?$/.test(written)) return undefined;
  const score = decimal(written);
  return score.isAbove(decimal(max)) ? undefined : score.print(2);
}

/** The sum of marks, two places; those not given yet count nothing. */
export const sumOf = (scores: readonly string[]): string => sum(scores.flatMap((each) => Fraction.parse(each) ?? [])).print(2);
