import { z } from 'zod';
import { enquiriesPage as enquiriesView } from '../../views/evaluation/enquiries.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { answerEnquiry, enquiryAnswerFields } from './answer-enquiry.ts';
import { enquireBid, enquiryFields } from './enquire-bid.ts';
import { enquiriesAnswer } from './enquiry-answers.ts';
import { enquiriesPage } from './enquiry-reads.ts';

// what the worker does by itself, and what a bidder has to do
import './lapse-enquiry.ts';

const none = z.object({});
const lotParams = z.object({ lot: idField });
const here = (lot: unknown): string => `/lots/${String(lot)}/enquiries`;

endpoint({
  name: 'show-enquiries',
  method: 'get',
  path: '/lots/:lot/enquiries',
  outdoors: true,
  says: { zh: '澄清与说明', en: 'What the panel asked, and the answers' },
  by: 'signed-in',
  params: lotParams,
  query: none,
  body: none,
  answer: enquiriesAnswer,
  handle: ({ em, by, now }, { params }) => enquiriesPage(em, by, params.lot, now),
  page: (answer, view: View) => enquiriesView(view, answer),
});

endpoint({
  name: 'enquire-bid',
  method: 'post',
  path: '/lots/:lot/enquiries',
  says: enquireBid.says,
  by: ['expert', 'tenderee', 'agent'],
  params: lotParams,
  query: none,
  body: enquiryFields,
  answer: z.object({ enquiry: z.string(), until: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(enquireBid, { ...body, ...params })).result,
  goTo: (_answer, { params }) => here(params.lot),
  form: ({ params }) => here(params.lot),
});

endpoint({
  name: 'answer-enquiry',
  method: 'post',
  path: '/lots/:lot/enquiries/:enquiry/answer',
  outdoors: true,
  says: answerEnquiry.says,
  by: ['bidder'],
  params: z.object({ lot: idField, enquiry: idField }),
  query: none,
  body: enquiryAnswerFields,
  answer: z.object({ state: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(answerEnquiry, { ...body, enquiry: params.enquiry })).result,
  goTo: (_answer, { params }) => here(params.lot),
  form: ({ params }) => here(params.lot),
});
