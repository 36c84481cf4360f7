import type { Words } from '../kernel/words.ts';
import { addDays, type DayString, daysBetween, isWorkingDay } from '../kernel/working-days.ts';
import { calendar, calendarYears } from './calendar-data.ts';

/** What a day is by the calendar: worked or not, and the holiday that made it so. */
export interface CalendarDay {
  readonly day: DayString;
  readonly works: boolean;
  /** the holiday that frees this weekday or is made up for on this weekend day */
  readonly holiday: Words | null;
  /** the State Council has not published the calendar of its year: reckoned by the week alone */
  readonly provisional: boolean;
}

/** How a period came by its end, one day a row, so that both sides recompute the same last day. */
export interface Reckoning {
  /** the first row of a period after an event, the last row of one before it: that day is not counted (DAY-1) */
  readonly event: DayString;
  /** the last day on which what the period is for can be done */
  readonly last: DayString;
  readonly provisional: boolean;
  readonly days: readonly ReckonedDay[];
}
export interface ReckonedDay extends CalendarDay {
  /** `event`: not counted; `counted`: the `number`-th; `skipped`: no working day; `moved`: the end moved off a rest day (DAY-2); `last`: the latest day of a period before an event */
  readonly part: 'event' | 'counted' | 'skipped' | 'moved' | 'last';
  readonly number: number | null;
}

export interface Asked {
  readonly from: DayString;
  /** 1 to `mostCounted` */
  readonly count: number;
  readonly unit: 'day' | 'workday';
  /** `after`: within so many days of the event; `before`: at least so many days ahead of it */
  readonly way: 'after' | 'before';
}

/** A longer period is none of the law's that is counted in days. */
export const mostCounted = 400;

const holidays: ReadonlyMap<string, Words> = new Map(
  calendarYears.flatMap(({ year, holidays: each }) =>
    each.flatMap(({ name, rest, work }) => `${rest} ${work}`.split(' ').map((date) => [`${year}-${date}`, name] as const)),
  ),
);

/** What the calendar says of a day. */
export const calendarDay = (day: DayString): CalendarDay => ({
  day,
  works: isWorkingDay(day, calendar),
  holiday: holidays.get(day) ?? null,
  provisional: !calendar.years.has(Number(day.slice(0, 4))),
});

/** Every day of a year, from 1 January. */
export function daysOfYear(year: number): readonly CalendarDay[] {
  const first = `${year}-01-01` as DayString;
  const length = daysBetween(first, `${year + 1}-01-01` as DayString);
  return Array.from({ length }, (_, at) => calendarDay(addDays(first, at)));
}

/** Counts a period as the law does (DAY-1, DAY-2, DAY-5, DAY-7) and shows each day it went over. Throws RangeError for a count that is none. */
export function reckon(asked: Asked): Reckoning {
  if (!Number.isInteger(asked.count) || asked.count < 1 || asked.count > mostCounted)
    throw new RangeError(`a period has 1 to ${mostCounted} days`);
  return asked.way === 'after' ? after(asked) : before(asked);
}

function after({ from, count, unit }: Asked): Reckoning {
  const days: ReckonedDay[] = [{ ...calendarDay(from), part: 'event', number: null }];
  let last = from;
  for (let number = 0; number < count; ) {
    last = addDays(last, 1);
    const on = calendarDay(last);
    const counts = unit === 'day' || on.works;
    if (counts) number += 1;
    days.push({ ...on, part: counts ? 'counted' : 'skipped', number: counts ? number : null });
  }
  while (!calendarDay(last).works) {
    last = addDays(last, 1);
    days.push({ ...calendarDay(last), part: 'moved', number: null });
  }
  return { event: from, last, provisional: days.some(({ provisional }) => provisional), days };
}

/** DAY-7 backwards: the days from the last day (not counted itself) to the event are `count` or more; the event's own day counts. */
function before({ from, count, unit }: Asked): Reckoning {
  const days: ReckonedDay[] = [];
  let on = from;
  for (let number = 0; number < count; on = addDays(on, -1)) {
    const each = calendarDay(on);
    const counts = unit === 'day' || each.works;
    if (counts) number += 1;
    days.unshift({ ...each, part: counts ? 'counted' : 'skipped', number: counts ? number : null });
  }
  days.unshift({ ...calendarDay(on), part: 'last', number: null });
  return { event: from, last: on, provisional: days.some(({ provisional }) => provisional), days };
}
