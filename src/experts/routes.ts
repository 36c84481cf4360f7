import { Readable } from 'node:stream';
import { z } from 'zod';
import { callsPage } from '../../views/experts/calls.ts';
import { drawPage as drawView } from '../../views/experts/draw.ts';
import { phonePage } from '../../views/experts/phone.ts';
import { poolPage } from '../../views/experts/pool.ts';
import { specialtiesPage as specialtiesView } from '../../views/experts/specialties.ts';
import { statisticsPage } from '../../views/experts/statistics.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { answerCall, answerFields } from './answer-call.ts';
import { callsAnswer, drawAnswer, phoneAnswer, poolAnswer, specialtiesAnswer, statisticsAnswer } from './answers.ts';
import { callsOf, copyOf, phoneOf } from './call-reads.ts';
import { enrolExpert } from './enrol-expert.ts';
import { expertFields } from './expert.ts';
import { importExperts } from './import-experts.ts';
import { importSpecialties, specialtyRows } from './import-specialties.ts';
import { drawPage, poolOf } from './reads.ts';
import { drawFields, requestDraw } from './request-draw.ts';
import { specialtiesPage } from './specialty-reads.ts';
import { statisticsOf } from './statistics-reads.ts';
import './call-experts.ts';
import './admission-routes.ts';
import './deliver-messages.ts';
import './own-routes.ts';
import './people-routes.ts';
import './sheet-routes.ts';
import './todo-reads.ts';

const none = z.object({});
const lotParams = z.object({ lot: idField });

endpoint({
  name: 'expert-draw',
  method: 'get',
  path: '/lots/:lot/draw',
  says: { zh: '评标专家抽取', en: 'The expert draw of a lot' },
  by: 'anyone',
  params: lotParams,
  query: none,
  body: none,
  answer: drawAnswer,
  handle: ({ em, by, now }, { params }) => drawPage(em, by, params.lot, now),
  page: (answer, view: View) => drawView(view, answer),
});

endpoint({
  name: 'request-draw',
  method: 'post',
  path: '/lots/:lot/draws',
  says: requestDraw.says,
  by: ['agent', 'tenderee'],
  params: lotParams,
  query: none,
  body: drawFields,
  answer: z.object({ draw: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(requestDraw, { ...body, ...params })).result,
  goTo: (_answer, { params }) => `/lots/${params.lot}/draw`,
  form: ({ params }) => `/lots/${params.lot}/draw`,
});

endpoint({
  name: 'my-calls',
  method: 'get',
  path: '/calls',
  says: { zh: '我的评标邀请', en: 'Calls to panels' },
  by: ['expert'],
  params: none,
  query: none,
  body: none,
  answer: callsAnswer,
  handle: ({ em, by, now }) => callsOf(em, by, now),
  page: (answer, view: View) => callsPage(view, answer),
});

endpoint({
  name: 'answer-call',
  method: 'post',
  path: '/calls/:seat/answer',
  says: answerCall.says,
  by: ['expert'],
  params: z.object({ seat: idField }),
  query: none,
  body: answerFields,
  answer: z.object({ state: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(answerCall, { ...body, ...params })).result,
  goTo: () => '/calls',
  form: () => '/calls',
});

endpoint({
  name: 'sandbox-phone',
  method: 'get',
  path: '/sandbox/phone',
  says: { zh: '演示手机：发给专家的短信', en: 'The sandbox phone: messages to experts' },
  by: 'anyone',
  params: none,
  query: none,
  body: none,
  answer: phoneAnswer,
  handle: ({ em, now }) => phoneOf(em, now),
  page: (answer, view: View) => phonePage(view, answer),
});

endpoint({
  name: 'sandbox-message',
  method: 'get',
  path: '/sandbox/messages/:attempt',
  says: { zh: '演示环境：发出的一封邮件或短信（原文）', en: 'A message a sandbox sent, as it was written' },
  by: 'anyone',
  params: z.object({ attempt: idField }),
  query: none,
  body: none,
  answer: z.unknown(),
  download: true,
  handle: async ({ em }, { params }) => ({
    stream: Readable.from([await copyOf(em, params.attempt)]),
    name: 'message.txt',
    type: 'text/plain; charset=utf-8',
    inline: true,
  }),
});

endpoint({
  name: 'expert-pool',
  method: 'get',
  path: '/experts',
  says: { zh: '评标专家库（按专业统计）', en: 'The pool of experts, in numbers' },
  by: ['administrator', 'regulator', 'centre', 'agent', 'tenderee'],
  params: none,
  query: none,
  body: none,
  answer: poolAnswer,
  handle: ({ em, by, now }) => poolOf(em, by, now),
  page: (answer, view: View) => poolPage(view, answer),
});

endpoint({
  name: 'draw-statistics',
  method: 'get',
  path: '/experts/statistics',
  says: { zh: '专家抽取统计', en: 'Past draws of experts, in numbers' },
  by: 'anyone',
  params: none,
  query: none,
  body: none,
  answer: statisticsAnswer,
  handle: ({ em, by, now }) => statisticsOf(em, by, now),
  page: (answer, view: View) => statisticsPage(view, answer),
});

endpoint({
  name: 'specialties',
  method: 'get',
  path: '/experts/specialties',
  says: { zh: '评标专家专业分类', en: 'The classification of experts' },
  by: ['administrator', 'regulator', 'centre', 'agent', 'tenderee', 'expert'],
  params: none,
  query: none,
  body: none,
  answer: specialtiesAnswer,
  handle: ({ em, by, now }) => specialtiesPage(em, by, now),
  page: (answer, view: View) => specialtiesView(view, answer),
});

endpoint({
  name: 'import-specialties',
  method: 'post',
  path: '/experts/specialties',
  says: importSpecialties.says,
  by: ['administrator'],
  params: none,
  query: none,
  body: specialtyRows,
  answer: z.object({ imported: z.int() }),
  handle: async (visit, { body }) => (await visit.perform(importSpecialties, body)).result,
  goTo: () => '/experts/specialties',
  form: () => '/experts/specialties',
});

endpoint({
  name: 'enrol-expert',
  method: 'post',
  path: '/experts',
  says: enrolExpert.says,
  by: ['administrator'],
  params: none,
  query: none,
  body: expertFields,
  answer: z.object({ expert: z.string(), user: z.string().nullable() }),
  handle: async (visit, { body }) => (await visit.perform(enrolExpert, body)).result,
  goTo: () => '/experts',
  form: () => '/experts',
});

endpoint({
  name: 'import-experts',
  method: 'post',
  path: '/experts/imports',
  says: importExperts.says,
  by: ['administrator'],
  params: none,
  query: none,
  body: z.object({ experts: z.array(expertFields).min(1).max(200) }),
  answer: z.object({ experts: z.array(z.object({ expert: z.string(), user: z.string().nullable() })) }),
  handle: async (visit, { body }) => (await visit.perform(importExperts, body)).result,
});
