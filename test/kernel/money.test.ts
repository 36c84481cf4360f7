import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Fraction } from '../../src/kernel/fraction.ts';
import { capitals, fen, parseYuan, portion, withSeparators, yuan, yuanField } from '../../src/kernel/money.ts';

describe('Money is read as written, or not at all', () => {
  it.each([
    ['1,234.50', 123_450n],
    ['1234.5', 123_450n],
    ['0', 0n],
    ['0.01', 1n],
    [' 980.00 ', 98_000n],
    ['１，２３４．５０', 123_450n],
    ['9999999999999999.99', 999_999_999_999_999_999n],
  ])('reads %s', (text, expected) => {
    expect(parseYuan(text)).toBe(expected);
  });

  it.each([
    '',
    '1.005',
    '-1',
    '+1',
    '1,23',
    '12,34.00',
    '1,2345',
    '007',
    '.5',
    '5.',
    '1e3',
    '0x10',
    '1 000',
    '1.2.3',
    '￥1',
    '1万',
    '10000000000000000',
    'NaN',
  ])('refuses %j instead of rounding or guessing', (text) => {
    expect(parseYuan(text)).toBeUndefined();
  });

  it('writes what it reads, for every amount', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 18n - 1n), (amount) => {
        expect(parseYuan(yuan(fen(amount)))).toBe(amount);
        expect(parseYuan(withSeparators(fen(amount)))).toBe(amount);
      }),
    );
  });

  it('separates thousands and keeps the sign of a difference', () => {
    expect(withSeparators(fen(123_456_789n))).toBe('1,234,567.89');
    expect(withSeparators(fen(-100_000n))).toBe('-1,000.00');
    expect(yuan(fen(-5n))).toBe('-0.05');
    expect(yuan(fen(99_999n))).toBe('999.99');
  });

  it('takes a portion exactly, on both sides of a whole fen', () => {
    expect(portion(fen(100_000_000n), Fraction.of(2, 100))).toBe(2_000_000n);
    expect(portion(fen(149n), Fraction.of(1, 100))).toBe(1n);
    expect(portion(fen(199n), Fraction.of(1, 2))).toBe(99n);
    expect(portion(fen(7n), Fraction.of(1))).toBe(7n);
    expect(portion(fen(200n), Fraction.of(2, 3))).toBe(133n);
  });

  it('is an edge field that may be parsed twice, and names its fault in both languages', () => {
    const once = yuanField.parse('1,234.50');
    expect(once).toBe(123_450n);
    expect(yuanField.parse(once)).toBe(123_450n);
    const refused = yuanField.safeParse('1.005');
    expect(refused.error?.issues[0]?.message).toMatch(/最多两位小数.* \| .*two places/);
    expect(yuanField.safeParse(12.5).success).toBe(false);
    expect(yuanField.safeParse(undefined).success).toBe(false);
  });
});

describe('Capitals, as the rules for bills write them (支付结算办法, annex 1)', () => {
  it.each([
    // the examples of the rule itself
    ['1409.50', '壹仟肆佰零玖元伍角'],
    ['6007.14', '陆仟零柒元壹角肆分'],
    ['1680.32', '壹仟陆佰捌拾元零叁角贰分'],
    ['107000.53', '壹拾万柒仟元零伍角叁分'],
    ['16409.02', '壹万陆仟肆佰零玖元零贰分'],
    ['325.04', '叁佰贰拾伍元零肆分'],
    // whole yuan take 整
    ['0', '零元整'],
    ['1', '壹元整'],
    ['10', '壹拾元整'],
    ['15', '壹拾伍元整'],
    ['100', '壹佰元整'],
    ['101', '壹佰零壹元整'],
    ['110', '壹佰壹拾元整'],
    ['1000', '壹仟元整'],
    ['1001', '壹仟零壹元整'],
    ['1010', '壹仟零壹拾元整'],
    ['1100', '壹仟壹佰元整'],
    ['1234', '壹仟贰佰叁拾肆元整'],
    ['10000', '壹万元整'],
    ['10001', '壹万零壹元整'],
    ['10100', '壹万零壹佰元整'],
    ['11000', '壹万壹仟元整'],
    ['100000', '壹拾万元整'],
    ['100010', '壹拾万零壹拾元整'],
    ['1000000', '壹佰万元整'],
    ['1050000', '壹佰零伍万元整'],
    ['10500000', '壹仟零伍拾万元整'],
    ['20003000', '贰仟万叁仟元整'],
    ['20000300', '贰仟万零叁佰元整'],
    ['8925000', '捌佰玖拾贰万伍仟元整'],
    ['100000000', '壹亿元整'],
    ['100000001', '壹亿零壹元整'],
    ['100010000', '壹亿零壹万元整'],
    ['105000000', '壹亿零伍佰万元整'],
    ['110000000', '壹亿壹仟万元整'],
    ['1234567890', '壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元整'],
    ['100000000000', '壹仟亿元整'],
    ['1000000000000', '壹万亿元整'],
    ['1000000000001', '壹万亿零壹元整'],
    ['1000100000000', '壹万零壹亿元整'],
    ['1200050000000', '壹万贰仟亿伍仟万元整'],
    ['1200005000000', '壹万贰仟亿零伍佰万元整'],
    ['12345678901234.56', '壹拾贰万叁仟肆佰伍拾陆亿柒仟捌佰玖拾万壹仟贰佰叁拾肆元伍角陆分'],
    // parts of a yuan
    ['0.01', '壹分'],
    ['0.10', '壹角'],
    ['0.56', '伍角陆分'],
    ['10.10', '壹拾元零壹角'],
    ['11.10', '壹拾壹元壹角'],
    ['20.05', '贰拾元零伍分'],
    ['100000000.05', '壹亿元零伍分'],
    ['9999999999999999.99', '玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分'],
  ])('%s → %s', (text, expected) => {
    const amount = parseYuan(text);
    expect(amount === undefined ? undefined : capitals(amount)).toBe(expected);
  });

  it('never writes two zeros in a row, nor zero before a unit, for any amount', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 18n - 1n), (amount) => {
        const text = capitals(fen(amount));
        expect(text).not.toMatch(/零零|零[拾佰仟万亿元整]|亿亿|万万/);
        expect(text).toMatch(amount % 10n === 0n ? (amount % 100n === 0n ? /元整$/ : /角$/) : /分$/);
      }),
      { numRuns: 2000 },
    );
  });

  it('spells different amounts differently', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 10n), fc.bigInt(0n, 10n ** 10n), (one, other) => {
        fc.pre(one !== other);
        expect(capitals(fen(one))).not.toBe(capitals(fen(other)));
      }),
    );
  });

  it('has no capitals below zero or from 10^16 yuan on', () => {
    expect(() => capitals(fen(-1n))).toThrow(RangeError);
    expect(() => capitals(fen(10n ** 18n))).toThrow(RangeError);
  });
});
