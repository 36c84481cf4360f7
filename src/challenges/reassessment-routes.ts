import { z } from 'zod';
import { reassessmentPage as reassessmentView } from '../../views/challenges/reassessment.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { reassessmentAnswer } from './answers.ts';
import { orderReassessment, reassessmentFields } from './order-reassessment.ts';
import { reassessmentPage } from './reassessment-reads.ts';

const none = z.object({});
const lotParams = z.object({ lot: idField });
const orderers = ['agent', 'tenderee', 'regulator'] as const;

endpoint({
  name: 'show-reassessment',
  method: 'get',
  path: '/lots/:lot/reassessment',
  says: { zh: '重新评审：可以哪些理由、就哪些事项', en: 'What may be evaluated again, and on which grounds' },
  by: orderers,
  params: lotParams,
  query: none,
  body: none,
  answer: reassessmentAnswer,
  handle: ({ em, by, now }, { params }) => reassessmentPage(em, by, params.lot, now),
  page: (answer, view: View) => reassessmentView(view, answer),
});

endpoint({
  name: 'order-reassessment',
  method: 'post',
  path: '/lots/:lot/reassessment',
  says: orderReassessment.says,
  by: orderers,
  params: lotParams,
  query: none,
  body: reassessmentFields,
  answer: z.object({ version: z.int() }),
  handle: async (visit, { params, body }) => (await visit.perform(orderReassessment, { ...body, ...params })).result,
  goTo: (_answer, { params }) => `/lots/${params.lot}/evaluation`,
  form: ({ params }) => `/lots/${params.lot ?? ''}/reassessment`,
});
