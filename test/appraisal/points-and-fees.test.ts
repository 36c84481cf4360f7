import { describe, expect, it } from '@jest/globals';
import { conductCodes, consequenceOf, countsUntil, type Entered, pointsOf, pointsOn } from '../../src/appraisal/conduct.ts';
import { agentDimensions, meanOf } from '../../src/appraisal/dimensions.ts';
import { feeOf, minutesOf } from '../../src/appraisal/fee.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { yuan } from '../../src/kernel/money.ts';
import { day } from '../../src/kernel/working-days.ts';

const on = day('2026-12-01');

describe('Points', () => {
  it.each([
    [3, 'none'],
    [4, 'warning'],
    [7, 'warning'],
    [8, 'suspension'],
    [11, 'suspension'],
    [12, 'removal'],
  ] as const)('%i lead to %s', (points, consequence) => {
    expect(consequenceOf(points, on)).toBe(consequence);
  });
  it('every act of the table weighs something, and none more than removal', () => {
    for (const code of conductCodes) expect([pointsOf(code, on) >= 1, pointsOf(code, on) <= 12]).toEqual([true, true]);
  });
  it('count for their term, its last day included, unless they were struck', () => {
    const until = countsUntil(on);
    expect(until).toBe('2028-11-30');
    const entry = (points: number, state: Entered['state']): Entered => ({ points, state, until });
    const all = [entry(3, 'standing'), entry(4, 'objected'), entry(2, 'upheld'), entry(12, 'struck')];
    expect(pointsOn(all, day('2028-11-30'))).toBe(9);
    expect(pointsOn(all, day('2028-12-01'))).toBe(0);
  });
});

describe('A fee', () => {
  const fee = (minutes: number, more: Partial<Parameters<typeof feeOf>[0]> = {}) => {
    const { base, extra, travel, amount } = feeOf({ region: '420506', minutes, offSite: false, breach: false, on, ...more });
    return [base, extra, travel, amount].map(yuan);
  };
  it.each([
    [0, ['400.00', '0.00', '0.00', '400.00']],
    [180, ['400.00', '0.00', '0.00', '400.00']],
    [181, ['400.00', '50.00', '0.00', '450.00']],
    [210, ['400.00', '50.00', '0.00', '450.00']],
    [211, ['400.00', '100.00', '0.00', '500.00']],
    [480, ['400.00', '500.00', '0.00', '900.00']],
  ] as const)('%i minutes at the desk', (minutes, parts) => {
    expect(fee(minutes)).toEqual(parts);
  });
  it('is that of the place where one has a standard of its own, with travel to a sub-venue', () => {
    expect(fee(240, { region: '420106', offSite: true })).toEqual(['500.00', '120.00', '200.00', '820.00']);
    expect(fee(240, { region: '420506', offSite: true })).toEqual(['400.00', '100.00', '200.00', '700.00']);
  });
  it('counts begun minutes of each day, and of a desk left open no more than a day’s work', () => {
    const at = (text: string) => `2026-12-${text}.000Z` as Instant;
    const stay = (from: string, until: string) => ({ from: at(from), until: at(until) });
    expect(minutesOf([stay('01T01:00:00', '01T02:00:01'), stay('01T03:00:00', '01T03:30:00')], on)).toBe(91);
    expect(minutesOf([stay('01T01:00:00', '01T09:00:00')], on)).toBe(480);
    expect(minutesOf([stay('01T01:00:00', '01T09:01:00')], on)).toBe(480);
    // from nine in the morning until nine of the third day, Beijing time
    expect(minutesOf([stay('01T01:00:00', '03T01:00:00')], on)).toBe(3 * 480);
    expect(minutesOf([], on)).toBe(0);
  });
  it('is nothing for a breach, travel included', () => {
    expect(fee(600, { breach: true, offSite: true })).toEqual(['0.00', '0.00', '0.00', '0.00']);
  });
});

describe('A mean of scores', () => {
  it('has two places, halves up, and is none of nothing', () => {
    expect([meanOf([5, 4, 4]), meanOf([1, 2]), meanOf([1, 1, 1, 1, 1, 1, 1, 2]), meanOf([])]).toEqual(['4.33', '1.50', '1.13', null]);
    expect(agentDimensions.length).toBeGreaterThan(0);
  });
});
