import type { LookAnswer } from '../../src/supervision/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  title: { zh: '评标过程（敏感查看）', en: 'The evaluation, looked at on record' },
  recorded: { zh: '本次查看已写入日志', en: 'This look is in the journal' },
  ground: { zh: '理由', en: 'Ground' },
  asOf: { zh: '以下为查看时的情况', en: 'What follows is as it stood at that moment' },
  members: { zh: '成员进度', en: 'Members' },
  seat: { zh: '席位', en: 'Seat' },
  reviews: { zh: '评审意见', en: 'Reviews' },
  scores: { zh: '评分', en: 'Scores' },
  signed: { zh: '签署', en: 'Signed' },
  bid: { zh: '投标人', en: 'Bidder' },
  item: { zh: '评审项', en: 'Item' },
  verdict: { zh: '结论', en: 'Verdict' },
  passes: { zh: '通过', en: 'pass' },
  fails: { zh: '不通过', en: 'fail' },
  reason: { zh: '理由', en: 'Reason' },
  criterion: { zh: '评分项', en: 'Criterion' },
  score: { zh: '分值', en: 'Score' },
  version: { zh: '第 {n} 版', en: 'version {n}' },
  noReviews: { zh: '查看时还没有评审意见', en: 'No reviews at that moment' },
  noScores: { zh: '查看时还没有评分', en: 'No scores at that moment' },
} satisfies Texts;

type Review = LookAnswer['reviews'][number];
type Score = LookAnswer['scores'][number];

/** What one look at a running evaluation showed: by seat, never by name; the look itself stands at the head. */
export function lookPage(view: View, { look, lot, members, reviews, scores }: LookAnswer): Html {
  const by = (row: { readonly mask: string; readonly version: number }): Html =>
    html`${row.mask}${row.version > 1 ? html` <span class="sub">${view.t(say.version, { n: row.version })}</span>` : nothing}`;
  return layout(view, {
    title: view.t(say.title),
    section: '/supervision',
    wide: true,
    main: html`${part.pageHead(view, { title: say.title, above: lot.number, below: lot.name, back: { href: `/supervision/lots/${lot.id}`, label: lot.name } })}
<div class="stack">${part.notice(view, 'now', html`<strong>${view.t(say.recorded)}</strong> ${part.time(view, look.at, 'full')} ${look.number === null ? nothing : part.journalNumber(view, look.number, `/receipts/${look.id}`)}<br>${view.t(say.ground)}${part.colon(view)}${look.ground}<br>${view.t(say.asOf)}`)}
${part.card(view, {
  title: say.members,
  flush: true,
  body: part.table(view, {
    caption: say.members,
    rows: members,
    columns: [
      { label: say.seat, phone: 'head', cell: (row) => row.mask },
      { label: say.reviews, numeric: true, cell: (row) => row.reviews },
      { label: say.scores, numeric: true, cell: (row) => row.scores },
      { label: say.signed, cell: (row) => (row.signed ? view.t(say.signed) : '—') },
    ],
  }),
})}
${part.card(view, {
  title: say.reviews,
  flush: true,
  body: part.table<Review>(view, {
    caption: say.reviews,
    rows: reviews,
    empty: part.empty(view, { title: say.noReviews, icon: 'list-check' }),
    columns: [
      { label: say.bid, phone: 'head', cell: (row) => row.bid },
      { label: say.item, cell: (row) => view.t(row.item) },
      { label: say.seat, cell: by },
      { label: say.verdict, cell: (row) => part.pill(view, row.pass ? 'plain' : 'refused', row.pass ? say.passes : say.fails) },
      { label: say.reason, cell: (row) => row.reason ?? '—' },
    ],
  }),
})}
${part.card(view, {
  title: say.scores,
  flush: true,
  body: part.table<Score>(view, {
    caption: say.scores,
    rows: scores,
    empty: part.empty(view, { title: say.noScores, icon: 'scale' }),
    columns: [
      { label: say.bid, phone: 'head', cell: (row) => row.bid },
      { label: say.criterion, cell: (row) => view.t(row.criterion) },
      { label: say.seat, cell: by },
      { label: say.score, numeric: true, cell: (row) => row.score },
      { label: say.reason, cell: (row) => row.reason ?? '—' },
    ],
  }),
})}</div>`,
  });
}
