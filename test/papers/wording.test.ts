import { describe, expect, it } from '@jest/globals';
import { amount, day, exactStamp, exceeds, formalDay, moment, signedFigures, size, stamp } from '../../src/papers/wording.ts';

describe('wording of papers', () => {
  it('shows moments in Beijing time, also across midnight and the year', () => {
    expect(moment('2026-12-31T16:00:00.000Z')).toEqual({ zh: '2027年1月1日 00:00:00', en: '1 Jan 2027, 00:00:00 (UTC+8)' });
    expect(day('2026-12-31T15:59:59.999Z').zh).toBe('2026年12月31日');
    expect(stamp('2026-11-22T01:30:00.000Z')).toBe('2026-11-22 09:30:00');
    expect(exactStamp('2026-11-22T01:29:59.999Z')).toBe('2026-11-22 09:29:59.999');
  });

  it('dates an official paper in Chinese numerals', () => {
    expect(formalDay('2026-11-21T16:00:00.000Z')).toBe('二〇二六年十一月二十二日');
    expect(formalDay('2030-10-09T16:00:00.000Z')).toBe('二〇三〇年十月十日');
    expect(formalDay('2026-02-01T00:00:00.000Z')).toBe('二〇二六年二月一日');
  });

  it('states amounts in figures and capitals', () => {
    expect(amount('1234567.80')).toBe('¥1,234,567.80\n人民币壹佰贰拾叁万肆仟伍佰陆拾柒元捌角');
    expect(signedFigures('-1000.00')).toBe('-1,000.00');
    expect(signedFigures('20.50')).toBe('+20.50');
    expect(size(12345678)).toBe('12,345,678 字节 bytes');
    expect(() => amount('1e3')).toThrow();
  });

  it('compares amounts exactly', () => {
    expect(exceeds('128600000.01', '128600000.00')).toBe(true);
    expect(exceeds('128600000.00', '128600000.00')).toBe(false);
  });
});
