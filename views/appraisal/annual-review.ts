import type { AnnualReviewAnswer } from '../../src/appraisal/annual-answers.ts';
import { type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { periodText, reviewTitle, statePill, verdictPill } from './annual-words.ts';

const say = {
  back: { zh: '专家年度考核', en: 'Annual reviews of experts' },
  name: { zh: '姓名', en: 'Name' },
  employer: { zh: '工作单位', en: 'Employer' },
  state: { zh: '进度', en: 'How far' },
  verdict: { zh: '结论', en: 'Verdict' },
  none: { zh: '没有专家', en: 'Nobody' },
  due: { zh: '结论期限', en: 'Verdicts until' },
} satisfies Texts;

/** One annual review with everyone in it (GET /experts/annual-reviews/:review). */
export function annualReviewPage(view: View, { review, rows }: AnnualReviewAnswer): Html {
  const title = reviewTitle(review.year);
  return layout(view, {
    title: view.t(title),
    section: '/experts/applications',
    main: html`${part.pageHead(view, {
      title,
      back: { href: '/experts/annual-reviews', label: say.back },
      below: periodText(view, review),
      beside: html`<span class="sub">${view.t(say.due)}</span> ${part.time(view, review.due)}`,
    })}
${part.card(view, {
  flush: true,
  body: part.table(view, {
    caption: title,
    rows,
    tone: (row) => (row.state === 'final' ? 'faded' : null),
    empty: part.empty(view, { title: say.none, icon: 'users' }),
    columns: [
      { label: say.name, phone: 'head', cell: (row) => html`<a href="/expert-years/${row.id}">${row.name}</a>` },
      { label: say.employer, cell: (row) => row.employer },
      { label: say.state, cell: (row) => statePill(view, row.state) },
      { label: say.verdict, cell: (row) => (row.verdict === null ? '—' : verdictPill(view, row.verdict)) },
    ],
  }),
})}`,
  });
}
