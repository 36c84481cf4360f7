import type { Instant } from '../kernel/clock.ts';
import type { Fen } from '../kernel/money.ts';
import { type DayString, dayOf, endOfDay } from '../kernel/working-days.ts';
import { parameter, type UniformKeyOf } from '../rulebook/parameters.ts';

/** What an evaluation is paid with (XE-9), in fen. Pure. */

/** Places with a standard of their own, by the beginning of their code; the longest that fits. Data: another place is a row. */
const places: readonly { readonly region: string; readonly base: UniformKeyOf<'yuan'>; readonly hour: UniformKeyOf<'yuan'> }[] = [
  { region: '4201', base: 'fee.base.wuhan', hour: 'fee.hour.wuhan' },
  { region: '', base: 'fee.base', hour: 'fee.hour' },
];

export interface Work {
  /** code of the lot's region */
  readonly region: string;
  /** at the desk, whole minutes */
  readonly minutes: number;
  readonly offSite: boolean;
  /** something was done for which nothing is paid (XE-2) */
  readonly breach: boolean;
  /** the day whose standard holds */
  readonly on: DayString;
}
export interface FeeParts {
  readonly base: Fen;
  readonly extra: Fen;
  readonly travel: Fen;
  readonly amount: Fen;
}

const nothing = 0n as Fen;

/** A time at the desk. */
export interface Stay {
  readonly from: Instant;
  readonly until: Instant;
}

/** Whole minutes at the desk, begun minutes of a day counted; a desk that was left open is no work, so a day counts up to its limit. */
export function minutesOf(stays: readonly Stay[], on: DayString): number {
  const most = parameter('fee.day.hours.max', on) * 60;
  const days = new Map<DayString, number>();
  for (const { from, until } of stays)
    for (let start = from; start < until; ) {
      const next = endOfDay(dayOf(start));
      const end = next < until ? next : until;
      days.set(dayOf(start), (days.get(dayOf(start)) ?? 0) + Date.parse(end) - Date.parse(start));
      start = end;
    }
  return [...days.values()].reduce((sum, worked) => sum + Math.min(most, Math.ceil(worked / 60_000)), 0);
}

export function feeOf({ region, minutes, offSite, breach, on }: Work): FeeParts {
  if (breach) return { base: nothing, extra: nothing, travel: nothing, amount: nothing };
  const place = places.find((each) => region.startsWith(each.region));
  if (!place) throw new RangeError('no standard of fees');
  const base = parameter(place.base, on);
  const beyond = Math.max(0, minutes - parameter('fee.base.hours', on) * 60);
  const halves = BigInt(Math.ceil(beyond / 30));
  const hour = parameter(place.hour, on);
  // half an hour of an odd number of fen is rounded up once, at the end
  const extra = ((hour * halves + 1n) / 2n) as Fen;
  const travel = offSite ? parameter('fee.offsite', on) : nothing;
  return { base, extra, travel, amount: (base + extra + travel) as Fen };
}
