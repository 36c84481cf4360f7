import { z } from 'zod';
import { aftermathPage } from '../../views/appraisal/aftermath.ts';
import { conductPage } from '../../views/appraisal/conduct.ts';
import { ownWorkPage } from '../../views/appraisal/own-work.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { answerAppraisal, answerFields } from './answer-appraisal.ts';
import { aftermathAnswer, conductAnswer, ownWorkAnswer } from './answers.ts';
import { agentFields, appraiseAgent } from './appraise-agent.ts';
import { appraisalFields, appraiseExpert } from './appraise-expert.ts';
import { conductOf } from './conduct-reads.ts';
import { confirmFees } from './confirm-fees.ts';
import { decideConduct, decisionFields } from './decide-conduct.ts';
import { conductFields, enterConduct } from './enter-conduct.ts';
import { objectionFields, objectToConduct } from './object-to-conduct.ts';
import { ownWork } from './own-reads.ts';
import { payFees, paymentFields } from './pay-fees.ts';
import { aftermathOf } from './reads.ts';
import './annual-routes.ts';
import './settle-conduct.ts';
import './todo-reads.ts';

const none = z.object({});
const lotParams = z.object({ lot: idField });
const seatParams = z.object({ lot: idField, member: idField });
const entryParams = z.object({ entry: idField });
const afterwards = ({ params }: { params: { lot?: string } }): string => `/lots/${params.lot ?? ''}/appraisals`;

endpoint({
  name: 'appraisals',
  method: 'get',
  path: '/lots/:lot/appraisals',
  says: { zh: '评标之后：评价、劳务报酬与记分', en: 'After the evaluation: appraisals, fees and points' },
  by: ['agent', 'tenderee', 'centre', 'regulator'],
  params: lotParams,
  query: none,
  body: none,
  answer: aftermathAnswer,
  handle: ({ em, by, now }, { params }) => aftermathOf(em, by, params.lot, now),
  page: (answer, view: View) => aftermathPage(view, answer),
});

endpoint({
  name: 'appraise-expert',
  method: 'post',
  path: '/lots/:lot/members/:member/appraisals',
  says: appraiseExpert.says,
  by: ['agent', 'tenderee', 'regulator'],
  params: seatParams,
  query: none,
  body: appraisalFields,
  answer: z.object({ appraisal: z.string(), late: z.boolean() }),
  handle: async (visit, { params, body }) => (await visit.perform(appraiseExpert, { ...body, ...params })).result,
  goTo: (_answer, input) => afterwards(input),
  form: afterwards,
});

endpoint({
  name: 'enter-conduct',
  method: 'post',
  path: '/lots/:lot/members/:member/conduct',
  says: enterConduct.says,
  by: ['regulator', 'centre'],
  params: seatParams,
  query: none,
  body: conductFields,
  answer: z.object({ entry: z.string(), consequence: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(enterConduct, { ...body, ...params })).result,
  goTo: () => '/conduct',
  form: afterwards,
});

endpoint({
  name: 'confirm-fees',
  method: 'post',
  path: '/lots/:lot/fees',
  says: confirmFees.says,
  by: ['tenderee'],
  params: lotParams,
  query: none,
  body: none,
  answer: z.object({ total: z.string() }),
  handle: async (visit, { params }) => (await visit.perform(confirmFees, params)).result,
  goTo: (_answer, input) => afterwards(input),
  form: afterwards,
});

endpoint({
  name: 'pay-fees',
  method: 'post',
  path: '/lots/:lot/fees/payment',
  says: payFees.says,
  by: ['tenderee'],
  params: lotParams,
  query: none,
  body: paymentFields,
  answer: z.object({ total: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(payFees, { ...body, ...params })).result,
  goTo: (_answer, input) => afterwards(input),
  form: afterwards,
});

endpoint({
  name: 'appraise-agent',
  method: 'post',
  path: '/lots/:lot/appraisals',
  says: appraiseAgent.says,
  by: ['expert'],
  params: lotParams,
  query: none,
  body: agentFields,
  answer: z.object({ appraisal: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(appraiseAgent, { ...body, ...params })).result,
  goTo: () => '/expert/work',
  form: () => '/expert/work',
});

endpoint({
  name: 'answer-appraisal',
  method: 'post',
  path: '/appraisals/:appraisal/answer',
  says: answerAppraisal.says,
  by: ['expert'],
  params: z.object({ appraisal: idField }),
  query: none,
  body: answerFields,
  answer: z.object({ appraisal: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(answerAppraisal, { ...body, ...params })).result,
  goTo: () => '/expert/work',
  form: () => '/expert/work',
});

endpoint({
  name: 'own-work',
  method: 'get',
  path: '/expert/work',
  says: { zh: '我的评标、评价、报酬与记分', en: 'My evaluations, appraisals, fees and points' },
  by: ['expert'],
  params: none,
  query: none,
  body: none,
  answer: ownWorkAnswer,
  handle: ({ em, by, now }) => ownWork(em, by, now),
  page: (answer, view: View) => ownWorkPage(view, answer),
});

endpoint({
  name: 'conduct',
  method: 'get',
  path: '/conduct',
  says: { zh: '专家不良行为记分', en: 'Conduct points of experts' },
  by: ['regulator', 'centre'],
  params: none,
  query: none,
  body: none,
  answer: conductAnswer,
  handle: ({ em, by, now }) => conductOf(em, by, now),
  page: (answer, view: View) => conductPage(view, answer),
});

endpoint({
  name: 'object-to-conduct',
  method: 'post',
  path: '/conduct/:entry/objection',
  says: objectToConduct.says,
  by: ['expert'],
  params: entryParams,
  query: none,
  body: objectionFields,
  answer: z.object({ entry: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(objectToConduct, { ...body, ...params })).result,
  goTo: () => '/expert/work',
  form: () => '/expert/work',
});

endpoint({
  name: 'decide-conduct',
  method: 'post',
  path: '/conduct/:entry/decision',
  says: decideConduct.says,
  by: ['regulator'],
  params: entryParams,
  query: none,
  body: decisionFields,
  answer: z.object({ state: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(decideConduct, { ...body, ...params })).result,
  goTo: () => '/conduct',
  form: () => '/conduct',
});
