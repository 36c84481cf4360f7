import type { Words } from '../../kernel/words.ts';
import { cite, nonTenderOrder, procurementLaw } from '../../rulebook/law.ts';
import type { BidField, ReviewItem } from '../../tenders/line.ts';
import type { MendingPlan } from '../../tenders/mending.ts';
import { bidForm, items } from './bid-form.ts';

/** Where a response goes by another article than a bid, field by field. */
const grounds: Readonly<Record<string, { readonly says: Words; readonly source: Words }>> = {
  price: {
    says: { zh: '报价不得超过采购预算或者最高限价', en: 'a price is not above the budget or the ceiling' },
    source: cite(nonTenderOrder, '37, 50'),
  },
  periodDays: { says: { zh: '不得超过采购文件规定的期限', en: 'not longer than the documents ask' }, source: cite(nonTenderOrder, '13') },
  quality: {
    says: { zh: '应当响应采购文件的实质性要求', en: 'responds to what the documents require' },
    source: cite(nonTenderOrder, '13'),
  },
  validityDays: { says: { zh: '不得短于采购文件规定的期限', en: 'no shorter than the documents ask' }, source: cite(nonTenderOrder, '13') },
  security: { says: { zh: '应当以非现金形式提交', en: 'never in cash' }, source: cite(nonTenderOrder, '14') },
  priceSchedule: {
    says: { zh: '各项合价之和应当等于报价', en: 'the amounts add up to the price' },
    source: cite(nonTenderOrder, '13'),
  },
};

const once: Words = {
  zh: '截止后不得更改；大写金额与小写金额不一致时，以大写为准',
  en: 'Nothing changes it after the deadline; words go before figures',
};

/** What a response states and attaches: the form of the line, by the articles of Order 74. */
export const responseForm: readonly BidField[] = bidForm.map((field) => {
  const rule = grounds[field.key];
  const named = field.key === 'price' ? { label: { zh: '报价（元）', en: 'Price (yuan)' }, hint: once } : {};
  return { ...field, ...named, ...(rule === undefined ? {} : { rule }) };
});

/** What a group may ask a supplier to put right: papers, and nothing that is read out, compared or priced. */
export const mending: MendingPlan = { source: cite(nonTenderOrder, '16'), fields: ['qualification', 'other'] };

const articles: Readonly<Record<string, string>> = { budget: '37, 50' };

/** What the group looks at: who is qualified, too, for no host does it before (Order 74 art. 8). */
export const responseItems: readonly ReviewItem[] = [
  {
    id: 'qualified',
    stage: 'qualification',
    part: 'qualification',
    source: cite(procurementLaw, '22'),
    title: { zh: '供应商资格', en: 'Qualification' },
    says: {
      zh: '供应商不具备法定条件或者采购文件规定的特定条件',
      en: 'the supplier lacks what the law or the documents ask of it',
    },
  },
  ...items.map((item) => ({
    ...item,
    says: { zh: item.says.zh.replaceAll('投标文件', '响应文件').replaceAll('投标保证金', '保证金'), en: item.says.en },
    source: item.id === 'low-price' ? item.source : cite(nonTenderOrder, articles[item.id] ?? '16, 30'),
  })),
];
