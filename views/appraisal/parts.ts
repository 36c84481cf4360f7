import type { AftermathAnswer, AppraisalAnswer } from '../../src/appraisal/answers.ts';
import { each, type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

type Dimensions = AftermathAnswer['dimensions'];
type Fee = NonNullable<AftermathAnswer['members'][number]['fee']>;

const say = {
  late: { zh: '逾期', en: 'late' },
  answer: { zh: '专家答复', en: 'The expert’s answer' },
  minutes: { zh: '在席时间', en: 'At the desk' },
  minutesValue: { zh: '{hours} 小时 {minutes} 分', en: '{hours} h {minutes} min' },
  base: { zh: '基本报酬', en: 'Base' },
  extra: { zh: '超时', en: 'Further hours' },
  travel: { zh: '异地补助', en: 'Travel' },
  amount: { zh: '合计', en: 'Total' },
  withheld: { zh: '不支付', en: 'Withheld' },
  comment: { zh: '评语', en: 'Comment' },
} satisfies Texts;

const sides: Readonly<Record<AppraisalAnswer['side'], Words>> = {
  host: { zh: '招标人或代理的评价', en: 'By the host' },
  regulator: { zh: '监管部门的评价', en: 'By the supervisor' },
  expert: { zh: '对组织方的评价', en: 'Of the host' },
};

/** One appraisal: a line of scores, the comment, and what the expert answered. */
export function appraisalItem(view: View, given: AppraisalAnswer, dimensions: Dimensions, foot?: Html): Html {
  const scores = dimensions.map(({ id, says }) => `${view.t(says)} ${given.scores[id] ?? '—'}`).join(' · ');
  return html`<li><strong>${view.t(sides[given.side])}</strong> ${given.late ? part.pill(view, 'refused', say.late) : nothing} <span class="sub">${part.time(view, given.at)}</span><br>${scores}${
    given.comment ? html`<br>${given.comment}` : nothing
  }${given.answer ? html`<br><span class="sub">${view.t(say.answer)}${part.colon(view)}</span>${given.answer}` : nothing}${foot ?? nothing}</li>`;
}
export const appraisalItems = (
  view: View,
  list: readonly AppraisalAnswer[],
  dimensions: (side: AppraisalAnswer['side']) => Dimensions,
  foot: (given: AppraisalAnswer) => Html = () => nothing,
): Html =>
  list.length === 0
    ? nothing
    : html`<ul class="plain">${each(list, (given) => appraisalItem(view, given, dimensions(given.side), foot(given)))}</ul>`;

/** A choice of 1 to 5 for each dimension, and a comment. */
export function scoreFields(view: View, dimensions: Dimensions): Html {
  const choices = [5, 4, 3, 2, 1].map((value) => ({ value: String(value), label: grades[value] ?? String(value) }));
  return html`${each(dimensions, ({ id, says }) =>
    part.field(view, {
      kind: 'select',
      name: `scores[${id}]`,
      label: says,
      required: true,
      half: true,
      choices,
      empty: { zh: '请选择', en: 'Please choose' },
    }),
  )}${part.field(view, { kind: 'textarea', name: 'comment', label: say.comment, rows: 2, maxlength: 1000 })}`;
}
const grades: Readonly<Record<number, Words>> = {
  5: { zh: '5 优', en: '5 excellent' },
  4: { zh: '4 良', en: '4 good' },
  3: { zh: '3 合格', en: '3 fair' },
  2: { zh: '2 较差', en: '2 poor' },
  1: { zh: '1 差', en: '1 bad' },
};

/** How a fee came about. */
export function feeFacts(view: View, fee: Fee): Html {
  if (fee.withheld.length > 0)
    return html`<p>${part.pill(view, 'refused', say.withheld)}</p><ul class="plain">${each(fee.withheld, (says) => html`<li class="sub">${view.t(says)}</li>`)}</ul>`;
  const time = { hours: Math.floor(fee.minutes / 60), minutes: fee.minutes % 60 };
  return part.facts(
    view,
    [
      { label: say.minutes, value: view.t(say.minutesValue, time) },
      { label: say.base, value: part.money(view, { yuan: fee.base }) },
      { label: say.extra, value: part.money(view, { yuan: fee.extra }) },
      { label: say.travel, value: part.money(view, { yuan: fee.travel }) },
      { label: say.amount, value: html`<strong>${part.money(view, { yuan: fee.amount })}</strong>` },
    ],
    'wide',
  );
}

/** When a fee was paid, and the bank's number. */
export const paidText = (view: View, { on, reference }: { readonly on: string; readonly reference: string }): Html =>
  html`${part.dayText(view.lang, on)} <span class="sub">${reference}</span>`;
