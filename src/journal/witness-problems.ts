import { problem } from '../kernel/problem.ts';

export const notAWitnessKey = problem(
  'not-a-witness-key',
  'invalid',
  '不是有效的见证公钥（名称+散列+base64，类型 0x04）。',
  'This is not the verifier key of a witness (name+hash+base64, type 0x04).',
);
export const witnessKnown = problem(
  'witness-already-known',
  'conflict',
  '已有同名的见证方；名称不能再用于另一把密钥。',
  'There is or was a witness of that name; a name is not used again for another key.',
);
export const witnessUnknown = problem('witness-unknown', 'not-found', '没有这个独立见证方。', 'There is no such independent witness.');
export const refusalNotBelieved = problem(
  'refusal-not-believed',
  'refused',
  '报告未由已登记的见证方签署。',
  'The report is not signed by a witness that is registered here.',
);
export const refusalKnown = problem('refusal-already-noted', 'conflict', '这份报告已经记录。', 'This report has been recorded already.');
