import { expertShareAtLeast, oddPanel, panelAtLeast, panelAtLeastFrom, panelWithinItself } from '../../experts/composition.ts';
import { timeLimit } from '../../rulebook/figure-rule.ts';
import { cite, nonTenderOrder } from '../../rulebook/law.ts';
import { ceilingPositive, ceilingWithinEstimate, estimatePositive, securityShareAtMost } from '../../tenders/figures.ts';
import type { LineParameters, PanelPlan, ResultPlan, RuleSets, TimeLimits } from '../../tenders/line.ts';
import { deadlineAhead, documentsEndBeforeDeadline, documentsStartFirst, questionInTime } from '../../tenders/timetable.ts';
import { alert, limits, policyRules } from './rules.ts';

/** What all ways of procurement otherwise than by tender share (MoF Order 74): its figures, its small group, its terms. */
export const otherwiseParameters = {
  minimumBids: 'proc.method.suppliers.min',
  documentQuestions: { noticePeriod: 'proc.method.notice.period', within: 'proc.question.max' },
  securityShareMax: 'proc.method.bond.max',
  panelMin: 'proc.group.size.min',
  panelExpertShare: 'proc.group.expertShare.min',
} as const satisfies Partial<LineParameters>;

/** One of the buyer, two experts; five from the threshold of open tendering on. */
export const group = {
  size: 3,
  experts: 2,
  seats: [
    { specialty: 'B', count: 1, reserve: 2 },
    { specialty: 'A06', count: 1, reserve: 2 },
  ],
} as const satisfies Partial<PanelPlan>;

export const otherwiseNotice: RuleSets['notice'] = [
  estimatePositive,
  ceilingPositive,
  deadlineAhead,
  documentsStartFirst,
  documentsEndBeforeDeadline,
  ceilingWithinEstimate,
  securityShareAtMost('PROC-M14', 'proc.method.bond.max'),
  ...policyRules,
];

export const groupRules: Pick<RuleSets, 'panel' | 'documentObjection'> = {
  panel: [
    oddPanel('PROC-M7O', cite(nonTenderOrder, '7')),
    panelAtLeast('PROC-M7', 'proc.group.size.min'),
    panelAtLeastFrom('PROC-M7L', 'proc.group.size.large', 'proc.threshold.goods'),
    panelWithinItself,
    expertShareAtLeast('PROC-M7E', 'proc.group.expertShare.min'),
  ],
  documentObjection: [questionInTime('PROC-M8', 'proc.method.notice.period', 'proc.question.max')],
};

export const otherwiseLimits: TimeLimits = {
  ...limits,
  decideAward: timeLimit('proc.method.decide.max', {
    zh: '逾期未确定又不提出异议的，视同确定最后报价最低的供应商为成交供应商',
    en: 'silence counts as determining the first-ranked',
  }),
  publishResult: timeLimit('proc.method.result.notice.max', alert),
  refundSecurity: timeLimit('proc.method.bond.refund.max', alert),
};

export const otherwiseResult: ResultPlan = {
  silence: cite(nonTenderOrder, '36, 49'),
  noticePeriod: 'proc.method.result.notice.period',
  questions: 'proc.question.max',
};
