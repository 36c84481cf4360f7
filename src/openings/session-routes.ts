import { z } from 'zod';
import { hallPage, screenPage } from '../../views/openings/hall-page.ts';
import { sessionsPage } from '../../views/openings/sessions.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { type Hall, hallOf } from './reads.ts';
import { scheduleOpening, sessionFields } from './schedule-opening.ts';
import { onStage, type SessionsOfProject, sessionsOfProject } from './session-reads.ts';

const none = z.object({});
const project = z.object({ project: idField });

endpoint({
  name: 'project-sessions',
  method: 'get',
  path: '/projects/:project/sessions',
  says: { zh: '合并开标场次：可以合开的标段', en: 'Opening sessions of a project, and which lots may share one' },
  by: ['agent', 'tenderee'],
  params: project,
  query: none,
  body: none,
  answer: z.custom<SessionsOfProject>(),
  handle: ({ em, by }, { params }) => sessionsOfProject(em, by, params.project),
  page: (answer, view: View) => sessionsPage(view, answer),
});

endpoint({
  name: 'schedule-opening',
  method: 'post',
  path: '/projects/:project/sessions',
  says: scheduleOpening.says,
  by: ['agent', 'tenderee'],
  params: project,
  query: none,
  body: sessionFields,
  answer: z.object({ session: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(scheduleOpening, { ...body, ...params })).result,
  goTo: ({ session }) => `/halls/${session}`,
  form: ({ params }) => `/projects/${params.project}/sessions`,
});

endpoint({
  name: 'opening-session',
  method: 'get',
  path: '/halls/:session',
  says: { zh: '一场开标：正在开的标段', en: 'An opening session: the lot that is on its stage' },
  by: 'anyone',
  params: z.object({ session: idField }),
  query: none,
  body: none,
  answer: z.custom<Hall>(),
  handle: async ({ em, by, now }, { params }) => hallOf(em, by, await onStage(em, params.session), now),
  page: hallPage as never,
  shared: true,
});

endpoint({
  name: 'session-screen',
  method: 'get',
  path: '/halls/:session/screen',
  says: { zh: '开标大屏：一场开标', en: 'The large screen of a session' },
  by: 'anyone',
  params: z.object({ session: idField }),
  query: none,
  body: none,
  answer: z.custom<Hall>(),
  handle: async ({ em, by, now }, { params }) => hallOf(em, by, await onStage(em, params.session), now),
  page: screenPage as never,
  shared: true,
});

endpoint({
  name: 'opening-screen',
  method: 'get',
  path: '/lots/:lot/screen',
  says: { zh: '开标大屏：一个标段', en: 'The large screen of a lot’s opening' },
  by: 'anyone',
  params: z.object({ lot: idField }),
  query: none,
  body: none,
  answer: z.custom<Hall>(),
  handle: ({ em, by, now }, { params }) => hallOf(em, by, params.lot, now),
  page: screenPage as never,
  shared: true,
});
