import { z } from 'zod';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { changeFields, changeSheet } from './change-sheet.ts';
import { draftSheetFields, keepDraft } from './keep-draft.ts';
import { sealedSheetFields, sealSheet } from './seal-sheet.ts';
import { sheetWorkAnswer } from './sheet-answers.ts';
import { sheetWork } from './sheet-desk-reads.ts';
import './open-sheets.ts';
import './replace-member.ts';

const none = z.object({});
const lotParams = z.object({ lot: idField });
const members = ['expert', 'tenderee', 'agent'] as const;

endpoint({
  name: 'sheet-work',
  method: 'get',
  path: '/lots/:lot/sheet',
  says: {
    zh: '本人评审表：须填内容、委员会公钥和加密草稿',
    en: 'What one’s own sheet has to hold, the council, and one’s encrypted draft',
  },
  by: members,
  params: lotParams,
  query: none,
  body: none,
  answer: sheetWorkAnswer,
  apiOnly: true,
  handle: ({ em, by }, { params }) => sheetWork(em, by, params.lot),
});

endpoint({
  name: 'keep-draft',
  method: 'post',
  path: '/lots/:lot/sheet/draft',
  says: keepDraft.says,
  by: members,
  params: lotParams,
  query: none,
  body: draftSheetFields,
  answer: z.object({ at: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(keepDraft, { ...body, ...params })).result,
  apiOnly: true,
});

endpoint({
  name: 'seal-sheet',
  method: 'post',
  path: '/lots/:lot/sheet',
  says: sealSheet.says,
  by: members,
  params: lotParams,
  query: none,
  body: sealedSheetFields,
  answer: z.object({ version: z.int(), complete: z.boolean() }),
  handle: async (visit, { params, body }) => (await visit.perform(sealSheet, { ...body, ...params })).result,
  apiOnly: true,
});

endpoint({
  name: 'change-sheet',
  method: 'post',
  path: '/lots/:lot/sheet/changes',
  says: changeSheet.says,
  by: members,
  params: lotParams,
  query: none,
  body: changeFields,
  answer: z.object({ changed: z.int() }),
  handle: async (visit, { params, body }) => (await visit.perform(changeSheet, { ...body, ...params })).result,
  apiOnly: true,
});
