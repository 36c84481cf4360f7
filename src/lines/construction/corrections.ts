import { cite, evaluationOrder } from '../../rulebook/law.ts';
import type { CorrectionGround } from '../../tenders/line.ts';

/** Order 12 art. 19: how plain arithmetical errors are put right (rules/domain EV-4). */
export const corrections: readonly CorrectionGround[] = [
  {
    id: 'words-over-figures',
    source: cite(evaluationOrder, '19'),
    says: {
      zh: '用数字表示的数额与用文字表示的数额不一致的，以文字数额为准',
      en: 'an amount in words goes before the same amount in figures',
    },
  },
  {
    id: 'unit-over-total',
    source: cite(evaluationOrder, '19'),
    says: {
      zh: '单价与工程量的乘积与总价不一致的，以单价为准，单价有明显的小数点错误的除外',
      en: 'unit prices go before the total, unless a unit price has an obvious error of its decimal point',
    },
  },
  {
    id: 'decimal-error',
    source: cite(evaluationOrder, '19'),
    says: {
      zh: '单价有明显小数点错误的，以总价为准并修改单价',
      en: 'where a unit price has an obvious error of its decimal point, the total stands and the unit price is changed',
    },
  },
];
