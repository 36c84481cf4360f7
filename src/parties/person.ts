import { z } from 'zod';
import type { Words } from '../kernel/words.ts';
import { type DayString, parseDay } from '../kernel/working-days.ts';

/** Numbers that name a person: read and checked here, shown to others only masked (个人信息保护法 §28: minimum necessary). */

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checks = '10X98765432';

/** The last character of a resident number for its first 17 digits (GB 11643, ISO 7064 MOD 11-2). */
export function residentCheck(first17: string): string {
  const sum = [...first17].reduce((total, digit, at) => total + Number(digit) * (weights[at] ?? 0), 0);
  return checks.charAt(sum % 11);
}

const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toUpperCase();

/** What is wrong with a resident identity number (居民身份证号码, GB 11643); null when nothing is. `today` bounds the date of birth. */
export function faultOfResidentNumber(text: string, today?: DayString): Words | null {
  const number = plain(text);
  if (!/^\d{17}[\dX]$/.test(number))
    return { zh: '身份证号码为18位，末位可为X。', en: 'A resident number has 17 digits and a last digit or X.' };
  const born = parseDay(`${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`);
  if (number.startsWith('0') || born === undefined || born < '1900-01-01' || (today !== undefined && born > today))
    return { zh: '身份证号码中的出生日期或地区不正确。', en: 'The date of birth or the region in the number is not right.' };
  if (residentCheck(number.slice(0, 17)) !== number[17])
    return { zh: '身份证号码末位校验码不正确，请核对。', en: 'The last character, the check character of the resident number, is wrong.' };
  return null;
}

/** Only the province and the last two characters stay, which tell no birthday: `42**************3X`. */
export function maskedResidentNumber(text: string): string {
  const number = plain(text);
  return number.length === 18 ? `${number.slice(0, 2)}${'*'.repeat(14)}${number.slice(-2)}` : '*'.repeat(number.length);
}

/** A made-up resident number for seeds and tests; `n` below 1000 tells people of one place and day apart. */
export function makeResidentNumber(region: string, born: DayString, n: number): string {
  const first17 = `${region}${born.replaceAll('-', '')}${String(n % 1000).padStart(3, '0')}`;
  return `${first17}${residentCheck(first17)}`;
}

const mobile = /^1[3-9]\d{9}$/;
const landline = /^0\d{2,3}-?\d{7,8}(-\d{1,6})?$/;

/** A telephone number of the mainland, mobile or landline; blanks are dropped. Undefined when it is none. */
export function parsePhone(text: string): string | undefined {
  const number = plain(text).replace(/^(\+|00)86-?/, '');
  return mobile.test(number) || landline.test(number) ? number : undefined;
}

/** `13812345678` → `138****5678`, `0717-6251234` → `0717****234`. */
export function maskedPhone(text: string): string {
  const number = plain(text);
  if (mobile.test(number)) return `${number.slice(0, 3)}****${number.slice(-4)}`;
  return number.length > 6 ? `${number.slice(0, 4)}****${number.slice(-3)}` : '*'.repeat(number.length);
}

/** Edge field: a resident number in, its plain form out. */
export const residentNumberField = /* @__PURE__ */ (() =>
  z
    .string()
    .max(40)
    .transform((text, context): string => {
      const fault = faultOfResidentNumber(text);
      if (fault === null) return plain(text);
      context.addIssue({ code: 'custom', message: `${fault.zh} | ${fault.en}` });
      return z.NEVER;
    }))();

/** Edge field: a telephone number in, its plain form out. */
export const phoneField = /* @__PURE__ */ (() =>
  z
    .string()
    .max(40)
    .transform((text, context): string => {
      const number = parsePhone(text);
      if (number !== undefined) return number;
      context.addIssue({ code: 'custom', message: '电话号码不正确。 | This is not a telephone number.' });
      return z.NEVER;
    }))();
