import type { SeatSheet } from '../../src/evaluation/answers.ts';
import { each, type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  sheets: { zh: '各席位评审与评分', en: 'Reviews and scores by seat' },
  bidder: { zh: '投标人', en: 'Bidder' },
  about: { zh: '项目', en: 'About' },
  value: { zh: '结果', en: 'Value' },
  reason: { zh: '理由', en: 'Reason' },
} satisfies Texts;

/** Every seat's sheet, folded, by its letter; by name for those who may know it. */
export function seatSheetsCard(view: View, sheets: readonly SeatSheet[]): Html {
  return part.card(view, {
    title: say.sheets,
    body: each(
      sheets,
      (
        sheet,
      ) => html`<details class="step-working"><summary><strong>${view.t(sheet.mask)}</strong>${sheet.name ? html` ${sheet.name}` : nothing}</summary>
${part.table(view, {
  caption: sheet.mask,
  columns: [
    { label: say.bidder, cell: (row) => row.bid, phone: 'head' },
    { label: say.about, cell: (row) => view.t(row.about) },
    { label: say.value, cell: (row) => row.value, numeric: true },
    { label: say.reason, cell: (row) => row.reason ?? '' },
  ],
  rows: [
    ...sheet.verdicts.map((row) => ({ bid: row.bid, about: row.item, value: row.pass ? '✓' : '✗', reason: row.reason })),
    ...sheet.marks.map((row) => ({ bid: row.bid, about: row.criterion, value: row.score, reason: row.reason })),
  ],
})}</details>`,
    ),
  });
}
