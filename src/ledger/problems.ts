import { problem } from '../kernel/problem.ts';

export const accountOpen = problem(
  'collecting-account-open',
  'conflict',
  '已有在用的保证金专户。',
  'An account for securities is open already.',
);
export const notABank = problem('not-a-bank', 'refused', '该单位不是已登记的存管银行。', 'This organisation is no registered bank.');
