import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { refusalBy } from '../../src/kernel/rule.ts';
import { day } from '../../src/kernel/working-days.ts';
import { codeField, codeIsRight, codeProblems, faultsOfCode, makeCode, organisationCheck, parseCode } from '../../src/parties/code.ts';
import {
  faultOfResidentNumber,
  makeResidentNumber,
  maskedPhone,
  maskedResidentNumber,
  parsePhone,
  residentNumberField,
} from '../../src/parties/person.ts';
import { liesWithin, regionPath, regionsUnder, regionTree } from '../../src/rulebook/regions.ts';
import {
  checkCharacter,
  isChecked,
  lotNumber,
  parseTradeNumber,
  projectNumber,
  spacedTradeNumber,
  tradeNumber,
} from '../../src/tenders/number.ts';
import { isMistyped, typedTradeCode } from '../../src/tenders/trade-code.ts';

const faults = (code: string): string[] => faultsOfCode(code).map(({ fault }) => fault);

describe('CODE-1 a unified social credit code has two independent checks', () => {
  it.each([
    '91350100M000100Y43',
    '91420500MA4900010L',
    '91420500MA4900029H',
    '91420502MA49ABCDXQ',
    '12420500011000014B',
    '114205000110000229',
    '92420505MA4X0Y9T16',
  ])('%s is right in both', (code) => {
    expect(faults(code)).toEqual([]);
    expect(refusalBy([codeIsRight], { code })).toBeNull();
  });
  it('says that the organisation code is wrong where the whole code checks', () => {
    expect(faults('91420500MA4900001N')).toEqual(['organisation-check']);
    const refusal = refusalBy([codeIsRight], { code: '91420500MA4900001N' });
    expect(refusal?.problem).toBe('code-invalid');
    expect(refusal?.detail.fields?.[0]?.says.zh).toMatch(/第17位/);
    expect(refusal?.detail.fields?.[0]?.says.en).toMatch(/Character 17/);
  });
  it('says that the last character is wrong where the organisation code checks', () => {
    expect(faults('91350100M000100Y44')).toEqual(['check']);
    expect(codeProblems('91350100M000100Y44', 'tenderee.code')[0]).toMatchObject({
      path: 'tenderee.code',
      says: { en: expect.stringMatching(/Character 18/) },
    });
  });
  it('says both where both are wrong', () => expect(faults('91350100M000101Y44')).toEqual(['organisation-check', 'check']));
  it('says which character is not of the alphabet, and what length is missing', () => {
    expect(faultsOfCode('91350100M000100Y4Z')[0]).toMatchObject({
      fault: 'characters',
      says: { zh: expect.stringContaining('第18位“Z”') },
    });
    expect(faults('91350100M000100Y4')).toEqual(['length']);
    expect(faults('')).toEqual(['length']);
    expect(faults('9135O100M000100Y43')).toEqual(['characters']);
  });
  it('reads a code as people paste it', () => {
    expect(parseCode(' 9135 0100-m000 100y43 ')).toBe('91350100M000100Y43');
    expect(codeField.parse('91350100m000100y43')).toBe('91350100M000100Y43');
    expect(codeField.safeParse('91350100M000101Y44').error?.issues.map(({ message }) => message)).toHaveLength(2);
  });
  it('knows the published organisation code D2143569-X', () => expect(organisationCheck('D2143569')).toBe('X'));
  it('makes codes that are right and differ, and finds every single changed character', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('420502', '420500', '420100'),
        fc.integer({ min: 0, max: 999_998 }),
        fc.nat(17),
        fc.nat(30),
        (region, n, place, digit) => {
          const code = makeCode(region, n);
          expect(faults(code)).toEqual([]);
          expect(makeCode(region, n + 1)).not.toBe(code);
          const other = '0123456789ABCDEFGHJKLMNPQRTUWXY'.charAt(digit);
          fc.pre(code[place] !== other);
          expect(faults(code.slice(0, place) + other + code.slice(place + 1))).not.toEqual([]);
        },
      ),
    );
  });
});

describe('The unified trading identification code (ISO 7064 MOD 37-2)', () => {
  const parts = { code: '114205000110000229', day: day('2026-11-22'), serial: 1 };
  it.each([
    ['A01', '8'],
    ['B01', 'Q'],
    ['C01', '7'],
    ['D01', 'P'],
  ])('class %s ends in %s', (tradeClass, check) => {
    expect(tradeNumber({ tradeClass, ...parts })).toBe(`${tradeClass}11420500011000022920261122000001${check}`);
  });
  it('knows the public vector G123498654321 → H', () => expect(checkCharacter('G123498654321')).toBe('H'));
  it('reads back what it writes, and refuses any changed character', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), fc.nat(35), fc.nat(35), (serial, place, digit) => {
        const number = tradeNumber({ tradeClass: 'A01', ...parts, serial });
        expect(number).toHaveLength(36);
        expect(parseTradeNumber(number)).toEqual({ tradeClass: 'A01', ...parts, serial });
        const other = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'.charAt(digit);
        fc.pre(number[place] !== other);
        expect(isChecked(number.slice(0, place) + other + number.slice(place + 1))).toBe(false);
      }),
    );
  });
  it('spaces it for people and refuses a serial out of range', () => {
    expect(spacedTradeNumber(tradeNumber({ tradeClass: 'A01', ...parts }))).toBe('114205000110000229-20261122-000001-8');
    expect(() => tradeNumber({ tradeClass: 'A01', ...parts, serial: 0 })).toThrow(RangeError);
    expect(() => tradeNumber({ tradeClass: 'A01', ...parts, serial: 1_000_000 })).toThrow(RangeError);
  });
  it('reads what people type, and tells a mistyped code with its class or without', () => {
    const code = tradeNumber({ tradeClass: 'D01', ...parts });
    expect(typedTradeCode(` d01 ${spacedTradeNumber(code).toLowerCase()} `)).toBe(code);
    expect(typedTradeCode(spacedTradeNumber(code))).toBe(code.slice(3));
    expect(typedTradeCode('第三中学')).toBeUndefined();
    expect(isMistyped(code, ['A01'])).toBe(false);
    expect(isMistyped(code.slice(3), ['A01', 'D01'])).toBe(false);
    expect(isMistyped(code.slice(3), ['A01'])).toBe(true);
    expect(isMistyped(`${code.slice(0, -2)}2${code.slice(-1)}`, ['A01', 'D01'])).toBe(true);
  });
  it('numbers projects in 19 characters and lots in 25', () => {
    const project = projectNumber({ tradeClass: 'A01', region: '420502', day: day('2026-11-22'), serial: 7 });
    expect(project).toBe('A014205022611220007');
    expect(lotNumber(project, 1, 2)).toBe('A014205022611220007001002');
    expect(() => lotNumber(project, 0, 1)).toThrow(RangeError);
  });
});

describe('Resident numbers (GB 11643) and telephones', () => {
  it('takes the sample of the standard and refuses its neighbours', () => {
    expect(faultOfResidentNumber('11010519491231002X')).toBeNull();
    expect(faultOfResidentNumber('11010519491231002x')).toBeNull();
    expect(faultOfResidentNumber('110105194912310021')?.zh).toContain('校验码');
    expect(faultOfResidentNumber('11010519490231002X')?.zh).toContain('出生日期');
    expect(faultOfResidentNumber('1101051949123100')?.en).toContain('17 digits');
  });
  it('refuses a birthday to come', () => {
    const number = makeResidentNumber('420502', day('2026-11-23'), 1);
    expect(faultOfResidentNumber(number, day('2026-11-22'))).not.toBeNull();
    expect(faultOfResidentNumber(number, day('2026-11-23'))).toBeNull();
  });
  it('masks all but the province and the last two', () => {
    expect(maskedResidentNumber('11010519491231002X')).toBe('11**************2X');
    expect(maskedResidentNumber('1234')).toBe('****');
    expect(residentNumberField.parse(' 11010519491231002x ')).toBe('11010519491231002X');
  });
  it('reads and masks telephones', () => {
    expect(parsePhone('+86 138 1234 5678')).toBe('13812345678');
    expect(parsePhone('0717-6251234')).toBe('0717-6251234');
    expect(parsePhone('12812345678')).toBeUndefined();
    expect(maskedPhone('13812345678')).toBe('138****5678');
    expect(maskedPhone('0717-6251234')).toBe('0717****234');
  });
});

describe('Regions are a tree (GB/T 2260)', () => {
  it('puts Xiling under Yichang under Hubei', () => {
    expect(regionPath('420502').map(({ code }) => code)).toEqual(['420000', '420500', '420502']);
    expect(regionsUnder('420500')).toHaveLength(13);
    expect(regionPath('000000')).toEqual([]);
  });
  it('puts the four places directly under the province', () => {
    for (const code of ['429004', '429005', '429006', '429021']) expect(regionTree.get(code)?.parent).toBe('420000');
  });
  it('a supervisor sees its own region and below, not beside and not above', () => {
    expect(liesWithin('420502', '420500')).toBe(true);
    expect(liesWithin('420502', '420000')).toBe(true);
    expect(liesWithin('420502', '420503')).toBe(false);
    expect(liesWithin('420500', '420502')).toBe(false);
    expect(liesWithin('420100', '420500')).toBe(false);
  });
});
