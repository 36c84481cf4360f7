import { z } from 'zod';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { answerHalt, haltAnswerFields } from './answer-halt.ts';
import { askTime, timeFields } from './ask-time.ts';
import { breachFields, voidOpinion } from './void-opinion.ts';
import { haltFields, voteHalt } from './vote-halt.ts';

// what the worker does by itself
import './note-overtime.ts';

const none = z.object({});
const lotParams = z.object({ lot: idField });
const members = ['expert', 'tenderee', 'agent'] as const;
const desk = (lot: unknown): string => `/lots/${String(lot)}/evaluation`;

endpoint({
  name: 'ask-time',
  method: 'post',
  path: '/lots/:lot/evaluation/time',
  says: askTime.says,
  by: members,
  params: lotParams,
  query: none,
  body: timeFields,
  answer: z.object({ extended: z.boolean(), until: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(askTime, { ...body, ...params })).result,
  goTo: (_answer, { params }) => desk(params.lot),
  form: ({ params }) => desk(params.lot),
});

endpoint({
  name: 'vote-halt',
  method: 'post',
  path: '/lots/:lot/evaluation/halts',
  says: voteHalt.says,
  by: members,
  params: lotParams,
  query: none,
  body: haltFields,
  answer: z.object({ halted: z.boolean() }),
  handle: async (visit, { params, body }) => (await visit.perform(voteHalt, { ...body, ...params })).result,
  goTo: (_answer, { params }) => desk(params.lot),
  form: ({ params }) => desk(params.lot),
});

endpoint({
  name: 'answer-halt',
  method: 'post',
  path: '/lots/:lot/evaluation/halts/answer',
  says: answerHalt.says,
  by: ['agent', 'tenderee'],
  params: lotParams,
  query: none,
  body: haltAnswerFields,
  answer: z.object({ confirmed: z.boolean() }),
  handle: async (visit, { params, body }) => (await visit.perform(answerHalt, { ...body, ...params })).result,
  goTo: (_answer, { params }) => desk(params.lot),
  form: ({ params }) => desk(params.lot),
});

endpoint({
  name: 'void-opinion',
  method: 'post',
  path: '/lots/:lot/evaluation/voided',
  says: voidOpinion.says,
  by: ['regulator'],
  params: lotParams,
  query: none,
  body: breachFields,
  answer: none,
  handle: async (visit, { params, body }) => (await visit.perform(voidOpinion, { ...body, ...params })).result,
  goTo: (_answer, { params }) => desk(params.lot),
  form: ({ params }) => desk(params.lot),
});
