import type { ApplicationAnswer } from '../../src/experts/admission-answers.ts';
import { each, type Html, html, nothing } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';

const say = {
  tabs: { zh: '专家库', en: 'Pool of experts' },
  applications: { zh: '入库申请', en: 'Applications' },
  people: { zh: '专家名册', en: 'On record' },
  conduct: { zh: '记分', en: 'Conduct' },
  annual: { zh: '年度考核', en: 'Annual review' },
  numbers: { zh: '专家统计', en: 'In numbers' },
  draws: { zh: '抽取统计', en: 'Past draws' },
} satisfies Texts;

/** What belongs to those who keep the pool, side by side. */
export function keeperTabs(view: View, current: 'applications' | 'people' | 'conduct' | 'annual'): Html {
  return part.tabs(
    view,
    [
      { label: say.applications, href: '/experts/applications', current: current === 'applications' },
      { label: say.people, href: '/experts/people', current: current === 'people' },
      { label: say.conduct, href: '/conduct', current: current === 'conduct' },
      { label: say.annual, href: '/experts/annual-reviews', current: current === 'annual' },
      { label: say.numbers, href: '/experts' },
      { label: say.draws, href: '/experts/statistics' },
    ],
    say.tabs,
  );
}

/** What a line asks, each figure with its source. */
export function asksList(view: View, asks: ApplicationAnswer['asks']): Html {
  return asks.length === 0
    ? nothing
    : html`<ul class="plain">${each(asks, ({ says, source }) => html`<li>${view.t(says)} <span class="sub">${view.t(source)}</span></li>`)}</ul>`;
}
