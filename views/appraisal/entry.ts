import type { EntryAnswer } from '../../src/appraisal/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  points: { zh: '{points} 分', en: '{points} points' },
  act: { zh: '事项', en: 'What was done' },
  ground: { zh: '事实与依据', en: 'What happened' },
  evidence: { zh: '证据', en: 'Evidence' },
  entered: { zh: '登记', en: 'Entered' },
  until: { zh: '有效至', en: 'Counts until' },
  consequence: { zh: '累计后果', en: 'All points come to' },
  objection: { zh: '专家异议', en: 'Objection' },
  decision: { zh: '处理意见', en: 'Decision' },
} satisfies Texts;

const states: Readonly<Record<EntryAnswer['state'], { tone: part.Tone; says: Words }>> = {
  standing: { tone: 'wait', says: { zh: '可提出异议', en: 'Open to objection' } },
  objected: { tone: 'now', says: { zh: '异议待处理', en: 'Objection waits' } },
  upheld: { tone: 'plain', says: { zh: '已生效', en: 'Stands' } },
  struck: { tone: 'refused', says: { zh: '已撤销', en: 'Struck' } },
};

/** One entry of points, with what may be done about it below. */
export function entryCard(view: View, entry: EntryAnswer, foot: Html | null = null): Html {
  const { tone, says } = states[entry.state];
  return part.card(view, {
    title: `${entry.who} · ${view.t(say.points, { points: entry.points })}`,
    beside: part.pill(view, tone, says),
    now: entry.state === 'objected',
    body: html`<div class="stack">${part.facts(
      view,
      [
        { label: { zh: '标段', en: 'Lot' }, value: entry.about },
        { label: say.act, value: html`${view.t(entry.says)} <span class="sub">${view.t(entry.source)}</span>` },
        { label: say.ground, value: entry.ground },
        { label: say.evidence, value: entry.evidence },
        { label: say.entered, value: part.time(view, entry.at) },
        { label: say.until, value: part.dayText(view.lang, entry.until) },
        { label: say.consequence, value: view.t(entry.consequence) },
        ...(entry.objection ? [{ label: say.objection, value: entry.objection }] : []),
        ...(entry.decision ? [{ label: say.decision, value: entry.decision }] : []),
      ],
      'wide',
    )}${foot ?? nothing}</div>`,
  });
}
