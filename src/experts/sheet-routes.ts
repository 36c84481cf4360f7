import { z } from 'zod';
import { sheetsPage as sheetsView, sheetPage as sheetView } from '../../views/experts/sheets.ts';
import type { View } from '../../views/view.ts';
import { endpoint, type StagedFile } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { stagedTable } from '../kernel/staged-table.ts';
import { sheetLimits } from './expert-sheet.ts';
import { exportExperts, exportFields } from './export-experts.ts';
import { importExpertSheet, importModes } from './import-expert-sheet.ts';
import { sheetTooLong, sheetUnreadable } from './problems.ts';
import { sheetAnswer, sheetsAnswer } from './sheet-answers.ts';
import { exportedFile, faultsFile, sheetOf, sheetsPage, sheetTemplate } from './sheet-reads.ts';

const none = z.object({});
const sheetParams = z.object({ sheet: idField });

endpoint({
  name: 'expert-sheets',
  method: 'get',
  path: '/experts/sheets',
  says: { zh: '专家表格的导入与导出', en: 'Tables of experts, in and out' },
  by: ['administrator', 'regulator'],
  params: none,
  query: none,
  body: none,
  answer: sheetsAnswer,
  handle: ({ em, by }) => sheetsPage(em, by),
  page: (answer, view: View) => sheetsView(view, answer),
});

endpoint({
  name: 'expert-sheet-template',
  method: 'get',
  path: '/experts/sheets/template',
  says: { zh: '专家导入模板', en: 'The template of a table of experts' },
  by: ['administrator', 'regulator'],
  params: none,
  query: none,
  body: none,
  answer: z.any(),
  download: true,
  handle: () => sheetTemplate(),
});

endpoint({
  name: 'import-expert-sheet',
  method: 'post',
  path: '/experts/sheets',
  says: importExpertSheet.says,
  by: ['administrator'],
  params: none,
  query: none,
  body: z.object({
    mode: z.enum(importModes),
    sheet: z.custom<StagedFile>((given) => given !== undefined, '请选择文件。 | Please choose a file.'),
  }),
  files: ['sheet'],
  answer: z.object({ sheet: z.string(), rows: z.int(), stored: z.int(), known: z.int(), wrong: z.int() }),
  async handle(visit, { body }) {
    const { rows, numbers } = await stagedTable(visit, body.sheet, sheetLimits, { tooLong: sheetTooLong, unreadable: sheetUnreadable });
    const table = rows.map((row) => row.map(({ text }) => text));
    const { name, sha256 } = body.sheet;
    return (await visit.perform(importExpertSheet, { mode: body.mode, name, sha256, table, numbers })).result;
  },
  goTo: ({ sheet }) => `/experts/sheets/${sheet}`,
  form: () => '/experts/sheets',
});

endpoint({
  name: 'expert-sheet',
  method: 'get',
  path: '/experts/sheets/:sheet',
  says: { zh: '一次专家导入的结果', en: 'What became of a table of experts' },
  by: ['administrator'],
  params: sheetParams,
  query: none,
  body: none,
  answer: sheetAnswer,
  handle: ({ em }, { params }) => sheetOf(em, params.sheet),
  page: (answer, view: View) => sheetView(view, answer),
});

endpoint({
  name: 'expert-sheet-faults',
  method: 'get',
  path: '/experts/sheets/:sheet/faults',
  says: { zh: '一次专家导入的问题清单', en: 'The faults of a table of experts' },
  by: ['administrator'],
  params: sheetParams,
  query: none,
  body: none,
  answer: z.any(),
  download: true,
  handle: ({ em }, { params }) => faultsFile(em, params.sheet),
});

endpoint({
  name: 'export-experts',
  method: 'post',
  path: '/experts/exports',
  says: exportExperts.says,
  by: ['administrator', 'regulator'],
  params: none,
  query: none,
  body: exportFields,
  answer: z.object({ sheet: z.string(), rows: z.int() }),
  handle: async (visit, { body }) => (await visit.perform(exportExperts, body)).result,
  goTo: ({ sheet }) => `/experts/exports/${sheet}`,
  form: () => '/experts/sheets',
});

endpoint({
  name: 'exported-experts',
  method: 'get',
  path: '/experts/exports/:sheet',
  says: { zh: '导出的专家表格', en: 'A table of experts that was asked for' },
  by: ['administrator', 'regulator'],
  params: sheetParams,
  query: none,
  body: none,
  answer: z.any(),
  download: true,
  handle: ({ em, by, now }, { params }) => exportedFile(em, by, params.sheet, now),
});
