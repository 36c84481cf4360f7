import { attribute, each, type Html, html } from '../html.ts';
import { table } from '../parts/index.ts';
import type { View, Words } from '../view.ts';
import { typedRows, wrongCell, wrongRows } from './nested.ts';

/** One column of a table that is typed into: `criteria[0][name]`. */
export interface RowColumn {
  readonly key: string;
  readonly label: Words;
  readonly kind: 'text' | 'long' | 'points' | 'count' | 'select' | 'hidden';
  readonly choices?: readonly { readonly value: string; readonly label: Words }[];
  readonly maxlength?: number;
  /** the row's title on a phone */
  readonly head?: boolean;
}

type Row = Readonly<Record<string, string | number>>;

export interface RowTable {
  readonly name: string;
  readonly caption: Words;
  readonly columns: readonly RowColumn[];
  readonly rows: readonly Row[];
  /** empty rows to write into; a row without a name is left out when it is saved */
  readonly spare: number;
  readonly most: number;
}

/** A table of inputs that works without script: every row is sent, rows left empty are dropped, two more wait below. */
export function rowTable(view: View, t: RowTable): Html {
  const known: readonly Row[] = typedRows(view, t.name) ?? t.rows;
  const spare = Math.max(0, Math.min(t.spare, t.most - known.length));
  const rows: readonly Row[] = [...known, ...Array.from({ length: spare }, (): Row => ({}))];
  const visible = t.columns.filter((column) => column.kind !== 'hidden');
  const hidden = t.columns.filter((column) => column.kind === 'hidden');
  return html`<div id="f-${t.name}" class="typed">${table<Row>(view, {
    caption: t.caption,
    showCaption: true,
    rows,
    columns: visible.map((column, at) => ({
      label: column.label,
      ...(column.head ? { phone: 'head' as const } : {}),
      cell: (row, index) =>
        html`${at === 0 ? each(hidden, (h) => html`<input type="hidden" name="${t.name}[${index}][${h.key}]" value="${row[h.key] ?? ''}">`) : null}${input(view, t.name, column, row, index)}${each(wrongCell(view, t.name, index, column.key), (wrong) => html`<p class="field-wrong">${view.t(wrong.says)}</p>`)}`,
    })),
  })}${each(wrongRows(view, t.name), (wrong) => html`<p class="field-wrong">${view.t(wrong.says)}</p>`)}</div>`;
}

function input(view: View, name: string, column: RowColumn, row: Row, index: number): Html {
  const value = String(row[column.key] ?? '');
  const common = html` name="${name}[${index}][${column.key}]" aria-label="${view.t(column.label)} ${index + 1}"${attribute('aria-invalid', wrongCell(view, name, index, column.key).length > 0 ? 'true' : null)}`;
  if (column.kind === 'select')
    return html`<select class="form-select"${common}>${Object.keys(row).length === 0 ? html`<option value=""></option>` : null}${each(
      column.choices ?? [],
      (choice) => html`<option value="${choice.value}"${attribute('selected', choice.value === value)}>${view.t(choice.label)}</option>`,
    )}</select>`;
  if (column.kind === 'text')
    return html`<input class="form-control" type="text" value="${value}"${common}${attribute('maxlength', column.maxlength)}>`;
  if (column.kind === 'long')
    return html`<textarea class="form-control" rows="2"${common}${attribute('maxlength', column.maxlength)}>${value}</textarea>`;
  const step = column.kind === 'points' ? '0.01' : '1';
  return html`<input class="form-control figure" type="number" min="0" step="${step}" value="${value}"${common}>`;
}
