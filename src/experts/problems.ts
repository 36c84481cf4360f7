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
export const identityNeeded = problem(
  'identity-needed',
  'invalid',
  '请先填写身份证号码：年龄由此核对。',
  'Please give your resident number first: the age is taken from it.',
);
export const notInStanding = problem(
  'not-in-standing',
  'refused',
  '专家处于暂停或者除名状态，不能办理。',
  'An expert who is suspended or removed cannot do this.',
);
export const applicationOpen = problem(
  'application-open',
  'conflict',
  '该门类已有一份办理中的申请。',
  'There is an application for this line under way.',
);
export const ownMatter = problem('own-matter', 'not-permitted', '不能办理本人的事项。', 'Nobody decides about its own record.');
export const reviewReasonNeeded = problem(
  'review-reason-needed',
  'invalid',
  '退回补正或者不予受理的，请写明理由。',
  'Whoever returns or refuses an application says why.',
);
export const removedForEver = problem(
  'removed-for-ever',
  'conflict',
  '该专家已被永久除名，状态不再变更。',
  'This expert has been removed for ever: its standing does not change any more.',
);
export const standingUnchanged = problem(
  'standing-unchanged',
  'conflict',
  '专家目前的状态不能这样变更。',
  'From its present standing the expert cannot be given this one.',
);
export const suspensionEndsInThePast = problem(
  'suspension-ends-in-the-past',
  'invalid',
  '暂停期限应不早于今天。',
  'A suspension lasts until today at least.',
);
export const lookOver = problem(
  'look-over',
  'conflict',
  '查看时限已过；如仍需要，请重新登记事由后查看。',
  'The time of this look is over; state a purpose again to look again.',
);
export const relationDeclared = problem('relation-declared', 'conflict', '已申报过这一关系。', 'This relation is declared already.');
export const numberStands = problem(
  'number-stands',
  'refused',
  '身份证号码填写后不能自行变更；确有错误的，请联系平台。',
  'A resident number that was given is not changed by its owner.',
);
export const nothingToChange = problem('nothing-to-change', 'conflict', '没有需要变更的内容。', 'There is nothing to change.');
export const dayInTheFuture = problem('day-in-the-future', 'invalid', '日期不能晚于今天。', 'The day is not later than today.');
export const tooManyProofs = problem('too-many-proofs', 'refused', '证明材料已达上限。', 'There are as many proofs as can be taken.');
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
