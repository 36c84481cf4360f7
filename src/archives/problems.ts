import { problem } from '../kernel/problem.ts';

export const archiveAsked = problem(
  'archive-closed-already',
  'conflict',
  '本标段已经立卷，一标一档，不能再立。',
  'The lot has its volume already: one lot, one volume.',
);
export const archiveNotSealed = problem(
  'archive-not-sealed',
  'conflict',
  '案卷尚未制成或已经销毁。',
  'The volume is not made yet, or has been destroyed.',
);
export const stillToBeKept = problem(
  'archive-still-kept',
  'refused',
  '保管期限未满，不得销毁。',
  'The volume is still to be kept; it may not be destroyed.',
);
export const destructionNotAsked = problem(
  'destruction-not-asked',
  'conflict',
  '尚未提出销毁申请。',
  'Nobody has asked for its destruction.',
);
