import { cite, procurementOrder } from '../../rulebook/law.ts';
import type { CorrectionGround } from '../../tenders/line.ts';

/** Order 87 art. 59: how statements that differ are put right, in this order (rules/domain EV-5). */
export const corrections: readonly CorrectionGround[] = [
  {
    id: 'sheet-over-body',
    source: cite(procurementOrder, '59'),
    says: {
      zh: '投标文件中开标一览表内容与投标文件中相应内容不一致的，以开标一览表为准',
      en: 'the opening sheet goes before what stands elsewhere in the bid',
    },
  },
  {
    id: 'words-over-figures',
    source: cite(procurementOrder, '59'),
    says: { zh: '大写金额和小写金额不一致的，以大写金额为准', en: 'an amount in words goes before the same amount in figures' },
  },
  {
    id: 'decimal-error',
    source: cite(procurementOrder, '59'),
    says: {
      zh: '单价金额小数点或者百分比有明显错位的，以开标一览表的总价为准，并修改单价',
      en: 'where the point or percentage of a unit price has obviously slipped, the total of the opening sheet stands and the unit price is changed',
    },
  },
  {
    id: 'units-over-total',
    source: cite(procurementOrder, '59'),
    says: {
      zh: '总价金额与按单价汇总金额不一致的，以单价金额计算结果为准',
      en: 'where the total is not the sum by unit prices, the sum by unit prices counts',
    },
  },
];
