import type { DraftAnswer } from '../../src/tenders/answers.ts';
import { type Html, html } from '../html.ts';
import { field } from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { labels } from './labels.ts';
import { groundOf } from './wizard-form.ts';

const say = {
  shareHint: { zh: '如20%；无论比例多少，至少淘汰一家。', en: 'Such as 20%; one is eliminated in any case.' },
  mostHint: { zh: '留空则只按淘汰率。', en: 'Leave empty to go by the share alone.' },
} satisfies Texts;

/** What a notice says of a framework agreement: how contracts are awarded within it, its term, who is eliminated. */
export const agreementFields = (view: View, data: DraftAnswer, ways: NonNullable<DraftAnswer['agreementWays']>): Html =>
  html`${field(view, {
    kind: 'radio',
    name: 'agreementWay',
    label: labels.agreementWay,
    value: data.draft.agreementWay ?? null,
    required: true,
    choices: ways.map(({ value, label, says: hint }) => ({ value, label, hint })),
  })}${field(view, {
    kind: 'number',
    name: 'agreementMonths',
    label: labels.agreementMonths,
    value: data.draft.agreementMonths ?? null,
    min: 1,
    half: true,
    ...groundOf(data, 'agreementMonths'),
  })}${field(view, {
    kind: 'text',
    name: 'eliminationShare',
    label: labels.eliminationShare,
    hint: say.shareHint,
    value: data.draft.eliminationShare ?? null,
    half: true,
    ...groundOf(data, 'eliminationShare'),
  })}${field(view, {
    kind: 'number',
    name: 'entrantsMost',
    label: labels.entrantsMost,
    hint: say.mostHint,
    value: data.draft.entrantsMost ?? null,
    min: 1,
    half: true,
  })}`;
