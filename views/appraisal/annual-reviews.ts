import type { AnnualReviewsAnswer } from '../../src/appraisal/annual-answers.ts';
import { keeperTabs } from '../experts/admission-words.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { reviewTitle } from './annual-words.ts';

const say = {
  title: { zh: '专家年度考核', en: 'Annual reviews of experts' },
  below: {
    zh: '只统计结果已确定的标段；正在评审的一概不计入。结论由交易中心作出，复核由监管部门决定。',
    en: 'Only lots whose result is decided count, none that is being evaluated. The centre gives the verdict, the supervisor rechecks it.',
  },
  none: { zh: '还没有年度考核', en: 'No annual review yet' },
  year: { zh: '年度', en: 'Year' },
  period: { zh: '考核期', en: 'Period' },
  open: { zh: '待作结论', en: 'Verdict waits' },
  told: { zh: '已告知', en: 'Told' },
  contested: { zh: '复核中', en: 'Rechecked' },
  final: { zh: '已生效', en: 'Final' },
  due: { zh: '结论期限', en: 'Verdicts until' },
  start: { zh: '开始年度考核', en: 'Open the annual review' },
  startSays: {
    zh: '列入考核期内被抽中、参加评标或被记分的全部在库专家，考核期截至昨日。',
    en: 'It takes in every expert of the pool who was called, sat on a panel or was given points in the period, up to yesterday.',
  },
  once: { zh: '每年开始一次', en: 'Once a year' },
  later: { zh: '{day} 起可以开始下一次考核。', en: 'The next may be opened from {day} on.' },
} satisfies Texts;

/** Annual reviews of the pool (GET /experts/annual-reviews). */
export function annualReviewsPage(view: View, data: AnnualReviewsAnswer): Html {
  return layout(view, {
    title: view.t(say.title),
    section: '/experts/applications',
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below) })}${keeperTabs(view, 'annual')}
${part.stack(
  part.card(view, {
    flush: true,
    body: part.table(view, {
      caption: say.title,
      rows: data.reviews,
      empty: part.empty(view, { title: say.none, icon: 'calendar-event' }),
      columns: [
        {
          label: say.year,
          phone: 'head',
          cell: (row) => html`<a href="/experts/annual-reviews/${row.id}">${view.t(reviewTitle(row.year))}</a>`,
        },
        { label: say.period, cell: (row) => part.daysText(view, row) },
        { label: say.open, cell: (row) => row.counts.open, numeric: true },
        { label: say.told, cell: (row) => row.counts.told, numeric: true },
        { label: say.contested, cell: (row) => row.counts.contested, numeric: true },
        { label: say.final, cell: (row) => row.counts.final, numeric: true },
        { label: say.due, cell: (row) => part.time(view, row.due) },
      ],
    }),
  }),
  data.may.open ? startCard(view) : nothing,
  data.from === null ? nothing : html`<p class="sub">${view.t(say.later, { day: part.dayText(view.lang, data.from) })}</p>`,
)}`,
  });
}

const startCard = (view: View): Html =>
  part.card(view, {
    title: say.start,
    body: html`<div class="stack"><p>${view.t(say.startSays)}</p>${part.form(view, {
      action: '/experts/annual-reviews',
      submit: say.start,
      confirm: { title: say.once, says: say.startSays },
    })}</div>`,
  });
