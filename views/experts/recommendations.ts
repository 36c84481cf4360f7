import type { RecommendationsAnswer } from '../../src/experts/admission-answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  title: { zh: '推荐本单位人员', en: 'Recommend your staff' },
  below: {
    zh: '申请加入工程建设类专家库的人员，须经所在单位推荐。',
    en: 'Who applies as an expert of construction is recommended by its employer.',
  },
  none: { zh: '本单位没有人员正在申请', en: 'Nobody of yours is applying' },
  about: { zh: '{title}，从事{field} {years} 年', en: '{title}, {years} years in {field}' },
  already: { zh: '已推荐', en: 'Recommended' },
  text: { zh: '推荐意见', en: 'What you recommend' },
  hint: {
    zh: '对政治素质、职业道德、业务能力的意见；申请人和审核人员能看到。',
    en: 'On integrity and ability; the applicant and the reviewers read it.',
  },
  submit: { zh: '推荐', en: 'Recommend' },
  applied: { zh: '申请时间', en: 'Applied' },
} satisfies Texts;

/** The applications of an organisation's own staff. */
export function recommendationsPage(view: View, data: RecommendationsAnswer): Html {
  const cards = data.rows.map((row, at) =>
    part.card(view, {
      title: `${row.name} · ${view.t(row.line)}`,
      beside: row.recommendedAt ? part.pill(view, 'plain', say.already) : nothing,
      body: html`<div class="stack"><p>${view.t(say.about, { title: row.title, field: row.field, years: row.years })} <span class="sub">${view.t(say.applied)} ${part.time(view, row.appliedAt)}</span></p>
${
  row.recommendedAt
    ? nothing
    : part.form(view, {
        action: `/recommendations/${row.id}`,
        submit: say.submit,
        icon: 'writing-sign',
        quiet: true,
        // several such forms on one page: the part would give all of them one id
        fields: html`<div class="field"><label class="field-label" for="recommendation-${at}">${view.t(say.text)}</label>
<textarea class="form-control" id="recommendation-${at}" name="recommendation" rows="3" maxlength="1000" required></textarea><p class="field-hint">${view.t(say.hint)}</p></div>`,
      })
}</div>`,
    }),
  );
  return layout(view, {
    title: view.t(say.title),
    section: '/work',
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below) })}${part.problemPanel(view)}
${cards.length > 0 ? part.stack(...cards) : part.card(view, { body: part.empty(view, { title: say.none, icon: 'users' }) })}`,
  });
}
