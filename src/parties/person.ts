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

/** The day of birth that a right number states; undefined for one that is not right. */
export function bornOn(text: string): DayString | undefined {
  const number = plain(text);
  return faultOfResidentNumber(number) === null
    ? parseDay(`${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`)
    : undefined;
}

/** Full years of age (周岁) on a day: a year is full from the day after the birthday on. */
export function ageOn(born: DayString, on: DayString): number {
  const years = Number(on.slice(0, 4)) - Number(born.slice(0, 4));
  return on.slice(5) > born.slice(5) ? years : years - 1;
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

/** A bank account in digits, blanks and hyphens dropped. A card (UnionPay 62…, and those of sixteen digits from 4 or 51 to 55 on) keeps its Luhn check; other accounts have none. */
export function parseBankAccount(text: string): string | undefined {
  const number = plain(text).replaceAll('-', '');
  if (!/^\d{8,32}$/.test(number)) return undefined;
  return /^(62\d{14,17}|4\d{15}|5[1-5]\d{14})$/.test(number) && luhnSum(number) % 10 !== 0 ? undefined : number;
}

/** The weighted sum of ISO/IEC 7812: from the right, every second digit counts double, its own digits added. */
const luhnSum = (digits: string): number =>
  [...digits].reverse().reduce((sum, digit, at) => {
    const counted = at % 2 === 0 ? Number(digit) : 2 * Number(digit);
    return sum + (counted > 9 ? counted - 9 : counted);
  }, 0);

/** The last digit that makes a card number right, for seeds and tests. */
export const bankCardCheck = (digits: string): string => String((10 - (luhnSum(`${digits}0`) % 10)) % 10);

/** Only the last four digits stay: `************3217`. */
export const maskedBankAccount = (text: string): string =>
  text.length > 8 ? `${'*'.repeat(text.length - 4)}${text.slice(-4)}` : '*'.repeat(text.length);

/** `wanghong@example.com` → `w***@example.com`. */
export function maskedEmail(text: string): string {
  const at = text.lastIndexOf('@');
  return at < 1 ? '***' : `${text[0]}***${text.slice(at)}`;
}

/** Edge field: a text of at most so many characters is read; what cannot be read is said beside the field. */
const readField = (read: (text: string) => string | undefined, fault: (text: string) => Words) =>
  z
    .string()
    .max(60)
    .transform((text, context): string => {
      const value = read(text);
      if (value !== undefined) return value;
      const { zh, en } = fault(text);
      context.addIssue({ code: 'custom', message: `${zh} | ${en}` });
      return z.NEVER;
    });

/** Edge field: a resident number in, its plain form out. */
export const residentNumberField = /* @__PURE__ */ (() =>
  readField(
    (text) => (faultOfResidentNumber(text) === null ? plain(text) : undefined),
    (text) => faultOfResidentNumber(text) ?? { zh: '', en: '' },
  ))();

/** Edge field: a telephone number in, its plain form out. */
export const phoneField = /* @__PURE__ */ (() =>
  readField(parsePhone, () => ({ zh: '电话号码不正确。', en: 'This is not a telephone number.' })))();

/** Edge field: an e-mail address. */
export const emailField = /* @__PURE__ */ (() => z.email('电子邮箱不正确。 | This is not an e-mail address.').max(200))();

/** Edge field: a bank account in, its digits out. */
export const bankAccountField = /* @__PURE__ */ (() =>
  readField(parseBankAccount, () => ({
    zh: '银行账号不正确：应为数字，银行卡号须通过校验位。',
    en: 'This is not a bank account: digits only, and a card number keeps its check digit.',
  })))();
