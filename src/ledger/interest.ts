import { Fraction, zero } from '../kernel/fraction.ts';
import { type Fen, fen } from '../kernel/money.ts';
import { type DayString, daysBetween } from '../kernel/working-days.ts';

/** A rate a year and the first day on which it no longer holds. */
export interface RateStretch {
  readonly rate: Fraction;
  readonly until: DayString | null;
}

/**
 * Simple interest from the day money came (counted) to the day it goes (not counted), each day at the rate of that day, rounded once, to the fen, half up.
 * `rateOn` answers the rate in force on a day and until when it holds.
 */
export function interest(
  principal: Fen,
  from: DayString,
  to: DayString,
  { yearDays, rateOn }: { readonly yearDays: number; readonly rateOn: (on: DayString) => RateStretch },
): Fen {
  let sum = zero;
  for (let on = from; on < to; ) {
    const { rate, until } = rateOn(on);
    const end = until !== null && until < to ? until : to;
    sum = sum.plus(rate.times(Fraction.of(daysBetween(on, end), yearDays)));
    on = end;
  }
  return fen(BigInt(sum.times(Fraction.of(principal)).print(0)));
}
