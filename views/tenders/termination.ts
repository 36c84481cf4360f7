import type { LotAnswer } from '../../src/tenders/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { card, field, form, ground } from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { viewOfForm } from './posted.ts';

const say = {
  title: { zh: '终止招标', en: 'End the tender' },
  open: { zh: '终止招标…', en: 'End the tender …' },
  says: {
    zh: '终止后立即公告，不能撤回：未开启的投标文件永久密封，投标保证金自即日起依法退还并付利息。',
    en: 'Public at once and for good: what is sealed stays sealed, and securities go back with interest from today on.',
  },
  ground: { zh: '终止事由', en: 'On which ground' },
  reason: { zh: '终止理由', en: 'Reason' },
  reasonHint: { zh: '写明发生了什么、为什么不能继续，公告中全文公开', en: 'What has happened and why it cannot go on; published in full' },
} satisfies Texts;

/** Ends a tender on a ground of its line; only for the host, and only while the table of phases lets it. */
export function terminationCard(given: View, { lot, terminations }: Pick<LotAnswer, 'lot' | 'terminations'>): Html {
  const action = `/lots/${lot.id}/termination`;
  const view = viewOfForm(given, action);
  if (terminations.length === 0) return nothing;
  const refused = view.problem !== null && view.problem !== undefined;
  return card(view, {
    title: say.title,
    id: 'termination',
    body: html`<details${refused ? html` open` : nothing}><summary>${view.t(say.open)}</summary><p class="sub">${view.t(say.says)}</p>${form(
      view,
      {
        action,
        submit: say.title,
        icon: 'ban',
        tone: 'danger',
        fields: html`${field(view, {
          kind: 'radio',
          name: 'ground',
          label: say.ground,
          required: true,
          value: null,
          choices: terminations.map((each) => ({ value: each.id, label: each.says, hint: each.source })),
        })}${field(view, { kind: 'textarea', name: 'reason', label: say.reason, hint: say.reasonHint, rows: 4, maxlength: 2000, required: true })}${ground(view, { rule: 'TERM-1', source: terminations[0]?.source ?? say.title })}`,
      },
    )}</details>`,
  });
}
