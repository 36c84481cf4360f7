import { Readable } from 'node:stream';
import { z } from 'zod';
import { dossierPage as dossierView } from '../../views/dossier/dossier.ts';
import { entryPage as entryView, newEntryPage } from '../../views/dossier/entry.ts';
import { shownDossierPage as shownView } from '../../views/dossier/shown.ts';
import type { View } from '../../views/view.ts';
import { type Download, endpoint, type StagedFile, type Visit } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { stagedTable } from '../kernel/staged-table.ts';
import { csvFile } from '../kernel/workbook-file.ts';
import { dossierAnswer, entryAnswer, formAnswer, offersAnswer, shownDossierAnswer } from './answers.ts';
import { attachDocument } from './attach-dossier-document.ts';
import { confirmationFields, confirmDossier } from './confirm-dossier.ts';
import { detachDocument } from './detach-dossier-document.ts';
import { sheetColumns, sheetLimits } from './entry-sheet.ts';
import { entryGiven } from './given.ts';
import { importEntries } from './import-dossier-sheet.ts';
import { keepEntry } from './keep-dossier-entry.ts';
import { entryKinds } from './kinds.ts';
import { tableTooLong, tableUnreadable } from './problems.ts';
import { publishEntry } from './publish-dossier-entry.ts';
import { formOf, lookedAt, lookedAtDocument, ownDocument, ownDossier, ownEntryPage, ownOffers, publicDossier } from './reads.ts';
import { removeEntry } from './remove-dossier-entry.ts';
import type { KeptDocument } from './schema.ts';
import './todo-reads.ts';
import { unpublishEntry } from './unpublish-dossier-entry.ts';
import { lookFields, viewDossier } from './view-dossier.ts';

const none = z.object({});
const owner = ['bidder'] as const;
const entryParams = z.object({ entry: idField });
const codeParams = z.object({ code: z.string().max(40) });
const written = z.object({ entry: z.string(), version: z.number(), sha256: z.string() });
const entryPath = ({ params }: { params: Record<string, string> }): string => `/dossier/entries/${params.entry}`;
const toDossier = { goTo: () => '/dossier', form: () => '/dossier' } as const;
const toEntry = { goTo: (_answer: unknown, { params }: { params: { entry: string } }) => entryPath({ params }), form: entryPath } as const;
const chosen = z.custom<StagedFile>((given) => given !== undefined, '请选择文件。 | Please choose a file.');

const sent = (visit: Visit, { key, name, type, bytes }: KeptDocument): Download => ({ stream: visit.files.read(key), name, type, bytes });

endpoint({
  name: 'own-dossier',
  method: 'get',
  path: '/dossier',
  says: { zh: '单位档案', en: "The dossier of one's own organisation" },
  by: owner,
  params: none,
  query: none,
  body: none,
  answer: dossierAnswer,
  handle: ({ em, by, now }) => ownDossier(em, by, now),
  page: (answer, view: View) => dossierView(view, answer),
});

endpoint({
  name: 'dossier-offers',
  method: 'get',
  path: '/dossier/offers',
  says: { zh: '可填入投标文件的单位档案', en: "What a bid may take of one's own dossier" },
  by: owner,
  params: none,
  query: none,
  body: none,
  answer: offersAnswer,
  apiOnly: true,
  handle: ({ em, by }) => ownOffers(em, by),
});

endpoint({
  name: 'new-dossier-entry',
  method: 'get',
  path: '/dossier/new/:kind',
  says: { zh: '记入单位档案（表单）', en: 'Write an entry of the dossier (form)' },
  by: owner,
  params: z.object({ kind: z.enum(entryKinds) }),
  query: none,
  body: none,
  answer: formAnswer,
  handle: async (_visit, { params }) => formOf(params.kind),
  page: (answer, view: View) => newEntryPage(view, answer),
});

endpoint({
  name: 'keep-dossier-entry',
  method: 'post',
  path: '/dossier/entries',
  says: keepEntry.says,
  by: owner,
  params: none,
  query: none,
  body: entryGiven.extend({ document: z.custom<StagedFile>().optional() }),
  files: ['document'],
  answer: written,
  handle: async (visit, { body }) => (await visit.perform(keepEntry, body)).result,
  goTo: ({ entry }) => `/dossier/entries/${entry}`,
  form: ({ body: { kind } }) => (entryKinds.some((each) => each === kind) ? `/dossier/new/${String(kind)}` : '/dossier'),
});

endpoint({
  name: 'import-dossier-sheet',
  method: 'post',
  path: '/dossier/tables',
  says: importEntries.says,
  by: owner,
  params: none,
  query: none,
  body: z.object({ table: chosen }),
  files: ['table'],
  answer: z.object({ stored: z.number() }),
  async handle(visit, { body }) {
    const { rows, numbers } = await stagedTable(visit, body.table, sheetLimits, { tooLong: tableTooLong, unreadable: tableUnreadable });
    const table = rows.map((row) => row.map(({ text }) => text));
    return (await visit.perform(importEntries, { sha256: body.table.sha256, table, numbers })).result;
  },
  ...toDossier,
});

endpoint({
  name: 'dossier-table-template',
  method: 'get',
  path: '/dossier/tables/template',
  says: { zh: '单位档案表格模板', en: 'The template of a table of entries' },
  by: owner,
  params: none,
  query: none,
  body: none,
  answer: z.any(),
  download: true,
  handle: async () => ({
    stream: Readable.from(Buffer.from(csvFile([sheetColumns.map(({ title }) => title.zh)]))),
    name: '单位档案模板.csv',
    type: 'text/csv; charset=utf-8',
  }),
});

endpoint({
  name: 'confirm-dossier',
  method: 'post',
  path: '/dossier/confirmations',
  says: confirmDossier.says,
  by: owner,
  params: none,
  query: none,
  body: confirmationFields,
  answer: z.object({ confirmed: z.number() }),
  handle: async (visit, { body }) => (await visit.perform(confirmDossier, body)).result,
  ...toDossier,
});

endpoint({
  name: 'dossier-entry',
  method: 'get',
  path: '/dossier/entries/:entry',
  says: { zh: '档案中的一项及其历次内容', en: 'An entry of the dossier with its versions' },
  by: owner,
  params: entryParams,
  query: none,
  body: none,
  answer: entryAnswer,
  handle: ({ em, by, now }, { params }) => ownEntryPage(em, by, params.entry, now),
  page: (answer, view: View) => entryView(view, answer),
});

endpoint({
  name: 'revise-dossier-entry',
  method: 'post',
  path: '/dossier/entries/:entry/versions',
  says: { zh: '记入档案一项的新版本', en: 'Write a new version of an entry' },
  by: owner,
  params: entryParams,
  query: none,
  body: entryGiven.extend({ document: z.custom<StagedFile>().optional() }),
  files: ['document'],
  answer: written,
  handle: async (visit, { params, body }) => (await visit.perform(keepEntry, { ...body, ...params })).result,
  ...toEntry,
});

endpoint({
  name: 'attach-dossier-document',
  method: 'post',
  path: '/dossier/entries/:entry/documents',
  says: attachDocument.says,
  by: owner,
  params: entryParams,
  query: none,
  body: z.object({ document: chosen }),
  files: ['document'],
  answer: written,
  handle: async (visit, { params, body }) => (await visit.perform(attachDocument, { ...body, ...params })).result,
  ...toEntry,
});

endpoint({
  name: 'detach-dossier-document',
  method: 'post',
  path: '/dossier/entries/:entry/documents/:document/removal',
  says: detachDocument.says,
  by: owner,
  params: entryParams.extend({ document: z.string().max(43) }),
  query: none,
  body: none,
  answer: written,
  handle: async (visit, { params }) => (await visit.perform(detachDocument, params)).result,
  ...toEntry,
});

endpoint({
  name: 'dossier-document',
  method: 'get',
  path: '/dossier/entries/:entry/documents/:document',
  says: { zh: '档案所附文件', en: 'A file of an entry' },
  by: owner,
  params: entryParams.extend({ document: z.string().max(43) }),
  query: none,
  body: none,
  answer: z.any(),
  download: true,
  handle: async (visit, { params }) => sent(visit, await ownDocument(visit.em, visit.by, params.entry, params.document)),
});

for (const { act, path } of [
  { act: publishEntry, path: 'publication' },
  { act: unpublishEntry, path: 'publication/end' },
] as const)
  endpoint({
    name: act.name,
    method: 'post',
    path: `/dossier/entries/:entry/${path}`,
    says: act.says,
    by: owner,
    params: entryParams,
    query: none,
    body: none,
    answer: z.object({ entry: z.string() }),
    handle: async (visit, { params }) => (await visit.perform<{ entry: string }, { entry: string }>(act, params)).result,
    ...toEntry,
  });

endpoint({
  name: 'remove-dossier-entry',
  method: 'post',
  path: '/dossier/entries/:entry/removal',
  says: removeEntry.says,
  by: owner,
  params: entryParams,
  query: none,
  body: none,
  answer: z.object({ entry: z.string() }),
  handle: async (visit, { params }) => (await visit.perform(removeEntry, params)).result,
  goTo: () => '/dossier',
  form: entryPath,
});

endpoint({
  name: 'public-dossier',
  method: 'get',
  path: '/organisations/:code/dossier',
  says: { zh: '单位公开的资质与业绩', en: 'What an organisation shows of its dossier' },
  by: 'anyone',
  params: codeParams,
  query: none,
  body: none,
  answer: shownDossierAnswer,
  handle: ({ em, by, now }, { params }) => publicDossier(em, by, params.code.toUpperCase(), now),
  page: (answer, view: View) => shownView(view, answer),
});

endpoint({
  name: 'view-dossier',
  method: 'post',
  path: '/organisations/:code/dossier/looks',
  says: viewDossier.says,
  by: ['regulator'],
  params: codeParams,
  query: none,
  body: lookFields,
  answer: z.object({ look: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(viewDossier, { ...body, ...params })).result,
  goTo: ({ look }, { params }) => `/organisations/${params.code}/dossier/looks/${look}`,
  form: ({ params }) => `/organisations/${params.code}/dossier`,
});

endpoint({
  name: 'viewed-dossier',
  method: 'get',
  path: '/organisations/:code/dossier/looks/:look',
  says: { zh: '留痕查看所见的单位档案', en: 'The dossier that a look opened' },
  by: ['regulator'],
  params: codeParams.extend({ look: idField }),
  query: none,
  body: none,
  answer: shownDossierAnswer,
  handle: ({ em, by, now }, { params }) => lookedAt(em, by, params.code, params.look, now),
  page: (answer, view: View) => shownView(view, answer),
});

endpoint({
  name: 'viewed-dossier-document',
  method: 'get',
  path: '/organisations/:code/dossier/looks/:look/:entry/:document',
  says: { zh: '留痕查看的档案文件', en: 'A file that a look opened' },
  by: ['regulator'],
  params: codeParams.extend({ look: idField, entry: idField, document: z.string().max(43) }),
  query: none,
  body: none,
  answer: z.any(),
  download: true,
  handle: async (visit, { params }) => sent(visit, await lookedAtDocument(visit.em, visit.by, params, visit.now)),
});
