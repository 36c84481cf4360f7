import './provide.ts';
import { z } from 'zod';
import { lotPage as lotView } from '../../views/tenders/lot.ts';
import { noticesPage } from '../../views/tenders/notices.ts';
import { newProjectPage, projectsPage, projectPage as projectView } from '../../views/tenders/projects.ts';
import { timelinePage } from '../../views/tenders/timeline.ts';
import { wizardPage } from '../../views/tenders/wizard.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { addLot, lotFields } from './add-lot.ts';
import { answerFields, answerQuestion } from './answer-question.ts';
import {
  documentsAnswer,
  draftAnswer,
  lotAnswer,
  newProjectAnswer,
  noticesAnswer,
  projectPageAnswer,
  projectsAnswer,
  questionsAnswer,
  timelineAnswer,
} from './answers.ts';
import { askQuestion, questionFields } from './ask-question.ts';
import { draftChange, draftLot } from './draft-lot.ts';
import { draftPage } from './draft-reads.ts';
import { peopleOf } from './lot-people.ts';
import { lotPage, mayDownload } from './lot-reads.ts';
import { acknowledgedField } from './method-check.ts';
import { noticesOf } from './notice-reads.ts';
import { notCollected } from './problems.ts';
import { newProject, projectPage, projectsOf } from './project-reads.ts';
import { addendumFields, publishAddendum } from './publish-addendum.ts';
import { documentFields, publishDocument } from './publish-document.ts';
import { publishNotice } from './publish-notice.ts';
import { documentsOf, heldFile, hosts, lotFor, questionsOf, timelineOf } from './reads.ts';
import { projectFields, registerProject } from './register-project.ts';

// says what a host has to do, as soon as it is loaded
import './todo-reads.ts';

const none = z.object({});
const lotParams = z.object({ lot: idField });
const projectParams = z.object({ project: idField });
const hostRoles = ['agent', 'tenderee'] as const;
const emptyOr = <T>(schema: z.ZodType<T>) => z.preprocess((given) => (given === '' ? undefined : given), schema.optional());
const pageNumber = emptyOr(z.coerce.number().int().min(1).max(100_000));

endpoint({
  name: 'list-notices',
  method: 'get',
  path: '/lots',
  says: { zh: '招标公告', en: 'Tender notices' },
  by: 'anyone',
  params: none,
  query: z.object({
    region: emptyOr(z.string().regex(/^\d{6}$/)),
    line: emptyOr(z.string().max(32)),
    phase: emptyOr(z.string().max(20)),
    text: emptyOr(z.string().trim().max(100)),
    page: pageNumber,
  }),
  body: none,
  answer: noticesAnswer,
  handle: ({ em, now }, { query }) => noticesOf(em, query, now),
  page: (answer, view: View) => noticesPage(view, answer),
});

endpoint({
  name: 'list-projects',
  method: 'get',
  path: '/projects',
  says: { zh: '我的项目', en: 'My projects' },
  by: hostRoles,
  params: none,
  query: none,
  body: none,
  answer: projectsAnswer,
  handle: ({ em, by, now }) => projectsOf(em, by, now),
  page: (answer, view: View) => projectsPage(view, answer),
});

endpoint({
  name: 'new-project',
  method: 'get',
  path: '/projects/new',
  says: { zh: '登记项目（表单）', en: 'Registering a project: what the form offers' },
  by: hostRoles,
  params: none,
  query: none,
  body: none,
  answer: newProjectAnswer,
  handle: async ({ by, now }) => newProject(by, now),
  page: (answer, view: View) => newProjectPage(view, answer),
});

endpoint({
  name: 'register-project',
  method: 'post',
  path: '/projects',
  says: registerProject.says,
  by: hostRoles,
  params: none,
  query: none,
  body: projectFields,
  answer: z.object({ project: z.string(), number: z.string() }),
  handle: async (visit, { body }) => (await visit.perform(registerProject, body)).result,
  goTo: ({ project }) => `/projects/${project}`,
  form: () => '/projects/new',
});

endpoint({
  name: 'show-project',
  method: 'get',
  path: '/projects/:project',
  says: { zh: '项目', en: 'A project' },
  by: 'signed-in',
  params: projectParams,
  query: none,
  body: none,
  answer: projectPageAnswer,
  handle: ({ em, by }, { params }) => projectPage(em, by, params.project),
  page: (answer, view: View) => projectView(view, answer),
});

endpoint({
  name: 'add-lot',
  method: 'post',
  path: '/projects/:project/lots',
  says: addLot.says,
  by: hostRoles,
  params: projectParams,
  query: none,
  body: lotFields,
  answer: z.object({ lot: z.string(), number: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(addLot, { ...body, ...params })).result,
  goTo: ({ lot }) => `/lots/${lot}/draft`,
  form: ({ params }) => `/projects/${params.project}`,
});

endpoint({
  name: 'show-draft',
  method: 'get',
  path: '/lots/:lot/draft',
  says: { zh: '标段草稿', en: 'The draft of a lot' },
  by: hostRoles,
  params: lotParams,
  query: z.object({ step: emptyOr(z.coerce.number().int().min(1).max(7)) }),
  body: none,
  answer: draftAnswer,
  handle: ({ em, by, now }, { params, query }) => draftPage(em, by, params.lot, now, query.step ?? 1),
  page: (answer, view: View) => wizardPage(view, answer),
});

const step = z.object({ step: emptyOr(z.coerce.number().int().min(1).max(7)), go: z.enum(['next', 'stay', 'back']).optional() });

endpoint({
  name: 'draft-lot',
  method: 'post',
  path: '/lots/:lot/draft',
  says: draftLot.says,
  by: hostRoles,
  params: lotParams,
  query: none,
  body: draftChange.extend(step.shape),
  answer: z.object({ lot: z.string(), revision: z.number() }),
  handle: async (visit, { params, body }) => (await visit.perform(draftLot, { ...body, ...params })).result,
  goTo: (_answer, { params, body }) => `/lots/${params.lot}/draft?step=${stepAfter(body.step ?? 1, body.go)}`,
  form: ({ params, body }) => `/lots/${params.lot}/draft?step=${Number(body.step) || 1}`,
});

const stepAfter = (at: number, go: 'next' | 'stay' | 'back' | undefined): number =>
  go === 'stay' ? at : go === 'back' ? Math.max(1, at - 1) : Math.min(7, at + 1);

endpoint({
  name: 'publish-document',
  method: 'post',
  path: '/lots/:lot/documents',
  says: publishDocument.says,
  by: hostRoles,
  params: lotParams,
  query: none,
  body: z.object(documentFields),
  files: ['document'],
  answer: z.object({ document: z.string(), name: z.string(), version: z.number(), sha256: z.string(), bytes: z.number() }),
  handle: async (visit, { params, body }) => (await visit.perform(publishDocument, { ...body, ...params })).result,
  goTo: (_answer, { params }) => `/lots/${params.lot}/draft?step=7`,
  form: ({ params }) => `/lots/${params.lot}/draft?step=7`,
});

endpoint({
  name: 'list-documents',
  method: 'get',
  path: '/lots/:lot/documents',
  outdoors: true,
  says: { zh: '招标文件目录', en: 'The tender documents' },
  by: 'anyone',
  params: lotParams,
  query: none,
  body: none,
  answer: documentsAnswer,
  apiOnly: true,
  handle: async ({ em, by }, { params }) => {
    await lotFor(em, by, params.lot);
    return { documents: [...(await documentsOf(em, params.lot))] };
  },
});

endpoint({
  name: 'download-document',
  method: 'get',
  path: '/lots/:lot/documents/:document',
  outdoors: true,
  says: { zh: '下载招标文件', en: 'Download a tender document' },
  by: 'signed-in',
  params: z.object({ lot: idField, document: idField }),
  query: none,
  body: none,
  answer: z.unknown(),
  download: true,
  handle: async ({ em, by, files }, { params }) => {
    const { lot, project } = await lotFor(em, by, params.lot);
    const collected = by.role === 'bidder' && by.code !== null && (await peopleOf.collected(em, lot.id, by.code));
    if (!(await mayDownload(em, by, lot, hosts(by, project), collected))) throw notCollected();
    const file = await heldFile(em, lot.id, params.document);
    if (file === null) throw notFound();
    return { stream: files.read(file.key), name: file.name, type: file.type, bytes: file.bytes };
  },
});

endpoint({
  name: 'publish-notice',
  method: 'post',
  path: '/lots/:lot/notice',
  says: publishNotice.says,
  by: hostRoles,
  params: lotParams,
  query: none,
  body: z.object({ acknowledged: acknowledgedField }),
  answer: z.object({ lot: z.string(), number: z.string(), deadline: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(publishNotice, { ...params, ...body })).result,
  goTo: (_answer, { params }) => `/lots/${params.lot}`,
  form: ({ params }) => `/lots/${params.lot}/draft?step=7`,
});

endpoint({
  name: 'show-lot',
  method: 'get',
  path: '/lots/:lot',
  outdoors: true,
  says: { zh: '标段', en: 'A lot' },
  by: 'anyone',
  params: lotParams,
  query: none,
  body: none,
  answer: lotAnswer,
  handle: ({ em, by, now }, { params }) => lotPage(em, by, params.lot, now),
  page: (answer, view: View) => lotView(view, answer),
});

endpoint({
  name: 'list-questions',
  method: 'get',
  path: '/lots/:lot/questions',
  outdoors: true,
  says: { zh: '答疑', en: 'Questions and answers' },
  by: 'anyone',
  params: lotParams,
  query: none,
  body: none,
  answer: questionsAnswer,
  apiOnly: true,
  handle: async ({ em, by }, { params }) => {
    const { project } = await lotFor(em, by, params.lot);
    return { questions: [...(await questionsOf(em, by, params.lot, hosts(by, project)))] };
  },
});

endpoint({
  name: 'ask-question',
  method: 'post',
  path: '/lots/:lot/questions',
  outdoors: true,
  says: askQuestion.says,
  by: ['bidder'],
  params: lotParams,
  query: none,
  body: questionFields,
  answer: z.object({ question: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(askQuestion, { ...body, ...params })).result,
  goTo: (_answer, { params }) => `/lots/${params.lot}#questions`,
  form: ({ params }) => `/lots/${params.lot}`,
});

endpoint({
  name: 'answer-question',
  method: 'post',
  path: '/lots/:lot/questions/:question/answer',
  says: answerQuestion.says,
  by: hostRoles,
  params: z.object({ lot: idField, question: idField }),
  query: none,
  body: answerFields,
  answer: z.object({ question: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(answerQuestion, { ...body, ...params })).result,
  goTo: (_answer, { params }) => `/lots/${params.lot}#questions`,
  form: ({ params }) => `/lots/${params.lot}`,
});

endpoint({
  name: 'publish-addendum',
  method: 'post',
  path: '/lots/:lot/addenda',
  says: publishAddendum.says,
  by: hostRoles,
  params: lotParams,
  query: none,
  body: addendumFields,
  files: ['document'],
  answer: z.object({
    addendum: z.string(),
    number: z.number(),
    deadline: z.string(),
    previousDeadline: z.string(),
    moved: z.boolean(),
    byLaw: z.boolean(),
  }),
  handle: async (visit, { params, body }) => (await visit.perform(publishAddendum, { ...body, ...params })).result,
  goTo: (_answer, { params }) => `/lots/${params.lot}#addenda`,
  form: ({ params }) => `/lots/${params.lot}`,
});

endpoint({
  name: 'lot-timeline',
  method: 'get',
  path: '/lots/:lot/timeline',
  outdoors: true,
  says: { zh: '全过程记录', en: 'The whole history' },
  by: 'anyone',
  params: lotParams,
  query: z.object({ after: emptyOr(z.coerce.number().int().min(0)) }),
  body: none,
  answer: timelineAnswer,
  handle: async ({ em, by }, { params, query }) => {
    const { lot } = await lotFor(em, by, params.lot);
    const entries = [...(await timelineOf(em, by, lot.id, query.after ?? null))];
    return { lot: { id: lot.id, number: lot.number, name: lot.name }, entries };
  },
  page: (answer, view: View) => timelinePage(view, answer),
});
