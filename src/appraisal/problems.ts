import { problem } from '../kernel/problem.ts';

export const notEvaluatedYet = problem(
  'not-evaluated-yet',
  'conflict',
  '评标尚未结束，不能评价。',
  'The evaluation has not ended: nobody is appraised yet.',
);
export const alreadyAppraised = problem(
  'already-appraised',
  'conflict',
  '本次评标已作评价。',
  'This was appraised already: once for each evaluation.',
);
export const alreadyAnswered = problem('appraisal-answered', 'conflict', '该评价已答复。', 'This appraisal has been answered.');
export const objectionLate = problem('objection-late', 'refused', '提出异议的期限已过。', 'The time to object is over.');
export const notOpenToObjection = problem(
  'entry-not-standing',
  'conflict',
  '该记分已提出异议或已作出决定。',
  'This entry has been objected to, or decided.',
);
export const ownEntry = problem('own-entry', 'refused', '不能由登记人本人处理异议。', 'Whoever made the entry does not decide about it.');
export const noObjection = problem(
  'no-objection',
  'conflict',
  '该记分没有待处理的异议。',
  'No objection to this entry waits for a decision.',
);
export const feesConfirmed = problem(
  'fees-confirmed',
  'conflict',
  '本次评标的劳务报酬已确认。',
  'The fees of this evaluation are confirmed.',
);
export const namesNotOut = problem(
  'names-not-out',
  'conflict',
  '结果确定前专家姓名保密，不能发放劳务报酬。',
  'Until the result is decided the names are secret, and nobody can be paid.',
);
export const feesNotConfirmed = problem(
  'fees-not-confirmed',
  'conflict',
  '劳务报酬尚未确认，或已登记支付。',
  'The fees are not confirmed yet, or were paid already.',
);
export const paidInTheFuture = problem(
  'paid-in-the-future',
  'invalid',
  '支付日期不能早于确认之日或晚于今天。',
  'The day of payment lies before the confirmation, or after today.',
);
export const reviewTooSoon = problem(
  'annual-review-too-soon',
  'refused',
  '本年度已考核，或距上次考核时间过短。',
  'The experts were reviewed this year already, or not long ago.',
);
export const nobodyToReview = problem(
  'nobody-to-review',
  'conflict',
  '考核期内没有专家被抽中、参加评标或被记分。',
  'In the period no expert was called, sat on a panel or was given points.',
);
export const yearOutOfTurn = problem(
  'annual-out-of-turn',
  'conflict',
  '该专家的年度考核目前不能进行这一步。',
  'This cannot be done with the review of this expert as it stands.',
);
export const verdictTooGood = problem(
  'verdict-too-good',
  'refused',
  '考核结论不能好于规则所允许的结论。',
  'The verdict is better than the rules allow.',
);
export const pointsUndecided = problem(
  'points-undecided',
  'conflict',
  '考核期内有记分异议尚未处理，处理后再作结论。',
  'An objection to points of the period waits for a decision: first that, then the verdict.',
);
export const contestLate = problem('recheck-late', 'refused', '申请复核的期限已过。', 'The time to ask for a recheck is over.');
export const ownVerdict = problem(
  'own-verdict',
  'refused',
  '不能由作出结论的人复核。',
  'Whoever gave the verdict does not decide about it again.',
);
