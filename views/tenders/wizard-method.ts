import type { DraftAnswer } from '../../src/tenders/answers.ts';
import { each, type Html, html, nothing, when } from '../html.ts';
import { card, field, form, ground, hidden, notice } from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { blindPictureLabels, brandTieLabels, kinds, kindsMean, labels, units } from './labels.ts';
import { rowTable } from './rows.ts';
import { agreementFields } from './wizard-agreement.ts';
import { benchmarkFields } from './wizard-benchmark.ts';
import { choicesOf, groundOf, stepForm } from './wizard-form.ts';

const say = {
  choose: { zh: '采用此方法', en: 'Use this method' },
  chooseFirst: {
    zh: '先选择评标方法，再填写具体参数。换方法后，参数恢复为该方法的常用值。',
    en: 'Choose the method first, then its parameters. Another method brings its usual values.',
  },
  envelopesHint: {
    zh: '后一信封在前一信封评审签署以后另行开标；未通过的投标人，其余信封原样退回，谁也打不开。',
    en: 'Later envelopes have a session of their own, after the result of the earlier one is signed; those of bidders who fail come back unopened.',
  },
  criterionName: { zh: '评分项', en: 'Criterion' },
  criterionSays: { zh: '评分要点', en: 'What is looked at' },
  criterionMax: { zh: '分值', en: 'Points' },
  criterionKind: { zh: '性质', en: 'Kind' },
  blindSays: {
    zh: '评标委员会先以编号评审施工组织设计等技术文件，全部评完再揭晓投标人。投标人密封前可在投标页检查暗标。评审表密封递交的，先密封、开启暗标部分，揭晓后再密封其余部分。',
    en: 'The panel first judges the technical files under numbers and learns whose they are when all of it is in. Bidders can check their files before they seal. Where score sheets are sealed, the blind part is sealed and opened first, then the rest.',
  },
  blindYes: { zh: '技术部分采用暗标评审', en: 'The technical part is reviewed blind' },
  blindNo: { zh: '不采用', en: 'It is not' },
  blindPagesHint: { zh: '留空则不限。', en: 'Leave empty for no limit.' },
  blindFontsHint: { zh: '用顿号分开，如“宋体、黑体”；留空则不限。', en: 'Separated by commas; leave empty for any.' },
  sum: { zh: '目前合计 {sum} 分（含报价分），应为 100 分。', en: 'They add up to {sum} with the price; it must be 100.' },
  brandHint: {
    zh: '提供相同品牌产品的投标人按一家计算：综合评分的，得分最高者获得推荐资格；最低价的，报价最低者参加评审。',
    en: 'Bidders of one brand count as one: by score the best of them may be recommended, by lowest price the cheapest of them stays.',
  },
  coreHint: {
    zh: '采购多种产品时填写，以核心产品的品牌为准；只采购一种产品的留空。',
    en: 'Where several products are bought: the brand of this one counts. Empty where there is one.',
  },
  smallHint: {
    zh: '如10%；用扣除后的价格参加评审，合同价仍为投标报价。留空则不扣除（专门面向中小企业的采购包）。',
    en: 'Such as 10%; the price after the deduction is compared, the contract is at the price bid. Empty for none.',
  },
  domesticHint: {
    zh: '允许非本国产品参加竞争时，对本国产品按规定比例扣除。',
    en: 'Where others may compete, the law’s share is deducted from the price of domestic products.',
  },
  deduction: { zh: '按规定扣除', en: 'deducted' },
  noDeduction: { zh: '不适用', en: 'does not apply' },
  trimHint: { zh: '留空则不去掉。', en: 'Leave empty to drop none.' },
} satisfies Texts;

/** The step that decides how bids are evaluated: the method first, then its parameters and criteria. */
export function methodStep(view: View, data: DraftAnswer): Html {
  const { draft } = data;
  const chosen = data.methods.find((offer) => offer.value === draft.method);
  const picker = form(view, {
    action: `/lots/${data.lot.id}/draft`,
    submit: say.choose,
    tone: 'plain',
    quiet: true,
    fields: html`${hidden('step', '5')}${hidden('go', 'stay')}${hidden('revision', String(data.lot.revision))}${field(view, {
      kind: 'radio',
      name: 'method',
      label: labels.method,
      value: draft.method ?? null,
      required: true,
      choices: data.methods.map(({ value, label, says }) => ({ value, label, hint: says })),
    })}${field(view, {
      kind: 'radio',
      name: 'envelopes',
      label: labels.envelopes,
      hint: say.envelopesHint,
      value: draft.envelopes ?? 'whole',
      choices: data.envelopes,
    })}`,
  });
  return html`${card(view, { title: labels.method, body: html`<p class="sub">${view.t(say.chooseFirst)}</p>${picker}` })}
${when(chosen !== undefined, () => card(view, { body: stepForm(view, data, html`${chosen?.scored ? scoreFields(view, data, chosen) : html`${data.agreementWays ? agreementFields(view, data, data.agreementWays) : candidatesField(view, data)}${brandFields(view, data)}${policyFields(view, data)}`}`) }))}`;
}

/** Whether the technical part is reviewed blind, and how its files must look. */
const blindFields = (view: View, { draft }: DraftAnswer): readonly Html[] => [
  field(view, {
    kind: 'select',
    name: 'blind',
    label: labels.blind,
    hint: say.blindSays,
    value: draft.blind ? 'yes' : 'no',
    required: true,
    choices: [
      { value: 'no', label: say.blindNo },
      { value: 'yes', label: say.blindYes },
    ],
  }),
  field(view, {
    kind: 'number',
    name: 'blindPages',
    label: labels.blindPages,
    hint: say.blindPagesHint,
    value: draft.blindPages ?? null,
    min: 1,
    half: true,
  }),
  field(view, {
    kind: 'select',
    name: 'blindPictures',
    label: labels.blindPictures,
    value: draft.blindPictures ?? 'drawings',
    required: true,
    half: true,
    choices: choicesOf(blindPictureLabels),
  }),
  field(view, {
    kind: 'text',
    name: 'blindFonts',
    label: labels.blindFonts,
    hint: say.blindFontsHint,
    value: (draft.blindFonts ?? []).join('、'),
  }),
];

const candidatesField = (view: View, data: DraftAnswer): Html =>
  field(view, {
    kind: 'number',
    name: 'candidates',
    label: labels.candidates,
    value: data.draft.candidates ?? null,
    min: 1,
    max: 3,
    unit: units.people,
    half: true,
    ...groundOf(data, 'candidates'),
  });

/** What is deducted by policy, where the line has such a policy. */
function policyFields(view: View, data: DraftAnswer): Html {
  const { policy, draft } = data;
  if (policy === null) return nothing;
  return html`${field(view, {
    kind: 'text',
    name: 'smallDiscount',
    label: labels.smallDiscount,
    hint: say.smallHint,
    value: draft.smallDiscount ?? null,
    inputmode: 'decimal',
    half: true,
    ...groundOf(data, 'smallDiscount'),
  })}${when(policy.domestic, () =>
    field(view, {
      kind: 'select',
      name: 'domesticDiscount',
      label: labels.domesticDiscount,
      hint: say.domesticHint,
      value: draft.domesticDiscount ? 'yes' : 'no',
      required: true,
      half: true,
      choices: [
        { value: 'no', label: say.noDeduction },
        { value: 'yes', label: say.deduction },
      ],
    }),
  )}`;
}

/** Whether bids of one brand count as one; for goods only. */
function brandFields(view: View, { brandTies, draft }: DraftAnswer): Html {
  if (brandTies === null) return nothing;
  const choices = ['none', ...brandTies].map((value) => ({ value, label: brandTieLabels[value] ?? { zh: value, en: value } }));
  return html`${field(view, { kind: 'select', name: 'sameBrand', label: labels.sameBrand, hint: say.brandHint, value: draft.sameBrand ?? 'none', choices, half: true })}${field(view, { kind: 'text', name: 'coreProduct', label: labels.coreProduct, hint: say.coreHint, value: draft.coreProduct ?? null, maxlength: 100, half: true })}`;
}

function scoreFields(view: View, data: DraftAnswer, { price, benchmarks }: DraftAnswer['methods'][number]): Html {
  const { draft } = data;
  const points = (name: 'priceFull' | 'priceFloor' | 'above' | 'below'): Html =>
    field(view, {
      kind: 'number',
      name,
      label: labels[name],
      value: draft[name] ?? null,
      min: 0,
      step: 'any',
      unit: units.points,
      half: true,
      ...groundOf(data, name),
    });
  const deviation =
    price === 'deviation' ? [...benchmarkFields(view, data, benchmarks), points('above'), points('below'), points('priceFloor')] : [];
  const shared = [
    price === null ? null : points('priceFull'),
    ...deviation,
    field(view, {
      kind: 'number',
      name: 'trimFrom',
      label: labels.trimFrom,
      hint: say.trimHint,
      value: draft.trimFrom ?? null,
      min: 3,
      unit: units.people,
      half: true,
    }),
    candidatesField(view, data),
    brandFields(view, data),
    policyFields(view, data),
  ];
  return html`${shared}${data.blindOffered ? blindFields(view, data) : null}${criteriaRows(view, data)}`;
}

function criteriaRows(view: View, data: DraftAnswer): Html {
  const { draft } = data;
  const sum = hundredths([...(draft.criteria ?? []).map((each) => each.max), draft.priceFull ?? '0']);
  return html`${rowTable(view, {
    name: 'criteria',
    caption: labels.criteria,
    rows: draft.criteria ?? [],
    spare: 2,
    most: 40,
    columns: [
      { key: 'id', label: say.criterionName, kind: 'hidden' },
      { key: 'name', label: say.criterionName, kind: 'text', maxlength: 100, head: true },
      { key: 'says', label: say.criterionSays, kind: 'long', maxlength: 500 },
      { key: 'kind', label: say.criterionKind, kind: 'select', choices: Object.entries(kinds).map(([value, label]) => ({ value, label })) },
      { key: 'max', label: say.criterionMax, kind: 'points' },
    ],
  })}<p class="field-hint">${view.t(kindsMean)}</p>${notice(view, sum === '100' ? 'plain' : 'now', say.sum, { sum })}<p class="field-ground">${each(data.grounds.criteria ?? [], (rule) => html`${view.t(rule.says)} ${ground(view, rule)}`)}</p>`;
}

/** Points with at most two places, added without floats: 12.5 + 60 = 72.5. */
function hundredths(points: readonly string[]): string {
  const whole = points.reduce((all, text) => {
    const [yuan = '0', places = ''] = text.split('.');
    return all + Number(yuan) * 100 + Number(places.padEnd(2, '0').slice(0, 2));
  }, 0);
  const rest = whole % 100;
  return rest === 0 ? String(whole / 100) : `${Math.floor(whole / 100)}.${String(rest).padStart(2, '0').replace(/0$/, '')}`;
}
