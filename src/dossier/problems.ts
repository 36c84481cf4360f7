import { problem } from '../kernel/problem.ts';

export const entryFieldMissing = problem(
  'dossier-field-missing',
  'invalid',
  '该类档案的必填内容没有填写。',
  'What this kind of entry must say is missing.',
);
export const validityImpossible = problem(
  'dossier-validity-impossible',
  'invalid',
  '有效期的起止日期不可能成立。',
  'The entry would end before it begins.',
);
export const entryExpired = problem('dossier-entry-expired', 'refused', '该项已过有效期。', 'The entry is no longer valid.');
export const entryMoved = problem(
  'dossier-entry-changed',
  'conflict',
  '该项已有更新的内容，请重新打开本页核对。',
  'The entry says something newer by now: open the page again and read it.',
);
export const entryConfirmed = problem(
  'dossier-entry-confirmed',
  'conflict',
  '该项已签名确认，不能再改动；请记入新的版本。',
  'This version was confirmed and changes no more: write a new one.',
);
export const entryUnconfirmed = problem(
  'dossier-entry-unconfirmed',
  'conflict',
  '该项还没有签名确认。',
  'The entry has not been confirmed yet.',
);
export const confirmationRefused = problem(
  'dossier-signature-refused',
  'refused',
  '确认档案真实的签名未通过验证。',
  'The signature that confirms the dossier does not verify.',
);
export const notForEveryone = problem(
  'dossier-kind-not-public',
  'refused',
  '只有资质许可和业绩可以公开。',
  'Only licences and achievements can be shown to everyone.',
);
export const tooManyKept = problem('dossier-full', 'refused', '档案或所附文件的数量已到上限。', 'The dossier holds as much as it can.');
export const tableUnreadable = problem(
  'dossier-table-unreadable',
  'invalid',
  '不是可以读取的 Excel（.xlsx）或 CSV 表格。',
  'The file is no Excel workbook or CSV table that can be read.',
);
export const tableTooLong = problem('dossier-table-too-long', 'invalid', '表格超出一次可以记入的行数。', 'The table has too many rows.');
export const tableFaults = problem(
  'dossier-table-faults',
  'invalid',
  '表格中有不正确的行，一行也没有记入。',
  'Some rows of the table are wrong; none was taken.',
);
