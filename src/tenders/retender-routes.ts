import { z } from 'zod';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { endFields, endTendering } from './end-tendering.ts';
import { retenderLot } from './retender-lot.ts';
import { terminateTender, terminationFields } from './terminate-tender.ts';

const none = z.object({});
const lotParams = z.object({ lot: idField });

endpoint({
  name: 'retender-lot',
  method: 'post',
  path: '/lots/:lot/retender',
  says: retenderLot.says,
  by: ['agent', 'tenderee'],
  params: lotParams,
  query: none,
  body: none,
  answer: z.object({ lot: z.string(), number: z.string() }),
  handle: async (visit, { params }) => (await visit.perform(retenderLot, params)).result,
  goTo: ({ lot }) => `/lots/${lot}/draft`,
  form: ({ params }) => `/lots/${params.lot}`,
});

endpoint({
  name: 'end-tendering',
  method: 'post',
  path: '/lots/:lot/end-tendering',
  says: endTendering.says,
  by: ['agent', 'tenderee'],
  params: lotParams,
  query: none,
  body: endFields,
  answer: z.object({ lot: z.string(), endedAt: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(endTendering, { ...body, ...params })).result,
  goTo: (_answer, { params }) => `/lots/${params.lot}#retender`,
  form: ({ params }) => `/lots/${params.lot}`,
});

endpoint({
  name: 'terminate-tender',
  method: 'post',
  path: '/lots/:lot/termination',
  says: terminateTender.says,
  by: ['agent', 'tenderee'],
  params: lotParams,
  query: none,
  body: terminationFields,
  answer: z.object({ lot: z.string(), refundBy: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(terminateTender, { ...body, ...params })).result,
  goTo: (_answer, { params }) => `/lots/${params.lot}`,
  form: ({ params }) => `/lots/${params.lot}`,
});
