import { attribute, classes, each, type Html, html, join, nothing, type Piece } from '../html.ts';
import type { View, Words } from '../view.ts';
import { type Card, card } from './page.ts';

export interface Column<Row> {
  readonly label: Words;
  readonly cell: (row: Row, index: number) => Piece;
  /** figures stand right, in tabular digits */
  readonly numeric?: boolean;
  /** on a phone the row is a card: `head` is its title, `figure` stands big beside it, `line` is label and value (the default), `hide` is left out */
  readonly phone?: 'head' | 'figure' | 'line' | 'hide';
}

export interface Table<Row> {
  /** what the table holds; read by screen readers, shown when `showCaption` */
  readonly caption: Words;
  readonly showCaption?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** `now` marks what is happening, `faded` what no longer counts */
  readonly tone?: (row: Row) => 'now' | 'faded' | null;
  /** stands instead of the table when there are no rows */
  readonly empty?: Html;
  readonly foot?: Piece;
  /** may be wider than its place, on a phone too: it can be reached, and moved sideways, by keys */
  readonly scrolls?: boolean;
}

/** A table that becomes cards on a phone. The roles are written out because display:block would take them away. */
export function table<Row>(view: View, t: Table<Row>): Html {
  if (t.rows.length === 0 && t.empty) return t.empty;
  const head = t.columns.findIndex((column) => column.phone === 'head');
  const cell = (row: Row, index: number, column: Column<Row>, at: number): Html => {
    const shape = classes(column.numeric && 'numeric', `phone-${column.phone ?? 'line'}`);
    const label = html` data-label="${view.t(column.label)}"`;
    const content = join([column.cell(row, index)]);
    // an empty cell is left out of the card on a phone; the wrapper keeps what stands in a full one together
    const inner = content.toString() === '' ? nothing : html`<div class="cell">${content}</div>`;
    return at === head
      ? html`<th scope="row" role="rowheader" class="${shape}"${label}>${inner}</th>`
      : html`<td role="cell" class="${shape}"${label}>${inner}</td>`;
  };
  // what is wider than the page is moved sideways by keys too, in every browser
  const reached = t.scrolls ? html` tabindex="0" role="region" aria-label="${view.t(t.caption)}"` : nothing;
  return html`<div class="table-frame"${reached}><table class="table rows" role="table"><caption class="${t.showCaption ? '' : 'visually-hidden'}">${view.t(t.caption)}</caption>
<thead role="rowgroup"><tr role="row">${each(t.columns, (c) => html`<th scope="col" role="columnheader"${attribute('class', c.numeric ? 'numeric' : null)}>${view.t(c.label)}</th>`)}</tr></thead>
<tbody role="rowgroup">${each(t.rows, (row, index) => {
    const tone = t.tone?.(row);
    return html`<tr role="row"${attribute('class', tone ? `row-${tone}` : null)}${attribute('aria-current', tone === 'now' ? 'true' : null)}>${t.columns.map((c, at) => cell(row, index, c, at))}</tr>`;
  })}</tbody></table>${t.foot ? html`<div class="table-foot">${t.foot}</div>` : nothing}</div>`;
}

type TableCard<Row> = Omit<Table<Row>, 'caption' | 'showCaption' | 'foot'> &
  Omit<Card, 'title' | 'body' | 'flush'> & { readonly title: Words };

/** A section that is one table: its heading is the table's caption. */
export function tableCard<Row>(view: View, { title, columns, rows, tone, empty, ...around }: TableCard<Row>): Html {
  const held = { caption: title, columns, rows, ...(tone ? { tone } : {}), ...(empty ? { empty } : {}) };
  return card(view, { ...around, title, flush: true, body: table(view, held) });
}
