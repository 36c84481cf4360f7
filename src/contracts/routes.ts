import { z } from 'zod';
import { deedPage as deedView } from '../../views/contracts/deed.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { deedAnswer } from './answers.ts';
import { changeFields, draftChange } from './draft-change.ts';
import { contractDraftFields, draftContract } from './draft-contract.ts';
import { deedPage } from './reads.ts';
import { acceptanceFields, recordAcceptance } from './record-acceptance.ts';
import { paymentFields, recordPayment } from './record-payment.ts';
import { signatureFields, signDeed } from './sign-deed.ts';
import './todo-reads.ts';

const none = z.object({});
const lotParams = z.object({ lot: idField });
const hostRoles = ['agent', 'tenderee'] as const;
const page = '/lots/:lot/contract/signing';
const pageOf = (_answer: unknown, { params }: { params: { lot: string } }): string => `/lots/${params.lot}/contract/signing`;
const formOn = ({ params }: { params: Record<string, string> }): string => `/lots/${params.lot}/contract/signing`;

endpoint({
  name: 'show-deed',
  method: 'get',
  path: page,
  says: { zh: '合同的签署与履行', en: 'Signing and performance of a contract' },
  by: [...hostRoles, 'bidder', 'regulator', 'centre'],
  params: lotParams,
  query: none,
  body: none,
  answer: deedAnswer,
  handle: ({ em, by, now }, { params }) => deedPage(em, by, params.lot, now),
  page: (answer, view: View) => deedView(view, answer),
});

endpoint({
  name: 'draft-contract',
  method: 'post',
  path: '/lots/:lot/contract/draft',
  says: draftContract.says,
  by: hostRoles,
  params: lotParams,
  query: none,
  body: contractDraftFields,
  answer: z.object({ sha256: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(draftContract, { ...body, ...params })).result,
  goTo: pageOf,
  form: formOn,
});

endpoint({
  name: 'draft-change',
  method: 'post',
  path: '/lots/:lot/contract/changes',
  says: draftChange.says,
  by: hostRoles,
  params: lotParams,
  query: none,
  body: changeFields,
  answer: z.object({ change: z.int(), sha256: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(draftChange, { ...body, ...params })).result,
  goTo: pageOf,
  form: formOn,
});

endpoint({
  name: 'sign-deed',
  method: 'post',
  path: '/lots/:lot/contract/signatures',
  says: signDeed.says,
  by: ['tenderee', 'bidder'],
  params: lotParams,
  query: none,
  body: signatureFields,
  answer: z.object({ change: z.int(), concluded: z.boolean() }),
  handle: async (visit, { params, body }) => (await visit.perform(signDeed, { ...body, ...params })).result,
  goTo: pageOf,
  form: formOn,
});

endpoint({
  name: 'record-acceptance',
  method: 'post',
  path: '/lots/:lot/contract/inspections',
  says: recordAcceptance.says,
  by: ['tenderee'],
  params: lotParams,
  query: none,
  body: acceptanceFields,
  answer: z.object({ milestone: z.int(), passed: z.boolean() }),
  handle: async (visit, { params, body }) => (await visit.perform(recordAcceptance, { ...body, ...params })).result,
  goTo: pageOf,
  form: formOn,
});

endpoint({
  name: 'record-payment',
  method: 'post',
  path: '/lots/:lot/contract/payments',
  says: recordPayment.says,
  by: hostRoles,
  params: lotParams,
  query: none,
  body: paymentFields,
  answer: z.object({ milestone: z.int(), amount: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(recordPayment, { ...body, ...params })).result,
  goTo: pageOf,
  form: formOn,
});
