import { problem } from '../kernel/problem.ts';

export const noAgreement = problem('no-agreement-here', 'refused', '本采购包没有框架协议。', 'This lot has no framework agreement.');
export const notEntered = problem(
  'not-entered',
  'refused',
  '该供应商不在有效的入围供应商之中。',
  'This supplier is not among those in the agreement.',
);
export const agreementOver = problem('agreement-over', 'refused', '框架协议有效期已满。', 'The term of the agreement is over.');
export const agreementRuns = problem('agreement-runs', 'refused', '框架协议仍在有效期内。', 'The agreement is still in force.');
export const aboveAgreementPrice = problem(
  'above-agreement-price',
  'refused',
  '成交单价高于协议价格。',
  'The price is above that of the agreement.',
);
export const notItsTurn = problem('not-its-turn', 'refused', '没有轮到该供应商。', 'It is another supplier’s turn.');
export const reasonForChoice = problem('reason-for-choice', 'invalid', '请写明选定该供应商的理由。', 'Say why this supplier is chosen.');
export const removalUnknown = problem(
  'removal-without-ground',
  'refused',
  '清退须有规定的情形。',
  'A supplier is removed on a ground of the rules alone.',
);
