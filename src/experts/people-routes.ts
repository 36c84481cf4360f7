import { z } from 'zod';
import { identityLookPage } from '../../views/experts/identity-look.ts';
import { peoplePage } from '../../views/experts/people.ts';
import { personPage as personView } from '../../views/experts/person.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { changeStanding, standingFields } from './change-standing.ts';
import { findPerson, searchFields } from './find-person.ts';
import { lookAnswer, peopleAnswer, personAnswer } from './own-answers.ts';
import { lookPage, peopleOf, personPage } from './people-reads.ts';
import { statuses } from './standing.ts';
import { lookFields, viewIdentity } from './view-identity.ts';

const none = z.object({});
const expertParams = z.object({ expert: idField });
const keepers = ['centre', 'regulator'] as const;

endpoint({
  name: 'expert-people',
  method: 'get',
  path: '/experts/people',
  says: { zh: '专家名册', en: 'Who is on record in the pool' },
  by: keepers,
  params: none,
  query: z.object({
    q: z.string().trim().max(100).default(''),
    /** what a search by number says when nobody has it */
    found: z.literal('none').optional(),
    status: z.enum(statuses).or(z.literal('')).default(''),
    page: z.coerce.number().int().min(1).max(100_000).default(1).catch(1),
  }),
  body: none,
  answer: peopleAnswer,
  handle: ({ em, now }, { query }) => peopleOf(em, query, now),
  page: (answer, view: View, { query }) => peoplePage(view, answer, query),
});

endpoint({
  name: 'find-person',
  method: 'post',
  path: '/experts/searches',
  says: findPerson.says,
  by: keepers,
  params: none,
  query: none,
  body: searchFields,
  answer: z.object({ expert: z.string().nullable() }),
  handle: async (visit, { body }) => (await visit.perform(findPerson, body)).result,
  goTo: ({ expert }) => (expert === null ? '/experts/people?found=none' : `/experts/people/${expert}`),
  form: () => '/experts/people',
});

endpoint({
  name: 'expert-person',
  method: 'get',
  path: '/experts/people/:expert',
  says: { zh: '一名专家的档案', en: 'One expert’s record' },
  by: keepers,
  params: expertParams,
  query: none,
  body: none,
  answer: personAnswer,
  handle: ({ em, by, now }, { params }) => personPage(em, by, params.expert, now),
  page: (answer, view: View) => personView(view, answer),
});

endpoint({
  name: 'change-standing',
  method: 'post',
  path: '/experts/people/:expert/standing',
  says: changeStanding.says,
  by: changeStanding.by,
  params: expertParams,
  query: none,
  body: standingFields,
  answer: z.object({ status: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(changeStanding, { ...body, ...params })).result,
  goTo: (_answer, { params }) => `/experts/people/${params.expert}`,
  form: ({ params }) => `/experts/people/${params.expert}`,
});

endpoint({
  name: 'view-identity',
  method: 'post',
  path: '/experts/people/:expert/looks',
  says: viewIdentity.says,
  by: viewIdentity.by,
  params: expertParams,
  query: none,
  body: lookFields,
  answer: z.object({ look: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(viewIdentity, { ...body, ...params })).result,
  goTo: ({ look }, { params }) => `/experts/people/${params.expert}/looks/${look}`,
  form: ({ params }) => `/experts/people/${params.expert}`,
});

endpoint({
  name: 'identity-look',
  method: 'get',
  path: '/experts/people/:expert/looks/:look',
  says: { zh: '查看到的身份信息（限时）', en: 'What a look opens, for a few minutes' },
  by: viewIdentity.by,
  params: z.object({ expert: idField, look: idField }),
  query: none,
  body: none,
  answer: lookAnswer,
  handle: ({ em, by, now }, { params }) => lookPage(em, by, params, now),
  page: (answer, view: View) => identityLookPage(view, answer),
});
