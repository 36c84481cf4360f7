import { nothingPendsAtSigning } from '../../awards/decision.ts';
import { addOnAtMost } from '../../contracts/keeping.ts';
import { expertShareAtLeast, panelAtLeast, panelAtLeastFrom, panelOdd, panelWithinItself } from '../../experts/composition.ts';
import { fieldRule, timeLimit } from '../../rulebook/figure-rule.ts';
import { cite, procurementLaw, procurementRegulation } from '../../rulebook/law.ts';
import {
  ceilingPositive,
  ceilingWithinEstimate,
  estimatePositive,
  performanceShareAtMost,
  priceWeightAtLeast,
  securityShareAtMost,
} from '../../tenders/figures.ts';
import type { ResultPlan, RuleSets, TimeLimits } from '../../tenders/line.ts';
import { smallDiscountAtLeast, smallDiscountAtMost } from '../../tenders/policy.ts';
import {
  addendumAhead,
  bidPeriodAtLeast,
  deadlineAhead,
  documentsEndBeforeDeadline,
  documentsStartFirst,
  documentsWindowAtLeast,
  type NoticeFacts,
  questionInTime,
} from '../../tenders/timetable.ts';
import * as planning from './planning.ts';
import { otherLine } from './problems.ts';

/** Works that the tendering law binds go by its own rules, with discounts of their own (rules/domain CF-11). */
export const goodsOrServices = fieldRule<NoticeFacts>({
  id: 'PROC-SUBJECT',
  acts: ['draft-lot', 'publish-notice'],
  certainty: 'V',
  source: cite(procurementLaw, '4'),
  says: {
    zh: '政府采购工程进行招标投标的，适用招标投标法，按工程建设项目登记',
    en: 'works that are tendered go by the tendering law and are registered under construction',
  },
  problem: otherLine,
  field: 'subject',
  refuses: ({ subject }) => subject === 'works' && { field: 'subject' },
});

/** What every way of procurement keeps: the cap of the performance security, and the deductions for small enterprises. */
export const policyRules: RuleSets['notice'] = [
  performanceShareAtMost('PROC-PERF', 'proc.perfBond.max'),
  smallDiscountAtLeast('PROC-SM1', 'proc.small.discount.min'),
  smallDiscountAtMost('PROC-SM1M', 'proc.small.discount.max'),
];

/** The rules of procurement by open tender, by the moment they are asked. Ids are the steps of rules/domain §2.2. */
export const rules: RuleSets = {
  notice: [
    goodsOrServices,
    estimatePositive,
    ceilingPositive,
    deadlineAhead,
    documentsStartFirst,
    documentsWindowAtLeast('PROC-G5', 'proc.docs.offer.min'),
    bidPeriodAtLeast('PROC-G6', 'proc.bidPeriod.min'),
    documentsEndBeforeDeadline,
    ceilingWithinEstimate,
    securityShareAtMost('PROC-BOND', 'proc.bond.max'),
    priceWeightAtLeast('PROC-GV1G', 'proc.price.weight.goods', 'goods'),
    priceWeightAtLeast('PROC-GV1S', 'proc.price.weight.services', 'services'),
    ...policyRules,
  ],
  panel: [
    panelOdd,
    panelAtLeast('PROC-XC2', 'proc.committee.size.min'),
    panelAtLeastFrom('PROC-XC2L', 'proc.committee.size.large', 'proc.committee.large.from'),
    panelWithinItself,
    expertShareAtLeast('PROC-XC2E', 'proc.committee.expertShare.min'),
  ],
  addendum: [addendumAhead('PROC-G7', 'proc.clarify.min')],
  documentObjection: [questionInTime('PROC-G8', 'proc.notice.period', 'proc.question.max')],
  project: planning.project,
  start: planning.start,
  publicity: [],
  award: [],
  contract: [nothingPendsAtSigning('PROC-G17', cite(procurementRegulation, '54'))],
  change: [addOnAtMost('PROC-ADDON', 'proc.addon.max')],
};

export const alert = { zh: '逾期向财政部门预警，并记入信用记录', en: 'the finance department is alerted and the delay is recorded' };

export const limits: TimeLimits = {
  answerObjection: timeLimit('proc.question.reply.max', {
    zh: '质疑可能影响中标结果的，暂停签订合同；逾期不答复的，供应商可以投诉',
    en: 'where the result may be affected nothing is signed; without an answer the supplier may complain',
  }),
  decideAward: timeLimit('proc.decide.max', {
    zh: '逾期不确定又不能说明合法理由的，视同确定排名第一的中标候选人为中标人',
    en: 'silence without a lawful reason counts as determining the first-ranked',
  }),
  publishResult: timeLimit('proc.result.notice.max', alert),
  signContract: timeLimit('proc.contract.max', {
    zh: '拒绝签订合同的，可以按排序确定下一候选人，或者重新开展采购活动',
    en: 'who refuses to sign is passed over for the next, or the procurement is done again',
  }),
  publishContract: timeLimit('proc.contract.publish.max', alert),
  fileContract: timeLimit('proc.contract.file.max', alert),
  refundWithdrawn: timeLimit('proc.bond.refund.withdraw', alert),
  refundSecurity: timeLimit('proc.bond.refund.max', alert),
  refundWinner: timeLimit('proc.bond.refund.winner', alert),
};

export const result: ResultPlan = {
  silence: cite(procurementRegulation, '43'),
  noticePeriod: 'proc.result.notice.period',
  questions: 'proc.question.max',
};
