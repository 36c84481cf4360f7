import { problem } from '../kernel/problem.ts';

export const drawUnderWay = problem(
  'draw-under-way',
  'conflict',
  '本标段的专家抽取正在进行或已经完成，补抽须说明理由。',
  'An expert draw of this lot is under way or done; another one needs a ground.',
);
export const drawUnanswered = problem(
  'draw-unanswered',
  'conflict',
  '上一次抽取尚在等待委员会答复，不能另行抽取。',
  'The last draw still waits for the council; another one cannot be asked for meanwhile.',
);
export const seatsTaken = problem(
  'seats-taken',
  'conflict',
  '评标已开始且席位均有人或正在通知，不能补抽。',
  'The evaluation has started and every seat is taken or being called: there is nothing to draw.',
);
export const noSuchCall = problem('no-such-call', 'not-found', '没有等待您答复的邀请。', 'There is no call waiting for your answer.');
export const callOver = problem(
  'call-over',
  'refused',
  '答复时限已过，已通知后备专家。',
  'The time to answer is over; the next expert has been called.',
);
export const declineGroundNeeded = problem(
  'decline-ground-needed',
  'invalid',
  '不能参加的，请选择原因。',
  'Please choose why you cannot come.',
);
export const specialtyRowsWrong = problem(
  'specialty-rows-wrong',
  'invalid',
  '部分行不能导入，未导入任何一行。',
  'Some rows cannot be imported, and none was.',
);
export const unknownSpecialty = problem(
  'unknown-specialty',
  'invalid',
  '专业代码不在专业分类内。',
  'A specialty is not of the classification.',
);
export const personKnown = problem(
  'person-known',
  'conflict',
  '专家库中已有此身份证号的记录，一人一档。',
  'The pool has a record with this resident number already: one person, one record.',
);
export const seatsEmpty = problem('seats-empty', 'conflict', '尚有评委席位未确认。', 'Some seats of the panel are not taken yet.');
