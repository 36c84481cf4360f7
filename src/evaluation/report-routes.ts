import { z } from 'zod';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { refusalFields, refuseReport } from './refuse-report.ts';

// what the worker does by itself
import './deem-report.ts';

const desk = (lot: string): string => `/lots/${lot}/evaluation?view=result`;

endpoint({
  name: 'refuse-report',
  method: 'post',
  path: '/lots/:lot/evaluation/refusals',
  says: refuseReport.says,
  by: ['expert', 'tenderee', 'agent'],
  params: z.object({ lot: idField }),
  query: z.object({}),
  body: refusalFields,
  answer: z.object({ complete: z.boolean() }),
  handle: async (visit, { params, body }) => (await visit.perform(refuseReport, { ...body, ...params })).result,
  goTo: (_answer, { params }) => desk(params.lot),
  form: ({ params }) => desk(params.lot ?? ''),
});
