import type { PersonAnswer } from '../../src/experts/own-answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';
import {
  identityCard,
  identityNames,
  looksCard,
  membershipsCard,
  recordCard,
  relationsCard,
  standingMark,
  standingsCard,
} from './record.ts';

const say = {
  above: { zh: '专家档案', en: 'Record of an expert' },
  back: { zh: '专家名册', en: 'On record' },
  look: { zh: '查看身份信息', en: 'See the identity data' },
  lookSays: {
    zh: '查看会写入日志，并显示在该专家本人的页面上：谁、何时、看了什么、为何。',
    en: 'The look goes into the journal and onto the expert’s own page: who, when, what and why.',
  },
  fields: { zh: '查看内容', en: 'What' },
  purpose: { zh: '查看事由', en: 'Why' },
  purposeHint: { zh: '写明办理的事项和依据；请勿写入个人信息。', en: 'The matter and its ground; no personal data, please.' },
  standing: { zh: '变更状态', en: 'Change the standing' },
  standingSays: {
    zh: '即时生效。已被通知、已确认参加或已在评标的席位随即更换；评标报告已提交的不再更换。',
    en: 'In force at once. Seats the expert was called for, accepted or sits in are given to the next; not where a report stands.',
  },
  to: { zh: '变更为', en: 'To' },
  until: { zh: '暂停至（含当日）', en: 'Suspended until (that day included)' },
  untilHint: { zh: '不填写的，暂停没有期限。', en: 'Without a day the suspension has no end.' },
  ground: { zh: '依据和理由', en: 'Ground' },
  groundHint: { zh: '专家本人能看到；请勿写入个人信息。', en: 'The expert reads it; no personal data, please.' },
  normal: { zh: '恢复正常', en: 'restored' },
  suspended: { zh: '暂停', en: 'suspended' },
  left: { zh: '退库', en: 'struck off' },
  removed: { zh: '永久除名', en: 'removed for ever' },
} satisfies Texts;

/** One person, for those who keep the pool. */
export function personPage(view: View, data: PersonAnswer): Html {
  return layout(view, {
    title: data.record.name,
    section: '/experts/applications',
    main: html`${part.pageHead(view, {
      title: data.record.name,
      above: view.t(say.above),
      back: { href: '/experts/people', label: say.back },
      beside: standingMark(view, data.record),
    })}
${part.columns({
  main: part.stack(
    part.problemPanel(view),
    membershipsCard(view, data.memberships, { link: (row) => `/experts/applications/${row.id}` }),
    relationsCard(view, data.relations),
    standingsCard(view, data.standings),
    looksCard(view, data.looks),
  ),
  right: part.stack(recordCard(view, data.record), identityCard(view, data.identity), lookForm(view, data.id), standingForm(view, data)),
})}`,
  });
}

function lookForm(view: View, expert: string): Html {
  return part.card(view, {
    title: say.look,
    body: part.form(view, {
      action: `/experts/people/${expert}/looks`,
      submit: say.look,
      icon: 'eye-exclamation',
      tone: 'plain',
      quiet: true,
      note: say.lookSays,
      fields: html`${part.field(view, {
        kind: 'checks',
        name: 'fields',
        label: say.fields,
        required: true,
        choices: Object.entries(identityNames).map(([value, label]) => ({ value, label })),
      })}${part.field(view, { kind: 'text', name: 'purpose', label: say.purpose, hint: say.purposeHint, required: true, maxlength: 500 })}`,
    }),
  });
}

function standingForm(view: View, data: PersonAnswer): Html {
  if (data.standingChoices.length === 0) return nothing;
  const label: Readonly<Record<string, Words>> = say;
  return part.card(view, {
    title: say.standing,
    body: part.form(view, {
      action: `/experts/people/${data.id}/standing`,
      submit: say.standing,
      tone: 'danger',
      quiet: true,
      confirm: { title: say.standing, says: say.standingSays },
      fields: html`${part.field(view, {
        kind: 'select',
        name: 'status',
        label: say.to,
        required: true,
        empty: { zh: '请选择', en: 'Please choose' },
        choices: data.standingChoices.map((value) => ({ value, label: label[value] ?? value })),
      })}${part.field(view, { kind: 'date', name: 'until', label: say.until, hint: say.untilHint, min: view.now.slice(0, 10) })}
${part.field(view, { kind: 'textarea', name: 'ground', label: say.ground, hint: say.groundHint, required: true, rows: 3, maxlength: 500 })}`,
    }),
  });
}
