import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  day,
  dayOf,
  daysBetween,
  dueAfter,
  endOfDay,
  isWorkingDay,
  startOfDay,
  workingDaysBetween,
} from '../../src/kernel/working-days.ts';
import { calendar } from '../../src/rulebook/calendar-data.ts';
import { calendarDay, daysOfYear, mostCounted, reckon } from '../../src/rulebook/reckoning.ts';

const units = fc.constantFrom('day' as const, 'workday' as const);
const dates = fc.integer({ min: 0, max: 1500 }).map((n) => addDays(day('2024-01-01'), n));
const counts = fc.integer({ min: 1, max: 60 });

describe('A period after an event', () => {
  it('ends where the platform’s own clock ends it, for every day and length', () => {
    fc.assert(
      fc.property(dates, counts, units, (from, count, unit) => {
        const { last, provisional, days } = reckon({ from, count, unit, way: 'after' });
        const due = dueAfter(startOfDay(from), { count, unit }, calendar);
        expect({ due: endOfDay(last), provisional }).toEqual(due);
        expect(days.map((each) => each.day)).toEqual(Array.from({ length: daysBetween(from, last) + 1 }, (_, at) => addDays(from, at)));
        expect(days.filter(({ part }) => part === 'counted').map(({ number }) => number)).toEqual(
          Array.from({ length: count }, (_, at) => at + 1),
        );
      }),
    );
  });

  it('of 3 days published on Friday before Tomb-sweeping Day ends after the holiday (DAY-2)', () => {
    const { last, days } = reckon({ from: day('2026-04-03'), count: 3, unit: 'day', way: 'after' });
    expect(last).toBe('2026-04-07');
    expect(days.map(({ part }) => part)).toEqual(['event', 'counted', 'counted', 'counted', 'moved']);
    expect(days[3]?.holiday?.zh).toBe('清明');
  });

  it('counts a made-up Sunday as a working day (DAY-5)', () => {
    const { last, days } = reckon({ from: day('2026-09-18'), count: 1, unit: 'workday', way: 'after' });
    expect(last).toBe('2026-09-20');
    expect(days.map(({ part }) => part)).toEqual(['event', 'skipped', 'counted']);
    expect(days[2]).toMatchObject({ works: true, holiday: { zh: '国庆节' } });
  });
});

describe('A period before an event', () => {
  it('leaves so many days between, and one day later would leave too few', () => {
    fc.assert(
      fc.property(dates, counts, units, (from, count, unit) => {
        const { last } = reckon({ from, count, unit, way: 'before' });
        const between = (start: typeof last): number =>
          unit === 'day' ? daysBetween(start, from) : workingDaysBetween(start, from, calendar).count;
        expect(between(last)).toBe(count);
        expect(between(addDays(last, 1))).toBeLessThanOrEqual(count);
        if (isWorkingDay(addDays(last, 1), calendar) || unit === 'day') expect(between(addDays(last, 1))).toBe(count - 1);
      }),
    );
  });

  it('of 15 days before 21 November is 6 November, the day itself not counted (DAY-7)', () => {
    const { last, days } = reckon({ from: day('2026-11-21'), count: 15, unit: 'day', way: 'before' });
    expect(last).toBe('2026-11-06');
    expect(days[0]).toMatchObject({ part: 'last', number: null });
  });
});

it('a count that is none is refused, on both sides', () => {
  const asked = { from: day('2026-01-01'), unit: 'day', way: 'after' } as const;
  for (const count of [0, mostCounted + 1, 1.5]) expect(() => reckon({ ...asked, count })).toThrow(RangeError);
  for (const count of [1, mostCounted]) expect(reckon({ ...asked, count }).days.length).toBeGreaterThan(count);
});

it('a year has all its days, leap years one more, and an unpublished one says so', () => {
  expect([2024, 2025, 2026].map((year) => daysOfYear(year).length)).toEqual([366, 365, 365]);
  expect(daysOfYear(2026).every(({ provisional }) => !provisional)).toBe(true);
  expect(calendarDay(day('2031-10-01'))).toEqual({ day: '2031-10-01', works: true, holiday: null, provisional: true });
  expect(dayOf(startOfDay(day('2031-10-01')))).toBe('2031-10-01');
});
