import type { Call } from '../kernel/act.ts';
import { dayOf } from '../kernel/working-days.ts';
import { lineOf } from './line.ts';
import { checkCharacter, isChecked, parseTradeNumber, type TradeParts, tradeNumber } from './number.ts';

/**
 * The next unified trading code (统一交易标识码) of a party in a line on this day. Projects and lots draw from one row of serials:
 * no code names two things. Two that are given at once wait for each other.
 */
export async function nextTradeCode(call: Call, given: { readonly line: string; readonly code: string }): Promise<string> {
  const parts = { tradeClass: lineOf(given.line).tradeClass, code: given.code, day: dayOf(call.now) };
  const prefix = tradeNumber({ ...parts, serial: 1 }).slice(0, -7);
  await call.em.execute('select pg_advisory_xact_lock(hashtext(?))', [`trade-code/${prefix}`]);
  const [last] = await call.em.execute<{ code: string | null }[]>(
    `select max(trade_code) as code from (select trade_code from project union all select trade_code from lot) given where trade_code like ?`,
    [`${prefix}%`],
  );
  const before = last?.code ? (parseTradeNumber(last.code) as TradeParts).serial : 0;
  return tradeNumber({ ...parts, serial: before + 1 });
}

/** With its class (36 characters) or without (33), as people copy it. */
const shape = /^([A-Z]\d{2})?[0-9A-Z]{18}\d{14}[0-9A-Z*]$/;

/** What somebody typed, if it has the shape of a trading code: blanks and hyphens dropped, full-width characters made plain. */
export function typedTradeCode(text: string): string | undefined {
  const plain = text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  return shape.test(plain) ? plain : undefined;
}

/**
 * Whether a typed code is mistyped: its check character is not that of the characters before it. The check goes over the class too, so a
 * code typed without it is right when it is right in one of the classes that are traded here.
 */
export function isMistyped(code: string, classes: readonly string[]): boolean {
  if (code.length === 36) return !isChecked(code);
  return !classes.some((tradeClass) => checkCharacter(`${tradeClass}${code.slice(0, -1)}`) === code.slice(-1));
}
