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
