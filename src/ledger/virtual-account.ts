import { utf8 } from '../kernel/bytes.ts';
import { hmacSha256 } from '../sealing/digest.ts';

/**
 * Virtual account numbers: the prefix that the bank gave the collecting account, twelve digits out of a key, and two check digits (ISO 7064, MOD 97-10),
 * which catch every wrong digit and every two that changed places. The digits tell neither whose number it is, nor for what, nor in which order
 * numbers were given: whoever lacks the key cannot tell them from chance.
 */
const drawn = 12;
export const prefixShape = /^\d{4,8}$/;

/** The number of a holder. `attempt` goes up where a number is taken already. */
export function accountNumber(key: Uint8Array, prefix: string, holder: string, attempt = 0): string {
  const bytes = hmacSha256(key, utf8(`virtual-account/${holder}/${attempt}`));
  const value = bytes.slice(0, 16).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  // 128 bits over 10^12: no digit is likelier than another by more than 2^-88
  const body = `${prefix}${String(value % 10n ** BigInt(drawn)).padStart(drawn, '0')}`;
  return `${body}${checkDigits(body)}`;
}

const remainder = (digits: string): bigint => BigInt(digits) % 97n;
const checkDigits = (body: string): string => String(98n - remainder(`${body}00`)).padStart(2, '0');

/** Is this a number as they are given under this prefix: its length, and its check digits? Blanks between groups are nothing. */
export function isAccountNumber(text: string, prefix: string): boolean {
  const digits = text.replace(/\s/g, '');
  return /^\d+$/.test(digits) && digits.length === prefix.length + drawn + 2 && digits.startsWith(prefix) && remainder(digits) === 1n;
}

/** In groups of four, as people read and type it. */
export const grouped = (number: string): string => number.replace(/(\d{4})(?=\d)/g, '$1 ');
