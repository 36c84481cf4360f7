import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { derivation, publicityBetween, publicityFrom } from '../../src/awards/publicity.ts';
import { type Instant, later, parseInstant } from '../../src/kernel/clock.ts';
import { addDays, dayOf, daysBetween, endOfDay, isWorkingDay } from '../../src/kernel/working-days.ts';
import { calendar } from '../../src/rulebook/calendar-data.ts';

const at = (beijing: string): Instant => parseInstant(`${beijing}+08:00`) as Instant;

describe('CON-C20, CON-C20D: candidates stay public three days, and the last of them is no rest day', () => {
  it.each([
    ['a Monday', '2026-07-06', '2026-07-09', 'Thursday'],
    ['a Tuesday', '2026-07-07', '2026-07-10', 'Friday'],
    ['a Wednesday: Saturday is no last day', '2026-07-08', '2026-07-13', 'Monday'],
    ['a Thursday: Sunday is no last day', '2026-07-09', '2026-07-13', 'Monday'],
    ['a Friday: the weekend counts when it lies within', '2026-07-10', '2026-07-13', 'Monday'],
    ['the Monday before National Day: seven days of holiday are passed over', '2026-09-28', '2026-10-08', 'Thursday'],
    ['the Friday before Labour Day’s week', '2026-04-30', '2026-05-06', 'Wednesday'],
    ['a day that leads to a Saturday which is worked to make up for a holiday', '2026-10-07', '2026-10-10', 'Saturday'],
  ])('published on %s', (_why, from, last, weekday) => {
    const publicity = publicityFrom(at(`${from}T10:00`), 3);
    expect(publicity.last).toBe(last);
    expect(publicity.until).toBe(endOfDay(publicity.last));
    expect(derivation(publicity).at(-1)?.en).toBe(`It ends at 24:00 on ${last} (${weekday}).`);
  });

  it('counts by the date in Beijing, both sides of midnight', () => {
    expect(publicityFrom(at('2026-07-06T23:59:59.999'), 3).last).toBe('2026-07-09');
    expect(publicityFrom(at('2026-07-07T00:00:00.000'), 3).last).toBe('2026-07-10');
  });

  it('tells how it counted: the day itself, the days, the rest days, the end', () => {
    expect(derivation(publicityFrom(at('2026-07-08T10:00'), 3)).map((each) => each.zh)).toEqual([
      '公示当日2026-07-08（星期三）不计入',
      '自2026-07-09（星期四）起算3日，到2026-07-11（星期六）',
      '2026-07-11（星期六）、2026-07-12（星期日）为法定休息日，不能作为最后一日，顺延至2026-07-13（星期一）',
      '至2026-07-13（星期一）24:00结束',
    ]);
    expect(derivation(publicityFrom(at('2026-07-06T10:00'), 3))).toHaveLength(3);
  });

  it('says so when the holidays of the year are not published yet', () => {
    const publicity = publicityFrom(at('2031-03-05T10:00'), 3);
    expect(publicity.provisional).toBe(true);
    expect(derivation(publicity).at(-1)?.zh).toContain('尚未公布');
    expect(publicityFrom(at('2026-07-06T10:00'), 3).provisional).toBe(false);
  });

  it('never ends early, never on a rest day, and never later than it must', () => {
    const moment = fc.integer({ min: 0, max: 3 * 365 * 24 * 60 - 1 }).map((minutes) => later(at('2024-01-01T00:00'), minutes * 60_000));
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 30 }), (from, days) => {
        const { last, until, counted } = publicityFrom(from, days);
        expect(daysBetween(dayOf(from), last)).toBeGreaterThanOrEqual(days);
        expect(isWorkingDay(last, calendar)).toBe(true);
        for (let on = counted; on < last; on = addDays(on, 1)) expect(isWorkingDay(on, calendar)).toBe(false);
        expect(until >= later(from, days * 86_400_000)).toBe(true);
        expect(publicityBetween(from, until, days)).toEqual(publicityFrom(from, days));
      }),
    );
  });
});
