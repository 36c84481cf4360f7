import { problem } from '../../kernel/problem.ts';

export const otherLine = problem(
  'belongs-to-another-line',
  'refused',
  '该标的不属于本门类。',
  'This subject does not belong to this line of trade.',
);
