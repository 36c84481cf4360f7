import { problem } from '../kernel/problem.ts';

export const milestonesDiffer = problem(
  'milestones-differ-from-price',
  'refused',
  '各履约节点金额之和与合同价不一致。',
  'The amounts of the milestones do not add up to the price.',
);
export const contractTimes = problem(
  'contract-times-impossible',
  'invalid',
  '合同的起止日期或节点日期不可能成立。',
  'The days of the contract cannot be kept.',
);
export const paymentTooLate = problem(
  'payment-term-too-long',
  'refused',
  '约定的付款期限过长。',
  'The term agreed for payment is too long.',
);
export const addOnTooHigh = problem(
  'add-on-too-high',
  'refused',
  '累计追加金额超过法定上限。',
  'What the changes add is more than the law allows.',
);
export const deedSigned = problem(
  'deed-already-signed',
  'conflict',
  '文本已有签名，不能再改动或者重复签署。',
  'The text bears a signature: it is not changed any more, nor signed twice by one side.',
);
export const noDeed = problem('no-deed-to-sign', 'conflict', '没有待签署的合同文本。', 'There is no text to sign.');
export const deedElsewhere = problem(
  'deed-is-another',
  'conflict',
  '文本已被替换，请重新阅读后再签署。',
  'The text was replaced meanwhile: read it again before signing.',
);
export const deedSignature = problem(
  'deed-signature-refused',
  'refused',
  '合同签名未通过验证。',
  'The signature under the contract does not verify.',
);
export const noSuchMilestone = problem('no-such-milestone', 'invalid', '合同没有这个履约节点。', 'The contract has no such milestone.');
export const notAccepted = problem(
  'milestone-not-accepted',
  'refused',
  '该节点尚未验收合格，不能登记付款。',
  'The milestone has not been accepted; nothing is paid for it yet.',
);
export const paidTooMuch = problem(
  'payment-above-milestone',
  'refused',
  '付款金额超过该节点尚未支付的金额。',
  'This is more than is still owed for the milestone.',
);
export const milestoneAccepted = problem(
  'milestone-already-accepted',
  'conflict',
  '该节点已验收合格。',
  'The milestone has been accepted already.',
);
