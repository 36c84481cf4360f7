import type { DayString } from '../kernel/working-days.ts';

/**
 * Numbers that people see. The unified trading identification code (统一交易标识码) names a trade nationwide: three characters of
 * trade class, 18 of the platform's or tenderee's social credit code, eight of date, six of serial, one check character = 36.
 * Project and lot numbers are the platform's own and shorter.
 */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*';

/** The check character of ISO/IEC 7064 MOD 37-2; `*` is possible. Throws RangeError for characters outside 0–9, A–Z. */
export function checkCharacter(body: string): string {
  if (!/^[0-9A-Z]+$/.test(body)) throw new RangeError('only digits and capital letters have a check character');
  // Modulo at every step: powers of two as floating numbers lose digits beyond 31 characters.
  const rest = [...body].reduce((sum, character) => ((sum + alphabet.indexOf(character)) * 2) % 37, 0);
  return alphabet.charAt((38 - rest) % 37);
}

/** Whether the last character of a text is its check character. */
export const isChecked = (text: string): boolean =>
  /^[0-9A-Z]+[0-9A-Z*]$/.test(text) && checkCharacter(text.slice(0, -1)) === text.slice(-1);

export interface TradeParts {
  /** e.g. `A01` */
  readonly tradeClass: string;
  readonly code: string;
  readonly day: DayString;
  /** 1 to 999999 */
  readonly serial: number;
}

const padded = (value: number, places: number): string => {
  if (!Number.isInteger(value) || value < 1 || value >= 10 ** places) throw new RangeError(`a serial has at most ${places} digits`);
  return String(value).padStart(places, '0');
};
const dated = (on: DayString): string => on.replaceAll('-', '');

/** The 36 characters of a trade. */
export function tradeNumber({ tradeClass, code, day, serial }: TradeParts): string {
  const body = `${tradeClass}${code}${dated(day)}${padded(serial, 6)}`;
  if (!/^[A-Z]\d{2}[0-9A-Z]{18}\d{14}$/.test(body)) throw new RangeError(`'${body}' is not the body of a trading code`);
  return `${body}${checkCharacter(body)}`;
}

/** Reads a trading code; undefined when its shape, its date or its check character is wrong. */
export function parseTradeNumber(text: string): TradeParts | undefined {
  const read = /^([A-Z]\d{2})([0-9A-Z]{18})(\d{4})(\d{2})(\d{2})(\d{6})[0-9A-Z*]$/.exec(text);
  if (read === null || !isChecked(text)) return undefined;
  const [, tradeClass = '', code = '', year, month, date, serial = '0'] = read;
  const on = `${year}-${month}-${date}`;
  if (Number.isNaN(Date.parse(`${on}T00:00:00Z`)) || Number(serial) === 0) return undefined;
  return { tradeClass, code, day: on as DayString, serial: Number(serial) };
}

/** For reading aloud and copying by hand: `USCC-YYYYMMDD-NNNNNN-C`, without the class. */
export function spacedTradeNumber(text: string): string {
  return `${text.slice(3, 21)}-${text.slice(21, 29)}-${text.slice(29, 35)}-${text.slice(35)}`;
}

/** 19 characters: trade class, region, date, four digits of serial of that day: `A01` `420502` `261122` `0001`. */
export function projectNumber(parts: {
  readonly tradeClass: string;
  readonly region: string;
  readonly day: DayString;
  readonly serial: number;
}): string {
  return `${parts.tradeClass}${parts.region}${dated(parts.day).slice(2)}${padded(parts.serial, 4)}`;
}

/** 25 characters: the project's number, three digits for the tender, three for the lot (标段). A re-tender raises the first. */
export function lotNumber(project: string, tender: number, lot: number): string {
  return `${project}${padded(tender, 3)}${padded(lot, 3)}`;
}

/** The number of the next tender of a lot: its first three digits of the last six go up by one. */
export function retenderNumber(failed: string): string {
  return lotNumber(failed.slice(0, -6), Number(failed.slice(-6, -3)) + 1, Number(failed.slice(-3)));
}
