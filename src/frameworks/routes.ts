import { z } from 'zod';
import { frameworkPage as showFramework } from '../../views/frameworks/framework.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { frameworkAnswer } from './answers.ts';
import { awardCallOff, callOffFields } from './award-call-off.ts';
import { determineEntrants } from './determine-entrants.ts';
import { endAgreement } from './end-agreement.ts';
import { frameworkPage } from './reads.ts';
import { removalFields, removeEntrant } from './remove-entrant.ts';
import './todo-reads.ts';

const none = z.object({});
const lotParams = z.object({ lot: idField });
const hosts = ['agent', 'tenderee'] as const;
const page = (lot: unknown): string => `/lots/${String(lot)}/framework`;
const back = {
  goTo: (_answer: unknown, { params }: { params: { lot: unknown } }) => page(params.lot),
  form: ({ params }: { params: Record<string, string> }) => page(params.lot),
};

endpoint({
  name: 'show-framework',
  method: 'get',
  path: '/lots/:lot/framework',
  says: { zh: '框架协议：入围、成交与清退', en: 'A framework agreement: who entered, what was awarded, who was removed' },
  by: 'anyone',
  params: lotParams,
  query: none,
  body: none,
  answer: frameworkAnswer,
  handle: ({ em, by, now }, { params }) => frameworkPage(em, by, params.lot, now),
  page: (answer, view: View) => showFramework(view, answer),
});

endpoint({
  name: 'determine-entrants',
  method: 'post',
  path: '/lots/:lot/framework',
  says: determineEntrants.says,
  by: hosts,
  params: lotParams,
  query: none,
  body: none,
  answer: z.object({ entrants: z.number(), until: z.string() }),
  handle: async (visit, { params }) => (await visit.perform(determineEntrants, params)).result,
  ...back,
});

endpoint({
  name: 'award-call-off',
  method: 'post',
  path: '/lots/:lot/framework/calls',
  says: awardCallOff.says,
  by: hosts,
  params: lotParams,
  query: none,
  body: callOffFields,
  answer: z.object({ number: z.number(), bidder: z.string(), name: z.string(), unitPrice: z.string(), amount: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(awardCallOff, { ...body, ...params })).result,
  ...back,
});

endpoint({
  name: 'remove-entrant',
  method: 'post',
  path: '/lots/:lot/framework/removals',
  says: removeEntrant.says,
  by: hosts,
  params: lotParams,
  query: none,
  body: removalFields,
  answer: z.object({ bidder: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(removeEntrant, { ...body, ...params })).result,
  ...back,
});

endpoint({
  name: 'end-agreement',
  method: 'post',
  path: '/lots/:lot/framework/end',
  says: endAgreement.says,
  by: hosts,
  params: lotParams,
  query: none,
  body: none,
  answer: z.object({ contracts: z.number() }),
  handle: async (visit, { params }) => (await visit.perform(endAgreement, params)).result,
  ...back,
});
