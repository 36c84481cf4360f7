import { z } from 'zod';
import { ownPage as ownView } from '../../views/experts/own.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { changeEmployer, employmentFields } from './change-employer.ts';
import { changeIdentity, identityChange } from './change-identity.ts';
import { declareRelation, relationFields } from './declare-relation.ts';
import { leavePool } from './leave-pool.ts';
import { ownAnswer } from './own-answers.ts';
import { ownPage } from './record-reads.ts';
import { withdrawRelation } from './withdraw-relation.ts';

const none = z.object({});
const toOwn = { goTo: () => '/expert', form: () => '/expert' } as const;

endpoint({
  name: 'own-record',
  method: 'get',
  path: '/expert',
  says: { zh: '我的专家档案', en: 'My record in the pool of experts' },
  by: ['expert'],
  params: none,
  query: none,
  body: none,
  answer: ownAnswer,
  handle: ({ em, by, now }) => ownPage(em, by, now),
  page: (answer, view: View) => ownView(view, answer),
});

endpoint({
  name: 'change-identity',
  method: 'post',
  path: '/expert/identity',
  says: changeIdentity.says,
  by: ['expert'],
  params: none,
  query: none,
  body: identityChange,
  answer: z.object({ fields: z.array(z.string()) }),
  handle: async (visit, { body }) => (await visit.perform(changeIdentity, body)).result,
  ...toOwn,
});

endpoint({
  name: 'change-employer',
  method: 'post',
  path: '/expert/employers',
  says: changeEmployer.says,
  by: ['expert'],
  params: none,
  query: none,
  body: employmentFields,
  answer: none,
  handle: async (visit, { body }) => (await visit.perform(changeEmployer, body)).result,
  ...toOwn,
});

endpoint({
  name: 'declare-relation',
  method: 'post',
  path: '/expert/relations',
  says: declareRelation.says,
  by: ['expert'],
  params: none,
  query: none,
  body: relationFields,
  answer: z.object({ relation: z.string() }),
  handle: async (visit, { body }) => (await visit.perform(declareRelation, body)).result,
  ...toOwn,
});

endpoint({
  name: 'withdraw-relation',
  method: 'post',
  path: '/expert/relations/:relation/withdrawal',
  says: withdrawRelation.says,
  by: ['expert'],
  params: z.object({ relation: idField }),
  query: none,
  body: none,
  answer: none,
  handle: async (visit, { params }) => (await visit.perform(withdrawRelation, params)).result,
  ...toOwn,
});

endpoint({
  name: 'leave-pool',
  method: 'post',
  path: '/expert/leaving',
  says: leavePool.says,
  by: ['expert'],
  params: none,
  query: none,
  body: leavePool.takes,
  answer: none,
  handle: async (visit, { body }) => (await visit.perform(leavePool, body)).result,
  ...toOwn,
});
