import type { LotAnswer } from '../../src/tenders/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { notice, time } from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  moved: {
    zh: '投标截止前收件中断，经 {quorum} 家以上机构的探测方签名证实，投标截止时间已按公告规则顺延 {n} 次，对所有投标人适用。',
    en: 'The intake was down before the deadline, as probes of at least {quorum} institutions have signed. By the rule of the notice the deadline has been moved {n} times, for all bidders.',
  },
  original: { zh: '公告载明的截止时间', en: 'Deadline of the notice' },
  present: { zh: '现截止时间', en: 'Deadline now' },
  waiting: {
    zh: '投标截止时间已到，不再收投标。探测方对截止前几分钟的陈述尚未到齐，收到后即截标；陈述证实收件中断的，截止时间自动顺延。',
    en: 'The deadline is here and no bid is taken. Probes have still to state what they saw in its last minutes: then bidding is closed, or, if they saw an outage, the deadline moves by itself.',
  },
  probes: { zh: '探测方看到的情况', en: 'What the probes saw' },
} satisfies Texts;

/** What the rule about outages did to this deadline, or is about to decide. Nothing where it had no part. */
export function outageNotice(view: View, { lot, outage, terms }: LotAnswer): Html {
  if (!outage || (outage.moved === 0 && !outage.waiting)) return nothing;
  const link = html`<a href="/probes">${view.t(say.probes)}</a>`;
  if (outage.waiting) return notice(view, 'plain', html`<p>${view.t(say.waiting)} ${link}</p>`);
  const figures = { n: outage.moved, quorum: terms?.outage?.quorum ?? 0 };
  const now = lot.deadline ? html`${view.t(say.present)} ${time(view, lot.deadline, 'full')}${view.t({ zh: '。', en: '.' })}` : nothing;
  return notice(
    view,
    'now',
    html`<p>${view.t(say.moved, figures)}</p><p>${view.t(say.original)} ${time(view, outage.original, 'full')}${view.t({ zh: '；', en: '; ' })}${now} ${link}</p>`,
  );
}
