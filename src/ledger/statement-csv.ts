import { parseInstant } from '../kernel/clock.ts';
import { type Fen, parseYuan } from '../kernel/money.ts';
import type { Words } from '../kernel/words.ts';
import { type DayString, parseDay } from '../kernel/working-days.ts';
import { doubledRefs, faultIn, type ReadStatement, type StatementEntry, type StatementFault } from './statement.ts';

/** The columns of a statement as a table, by their headings; the order is free, further columns are passed over. */
const columns = {
  account: '账号',
  ref: '流水号',
  booked: '记账时间',
  direction: '收付',
  amount: '金额',
  number: '专用账号',
  payerName: '对方户名',
  payerAccount: '对方账号',
  endToEnd: '指令号',
  text: '摘要',
} as const;
type Column = keyof typeof columns;
const needed: readonly Column[] = ['account', 'ref', 'booked', 'direction', 'amount', 'number', 'payerName', 'payerAccount'];

/** 收 and 付, and the reversal of each. */
const directions: Readonly<Record<string, { readonly credit: boolean; readonly reversal: boolean }>> = {
  收: { credit: true, reversal: false },
  付: { credit: false, reversal: false },
  收款冲正: { credit: false, reversal: true },
  付款冲正: { credit: true, reversal: true },
};

/** Reads a statement that is a table of text, its first row the headings. All rows or none: every fault is named with its row. */
export function readStatementTable(table: readonly (readonly string[])[]): ReadStatement {
  const [head = [], ...rows] = table;
  const places = new Map<Column, number>();
  for (const [key, title] of Object.entries(columns)) {
    const at = head.findIndex((cell) => cell.trim() === title);
    if (at >= 0) places.set(key as Column, at);
  }
  const missing = needed.filter((key) => !places.has(key)).map((key) => columns[key]);
  if (missing.length > 0) return refused(1, { zh: `缺少列：${missing.join('、')}。`, en: `Columns are missing: ${missing.join(', ')}.` });
  const read = rows.map((row) => rowIn((key) => (row[places.get(key) ?? -1] ?? '').trim()));
  const entries = read.flatMap(({ entry }) => (entry ? [entry] : []));
  const faults: StatementFault[] = read.flatMap(({ fault }, at) => (fault ? [{ row: at + 2, says: fault }] : []));
  if (faults.length === 0) faults.push(...doubledRefs(entries).map(({ row, says }) => ({ row: row + 1, says })));
  const accounts = new Set(read.map(({ account }) => account));
  if (accounts.size > 1) faults.push({ row: 0, says: { zh: '一个文件只能是一个账户的流水。', en: 'A file is of one account.' } });
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, statement: { account: read[0]?.account ?? '', entries } };
}

const refused = (row: number, says: Words): ReadStatement => ({ ok: false, faults: [{ row, says }] });

interface ReadRow {
  readonly account: string;
  readonly entry?: StatementEntry;
  readonly fault?: Words;
}

function rowIn(cell: (key: Column) => string): ReadRow {
  const account = cell('account').replace(/\s/g, '');
  const way = directions[cell('direction')];
  const amount = parseYuan(cell('amount'));
  const booked = bookedIn(cell('booked'));
  if (!way)
    return {
      account,
      fault: { zh: '收付只能是：收、付、收款冲正、付款冲正。', en: 'The direction is one of 收, 付, 收款冲正, 付款冲正.' },
    };
  if (amount === undefined)
    return { account, fault: { zh: '金额须为元，最多两位小数。', en: 'The amount is in yuan with at most two places.' } };
  if (booked === undefined)
    return {
      account,
      fault: { zh: '记账时间须为 2026-11-28 或 2026-11-28 09:30:00。', en: 'The time of booking is 2026-11-28 or 2026-11-28 09:30:00.' },
    };
  const entry = entryOf(cell, way, amount, booked);
  const fault = faultIn(entry);
  return fault ? { account, fault } : { account, entry };
}

const entryOf = (
  cell: (key: Column) => string,
  way: { readonly credit: boolean; readonly reversal: boolean },
  amount: Fen,
  booked: Pick<StatementEntry, 'bookedOn' | 'bookedAt'>,
): StatementEntry => ({
  ref: cell('ref'),
  amount,
  ...way,
  ...booked,
  number: cell('number').replace(/\s/g, ''),
  payerName: cell('payerName'),
  payerAccount: cell('payerAccount').replace(/\s/g, ''),
  endToEnd: cell('endToEnd'),
  text: cell('text').slice(0, 300),
});

/** A date, or a moment of Beijing time to the second. */
function bookedIn(text: string): Pick<StatementEntry, 'bookedOn' | 'bookedAt'> | undefined {
  const [date = '', time] = text.split(/[ T]/);
  const bookedOn: DayString | undefined = parseDay(date);
  if (bookedOn === undefined) return undefined;
  if (time === undefined) return { bookedOn, bookedAt: null };
  const bookedAt = parseInstant(`${date}T${time}+08:00`);
  return bookedAt === undefined ? undefined : { bookedOn, bookedAt };
}
