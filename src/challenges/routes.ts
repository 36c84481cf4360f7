import { z } from 'zod';
import { objectionsPage as objectionsView } from '../../views/challenges/objections.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { wordFields } from '../openings/confirm-record.ts';
import { answerFields, answerObjection } from './answer-objection.ts';
import { objectionsAnswer } from './answers.ts';
import { objectToRecord } from './object-to-record.ts';
import { objectionFields, raiseObjection } from './raise-objection.ts';
import { lotOfObjection, objectionsPage } from './reads.ts';
import './reassessment-routes.ts';

const none = z.object({});
const lotParams = z.object({ lot: idField });
const at = z.string();
/** Objections of the session are raised and answered in the hall. */
const placeOf = (lot: string, stage: unknown): string => `/lots/${lot}/${stage === 'opening' ? 'hall' : 'objections'}`;

endpoint({
  name: 'list-objections',
  method: 'get',
  path: '/lots/:lot/objections',
  says: { zh: '异议与答复', en: 'Objections and answers' },
  by: 'anyone',
  params: lotParams,
  query: none,
  body: none,
  answer: objectionsAnswer,
  handle: ({ em, by, now }, { params }) => objectionsPage(em, by, params.lot, now),
  page: (answer, view: View) => objectionsView(view, answer),
});

endpoint({
  name: 'raise-objection',
  method: 'post',
  path: '/lots/:lot/objections',
  outdoors: true,
  says: raiseObjection.says,
  by: ['bidder'],
  params: lotParams,
  query: none,
  body: objectionFields,
  answer: z.object({ objection: z.string(), answerUntil: at.nullable() }),
  handle: async (visit, { params, body }) => (await visit.perform(raiseObjection, { ...body, ...params })).result,
  goTo: (_answer, { params, body }) => placeOf(params.lot, body.stage),
  form: ({ params, body }) => placeOf(params.lot ?? '', body.stage),
});

endpoint({
  name: 'object-to-record',
  method: 'post',
  path: '/lots/:lot/record-objections',
  says: objectToRecord.says,
  by: ['bidder'],
  params: lotParams,
  query: none,
  body: wordFields.extend({ text: objectionFields.shape.text }),
  answer: z.object({ objection: z.string(), record: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(objectToRecord, { ...body, ...params })).result,
  goTo: (_answer, { params }) => placeOf(params.lot, 'opening'),
  form: ({ params }) => placeOf(params.lot ?? '', 'opening'),
});

endpoint({
  name: 'answer-objection',
  method: 'post',
  path: '/objections/:objection/answer',
  says: answerObjection.says,
  by: ['agent', 'tenderee'],
  params: z.object({ objection: idField }),
  query: none,
  body: answerFields,
  answer: z.object({ objection: z.string(), lot: z.string(), stage: z.string(), late: z.boolean() }),
  handle: async (visit, { params, body }) => (await visit.perform(answerObjection, { ...body, ...params })).result,
  goTo: ({ lot, stage }) => placeOf(lot, stage),
  form: ({ params }) => `/objections/${params.objection}`,
});

endpoint({
  name: 'show-objection',
  method: 'get',
  path: '/objections/:objection',
  says: { zh: '一件异议（在其标段的异议页）', en: 'One objection, on the page of its lot' },
  by: 'anyone',
  params: z.object({ objection: idField }),
  query: none,
  body: none,
  answer: objectionsAnswer,
  handle: async ({ em, by, now }, { params }) => objectionsPage(em, by, await lotOfObjection(em, by, params.objection), now),
  page: (answer, view: View) => objectionsView(view, answer),
});
