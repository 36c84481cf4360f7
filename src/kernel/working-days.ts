import { type Instant, instantOf, later } from './clock.ts';

/** A calendar date in Asia/Shanghai, `YYYY-MM-DD`. Text order is time order. */
export type DayString = string & { readonly __day: never };

// China has kept UTC+8 all year since 1991 and all its provinces share it, so no zone table is needed.
const zoneOffset = 8 * 3_600_000;
const dayLength = 24 * 3_600_000;

const dayNumber = (day: DayString): number => Date.parse(`${day}T00:00:00Z`) / dayLength;
const dayAt = (number: number): DayString => new Date(number * dayLength).toISOString().slice(0, 10) as DayString;

/** Reads a date; undefined when it is not one (also 30 February). */
export function parseDay(text: string): DayString | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && dayAt(at / dayLength) === text ? (text as DayString) : undefined;
}

/** A date written in source code; throws RangeError when it is none. */
export function day(text: string): DayString {
  const read = parseDay(text);
  if (read === undefined) throw new RangeError(`'${text}' is not a date`);
  return read;
}

/** The date of a moment in Asia/Shanghai. */
export const dayOf = (at: Instant): DayString => later(at, zoneOffset).slice(0, 10) as DayString;

/** 00:00 of the day in Asia/Shanghai. */
export const startOfDay = (of: DayString): Instant => instantOf(new Date(dayNumber(of) * dayLength - zoneOffset));

/** DAY-3: a period's last day ends at 24:00 (民法典 §203). Half-open: this moment is the first one too late. */
export const endOfDay = (of: DayString): Instant => startOfDay(addDays(of, 1));

export const addDays = (from: DayString, count: number): DayString => dayAt(dayNumber(from) + count);
/** Whole days from one date to another; negative backwards. */
export const daysBetween = (from: DayString, to: DayString): number => dayNumber(to) - dayNumber(from);

/** The same time of day (Asia/Shanghai) on another date. */
export const sameTimeOn = (at: Instant, on: DayString): Instant => later(at, daysBetween(dayOf(at), on) * dayLength);

/**
 * The State Council's calendar as data: published years only. A day of another year is reckoned by the week alone
 * (Monday to Friday), and every answer that leans on such a day is flagged `provisional`.
 */
export interface WorkingCalendar {
  readonly years: ReadonlySet<number>;
  /** days off that fall on Monday to Friday */
  readonly rest: ReadonlySet<DayString>;
  /** Saturdays and Sundays worked to make up (调休) */
  readonly work: ReadonlySet<DayString>;
}

/** A reckoned date; `provisional` when the period reaches a year whose calendar is not published yet. */
export interface Reckoned {
  readonly day: DayString;
  readonly provisional: boolean;
}

const published = (on: DayString, calendar: WorkingCalendar): boolean => calendar.years.has(Number(on.slice(0, 4)));

/** DAY-5: 工作日 are the days worked by the State Council's calendar, made-up Saturdays and Sundays included. */
export function isWorkingDay(on: DayString, calendar: WorkingCalendar): boolean {
  if (calendar.work.has(on)) return true;
  const sinceMonday = (((dayNumber(on) + 3) % 7) + 7) % 7; // 1970-01-01 was a Thursday
  return sinceMonday < 5 && !calendar.rest.has(on);
}

/**
 * DAY-1: the day of the event is not counted, counting starts on the next day (民法典 §201).
 */
export const firstDayCounted = (event: Instant): DayString => addDays(dayOf(event), 1);

/** DAY-2: a period that would end on a statutory rest day ends on the next working day (民法典 §203). */
export function movedOffRestDay(last: DayString, calendar: WorkingCalendar): Reckoned {
  let on = last;
  let provisional = !published(on, calendar);
  while (!isWorkingDay(on, calendar)) {
    on = addDays(on, 1);
    provisional ||= !published(on, calendar);
  }
  return { day: on, provisional };
}

/** DAY-3: the moment a period is over: 24:00 of its last day, or the close of business (`'17:30'`) where the place keeps hours. */
export function endOfPeriod(last: DayString, closesAt?: string): Instant {
  if (closesAt === undefined) return endOfDay(last);
  const read = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(closesAt);
  if (read === null) throw new RangeError(`'${closesAt}' is not a time of day`);
  return later(startOfDay(last), (Number(read[1]) * 60 + Number(read[2])) * 60_000);
}

/** DAY-4: 以上, 不少于 include the number itself. */
export const atLeast = (value: number | bigint, limit: number | bigint): boolean => value >= limit;
/** DAY-4: 以下, 以内, 不超过 include the number itself. */
export const atMost = (value: number | bigint, limit: number | bigint): boolean => value <= limit;
/** DAY-4: 不足, 低于 exclude the number itself. */
export const fallsShort = (value: number | bigint, limit: number | bigint): boolean => value < limit;

/** DAY-5 with DAY-1: the n-th working day after a date; the date itself is never counted. n ≥ 0. */
export function addWorkingDays(from: DayString, count: number, calendar: WorkingCalendar): Reckoned {
  if (!Number.isInteger(count) || count < 0) throw new RangeError('working days are counted forward, in whole days');
  let on = from;
  let provisional = !published(on, calendar);
  for (let left = count; left > 0; ) {
    on = addDays(on, 1);
    provisional ||= !published(on, calendar);
    if (isWorkingDay(on, calendar)) left -= 1;
  }
  return { day: on, provisional };
}

/** DAY-6: a paper posted before the period ends is in time; the time on the way is not counted (财政部令第94号 §42). */
export const postedInTime = (posted: Instant, lastDay: DayString): boolean => posted < endOfDay(lastDay);

/** DAY-7, backward minimum («at least n days before the deadline»): dates are compared, not blocks of 24 hours. */
export const longEnoughBefore = (event: Instant, deadline: Instant, days: number): boolean =>
  dayOf(event) <= addDays(dayOf(deadline), -days);

/** DAY-7, forward minimum («at least n days from issue to deadline»): the day of issue is not counted. */
export const longEnoughAfter = (start: Instant, end: Instant, days: number): boolean => daysBetween(dayOf(start), dayOf(end)) >= days;

/** DAY-7 for 工作日: the working days of the half-open interval (start, end]. */
export function workingDaysBetween(
  start: DayString,
  end: DayString,
  calendar: WorkingCalendar,
): { readonly count: number; readonly provisional: boolean } {
  let count = 0;
  let provisional = !published(start, calendar);
  for (let on = addDays(start, 1); on <= end; on = addDays(on, 1)) {
    provisional ||= !published(on, calendar);
    if (isWorkingDay(on, calendar)) count += 1;
  }
  return { count, provisional };
}

/** DAY-8: a number of days without its unit is a bug that has happened; every period carries its unit. */
export interface Span {
  readonly count: number;
  readonly unit: 'minute' | 'hour' | 'day' | 'workday' | 'month' | 'year';
}

/** The last moment (exclusive) of a period that starts with an event: DAY-1, DAY-2 and DAY-3 together; minutes and hours run from the event itself. */
export function dueAfter(event: Instant, span: Span, calendar: WorkingCalendar): { readonly due: Instant; readonly provisional: boolean } {
  if (span.unit === 'minute') return { due: later(event, span.count * 60_000), provisional: false };
  if (span.unit === 'hour') return { due: later(event, span.count * 3_600_000), provisional: false };
  const last =
    span.unit === 'workday'
      ? addWorkingDays(dayOf(event), span.count, calendar)
      : movedOffRestDay(
          span.unit === 'day' ? addDays(dayOf(event), span.count) : addMonths(dayOf(event), span.count * (span.unit === 'year' ? 12 : 1)),
          calendar,
        );
  return { due: endOfDay(last.day), provisional: last.provisional };
}

/** The same date so many months later; a date that month does not have becomes its last one (29 February → 28 February). */
export function addMonths(from: DayString, count: number): DayString {
  const [year = 0, month = 1, date = 1] = from.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + count, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + count, Math.min(date, lastOfMonth))).toISOString().slice(0, 10) as DayString;
}

/** DAY-9: received is when the platform's clock, after the last byte was stored and hashed, still stood before the deadline. */
export const receivedInTime = (received: Instant, deadline: Instant): boolean => received < deadline;

/** DAY-10: a notice's period runs from the first designated medium that published it. Throws RangeError when none has. */
export function firstPublished(publications: readonly Instant[]): Instant {
  const [first] = [...publications].sort();
  if (first === undefined) throw new RangeError('nothing has been published yet');
  return first;
}
