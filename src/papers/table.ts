import type { Words } from '../kernel/words.ts';
import { heightOf, type Line, type Style, type Text } from './letters.ts';
import { ink, measure, page, type Sheet } from './sheet.ts';

/**
 * Tables on a sheet. (pdfkit's own `doc.table()` loses text at page breaks.) The head is repeated on every page,
 * a row stands whole on one page, and only a row taller than a page is continued on the next.
 */

export interface Column {
  readonly head: Words;
  /** share of the width that the fitted columns leave */
  readonly share?: number;
  /** as wide as its widest content: for figures, dates and numbers, which must not break */
  readonly fit?: boolean;
  readonly align?: 'left' | 'center' | 'right';
}

export interface Cell {
  readonly text: Text;
  readonly weight?: 'regular' | 'bold';
  readonly colour?: string;
  readonly align?: 'left' | 'center' | 'right';
  readonly shade?: boolean;
}
export type CellInput = Text | Cell;

interface SetCell {
  readonly lines: readonly Line[];
  readonly align: 'left' | 'center' | 'right';
  readonly shade: boolean;
}

const pad = 4;
const cellOf = (input: CellInput): Cell => (typeof input === 'object' && 'text' in input ? input : { text: input });
const style = (size: number, cell: Cell): Style => ({
  size,
  colour: cell.colour ?? ink.text,
  second: ink.quiet,
  leading: 1.38,
  ...(cell.weight === undefined ? {} : { weight: cell.weight }),
});

/** Draws a table; `size` is the type size of its cells in points. */
export function table(sheet: Sheet, columns: readonly Column[], rows: readonly (readonly CellInput[])[], size = 8.5): void {
  const number = sheet.nextTable();
  const widths = columnWidths(sheet, columns, rows, size);
  const align = (index: number): 'left' | 'center' | 'right' => columns[index]?.align ?? 'left';
  const setRow = (cells: readonly CellInput[]): SetCell[] =>
    cells.map((input, index) => {
      const cell = cellOf(input);
      const lines = sheet.set(cell.text, style(size, cell), (widths[index] ?? 0) - 2 * pad);
      return { lines, align: cell.align ?? align(index), shade: cell.shade ?? false };
    });
  const head: SetCell[] = columns.map((column, index) => {
    const set = sheet.set(column.head, style(size, { text: column.head, weight: 'bold' }), (widths[index] ?? 0) - 2 * pad);
    return { lines: set, align: 'center', shade: true };
  });
  const headHeight = rowHeight(head);
  const first = rows[0] === undefined ? 0 : rowHeight(setRow(rows[0]));
  sheet.need(headHeight + Math.min(first, sheet.whole - headHeight));
  drawRow(sheet, head, widths);
  rows.forEach((cells, row) => {
    let rest = setRow(cells);
    while (rowHeight(rest) > sheet.room) {
      if (rowHeight(rest) > sheet.whole - headHeight && sheet.room > 90) {
        const [now, later] = splitRow(rest, sheet.room - 2 * pad);
        drawRow(sheet, now, widths);
        rest = later;
      }
      sheet.turn();
      drawRow(sheet, head, widths);
    }
    drawRow(sheet, rest, widths);
    sheet.drewRow(number, row);
  });
  sheet.skip(8);
}

export interface Entry {
  readonly label: Words;
  readonly value: Text;
  /** two short entries that follow each other share a row */
  readonly half?: boolean;
  readonly weight?: 'regular' | 'bold';
}

/** A form of labels and values: how papers state what is so. */
export function entries(sheet: Sheet, list: readonly Entry[], size = 9.5): void {
  const number = sheet.nextTable();
  let row = 0;
  for (let index = 0; index < list.length; index += 1) {
    const one = list[index];
    if (!one) continue;
    const two = one.half ? list[index + 1] : undefined;
    const pair = two?.half ? [one, two] : [one];
    if (pair.length === 2) index += 1;
    const widths = pair.length === 2 ? [92, measure / 2 - 92, 92, measure / 2 - 92] : [92, measure - 92];
    const cells = pair.flatMap(({ label, value, weight }, at): SetCell[] => [
      {
        lines: sheet.set(
          label,
          { size: 9, weight: 'bold', colour: ink.text, second: ink.quiet, leading: 1.32 },
          (widths[at * 2] ?? 0) - 2 * pad,
        ),
        align: 'left',
        shade: true,
      },
      {
        lines: sheet.set(value, style(size, { text: value, weight: weight ?? 'regular' }), (widths[at * 2 + 1] ?? 0) - 2 * pad),
        align: 'left',
        shade: false,
      },
    ]);
    drawTall(sheet, cells, widths);
    for (const _ of pair) {
      sheet.drewRow(number, row);
      row += 1;
    }
  }
  sheet.skip(8);
}

function drawTall(sheet: Sheet, cells: readonly SetCell[], widths: readonly number[]): void {
  let rest = cells;
  while (rowHeight(rest) > sheet.room) {
    if (rowHeight(rest) > sheet.whole && sheet.room > 90) {
      const [now, later] = splitRow(rest, sheet.room - 2 * pad);
      drawRow(sheet, now, widths);
      rest = later;
    }
    sheet.turn();
  }
  drawRow(sheet, rest, widths);
}

const rowHeight = (cells: readonly SetCell[]): number => Math.max(0, ...cells.map(({ lines }) => heightOf(lines))) + 2 * pad;

/** Cuts every cell of a row after the lines that fit. */
function splitRow(cells: readonly SetCell[], height: number): readonly [SetCell[], SetCell[]] {
  const now: SetCell[] = [];
  const later: SetCell[] = [];
  for (const cell of cells) {
    let taken = 0;
    let used = 0;
    for (const line of cell.lines) {
      if (used + line.leading > height) break;
      used += line.leading;
      taken += 1;
    }
    now.push({ ...cell, lines: cell.lines.slice(0, taken) });
    later.push({ ...cell, lines: cell.lines.slice(taken) });
  }
  return [now, later];
}

function drawRow(sheet: Sheet, cells: readonly SetCell[], widths: readonly number[]): void {
  const height = rowHeight(cells);
  let x: number = page.left;
  cells.forEach((cell, index) => {
    const width = widths[index] ?? 0;
    sheet.rectangle(x, sheet.y, width, height, cell.shade ? ink.shade : null, ink.rule);
    const top = sheet.y + (height - heightOf(cell.lines)) / 2;
    sheet.stack(cell.lines, x + pad, top, width - 2 * pad, { align: cell.align });
    x += width;
  });
  sheet.y += height;
}

/** Fitted columns take what their content needs (together at most 70 % of the measure), the others share the rest. */
function columnWidths(sheet: Sheet, columns: readonly Column[], rows: readonly (readonly CellInput[])[], size: number): number[] {
  const natural = columns.map((column, index) => {
    if (!column.fit) return 0;
    const widest = [{ text: column.head, weight: 'bold' as const }, ...rows.map((row) => cellOf(row[index] ?? ''))].map((cell) =>
      Math.max(
        0,
        ...sheet
          .set(cell.text, style(size, cell), Number.POSITIVE_INFINITY)
          .map((line) => sheet.widthOf(line.text, line.size, line.weight)),
      ),
    );
    return Math.max(...widest) + 2 * pad + 0.5;
  });
  const wanted = natural.reduce((sum, width) => sum + width, 0);
  const shares = columns.reduce((sum, column) => sum + (column.fit ? 0 : (column.share ?? 1)), 0);
  const granted = shares === 0 ? measure : Math.min(wanted, measure * 0.7);
  const factor = wanted === 0 ? 1 : granted / wanted;
  return columns.map((column, index) =>
    column.fit ? (natural[index] ?? 0) * factor : ((measure - granted) * (column.share ?? 1)) / shares,
  );
}
