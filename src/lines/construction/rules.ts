import { expertShareAtLeast, panelAtLeast, panelOdd, panelWithinItself } from '../../experts/composition.ts';
import { timeLimit } from '../../rulebook/figure-rule.ts';
import {
  ceilingPositive,
  ceilingWithinEstimate,
  estimatePositive,
  performanceShareAtMost,
  securityAmountAtMost,
  securityShareAtMost,
} from '../../tenders/figures.ts';
import type { RuleSets, TimeLimits } from '../../tenders/line.ts';
import {
  addendumAhead,
  announcedPublicityAtLeast,
  awardAfterPublicity,
  bidPeriodAtLeast,
  deadlineAhead,
  documentsEndBeforeDeadline,
  documentsStartFirst,
  documentsWindowAtLeast,
  objectionAhead,
  publicityAtLeast,
  publicityEndsOnWorkingDay,
} from '../../tenders/timetable.ts';

/** The rules of construction tenders, by the moment they are asked. Ids are the steps of rules/domain §2.1. */
export const rules: RuleSets = {
  notice: [
    estimatePositive,
    ceilingPositive,
    deadlineAhead,
    documentsStartFirst,
    documentsWindowAtLeast('CON-C5', 'con.docs.issueWindow.min'),
    bidPeriodAtLeast('CON-C12', 'con.bidPeriod.min'),
    documentsEndBeforeDeadline,
    ceilingWithinEstimate,
    securityShareAtMost('CON-BOND', 'con.bond.maxRatio'),
    securityAmountAtMost('CON-BOND-WORKS', 'con.bond.maxAmount.works', 'works'),
    securityAmountAtMost('CON-BOND-GOODS', 'con.bond.maxAmount.goods', 'goods'),
    securityAmountAtMost('CON-BOND-DESIGN', 'con.bond.maxAmount.surveyDesign', 'services'),
    performanceShareAtMost('CON-PERF', 'con.perfBond.max'),
    announcedPublicityAtLeast('CON-C20N', 'con.publicity.min'),
  ],
  panel: [
    panelOdd,
    panelAtLeast('CON-XC1', 'con.committee.size.min'),
    panelWithinItself,
    expertShareAtLeast('CON-XC1E', 'con.committee.expertShare.min'),
  ],
  addendum: [addendumAhead('CON-C8', 'con.clarify.bid.min')],
  documentObjection: [objectionAhead('CON-C9', 'con.objection.bid.before')],
  project: [],
  start: [],
  publicity: [publicityAtLeast('CON-C20', 'con.publicity.min'), publicityEndsOnWorkingDay('CON-C20D', 'con.publicity.lastDay')],
  award: [awardAfterPublicity],
  contract: [],
};

const alert = { zh: '逾期向行政监督部门预警，并记入信用记录', en: 'the supervisor is alerted and the delay is recorded' };

export const limits: TimeLimits = {
  answerObjection: timeLimit('con.objection.reply.max', {
    zh: '作出答复前，暂停招标投标活动；逾期预警',
    en: 'until it is answered the tender stands still; the supervisor is alerted',
  }),
  publishCandidates: timeLimit('con.publicity.startMax', alert),
  signContract: timeLimit('con.contract.max', {
    zh: '无正当理由不订立合同的，取消中标资格，投标保证金不予退还；逾期预警',
    en: 'without good reason the award is lost and the security kept; the supervisor is alerted',
  }),
  fileReport: timeLimit('con.report.toSupervisor.max', alert),
  refundSecurity: timeLimit('con.bond.refund.afterContract', alert),
  refundWinner: timeLimit('con.bond.refund.afterContract', alert),
  refundWithdrawn: timeLimit('con.bond.refund.withdraw', alert),
  determineAward: timeLimit('con.award.determineBefore', {
    zh: '投标有效期届满仍未定标的，投标人可以不再受投标约束；逾期预警',
    en: 'once bid validity is over bidders are no longer bound; the supervisor is alerted',
  }),
};
