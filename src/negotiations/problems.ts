import { problem } from '../kernel/problem.ts';

export const notNegotiated = problem(
  'not-negotiated',
  'refused',
  '本采购方式没有谈判、磋商环节。',
  'In this procedure nobody is negotiated with.',
);
export const noSuchSupplier = problem('no-such-supplier', 'not-found', '没有该供应商或谈判记录。', 'There is no such supplier or minutes.');
export const supplierGone = problem(
  'supplier-gone',
  'conflict',
  '该供应商已退出，或者其响应文件已被小组认定不符合。',
  'This supplier has left, or its response was found not to meet the need.',
);
export const minutesWait = problem(
  'minutes-wait',
  'conflict',
  '与该供应商的上一份谈判记录还在等待成员确认。',
  'Earlier minutes with this supplier still wait for the members’ word.',
);
export const wordGiven = problem(
  'word-given',
  'conflict',
  '您已对这份记录表态，或者记录已经成立。',
  'You have given your word, or the minutes stand.',
);
export const reasonForRefusal = problem(
  'reason-for-refusal',
  'invalid',
  '认定响应文件不符合的，须写明理由。',
  'Whoever finds a response wanting says why.',
);
export const changeNotAllowed = problem(
  'change-not-allowed',
  'refused',
  '只能变动采购需求中的技术、服务要求以及合同草案条款。',
  'Only technical and service requirements and the draft contract may be changed.',
);
export const buyerConfirms = problem(
  'buyer-confirms-change',
  'refused',
  '实质性变动须经采购人代表确认：由采购人代表提交。',
  'A change is confirmed by the buyer’s representative, who enters it.',
);
export const notAllTalked = problem(
  'not-all-talked-to',
  'refused',
  '与每家继续参加的供应商都要在最近一次变动以后谈判，且记录经小组确认。',
  'Each supplier that stays is talked to after the last change, and the group confirms the minutes.',
);
export const tooFewSuppliers = problem(
  'too-few-suppliers',
  'refused',
  '继续参加的供应商不足规定家数。',
  'Fewer suppliers stay than the law asks for.',
);
export const offersTooSoon = problem('offers-too-soon', 'refused', '提交最后报价的时间太短。', 'The time for last offers is too short.');
export const exceptionUnknown = problem(
  'exception-unknown',
  'invalid',
  '没有这种例外情形，或者没有写明批准依据。',
  'There is no such exception, or its approval is not named.',
);
export const endingUnknown = problem(
  'ending-unknown',
  'refused',
  '没有这种终止情形；供应商足够时不能以家数不足终止。',
  'There is no such ground; with enough suppliers it does not end for want of them.',
);
