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

export const noneOf: Words = { zh: '无。', en: 'None.' };

/** Draws a table, or says that there is nothing to list; `size` is the type size of its cells in points. */
export function table(sheet: Sheet, columns: readonly Column[], rows: readonly (readonly CellInput[])[], size = 8.5): void {
  if (rows.length === 0) {
    sheet.paragraph(noneOf);
    return;
  }
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
    const lines = sheet.set(column.head, style(size, { text: column.head, weight: 'bold' }), (widths[index] ?? 0) - 2 * pad);
    return { lines, align: 'center', shade: true };
  });
  const headHeight = rowHeight(head);
  const set = rows.map(setRow);
  sheet.need(headHeight + together(set, sheet.whole - headHeight));
  drawRow(sheet, head, widths);
  set.forEach((cells, row) => {
    let rest = cells;
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
  const rows: { widths: number[]; cells: SetCell[] }[] = [];
  for (let index = 0; index < list.length; index += 1) {
    const [one, two] = [list[index], list[index + 1]];
    if (!one) continue;
    const pair = one.half && two?.half ? [one, two] : [one];
    const widths = pair.flatMap(() => [labelWidth, measure / pair.length - labelWidth]);
    rows.push({ widths, cells: pair.flatMap((entry) => setEntry(sheet, entry, measure / pair.length - labelWidth, size)) });
    index += pair.length - 1;
  }
  const set = rows.map(({ cells }) => cells);
  sheet.need(together(set, sheet.whole));
  rows.forEach(({ cells, widths }, row) => {
    drawTall(sheet, cells, widths);
    sheet.drewRow(number, row);
  });
  sheet.skip(8);
}

const labelWidth = 92;
function setEntry(sheet: Sheet, { label, value, weight }: Entry, width: number, size: number): SetCell[] {
  const labelStyle: Style = { size: 9, weight: 'bold', colour: ink.text, second: ink.quiet, leading: 1.32 };
  return [
    { lines: sheet.set(label, labelStyle, labelWidth - 2 * pad), align: 'left', shade: true },
    { lines: sheet.set(value, style(size, { text: value, weight: weight ?? 'regular' }), width - 2 * pad), align: 'left', shade: false },
  ];
}

/** Height that must stand on the page on which rows begin: all of a short list, else its first row. */
function together(rows: readonly (readonly SetCell[])[], whole: number): number {
  const all = rows.reduce((sum, row) => sum + rowHeight(row), 0);
  return all <= whole / 5 ? all : Math.min(rowHeight(rows[0] ?? []), whole);
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
