import type { DeskAnswer } from '../../src/evaluation/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  caption: { zh: '各席位进度', en: 'How far each seat has come' },
  seat: { zh: '席位', en: 'Seat' },
  declared: { zh: '声明', en: 'Declaration' },
  reviews: { zh: '评审', en: 'Reviews' },
  scores: { zh: '评分', en: 'Scores' },
  sheet: { zh: '评审表', en: 'Sheet' },
  awaited: { zh: '未递交', en: 'not yet' },
  in: { zh: '已密封递交', en: 'in, sealed' },
  open: { zh: '已开启', en: 'open' },
  signed: { zh: '签署', en: 'Signature' },
  you: { zh: '本人', en: 'you' },
  yes: { zh: '已签署', en: 'signed' },
  no: { zh: '未签署', en: 'not yet' },
  refused: { zh: '拒绝签署（已说明理由）', en: 'refused, with reasons' },
  deemed: { zh: '逾期未签，视为同意', en: 'silent: taken to agree' },
} satisfies Texts;

/** When the member took its stand to the report, and which, where it is not a signature. */
function standing(view: View, { signedAt, stance }: Row): Html {
  if (signedAt === null) return html`${view.t(say.no)}`;
  const other = stance === 'refused' ? say.refused : stance === 'deemed' ? say.deemed : null;
  return html`${part.time(view, signedAt)}${other ? html` <span class="sub">${view.t(other)}</span>` : nothing}`;
}

type Row = NonNullable<DeskAnswer['progress']>[number];

/** How far each seat has come, in numbers: what anyone scored stands nowhere here. */
export function progressTable(view: View, rows: readonly Row[], only: 'everything' | 'signatures' = 'everything'): Html {
  const share = ({ done, of }: Row['reviews']): Html =>
    html`<span class="${done < of ? 'count-open' : 'count-done'}">${done} / ${of}</span>`;
  const work: readonly part.Column<Row>[] = [
    { label: say.declared, cell: (row) => view.t(row.declared ? say.yes : say.no) },
    ...(rows.some((row) => row.sheet !== null)
      ? [
          {
            label: say.sheet,
            cell: ({ sheet }: Row) =>
              html`<span class="${sheet === 'awaited' ? 'count-open' : 'count-done'}">${sheet ? view.t(say[sheet]) : nothing}</span>`,
          },
        ]
      : [
          { label: say.reviews, cell: (row: Row) => share(row.reviews), numeric: true },
          { label: say.scores, cell: (row: Row) => share(row.scores), numeric: true },
        ]),
  ];
  return part.table(view, {
    caption: say.caption,
    columns: [
      {
        label: say.seat,
        cell: (row) =>
          html`<strong>${view.t(row.mask)}</strong>${row.name ? html` ${row.name}` : nothing}${row.you ? html` <span class="sub">${view.t(say.you)}</span>` : nothing}`,
        phone: 'head',
      },
      ...(only === 'signatures' ? [] : work),
      { label: say.signed, cell: (row) => standing(view, row) },
    ],
    rows,
    tone: (row) => (row.you ? 'now' : null),
  });
}
