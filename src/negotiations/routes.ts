import { z } from 'zod';
import { negotiationPage as showNegotiation } from '../../views/negotiations/negotiation.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { agreeMinutes, wordFields } from './agree-minutes.ts';
import { negotiationAnswer } from './answers.ts';
import { callFields, callLastOffers } from './call-last-offers.ts';
import { changeFields, changeRequirement } from './change-requirement.ts';
import { endingFields, endNegotiation } from './end-negotiation.ts';
import { keepMinutes, minutesFields } from './keep-minutes.ts';
import { leaveFields, leaveNegotiation } from './leave-negotiation.ts';
import { negotiationPage } from './reads.ts';
import { startNegotiation } from './start-negotiation.ts';
import './provide.ts';
import './todo-reads.ts';

const none = z.object({});
const lotParams = z.object({ lot: idField });
const members = ['expert', 'tenderee', 'agent'] as const;
const hosts = ['agent', 'tenderee'] as const;
const page = (lot: unknown): string => `/lots/${String(lot)}/negotiation`;
const back = {
  goTo: (_answer: unknown, { params }: { params: { lot: unknown } }) => page(params.lot),
  form: ({ params }: { params: Record<string, string> }) => page(params.lot),
};

endpoint({
  name: 'show-negotiation',
  method: 'get',
  path: '/lots/:lot/negotiation',
  // a supplier has its own side of it
  outdoors: true,
  says: { zh: '谈判、磋商', en: 'A negotiation or consultation' },
  by: 'signed-in',
  params: lotParams,
  query: none,
  body: none,
  answer: negotiationAnswer,
  handle: ({ em, by, now }, { params }) => negotiationPage(em, by, params.lot, now),
  page: (answer, view: View) => showNegotiation(view, answer),
});

endpoint({
  name: 'start-negotiation',
  method: 'post',
  path: '/lots/:lot/negotiation',
  says: startNegotiation.says,
  by: hosts,
  params: lotParams,
  query: none,
  body: none,
  answer: z.object({ suppliers: z.number() }),
  handle: async (visit, { params }) => (await visit.perform(startNegotiation, params)).result,
  ...back,
});

endpoint({
  name: 'keep-minutes',
  method: 'post',
  path: '/lots/:lot/negotiation/minutes',
  says: keepMinutes.says,
  by: members,
  params: lotParams,
  query: none,
  body: minutesFields,
  answer: z.object({ minutes: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(keepMinutes, { ...body, ...params })).result,
  ...back,
});

endpoint({
  name: 'agree-minutes',
  method: 'post',
  path: '/lots/:lot/negotiation/words',
  says: agreeMinutes.says,
  by: members,
  params: lotParams,
  query: none,
  body: wordFields,
  answer: z.object({ state: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(agreeMinutes, { ...body, ...params })).result,
  ...back,
});

endpoint({
  name: 'change-requirement',
  method: 'post',
  path: '/lots/:lot/negotiation/changes',
  says: changeRequirement.says,
  by: ['tenderee'],
  params: lotParams,
  query: none,
  body: changeFields,
  answer: z.object({ number: z.number() }),
  handle: async (visit, { params, body }) => (await visit.perform(changeRequirement, { ...body, ...params })).result,
  ...back,
});

endpoint({
  name: 'leave-negotiation',
  method: 'post',
  path: '/lots/:lot/negotiation/leaves',
  outdoors: true,
  says: leaveNegotiation.says,
  by: ['bidder'],
  params: lotParams,
  query: none,
  body: leaveFields,
  answer: z.object({ securityBackBy: z.string().nullable() }),
  handle: async (visit, { params, body }) => (await visit.perform(leaveNegotiation, { ...body, ...params })).result,
  ...back,
});

endpoint({
  name: 'call-last-offers',
  method: 'post',
  path: '/lots/:lot/negotiation/offers',
  says: callLastOffers.says,
  by: hosts,
  params: lotParams,
  query: none,
  body: callFields,
  answer: z.object({ offers: z.string(), number: z.string(), deadline: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(callLastOffers, { ...body, ...params })).result,
  goTo: (answer) => `/lots/${(answer as { offers: string }).offers}`,
  form: back.form,
});

endpoint({
  name: 'end-negotiation',
  method: 'post',
  path: '/lots/:lot/negotiation/end',
  says: endNegotiation.says,
  by: hosts,
  params: lotParams,
  query: none,
  body: endingFields,
  answer: z.object({ ground: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(endNegotiation, { ...body, ...params })).result,
  ...back,
});
