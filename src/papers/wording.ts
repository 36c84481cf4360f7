import { dateOf, type Instant, later } from '../kernel/clock.ts';
import { capitals, parseYuan, withSeparators } from '../kernel/money.ts';
import type { Words } from '../kernel/words.ts';

/** How papers write moments, days, amounts and sizes. Moments are shown in Beijing time (UTC+8, no summer time). */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const two = (value: number): string => String(value).padStart(2, '0');

function inBeijing(at: string) {
  const date = new Date(dateOf(at as Instant).getTime() + 8 * 3_600_000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    clock: `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`,
    milliseconds: String(date.getUTCMilliseconds()).padStart(3, '0'),
  };
}

/** 2026年11月22日 09:30:00 · 22 Nov 2026, 09:30:00 (UTC+8) */
export function moment(at: string): Words {
  const { year, month, day, clock } = inBeijing(at);
  return { zh: `${year}年${month}月${day}日 ${clock}`, en: `${day} ${months[month - 1]} ${year}, ${clock} (UTC+8)` };
}

/** 2026-11-22 09:30:00, for table cells. */
export function stamp(at: string): string {
  const { year, month, day, clock } = inBeijing(at);
  return `${year}-${two(month)}-${two(day)} ${clock}`;
}

/** 2026-11-22 09:30:00.123, where the millisecond matters (receipts). */
export const exactStamp = (at: string): string => `${stamp(at)}.${inBeijing(at).milliseconds}`;

/** 2026年11月22日 · 22 Nov 2026 */
export function day(at: string): Words {
  const { year, month, day: date } = inBeijing(at);
  return { zh: `${year}年${month}月${date}日`, en: `${date} ${months[month - 1]} ${year}` };
}

const digits = '〇一二三四五六七八九';

/** 二〇二六年十一月二十二日: the date of an official paper. */
export function formalDay(at: string): string {
  const { year, month, day: date } = inBeijing(at);
  const years = [...String(year)].map((digit) => digits[Number(digit)] ?? '').join('');
  return `${years}年${inNumerals(month)}月${inNumerals(date)}日`;
}

/** The end of a period, of which `until` is the first moment too late: at midnight it is the day before, at 24:00. */
export function ending(until: string): Words {
  if (inBeijing(until).clock !== '00:00:00') return moment(until);
  const last = day(later(until as Instant, -1));
  return { zh: `${last.zh} 24:00`, en: `${last.en}, 24:00 (UTC+8)` };
}

/** A span of time in both languages. */
export function span(from: string, until: string): Words {
  const first = moment(from);
  const last = ending(until);
  return { zh: `${first.zh}至${last.zh}`, en: `${first.en} to ${last.en}` };
}

/** Is the first amount greater than the second? */
export const exceeds = (one: string, other: string): boolean => fenOf(one) > fenOf(other);

const fenOf = (amount: string) => {
  const read = parseYuan(amount);
  if (read === undefined) throw new RangeError(`'${amount}' is not an amount of yuan`);
  return read;
};

/** 1,234.50: an amount for a column of figures. */
export const figures = (amount: string): string => withSeparators(fenOf(amount));

/** +1,234.50 or -1,234.50: an adjustment. */
export const signedFigures = (amount: string): string => (amount.startsWith('-') ? `-${figures(amount.slice(1))}` : `+${figures(amount)}`);

/** ¥1,234.50 and its capitals below: how a paper states an amount that binds. */
export const amount = (value: string): string => `¥${figures(value)}\n人民币${capitals(fenOf(value))}`;

/** An amount inside a sentence. */
export function amountInSentence(value: string): Words {
  return { zh: `人民币${capitals(fenOf(value))}（¥${figures(value)}）`, en: `CNY ${figures(value)}` };
}

/** 12,345,678 字节 bytes */
export const size = (bytes: number): string => `${String(bytes).replace(/\B(?=(\d{3})+$)/g, ',')} 字节 bytes`;

/** Text that has a Chinese and maybe an English side, put inside a sentence of each. */
export const side = (text: string | Words, language: 'zh' | 'en'): string => (typeof text === 'string' ? text : text[language]);

/** 1 → 一, 12 → 十二, 20 → 二十: numbers of headings, months and days, below 100. */
export function inNumerals(value: number): string {
  if (value < 10) return digits[value] ?? '';
  const tens = Math.floor(value / 10);
  return `${tens > 1 ? digits[tens] : ''}十${value % 10 > 0 ? digits[value % 10] : ''}`;
}
