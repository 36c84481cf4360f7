import { z } from 'zod';
import { boardPage } from '../../views/supervision/board.ts';
import { lookPage } from '../../views/supervision/look.ts';
import { boardOf, tenderOf } from '../../views/supervision/shown.ts';
import { supervisedTenderPage } from '../../views/supervision/tender.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { boardAnswer, lookAnswer, watchedAnswer } from './answers.ts';
import { lookedAt } from './look-reads.ts';
import { entryKinds, supervisedLot } from './lot-reads.ts';
import { board } from './reads.ts';
import { resumeLot } from './resume-lot.ts';
import { resumeFields, resumeOpening } from './resume-opening.ts';
import { suspendLot } from './suspend-lot.ts';
import { suspendFields, suspendOpening } from './suspend-opening.ts';
import { lookFields, viewMatter } from './view-matter.ts';

const none = z.object({});
const lotParams = z.object({ lot: idField });
const emptyOr = <T>(schema: z.ZodType<T>) => z.preprocess((given) => (given === '' ? undefined : given), schema.optional());

endpoint({
  name: 'show-board',
  method: 'get',
  path: '/supervision',
  says: {
    zh: '全域看板：辖区内全部标段，进行到哪一步，下一个时限',
    en: 'The board: every lot of the region and below, where it stands and what is due next',
  },
  by: ['regulator'],
  params: none,
  query: z.object({
    text: emptyOr(z.string().trim().max(100)),
    region: emptyOr(z.string().regex(/^\d{6}$/)),
    phase: emptyOr(z.string().max(20)),
    due: emptyOr(z.enum(['soon', 'overdue'])),
    sort: emptyOr(z.enum(['due', 'newest'])),
    page: emptyOr(z.coerce.number().int().min(1).max(100_000)),
  }),
  body: none,
  answer: boardAnswer,
  handle: ({ em, by, now }, { query }) => board(em, by, query, now),
  page: (answer, view: View) => boardPage(view, boardOf(view, answer)),
});

endpoint({
  name: 'show-supervised-lot',
  method: 'get',
  path: '/supervision/lots/:lot',
  says: { zh: '一个标段的全过程、时限与文书', en: 'One lot: the whole process, its time limits and papers' },
  by: ['regulator'],
  params: lotParams,
  query: z.object({ only: emptyOr(z.enum(entryKinds)) }),
  body: none,
  answer: watchedAnswer,
  handle: ({ em, by, now }, { params, query }) => supervisedLot(em, by, params.lot, query.only, now),
  page: (answer, view: View) => supervisedTenderPage(view, tenderOf(view, answer)),
});

endpoint({
  name: 'view-matter',
  method: 'post',
  path: '/supervision/lots/:lot/looks',
  says: viewMatter.says,
  by: ['regulator'],
  params: lotParams,
  query: none,
  body: lookFields,
  answer: z.object({ look: z.string(), lot: z.string() }),
  handle: async (visit, { params, body }) => {
    const { result, events } = await visit.perform(viewMatter, { ...body, ...params });
    return { look: events[0] ?? '', lot: result.lot };
  },
  goTo: ({ look, lot }) => `/supervision/lots/${lot}/looks/${look}`,
  form: ({ params }) => `/supervision/lots/${params.lot}`,
});

const lotPageOf = ({ params }: { params: Record<string, string> }) => `/supervision/lots/${params.lot}`;
const toLot = (_answer: unknown, { params }: { params: { lot: string } }) => `/supervision/lots/${params.lot}`;
const orderAnswer = z.object({ order: z.string() });

endpoint({
  name: 'suspend-opening',
  method: 'post',
  path: '/supervision/lots/:lot/orders',
  says: suspendOpening.says,
  by: ['regulator'],
  params: lotParams,
  query: none,
  body: suspendFields,
  answer: orderAnswer,
  handle: async (visit, { params, body }) => (await visit.perform(suspendOpening, { ...body, ...params })).result,
  goTo: toLot,
  form: lotPageOf,
});

endpoint({
  name: 'resume-opening',
  method: 'post',
  path: '/supervision/lots/:lot/orders/lifting',
  says: resumeOpening.says,
  by: ['regulator'],
  params: lotParams,
  query: none,
  body: resumeFields,
  answer: orderAnswer,
  handle: async (visit, { params, body }) => (await visit.perform(resumeOpening, { ...body, ...params })).result,
  goTo: toLot,
  form: lotPageOf,
});

endpoint({
  name: 'suspend-lot',
  method: 'post',
  path: '/supervision/lots/:lot/suspension',
  says: suspendLot.says,
  by: ['regulator'],
  params: lotParams,
  query: none,
  body: suspendFields,
  answer: orderAnswer,
  handle: async (visit, { params, body }) => (await visit.perform(suspendLot, { ...body, ...params })).result,
  goTo: toLot,
  form: lotPageOf,
});

endpoint({
  name: 'resume-lot',
  method: 'post',
  path: '/supervision/lots/:lot/resumption',
  says: resumeLot.says,
  by: ['regulator'],
  params: lotParams,
  query: none,
  body: resumeFields,
  answer: orderAnswer.extend({
    periods: z.array(z.object({ period: z.string(), counted: z.string(), was: z.string(), until: z.string() })),
  }),
  handle: async (visit, { params, body }) => {
    const { order, periods } = (await visit.perform(resumeLot, { ...body, ...params })).result;
    return { order, periods: [...periods] };
  },
  goTo: toLot,
  form: lotPageOf,
});

endpoint({
  name: 'show-look',
  method: 'get',
  path: '/supervision/lots/:lot/looks/:look',
  says: { zh: '一次敏感查看所见的评标情况', en: 'What one look at an evaluation showed' },
  by: ['regulator'],
  params: z.object({ lot: idField, look: idField }),
  query: none,
  body: none,
  answer: lookAnswer,
  handle: ({ em, by, now }, { params }) => lookedAt(em, by, params.lot, params.look, now),
  page: (answer, view: View) => lookPage(view, answer),
});
