import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Instant } from '../../src/kernel/clock.ts';
import { instantOf, later } from '../../src/kernel/clock.ts';
import { day, dayOf, isWorkingDay, workingDaysBetween } from '../../src/kernel/working-days.ts';
import { calendar } from '../../src/rulebook/calendar-data.ts';
import { daysOfPause, endAfterPause, endAfterPauses } from '../../src/tenders/pause.ts';

/** A moment in Asia/Shanghai. */
const at = (text: string): Instant => instantOf(new Date(`${text}+08:00`));
const pause = (from: string, until: string) => ({ from: at(from), until: at(until) });

describe('A period that stood still gets its time back (§2.0 X10, §0.3)', () => {
  // 2026-11-16 is a Monday
  const from = '2026-11-16T10:00:00';

  it('a suspension of exactly one day costs one, one of a second more costs two', () => {
    expect(daysOfPause(pause(from, '2026-11-17T10:00:00'))).toBe(1);
    expect(daysOfPause(pause(from, '2026-11-17T10:00:01'))).toBe(2);
    const deadline = at('2026-11-18T09:30:00');
    expect(endAfterPause(deadline, pause(from, '2026-11-17T10:00:00'), 'day')).toBe(at('2026-11-19T09:30:00'));
    expect(endAfterPause(deadline, pause(from, '2026-11-17T10:00:01'), 'day')).toBe(at('2026-11-20T09:30:00'));
  });

  it('a period that ends the second after the suspension began runs on; at its very end it was over', () => {
    const short = pause(from, '2026-11-16T11:00:00');
    expect(endAfterPause(at('2026-11-16T10:00:01'), short, 'day')).toBe(at('2026-11-17T10:00:01'));
    expect(endAfterPause(at(from), short, 'day')).toBe(at(from));
    expect(endAfterPause(at('2026-11-16T09:59:59'), short, 'day')).toBe(at('2026-11-16T09:59:59'));
  });

  it('DAY-2: it does not end on a rest day, and 24:00 belongs to the day before', () => {
    // Friday the 20th and one day: Saturday, so Monday
    expect(endAfterPause(at('2026-11-20T09:30:00'), pause(from, '2026-11-16T12:00:00'), 'day')).toBe(at('2026-11-23T09:30:00'));
    // 24:00 of Thursday and one day: 24:00 of Friday, no rest day
    expect(endAfterPause(at('2026-11-20T00:00:00'), pause(from, '2026-11-16T12:00:00'), 'day')).toBe(at('2026-11-21T00:00:00'));
    expect(isWorkingDay(day('2026-11-20'), calendar)).toBe(true);
  });

  it('working days: as many are left as when it stopped, though a weekend lay in between', () => {
    // Tuesday to Thursday were left (3); stopped Monday 10:00, gone on Thursday 09:00
    const long = pause(from, '2026-11-19T09:00:00');
    const end = at('2026-11-20T00:00:00');
    expect(endAfterPause(end, long, 'day')).toBe(at('2026-11-24T00:00:00'));
    expect(endAfterPause(end, long, 'workday')).toBe(at('2026-11-25T00:00:00'));
  });

  it('two suspensions move it one after the other, and none at all leaves it', () => {
    const pauses = [pause(from, '2026-11-16T12:00:00'), pause('2026-11-17T10:00:00', '2026-11-17T12:00:00')];
    expect(endAfterPauses(at('2026-11-18T09:30:00'), pauses, 'day')).toBe(at('2026-11-20T09:30:00'));
    expect(endAfterPauses(at('2026-11-18T09:30:00'), [], 'day')).toBe(at('2026-11-18T09:30:00'));
  });

  it('nobody is ever left less time, nor fewer working days, than there was; and it ends at the same time of day', () => {
    const minute = fc.integer({ min: 0, max: 60 * 24 * 60 });
    fc.assert(
      fc.property(minute, minute, minute, fc.constantFrom('day' as const, 'workday' as const), (begun, lasted, left, counted) => {
        const start = later(at('2026-08-01T00:00:00'), begun * 60_000);
        const [end, until] = [later(start, left * 60_000), later(start, lasted * 60_000)];
        const moved = endAfterPause(end, { from: start, until }, counted);
        if (left === 0) return expect(moved).toBe(end);
        expect(Date.parse(moved) - Date.parse(until)).toBeGreaterThanOrEqual(Date.parse(end) - Date.parse(start));
        expect(moved.slice(11)).toBe(end.slice(11));
        expect(isWorkingDay(dayOf(later(moved, -1)), calendar)).toBe(true);
        if (counted === 'workday')
          expect(workingDaysBetween(dayOf(until), dayOf(later(moved, -1)), calendar).count).toBeGreaterThanOrEqual(
            workingDaysBetween(dayOf(start), dayOf(later(end, -1)), calendar).count,
          );
      }),
    );
  });
});
