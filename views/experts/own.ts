import type { OwnAnswer } from '../../src/experts/own-answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { employerForm, identityForm, leaveForm, relationForm } from './own-forms.ts';
import { identityCard, looksCard, membershipsCard, recordCard, relationsCard, standingMark, standingsCard } from './record.ts';

const say = {
  title: { zh: '我的档案', en: 'My record' },
  work: { zh: '评标、评价、报酬与记分', en: 'Evaluations, appraisals, fees, points' },
  below: {
    zh: '您在统一评标专家库中的档案：一人一档，可加入多个门类。',
    en: 'Your record in the one pool of experts: one record, several lines.',
  },
  apply: { zh: '申请入库或续聘', en: 'Apply, or renew a term' },
} satisfies Texts;

/** The expert's own page: one card a matter. A further matter is one card more in the column it belongs to. */
export function ownPage(view: View, data: OwnAnswer): Html {
  return layout(view, {
    title: view.t(say.title),
    main: html`${part.pageHead(view, {
      title: data.record.name,
      above: view.t(say.title),
      below: view.t(say.below),
      beside: standingMark(view, data.record),
      actions: html`${part.linkButton(view, { href: '/expert/work', label: say.work, icon: 'list-check' })}${
        data.may.apply
          ? part.linkButton(view, { href: '/expert/applications/new', label: say.apply, icon: 'plus', tone: 'primary' })
          : nothing
      }`,
    })}
${part.columns({
  main: part.stack(
    part.problemPanel(view),
    membershipsCard(view, data.memberships, { link: (row) => (row.kind === 'transfer' ? null : `/expert/applications/${row.id}`) }),
    relationsCard(view, data.relations, {
      withdraw: (row) => `/expert/relations/${row.id}/withdrawal`,
      foot: relationForm(view, data.relationKinds),
    }),
    looksCard(view, data.looks),
    standingsCard(view, data.standings),
  ),
  right: part.stack(
    recordCard(view, data.record, employerForm(view)),
    identityCard(view, data.identity, identityForm(view, data.identity)),
    data.may.leave ? leaveForm(view) : nothing,
  ),
})}`,
  });
}
