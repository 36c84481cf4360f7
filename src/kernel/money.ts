import { z } from 'zod';
import { Fraction } from './fraction.ts';

/** An amount of renminbi in whole fen (1 yuan = 100 fen). Never a float; text appears only at the edges. */
export type Fen = bigint & { readonly __fen: never };

/** The greatest amount the platform reads, writes and spells: below 10^16 yuan, which still fits a 64-bit column as fen. */
const tooMuch = 10n ** 18n;

export const fen = (amount: bigint): Fen => amount as Fen;
export const zeroFen: Fen = fen(0n);

/**
 * Reads an amount of yuan: `1234.5`, `1,234.50`, `１,２３４．５０`. Undefined for anything else: more than two places
 * (refused, not rounded), signs, misplaced separators, leading zeros, exponents, junk, 10^16 yuan and more.
 */
export function parseYuan(text: string): Fen | undefined {
  // People type amounts with Chinese input methods: full-width digits, commas and points mean the same.
  const plain = text.normalize('NFKC').trim();
  const read = /^(0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.(\d{1,2}))?$/.exec(plain);
  if (read?.[1] === undefined) return undefined;
  const amount = BigInt(read[1].replaceAll(',', '')) * 100n + BigInt((read[2] ?? '').padEnd(2, '0'));
  return amount < tooMuch ? fen(amount) : undefined;
}

/** The amount in yuan with two places, as in JSON and signed data: `1234.50`. */
export function yuan(amount: Fen): string {
  const size = amount < 0n ? -amount : amount;
  return `${amount < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`;
}

/** The amount for people: `1,234.50`. */
export function withSeparators(amount: Fen): string {
  return yuan(amount).replace(/\B(?=(\d{3})+\.)/g, ',');
}

/**
 * The greatest whole fen that is not more than `ratio` of the amount. Rounds down, so that
 * `x <= portion(a, r)` says exactly the same as `x <= a × r` for every whole x.
 */
export function portion(amount: Fen, ratio: Fraction): Fen {
  return fen(Fraction.of(amount).times(ratio).floor());
}

const digits = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const;
const digit = (value: bigint): string => digits[Number(value)] ?? '';

/** One group of four digits, 0 to 9999, without leading or closing zero words: 1005 → 壹仟零伍, 12 → 壹拾贰. */
function spellGroup(group: bigint): string {
  let text = '';
  let gap = false;
  for (const [unit, size] of [
    ['仟', 1000n],
    ['佰', 100n],
    ['拾', 10n],
    ['', 1n],
  ] as const) {
    const value = (group / size) % 10n;
    if (value === 0n) {
      gap = text !== '';
      continue;
    }
    text += (gap ? '零' : '') + digit(value) + unit;
    gap = false;
  }
  return text;
}

/** A whole number below 10^16: groups of four, joined by 万, 亿, 万亿; 零 where a lower group does not fill its place. */
function spellWhole(whole: bigint, units: readonly string[]): string {
  const [unit = '', ...lower] = units;
  const size = 10n ** BigInt(4 * lower.length);
  const high = whole / size;
  const rest = whole % size;
  if (lower.length === 0) return spellGroup(whole);
  if (high === 0n) return spellWhole(rest, lower);
  // 1,0001 亿 reads 壹万零壹亿: 亿 is said once, after everything that counts it.
  const counted = unit === '万亿' && rest / 10n ** 8n > 0n ? '万' : unit;
  const gap = rest > 0n && rest < size / 10n ? '零' : '';
  return spellGroup(high) + counted + gap + spellWhole(rest, lower);
}

/**
 * The amount in Chinese financial capitals, as the People's Bank's rules for bills write it (支付结算办法, annex 1):
 * 整 after yuan, none after jiao or fen; one 零 for a run of zeros, and before jiao when the yuan's last digit is zero.
 * The word 人民币 is the caller's. Throws RangeError below zero and from 10^16 yuan on.
 */
export function capitals(amount: Fen): string {
  if (amount < 0n || amount >= tooMuch) throw new RangeError('only amounts from 0 to below 10^16 yuan have capitals');
  const whole = amount / 100n;
  const jiao = (amount / 10n) % 10n;
  const cents = amount % 10n;
  const head = whole === 0n ? '' : `${spellWhole(whole, ['万亿', '亿', '万', ''])}元`;
  if (jiao === 0n && cents === 0n) return `${head || '零元'}整`;
  const gap = head !== '' && (jiao === 0n || whole % 10n === 0n) ? '零' : '';
  return head + gap + (jiao === 0n ? '' : `${digit(jiao)}角`) + (cents === 0n ? '' : `${digit(cents)}分`);
}

function makeYuanField() {
  return z
    .preprocess(
      // Parsed commands may be parsed once more (endpoint, then act): fen pass through unchanged.
      (given) => (typeof given === 'bigint' ? yuan(fen(given)) : given),
      z.string().max(40),
    )
    .transform((text, context): Fen => {
      const amount = parseYuan(text);
      if (amount !== undefined) return amount;
      context.addIssue({
        code: 'custom',
        message: '请填写金额（元），最多两位小数，如 1,234.50。 | An amount in yuan with at most two places, such as 1,234.50.',
      });
      return z.NEVER;
    })
    .meta({ description: '元，最多两位小数 · yuan, at most two places', examples: ['1234.50'] });
}

/** Edge field: decimal text in yuan in, `Fen` out. */
export const yuanField = /* @__PURE__ */ makeYuanField();

/** Edge answer: the canonical text of `yuan()`. */
export const yuanAnswer = /* @__PURE__ */ z.string().regex(/^-?\d+\.\d{2}$/);
