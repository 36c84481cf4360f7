import { z } from 'zod';
import { suspensionPage } from '../../views/openings/suspension.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { resumeOpenings } from './resume-openings.ts';
import { goOnFields, stopFields, suspendOpenings } from './suspend-openings.ts';
import { type PlatformStop, platformStopNow } from './suspension-reads.ts';

const none = z.object({});
const page = () => '/suspension';
const done = z.object({ suspension: z.string() });

endpoint({
  name: 'openings-suspension',
  method: 'get',
  path: '/suspension',
  says: { zh: '全部开标是否暂停，何时恢复', en: 'Whether all openings are suspended, and until when' },
  by: 'anyone',
  params: none,
  query: none,
  body: none,
  answer: z.object({ stop: z.custom<PlatformStop | null>(), mayStop: z.boolean() }),
  handle: async ({ em, by, now }) => ({ stop: await platformStopNow(em, now), mayStop: by.role === 'centre' }),
  page: (answer, view: View) => suspensionPage(view, answer),
});

endpoint({
  name: 'suspend-openings',
  method: 'post',
  path: '/suspension',
  says: suspendOpenings.says,
  by: ['centre'],
  params: none,
  query: none,
  body: stopFields,
  answer: done,
  handle: async (visit, { body }) => (await visit.perform(suspendOpenings, body)).result,
  goTo: page,
  form: page,
});

endpoint({
  name: 'resume-openings',
  method: 'post',
  path: '/suspension/end',
  says: resumeOpenings.says,
  by: ['centre'],
  params: none,
  query: none,
  body: goOnFields,
  answer: done,
  handle: async (visit, { body }) => (await visit.perform(resumeOpenings, body)).result,
  goTo: page,
  form: page,
});
