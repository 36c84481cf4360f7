import type { ConductAnswer, EntryAnswer } from '../../src/appraisal/answers.ts';
import { keeperTabs } from '../experts/admission-words.ts';
import { type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { entryCard } from './entry.ts';

const say = {
  title: { zh: '专家不良行为记分', en: 'Conduct points of experts' },
  below: {
    zh: '在标段的“评标之后”页面登记；异议由登记人以外的监管人员处理。',
    en: 'Entered on a lot’s page after its evaluation; an objection is decided by somebody else than who entered.',
  },
  none: { zh: '没有记分', en: 'No entries' },
  reason: { zh: '处理意见', en: 'Reason' },
  uphold: { zh: '维持记分', en: 'Uphold' },
  strike: { zh: '撤销记分', en: 'Strike' },
  choice: { zh: '处理结果', en: 'Decision' },
  decide: { zh: '作出处理', en: 'Decide' },
} satisfies Texts;

/** Entries of points, objections first (GET /conduct). */
export function conductPage(view: View, data: ConductAnswer): Html {
  return layout(view, {
    title: view.t(say.title),
    section: '/experts/applications',
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below) })}${keeperTabs(view, 'conduct')}
${
  data.entries.length === 0
    ? part.card(view, { body: part.empty(view, { title: say.none, icon: 'check' }) })
    : part.stack(...data.entries.map((entry) => entryCard(view, entry, decision(view, entry))))
}`,
  });
}

function decision(view: View, entry: EntryAnswer): Html | null {
  if (!entry.may.decide) return null;
  return part.form(view, {
    action: `/conduct/${entry.id}/decision`,
    fields: html`${part.field(view, {
      kind: 'radio',
      name: 'upholds',
      label: say.choice,
      required: true,
      choices: [
        { value: 'true', label: say.uphold },
        { value: 'false', label: say.strike },
      ],
    })}${part.field(view, { kind: 'textarea', name: 'reason', label: say.reason, required: true, rows: 2, maxlength: 1000 })}`,
    submit: say.decide,
  });
}
