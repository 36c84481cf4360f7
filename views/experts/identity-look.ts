import type { LookAnswer } from '../../src/experts/own-answers.ts';
import { type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { identityNames } from './record.ts';

const say = {
  title: { zh: '身份信息（留痕查看）', en: 'Identity data, looked at on record' },
  recorded: { zh: '本次查看已写入日志，专家本人能看到。', en: 'This look is in the journal, and the expert sees it.' },
  purpose: { zh: '事由', en: 'Purpose' },
  missing: { zh: '未填写', en: 'not given' },
} satisfies Texts;

/** What one look opened, for a few minutes and only to whoever took it. */
export function identityLookPage(view: View, data: LookAnswer): Html {
  return layout(view, {
    title: view.t(say.title),
    section: '/experts/applications',
    narrow: true,
    main: html`${part.pageHead(view, { title: say.title, back: { href: `/experts/people/${data.expert}`, label: data.name } })}
<div class="stack">${part.notice(view, 'now', html`<strong>${view.t(say.recorded)}</strong><br>${view.t(say.purpose)}${part.colon(view)}${data.purpose}<br>${part.countdown(view, { until: data.until, label: { zh: '显示时限', en: 'Shown for' }, reload: true })}`)}
${part.card(view, {
  title: data.name,
  body: part.facts(
    view,
    data.values.map(({ field, value }) => ({
      label: identityNames[field],
      value: value === null ? html`<span class="sub">${view.t(say.missing)}</span>` : html`<code>${value}</code>`,
    })),
  ),
})}</div>`,
  });
}
