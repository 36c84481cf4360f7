import { problem } from '../kernel/problem.ts';

export const ceremonyOver = problem('ceremony-over', 'conflict', '密钥仪式已经结束。', 'This key ceremony has ended.');
export const notThisTrustee = problem(
  'not-this-trustee',
  'not-permitted',
  '只有该席位的机构可以在仪式中为它发言。',
  'Only the institution that holds this place speaks for it in the ceremony.',
);
export const ceremonyUnsigned = problem(
  'ceremony-message-unsigned',
  'refused',
  '消息未由该机构当前有效的证书签名。',
  'The message is not signed by a certificate of its institution that stands now.',
);
export const sharesMissing = problem(
  'ceremony-shares-missing',
  'refused',
  '转交的份额与消息中写明的不一致。',
  'The sealed shares handed over are not those that the message names.',
);
export const witnessNameTaken = problem(
  'ceremony-witness-taken',
  'conflict',
  '托管程序的见证名称已被另一把密钥使用，请换一个名称。',
  'The name of the program’s witness key belongs to another key already; choose another name.',
);
export const notTrustees = problem(
  'ceremony-trustees-unknown',
  'invalid',
  '召集的机构须是已登记的托管机构，各不相同。',
  'Those who are called must be registered trustee institutions, each once.',
);
