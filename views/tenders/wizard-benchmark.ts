import type { DraftAnswer } from '../../src/tenders/answers.ts';
import { type Html, html } from '../html.ts';
import { field } from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { benchmarks, dropRules, labels, units } from './labels.ts';
import { choicesOf } from './wizard-form.ts';

const say = {
  more: { zh: '更多基准价参数', en: 'More about the benchmark' },
  moreSays: {
    zh: '凡可填多个值的，用顿号分开：填多个，开标现场公开抽取一个；填一个，固定采用；留空，不采用。',
    en: 'Where several values may stand, separate them by commas: of several one is drawn in the opening session, one is fixed, none means none.',
  },
  sampleHint: { zh: '留空则全部参加。', en: 'Empty: all of them.' },
  withinHint: { zh: '如30%；留空则不剔除。', en: 'Such as 30%; empty: none is left out.' },
  weightsHint: {
    zh: '用于“加权”：基准价 = 平均价 × 系数 × 权重 + 限价 × 系数 × (1 − 权重)。',
    en: 'For the weighted benchmark: mean × factor × weight + ceiling × factor × (1 − weight).',
  },
  amountHint: { zh: '留空则与最高限价加权；也可填写采购预算等金额。', en: 'Empty: the ceiling; a budget may stand here instead.' },
  cutsHint: { zh: '用于“限价、抽取报价与最低合理价组合”。', en: 'For the combined benchmark.' },
  discountsHint: {
    zh: '用顿号分开。填多个：开标现场公开抽取一个；填一个：固定采用；留空：不下浮。',
    en: 'Separated by commas. Several: one is drawn in the opening session; one: fixed; none: no discount.',
  },
} satisfies Texts;

/** What prices are compared with: the kind and its discount at once, the rest behind a fold that is open where something stands in it. */
export function benchmarkFields(view: View, { draft }: DraftAnswer, offered: readonly string[]): readonly Html[] {
  const list = (name: 'blendWeights' | 'meanFactors' | 'amountFactors' | 'ceilingCuts' | 'discounts', hint?: Texts[string]): Html =>
    field(view, {
      kind: 'text',
      name,
      label: labels[name],
      value: (draft[name] ?? []).join('、'),
      half: true,
      ...(hint ? { hint } : {}),
    });
  const text = (name: 'withinMean' | 'blendAmount', hint: Texts[string]): Html =>
    field(view, { kind: 'text', name, label: labels[name], hint, value: draft[name] ?? null, inputmode: 'decimal', half: true });
  const special =
    draft.benchmark === 'blend' ||
    draft.benchmark === 'composite' ||
    [draft.sampleSize, draft.withinMean, draft.blendAmount].some((value) => value !== null && value !== undefined);
  const known = Object.fromEntries(Object.entries(benchmarks).filter(([kind]) => offered.includes(kind)));
  return [
    field(view, {
      kind: 'select',
      name: 'benchmark',
      label: labels.benchmark,
      value: draft.benchmark ?? null,
      choices: choicesOf(known),
      required: true,
      half: true,
    }),
    field(view, {
      kind: 'select',
      name: 'dropRule',
      label: labels.dropRule,
      value: draft.dropRule ?? 'none',
      required: true,
      half: true,
      choices: choicesOf(dropRules),
    }),
    list('discounts', say.discountsHint),
    html`<details class="more-fields" ${special ? 'open' : ''}><summary>${view.t(say.more)}</summary><p class="field-hint">${view.t(say.moreSays)}</p><div class="fields">${field(
      view,
      {
        kind: 'number',
        name: 'sampleSize',
        label: labels.sampleSize,
        hint: say.sampleHint,
        value: draft.sampleSize ?? null,
        min: 2,
        unit: units.bids,
        half: true,
      },
    )}${text('withinMean', say.withinHint)}${list('blendWeights', say.weightsHint)}${text('blendAmount', say.amountHint)}${list('meanFactors')}${list('amountFactors')}${list('ceilingCuts', say.cutsHint)}</div></details>`,
  ];
}
