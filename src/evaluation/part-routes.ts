import { z } from 'zod';
import { envelopesPage as envelopesView } from '../../views/evaluation/envelopes.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { envelopesAnswer } from './answers.ts';
import { concludePart, partFields } from './conclude-part.ts';
import { envelopesPage } from './part-reads.ts';
import { partRefusalFields, refusePart } from './refuse-part.ts';
import { revealPseudonyms } from './reveal-pseudonyms.ts';
import { scheduleSession, sessionFields } from './schedule-session.ts';
import { signPart } from './sign-part.ts';
import { signatureFields } from './sign-report.ts';
import './deem-part.ts';
import './lapse-part.ts';
import './start-session.ts';

const none = z.object({});
const lotParams = z.object({ lot: idField });
const members = ['expert', 'tenderee', 'agent'] as const;
const desk = (lot: unknown): string => `/lots/${String(lot)}/evaluation?view=result`;

endpoint({
  name: 'show-envelopes',
  method: 'get',
  path: '/lots/:lot/envelopes',
  says: { zh: '信封与场次', en: 'The envelopes of a lot and where they stand' },
  by: 'anyone',
  params: lotParams,
  query: none,
  body: none,
  answer: envelopesAnswer,
  handle: ({ em, by, now }, { params }) => envelopesPage(em, by, params.lot, now),
  page: (answer, view: View) => envelopesView(view, answer),
});

endpoint({
  name: 'conclude-part',
  method: 'post',
  path: '/lots/:lot/evaluation/parts',
  says: concludePart.says,
  by: members,
  params: lotParams,
  query: none,
  body: partFields,
  answer: z.object({ sha256: z.string(), outcome: z.string(), passed: z.number() }),
  handle: async (visit, { params, body }) => (await visit.perform(concludePart, { ...body, ...params })).result,
  goTo: (_answer, { params }) => desk(params.lot),
  form: ({ params }) => desk(params.lot),
});

endpoint({
  name: 'sign-part',
  method: 'post',
  path: '/lots/:lot/evaluation/parts/signatures',
  says: signPart.says,
  by: members,
  params: lotParams,
  query: none,
  body: signatureFields,
  answer: z.object({ complete: z.boolean() }),
  handle: async (visit, { params, body }) => (await visit.perform(signPart, { ...body, ...params })).result,
  goTo: (_answer, { params }) => desk(params.lot),
  form: ({ params }) => desk(params.lot),
});

endpoint({
  name: 'refuse-part',
  method: 'post',
  path: '/lots/:lot/evaluation/parts/refusals',
  says: refusePart.says,
  by: members,
  params: lotParams,
  query: none,
  body: partRefusalFields,
  answer: z.object({ complete: z.boolean() }),
  handle: async (visit, { params, body }) => (await visit.perform(refusePart, { ...body, ...params })).result,
  goTo: (_answer, { params }) => desk(params.lot),
  form: ({ params }) => desk(params.lot),
});

endpoint({
  name: 'reveal-pseudonyms',
  method: 'post',
  path: '/lots/:lot/evaluation/pseudonyms',
  says: revealPseudonyms.says,
  by: members,
  params: lotParams,
  query: none,
  body: none,
  answer: z.object({ bids: z.number() }),
  handle: async (visit, { params }) => (await visit.perform(revealPseudonyms, params)).result,
  goTo: (_answer, { params }) => desk(params.lot),
  form: ({ params }) => desk(params.lot),
});

endpoint({
  name: 'schedule-session',
  method: 'post',
  path: '/lots/:lot/sessions',
  says: scheduleSession.says,
  by: ['agent', 'tenderee'],
  params: lotParams,
  query: none,
  body: sessionFields,
  answer: z.object({ part: z.string(), at: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(scheduleSession, { ...body, ...params })).result,
  goTo: (_answer, { params }) => `/lots/${params.lot}/envelopes`,
  form: ({ params }) => `/lots/${params.lot ?? ''}/envelopes`,
});
