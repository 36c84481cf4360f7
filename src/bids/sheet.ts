import { Fraction } from '../kernel/fraction.ts';
import { type Fen, fen, parseYuan, yuan, zeroFen } from '../kernel/money.ts';
import type { Words } from '../kernel/words.ts';
import type { BidField } from '../tenders/line.ts';

/** A table of the bid form as it comes from a CSV file or an Excel sheet: read strictly, every fault named with its row and column. */
export type SheetColumn = NonNullable<BidField['columns']>[number];

export interface SheetFault {
  /** as the spreadsheet numbers its rows, from 1; 0 for the sheet as a whole */
  readonly row: number;
  readonly column: Words | null;
  readonly says: Words;
}

export interface ReadSheet {
  /** texts by column key: amounts as `1234.50`, numbers as plain decimals */
  readonly rows: readonly Readonly<Record<string, string>>[];
  /** what keeps the sheet from being taken */
  readonly faults: readonly SheetFault[];
  /** what deserves a second look */
  readonly doubts: readonly SheetFault[];
  /** the sum of the one column of money; null when there is none, or more than one */
  readonly total: Fen | null;
  /** rows that only add up others (合计) and were left out */
  readonly totalRows: number;
}

export const mostRows = 20_000;

const fault = (row: number, column: SheetColumn | null, zh: string, en: string): SheetFault => ({
  row,
  column: column?.label ?? null,
  says: { zh, en },
});
const whole = (zh: string, en: string): ReadSheet => ({
  rows: [],
  faults: [fault(0, null, zh, en)],
  doubts: [],
  total: null,
  totalRows: 0,
});

/** Reads the cells of a sheet, its headings in the first row that is not empty. Cells are texts; a number's text is the number as stored. */
export function readSheet(columns: readonly SheetColumn[], cells: readonly (readonly string[])[]): ReadSheet {
  const filled = cells
    .map((row, at) => ({ number: at + 1, row: row.map((cell) => cell.trim()) }))
    .filter(({ row }) => row.some((cell) => cell !== ''));
  const [head, ...body] = filled;
  if (head === undefined) return whole('表格是空的。', 'The sheet is empty.');
  const places = columns.map((column) => ({ column, at: head.row.findIndex((text) => names(column, text)) }));
  const lacking = places.filter(({ column, at }) => column.required && at < 0).map(({ column }) => column.label);
  if (lacking.length > 0)
    return whole(
      `第 ${head.number} 行应为列名，缺少：${lacking.map((label) => label.zh).join('、')}。`,
      `Row ${head.number} should hold the headings; missing: ${lacking.map((label) => label.en).join(', ')}.`,
    );
  const items = body.filter(({ row }) => !addsUp(row, places));
  if (items.length === 0) return whole('表格只有列名，没有内容。', 'The sheet holds headings and nothing else.');
  if (items.length > mostRows) return whole(`表格超过 ${mostRows} 行。`, `The sheet has more than ${mostRows} rows.`);
  const read = items.map(({ number, row }) => readRow(number, row, places));
  const rows = read.map((each) => each.values);
  return {
    rows,
    faults: read.flatMap((each) => each.faults),
    doubts: rows.flatMap((row, at) => productDoubt(columns, row, items[at]?.number ?? 0)),
    total: totalOf(columns, rows),
    totalRows: body.length - items.length,
  };
}

type Place = { readonly column: SheetColumn; readonly at: number };

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s（(].*$/u, '')
    .toLowerCase();
/** A heading may be in either language, or the key; what stands in brackets after it (a unit) does not matter. */
const names = (column: SheetColumn, text: string): boolean =>
  text !== '' &&
  [column.label.zh, column.label.en.replaceAll(' ', ''), column.key].some((name) => plain(name) === plain(text.replaceAll(' ', '')));

/** A row that says 合计 and has no value of its own in a required column of text. */
function addsUp(row: readonly string[], places: readonly Place[]): boolean {
  const says = row.some((cell) => /^(合\s*计|总\s*计|小\s*计|本页小计|total|sum|subtotal)[:：]?$/i.test(cell));
  return says && places.some(({ column, at }) => column.kind === 'text' && column.required && (row[at] ?? '') === '');
}

function readRow(number: number, row: readonly string[], places: readonly Place[]) {
  const values: Record<string, string> = {};
  const faults: SheetFault[] = [];
  for (const { column, at } of places) {
    const text = row[at] ?? '';
    const cell = text === '' ? null : readCell(column, text);
    if (cell === null && column.required) faults.push(fault(number, column, '未填写。', 'Is empty.'));
    if (typeof cell === 'string') values[column.key] = cell;
    else if (cell !== null) faults.push({ row: number, column: column.label, says: cell });
  }
  return { values, faults };
}

/** The cell's canonical text, or what is wrong with it. */
function readCell(column: SheetColumn, text: string): string | Words {
  if (column.kind === 'text') return text.length <= 2000 ? text : { zh: '超过 2000 字。', en: 'Is longer than 2000 characters.' };
  const figure = text.normalize('NFKC').replace(/^[¥￥]\s*/, '');
  if (column.kind === 'money') {
    const amount = parseYuan(figure);
    if (amount !== undefined) return yuan(amount);
    return {
      zh: `“${text}”不是金额：应为元，最多两位小数，不得为负（公式结果请先用 ROUND 取两位）。`,
      en: `“${text}” is no amount: yuan with at most two places, not negative (round formulas to two places first).`,
    };
  }
  const value = Fraction.parse(figure.replace(/(?<=\d),(?=\d{3}(\D|$))/g, ''));
  if (value === undefined || value.numerator < 0n) return { zh: `“${text}”不是数字。`, en: `“${text}” is no number.` };
  return value.toString();
}

/** The one column of this kind; undefined when there is none or several. */
function only(columns: readonly SheetColumn[], kind: SheetColumn['kind'], count: number): readonly SheetColumn[] | undefined {
  const found = columns.filter((column) => column.kind === kind);
  return found.length === count ? found : undefined;
}

/** Two columns of numbers and one of money are quantity, unit price and amount. Unit prices prevail, so a difference is a doubt, not a fault. */
function productDoubt(columns: readonly SheetColumn[], row: Readonly<Record<string, string>>, number: number): SheetFault[] {
  const [quantity, unitPrice] = only(columns, 'number', 2) ?? [];
  const [amount] = only(columns, 'money', 1) ?? [];
  if (!quantity || !unitPrice || !amount) return [];
  const factors = [row[quantity.key], row[unitPrice.key], row[amount.key]].map((text) => Fraction.parse(text ?? ''));
  const [first, second, stated] = factors;
  if (!first || !second || !stated) return [];
  const product = first.times(second).rounded(2);
  if (product.equals(stated)) return [];
  const [zh, en] = [`${quantity.label.zh}×${unitPrice.label.zh}`, `${quantity.label.en} × ${unitPrice.label.en}`];
  return [
    fault(
      number,
      amount,
      `${zh} = ${product.print(2)}，填写的是 ${stated.print(2)}。`,
      `${en} is ${product.print(2)}, stated is ${stated.print(2)}.`,
    ),
  ];
}

function totalOf(columns: readonly SheetColumn[], rows: readonly Readonly<Record<string, string>>[]): Fen | null {
  const [money] = only(columns, 'money', 1) ?? [];
  if (!money) return null;
  return fen(rows.reduce((sum, row) => sum + (parseYuan(row[money.key] ?? '') ?? zeroFen), zeroFen as bigint));
}
