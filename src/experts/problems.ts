import { problem } from '../kernel/problem.ts';

export const drawUnderWay = problem(
  'draw-under-way',
  'conflict',
  '本标段的专家抽取正在进行或已经完成，补抽须说明理由。',
  'An expert draw of this lot is under way or done; another one needs a ground.',
);
export const noSuchCall = problem('no-such-call', 'not-found', '没有等待您答复的邀请。', 'There is no call waiting for your answer.');
export const callOver = problem(
  'call-over',
  'refused',
  '答复时限已过，已通知后备专家。',
  'The time to answer is over; the next expert has been called.',
);
export const seatsEmpty = problem('seats-empty', 'conflict', '尚有评委席位未确认。', 'Some seats of the panel are not taken yet.');
export const poolExhausted = problem(
  'pool-exhausted',
  'refused',
  '后备专家已用尽，需重新申请抽取。',
  'Nobody is left to be called; a new draw must be requested.',
);
