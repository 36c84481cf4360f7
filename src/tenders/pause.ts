import { dateOf, type Instant, later } from '../kernel/clock.ts';
import { addDays, type DayString, dayOf, daysBetween, movedOffRestDay, workingDaysBetween } from '../kernel/working-days.ts';
import { calendar } from '../rulebook/calendar-data.ts';
import type { Ground } from '../rulebook/ground.ts';
import { type ParameterKey, parameterInForce } from '../rulebook/parameters.ts';

/** From when to when a lot stood still; half open. */
export interface Pause {
  readonly from: Instant;
  readonly until: Instant;
}

/** How a period is counted: in calendar days (日) or in working days (工作日). */
export type Counted = 'day' | 'workday';

/** What may be running when a lot is suspended, by the name under which a resumption tells its new end. */
export const pausedPeriods = ['documents', 'deadline', 'publicity', 'contract'] as const;
export type PausedPeriod = (typeof pausedPeriods)[number];

const dayLength = 24 * 3_600_000;

/** How many days a pause costs: a begun one counts whole, so that nobody is left less time than there was. */
export const daysOfPause = ({ from, until }: Pause): number => Math.ceil((dateOf(until).getTime() - dateOf(from).getTime()) / dayLength);

/** The last day of a period that ends at this moment: one that ends at 24:00 ends on the day before (DAY-3). */
const lastDayOf = (end: Instant): DayString => dayOf(later(end, -1));

/**
 * The end of a period that stood still: later by as many days as the pause lasted, at the same time of day, moved off rest days (DAY-2); one that is counted in working
 * days has as many of them left as when it stopped. A period that was over when the pause began is over still (half open: at its very end it is).
 */
export function endAfterPause(end: Instant, pause: Pause, counted: Counted): Instant {
  if (end <= pause.from) return end;
  const last = lastDayOf(end);
  let on = movedOffRestDay(addDays(last, daysOfPause(pause)), calendar).day;
  if (counted === 'workday') {
    const left = workingDaysBetween(dayOf(pause.from), last, calendar).count;
    while (workingDaysBetween(dayOf(pause.until), on, calendar).count < left) on = movedOffRestDay(addDays(on, 1), calendar).day;
  }
  return later(end, daysBetween(last, on) * dayLength);
}

/** How a figure of the rulebook is counted on a ground. */
export const countedIn = (key: ParameterKey, ground: Ground): Counted =>
  parameterInForce(key, ground).unit === 'workday' ? 'workday' : 'day';

/** The same for a limit that is reckoned from an event each time: every pause since then moves it, one after the other. */
export const endAfterPauses = (end: Instant, pauses: readonly Pause[], counted: Counted): Instant =>
  pauses.reduce((moved, pause) => endAfterPause(moved, pause, counted), end);

/** A limit that runs from an event: only the pauses that began at or after it stopped it. */
export const limitAfterPauses = (from: Instant, due: Instant, pauses: readonly Pause[], counted: Counted): Instant =>
  endAfterPauses(
    due,
    pauses.filter((pause) => pause.from >= from),
    counted,
  );
