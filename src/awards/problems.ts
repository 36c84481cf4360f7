import { problem } from '../kernel/problem.ts';

export const unknownCandidate = problem(
  'unknown-candidate',
  'invalid',
  '该投标人不是公示的中标候选人。',
  'This is not one of the published candidates.',
);
export const rankNeedsGround = problem(
  'rank-needs-ground',
  'refused',
  '未确定排名第一的中标候选人，须逐名载明法定理由。',
  'Whoever is passed over is passed over on a ground the law knows, one by one.',
);
export const lotOnHold = problem(
  'lot-on-hold',
  'refused',
  '有未办结事项，招标投标活动暂停。',
  'Something is pending; the tender stands still until it is settled.',
);
export const alreadyNotified = problem('award-already-notified', 'conflict', '中标通知书已发出。', 'The award has been notified already.');
export const notNotified = problem(
  'award-not-notified',
  'refused',
  '中标通知书尚未发出，不能登记合同。',
  'The award has not been notified yet; there is no contract to register.',
);
export const contractDiffers = problem(
  'contract-differs-from-bid',
  'refused',
  '合同主要条款与中标结果不一致。',
  'The main terms of the contract differ from the award.',
);
export const signedOnImpossible = problem(
  'contract-date-impossible',
  'invalid',
  '合同签订日期不可能成立。',
  'The contract cannot have been signed on that day.',
);
export const decisionTimeRuns = problem(
  'decision-time-runs',
  'refused',
  '确定中标人的期限尚未届满，或者有正当理由。',
  'The time to determine the winner has not run out, or there is a reason to wait.',
);
export const hostDecides = problem(
  'host-determines-winner',
  'not-permitted',
  '应当由采购人确定中标人。',
  'The buyer itself determines the winner.',
);
export const noReportAsked = problem(
  'no-report-asked',
  'conflict',
  '本门类不要求提交书面报告。',
  'This line of trade asks for no written report.',
);
export const noFilingAsked = problem(
  'no-contract-filing-asked',
  'conflict',
  '本门类不要求报备合同副本。',
  'This line of trade asks for no copy of the contract.',
);
export const contractFiled = problem(
  'contract-already-filed',
  'conflict',
  '合同副本已报备。',
  'A copy of the contract has been filed already.',
);
export const reportFiled = problem('report-already-filed', 'conflict', '书面报告已提交。', 'The report has been filed already.');
