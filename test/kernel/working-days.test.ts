import { describe, expect, it } from '@jest/globals';
import chineseDays from 'chinese-days';
import fc from 'fast-check';
import type { Instant } from '../../src/kernel/clock.ts';
import { dayField, instantField, parseMoment } from '../../src/kernel/clock-fields.ts';
import {
  addDays,
  addMonths,
  addWorkingDays,
  atLeast,
  atMost,
  day,
  dayOf,
  daysBetween,
  dueAfter,
  endOfDay,
  endOfPeriod,
  fallsShort,
  firstDayCounted,
  firstPublished,
  isWorkingDay,
  longEnoughAfter,
  longEnoughBefore,
  movedOffRestDay,
  parseDay,
  postedInTime,
  receivedInTime,
  sameTimeOn,
  startOfDay,
  workingDaysBetween,
} from '../../src/kernel/working-days.ts';
import { calendar, calendarYears } from '../../src/rulebook/calendar-data.ts';

/** A moment in Beijing time. */
const beijing = (text: string): Instant => {
  const at = parseMoment(text);
  if (at === undefined) throw new Error(text);
  return at;
};

describe('Dates are those of Asia/Shanghai', () => {
  it('changes the date at 16:00 UTC, not at midnight UTC', () => {
    expect(dayOf('2026-11-21T15:59:59.999Z' as Instant)).toBe('2026-11-21');
    expect(dayOf('2026-11-21T16:00:00.000Z' as Instant)).toBe('2026-11-22');
  });

  it('starts and ends a day at Beijing midnight', () => {
    expect(startOfDay(day('2026-11-22'))).toBe('2026-11-21T16:00:00.000Z');
    expect(endOfDay(day('2026-11-22'))).toBe('2026-11-22T16:00:00.000Z');
  });

  it('adds days over months, years and leap days', () => {
    expect(addDays(day('2026-12-31'), 1)).toBe('2027-01-01');
    expect(addDays(day('2024-02-28'), 1)).toBe('2024-02-29');
    expect(daysBetween(day('2026-11-01'), day('2026-11-21'))).toBe(20);
    expect(addMonths(day('2024-02-29'), 12)).toBe('2025-02-28');
    expect(addMonths(day('2026-08-31'), 6)).toBe('2027-02-28');
    expect(addMonths(day('2026-11-30'), 1)).toBe('2026-12-30');
  });

  it('keeps the time of day when the date moves', () => {
    expect(sameTimeOn(beijing('2026-12-10T09:30'), day('2026-12-15'))).toBe(beijing('2026-12-15T09:30'));
    expect(sameTimeOn(beijing('2026-12-10T00:30'), day('2026-12-11'))).toBe(beijing('2026-12-11T00:30'));
  });

  it('is its own inverse for every day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 60_000 }), fc.integer({ min: -5000, max: 5000 }), (start, count) => {
        const from = addDays(day('1970-01-01'), start);
        expect(parseDay(from)).toBe(from);
        expect(dayOf(startOfDay(from))).toBe(from);
        expect(daysBetween(from, addDays(from, count))).toBe(count);
      }),
    );
  });
});

describe('Moments at the edge', () => {
  it('reads RFC 3339 and the local form as Beijing time', () => {
    expect(instantField.parse('2026-12-20T09:30')).toBe('2026-12-20T01:30:00.000Z');
    expect(instantField.parse('2026-12-20T09:30:15')).toBe('2026-12-20T01:30:15.000Z');
    expect(instantField.parse('2026-12-20T01:30:00Z')).toBe('2026-12-20T01:30:00.000Z');
    expect(instantField.parse('2026-12-20T09:30:00.5+08:00')).toBe('2026-12-20T01:30:00.500Z');
    expect(instantField.parse(instantField.parse('2026-12-20T09:30'))).toBe('2026-12-20T01:30:00.000Z');
  });

  it.each([
    '',
    '2026-12-20',
    '2026-02-30T09:30',
    '2026-02-30T09:30:00Z',
    '20/12/2026 09:30',
    '2026-12-20 09:30',
    '2026-13-01T00:00Z',
    '2026-12-20T25:00',
  ])('refuses %j', (text) => {
    expect(instantField.safeParse(text).success).toBe(false);
  });

  it('reads dates that exist', () => {
    expect(dayField.parse('2024-02-29')).toBe('2024-02-29');
    expect(dayField.safeParse('2026-02-29').success).toBe(false);
    expect(dayField.safeParse('2026-2-9').success).toBe(false);
    expect(() => day('2026-02-29')).toThrow(RangeError);
  });
});

describe('The calendar is the State Council’s, published years only', () => {
  it('agrees with chinese-days on every day of the published years', () => {
    for (const { year } of calendarYears) {
      for (let on = day(`${year}-01-01`); on <= `${year}-12-31`; on = addDays(on, 1)) {
        expect([on, isWorkingDay(on, calendar)]).toEqual([on, chineseDays.isWorkday(on) && !chineseDays.isHoliday(on)]);
      }
    }
  });

  it('names no unpublished year', () => {
    expect([...calendar.years]).toEqual([2024, 2025, 2026]);
  });
});

describe('DAY-1 the day of the event is not counted', () => {
  it('counts from the next day, also for an event one minute before midnight', () => {
    expect(firstDayCounted(beijing('2026-11-20T23:59'))).toBe('2026-11-21');
    expect(firstDayCounted(beijing('2026-11-21T00:00'))).toBe('2026-11-22');
  });
});

describe('DAY-2 a period ending on a rest day ends on the next working day', () => {
  it('leaves a working day, also a made-up Saturday, alone', () => {
    expect(movedOffRestDay(day('2026-11-20'), calendar)).toEqual({ day: '2026-11-20', provisional: false });
    expect(movedOffRestDay(day('2026-10-10'), calendar).day).toBe('2026-10-10');
  });
  it('moves a Saturday to Monday and National Day to the 8th', () => {
    expect(movedOffRestDay(day('2026-11-21'), calendar).day).toBe('2026-11-23');
    expect(movedOffRestDay(day('2026-10-01'), calendar).day).toBe('2026-10-08');
  });
  it('flags an end that lies in a year not published yet', () => {
    expect(movedOffRestDay(day('2026-12-31'), calendar).provisional).toBe(false);
    expect(movedOffRestDay(day('2027-01-04'), calendar)).toEqual({ day: '2027-01-04', provisional: true });
  });
});

describe('DAY-3 the last day ends at 24:00, or at the close of business', () => {
  it('is half-open at midnight', () => {
    const end = endOfPeriod(day('2026-11-20'));
    expect(receivedInTime(beijing('2026-11-20T23:59:59.999'), end)).toBe(true);
    expect(receivedInTime(beijing('2026-11-21T00:00'), end)).toBe(false);
  });
  it('takes the closing time where there is one', () => {
    expect(endOfPeriod(day('2026-11-20'), '17:30')).toBe(beijing('2026-11-20T17:30'));
    expect(() => endOfPeriod(day('2026-11-20'), '24:00')).toThrow(RangeError);
  });
});

describe('DAY-4 以上 and 以内 include the number, 不足 excludes it', () => {
  it('holds at the number itself', () => {
    expect([atLeast(3, 3), atMost(3, 3), fallsShort(3, 3)]).toEqual([true, true, false]);
    expect([atLeast(2, 3), atMost(4, 3), fallsShort(2, 3)]).toEqual([false, false, true]);
  });
});

describe('DAY-5 working days by the calendar, made-up days included', () => {
  it('works on the Sunday made up for National Day and rests on the Monday of Spring Festival', () => {
    expect(isWorkingDay(day('2026-09-20'), calendar)).toBe(true);
    expect(isWorkingDay(day('2026-09-19'), calendar)).toBe(false);
    expect(isWorkingDay(day('2026-02-16'), calendar)).toBe(false);
    expect(isWorkingDay(day('2026-02-24'), calendar)).toBe(true);
  });
  it('counts working days forward, the start not counted', () => {
    expect(addWorkingDays(day('2026-11-20'), 1, calendar).day).toBe('2026-11-23');
    expect(addWorkingDays(day('2026-11-20'), 0, calendar).day).toBe('2026-11-20');
    expect(addWorkingDays(day('2026-09-30'), 3, calendar).day).toBe('2026-10-10');
    expect(() => addWorkingDays(day('2026-11-20'), -1, calendar)).toThrow(RangeError);
  });
  it('flags a count that reaches an unpublished year, and not one that stays', () => {
    expect(addWorkingDays(day('2026-12-30'), 1, calendar)).toEqual({ day: '2026-12-31', provisional: false });
    expect(addWorkingDays(day('2026-12-30'), 2, calendar)).toEqual({ day: '2027-01-01', provisional: true });
  });
});

describe('DAY-6 a paper posted before expiry is in time', () => {
  it('looks at the posting, not at the arrival', () => {
    expect(postedInTime(beijing('2026-11-20T23:59'), day('2026-11-20'))).toBe(true);
    expect(postedInTime(beijing('2026-11-21T00:00'), day('2026-11-20'))).toBe(false);
  });
});

describe('DAY-7 dates are compared, not blocks of 24 hours', () => {
  it('20 days from 1 November end on the 21st, whatever the hour', () => {
    const issue = beijing('2026-11-01T16:00');
    expect(longEnoughAfter(issue, beijing('2026-11-21T09:00'), 20)).toBe(true);
    expect(longEnoughAfter(issue, beijing('2026-11-20T23:59'), 20)).toBe(false);
  });
  it('15 days before the deadline is a date, too', () => {
    const deadline = beijing('2026-12-16T09:00');
    expect(longEnoughBefore(beijing('2026-12-01T23:59'), deadline, 15)).toBe(true);
    expect(longEnoughBefore(beijing('2026-12-02T00:00'), deadline, 15)).toBe(false);
  });
  it('counts working days in (start, end]', () => {
    expect(workingDaysBetween(day('2026-11-20'), day('2026-11-23'), calendar).count).toBe(1);
    expect(workingDaysBetween(day('2026-11-19'), day('2026-11-22'), calendar).count).toBe(1);
    expect(workingDaysBetween(day('2026-09-30'), day('2026-10-10'), calendar)).toEqual({ count: 3, provisional: false });
    expect(workingDaysBetween(day('2026-12-31'), day('2027-01-04'), calendar).provisional).toBe(true);
  });
  it('agrees with counting forward, for every start and number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 1, max: 60 }), (offset, count) => {
        const from = addDays(day('2024-01-01'), offset);
        const to = addWorkingDays(from, count, calendar).day;
        expect(workingDaysBetween(from, to, calendar).count).toBe(count);
        expect(isWorkingDay(to, calendar)).toBe(true);
      }),
    );
  });
});

describe('DAY-8 every period carries its unit', () => {
  const friday = beijing('2026-11-20T10:00');
  it('10 days are not 10 working days', () => {
    expect(dueAfter(friday, { count: 10, unit: 'day' }, calendar).due).toBe(endOfDay(day('2026-11-30')));
    expect(dueAfter(friday, { count: 10, unit: 'workday' }, calendar).due).toBe(endOfDay(day('2026-12-04')));
  });
  it('minutes and hours run from the event, also over a rest day', () => {
    expect(dueAfter(friday, { count: 30, unit: 'minute' }, calendar).due).toBe(beijing('2026-11-20T10:30'));
    expect(dueAfter(friday, { count: 24, unit: 'hour' }, calendar).due).toBe(beijing('2026-11-21T10:00'));
  });
  it('months and years end on the same date, off a rest day', () => {
    expect(dueAfter(friday, { count: 6, unit: 'month' }, calendar)).toEqual({ due: endOfDay(day('2027-05-20')), provisional: true });
    expect(dueAfter(beijing('2024-11-22T10:00'), { count: 1, unit: 'year' }, calendar).due).toBe(endOfDay(day('2025-11-24')));
  });
  it('three days from a Friday before a Monday holiday end on the next working day (§11.3)', () => {
    // Friday 3 April 2026; Monday the 6th is Tomb-sweeping Day
    expect(dueAfter(beijing('2026-04-03T09:00'), { count: 3, unit: 'day' }, calendar).due).toBe(endOfDay(day('2026-04-07')));
  });
  it('a question on the seventh working day at 23:59 is in time, at 24:00 it is late (§11.3)', () => {
    const { due } = dueAfter(friday, { count: 7, unit: 'workday' }, calendar);
    expect(receivedInTime(beijing('2026-12-01T23:59'), due)).toBe(true);
    expect(receivedInTime(beijing('2026-12-02T00:00'), due)).toBe(false);
  });
  it('a complaint on the fifteenth working day is in time, on the sixteenth it is late (§11.3)', () => {
    const { due } = dueAfter(friday, { count: 15, unit: 'workday' }, calendar);
    expect(receivedInTime(beijing('2026-12-11T12:00'), due)).toBe(true);
    expect(receivedInTime(beijing('2026-12-14T00:00'), due)).toBe(false);
  });
});

describe('DAY-9 the platform’s clock decides, to the millisecond', () => {
  const deadline = beijing('2026-12-20T09:30');
  it('takes a bid one millisecond before the deadline', () => {
    expect(receivedInTime(beijing('2026-12-20T09:29:59.999'), deadline)).toBe(true);
  });
  it('refuses one at the deadline and one millisecond after', () => {
    expect(receivedInTime(deadline, deadline)).toBe(false);
    expect(receivedInTime(beijing('2026-12-20T09:30:00.001'), deadline)).toBe(false);
  });
});

describe('DAY-10 a notice counts from the first medium that published it', () => {
  it('takes the earliest publication', () => {
    expect(firstPublished([beijing('2026-11-03T08:00'), beijing('2026-11-02T17:00')])).toBe(beijing('2026-11-02T17:00'));
    expect(() => firstPublished([])).toThrow(RangeError);
  });
});
