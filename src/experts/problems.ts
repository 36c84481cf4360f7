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
export const sheetUnreadable = problem(
  'sheet-unreadable',
  'invalid',
  '无法读取该文件，请使用 .xlsx 或 .csv（旧版 .xls 请另存为 .xlsx）。',
  'The file cannot be read; use .xlsx or .csv (save an old .xls as .xlsx).',
);
export const sheetTooLong = problem(
  'sheet-too-long',
  'too-large',
  '表格超过 20000 行或 24 MB，请分开导入。',
  'The table has more than 20 000 rows or 24 MB; please take it in in parts.',
);
export const exportTooLong = problem(
  'export-too-long',
  'refused',
  '符合条件的专家超过 50000 人，请缩小筛选范围。',
  'More than 50 000 experts fit; please narrow the filters.',
);
export const noSuchSheet = problem('no-such-sheet', 'not-found', '没有这份导入或导出记录。', 'There is no such import or export.');
