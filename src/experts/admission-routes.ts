import { z } from 'zod';
import { admissionsPage } from '../../views/experts/admissions.ts';
import { applicationPage } from '../../views/experts/application.ts';
import { applyPage } from '../../views/experts/apply.ts';
import { enrolmentPage } from '../../views/experts/enrolment.ts';
import { recommendationsPage } from '../../views/experts/recommendations.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { regions } from '../parties/region.ts';
import { membershipStates } from './admission.ts';
import { applicationAnswer, applyAnswer, queueAnswer, recommendationsAnswer } from './admission-answers.ts';
import { applicationOf, applyFormOf, proofChoices, queueOf, recommendationsOf } from './admission-reads.ts';
import { admitExpert } from './admit-expert.ts';
import { applicationFields } from './application.ts';
import { applyMembership } from './apply-membership.ts';
import { attachProof, proofFields } from './attach-proof.ts';
import { correctApplication } from './correct-application.ts';
import { openProof } from './open-proof.ts';
import { recommendApplication, recommendationFields } from './recommend-application.ts';
import { recordTest, testFields } from './record-test.ts';
import { personFields, registerPerson } from './register-person.ts';
import { reviewApplication, reviewFields } from './review-application.ts';
import { withdrawApplication } from './withdraw-application.ts';

/** How a person comes into the pool: the record, the application, and the desk that decides about it. */

const none = z.object({});
const applicationParams = z.object({ application: idField });
const empty = z.object({});
/** the page of an application for those who keep the pool: each of their forms stands on it and leads back to it */
const keptPage = ({ params }: { params: { application?: string } }): string => `/experts/applications/${params.application ?? ''}`;

endpoint({
  name: 'show-expert-enrolment',
  method: 'get',
  path: '/experts/new',
  says: { zh: '申请成为评标专家：建档（表单）', en: 'Become an expert: open a record (form)' },
  by: 'anyone',
  params: none,
  query: none,
  body: none,
  answer: none,
  pageOnly: true,
  handle: async () => ({}),
  page: (_answer, view: View) => enrolmentPage(view, { regions }),
});

endpoint({
  name: 'register-person',
  method: 'post',
  path: '/experts/people',
  says: registerPerson.says,
  by: 'anyone',
  params: none,
  query: none,
  body: personFields.omit({ demonstration: true }),
  answer: z.object({ login: z.string() }),
  handle: async (visit, { body }) => ({ login: (await visit.perform(registerPerson, body)).result.login }),
  goTo: () => '/session?back=%2Fexpert',
  form: () => '/experts/new',
});

endpoint({
  name: 'apply-form',
  method: 'get',
  path: '/expert/applications/new',
  says: { zh: '入库申请表', en: 'The form of an application' },
  by: ['expert'],
  params: none,
  query: none,
  body: none,
  answer: applyAnswer,
  handle: ({ em, by, now }) => applyFormOf(em, by, now, null),
  page: (answer, view: View) => applyPage(view, answer),
});

endpoint({
  name: 'apply-membership',
  method: 'post',
  path: '/expert/applications',
  says: applyMembership.says,
  by: ['expert'],
  params: none,
  query: none,
  body: applicationFields,
  answer: z.object({ application: z.string() }),
  handle: async (visit, { body }) => (await visit.perform(applyMembership, body)).result,
  goTo: ({ application }) => `/expert/applications/${application}`,
  form: () => '/expert/applications/new',
});

endpoint({
  name: 'own-application',
  method: 'get',
  path: '/expert/applications/:application',
  says: { zh: '我的入库申请', en: 'My application' },
  by: ['expert'],
  params: applicationParams,
  query: none,
  body: none,
  answer: applicationAnswer,
  handle: ({ em, by, now }, { params }) => applicationOf(em, by, params.application, now),
  page: (answer, view: View) => applicationPage(view, answer, { proofKinds: proofChoices }),
});

endpoint({
  name: 'correction-form',
  method: 'get',
  path: '/expert/applications/:application/correction',
  says: { zh: '补正入库申请（表单）', en: 'Put an application right (form)' },
  by: ['expert'],
  params: applicationParams,
  query: none,
  body: none,
  answer: applyAnswer,
  handle: ({ em, by, now }, { params }) => applyFormOf(em, by, now, params.application),
  page: (answer, view: View) => applyPage(view, answer),
});

endpoint({
  name: 'correct-application',
  method: 'post',
  path: '/expert/applications/:application/correction',
  says: correctApplication.says,
  by: ['expert'],
  params: applicationParams,
  query: none,
  body: applicationFields.omit({ line: true }),
  answer: z.object({ application: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(correctApplication, { ...body, ...params })).result,
  goTo: ({ application }) => `/expert/applications/${application}`,
  form: ({ params }) => `/expert/applications/${params.application}/correction`,
});

endpoint({
  name: 'withdraw-application',
  method: 'post',
  path: '/expert/applications/:application/withdrawal',
  says: withdrawApplication.says,
  by: ['expert'],
  params: applicationParams,
  query: none,
  body: none,
  answer: empty,
  handle: async (visit, { params }) => (await visit.perform(withdrawApplication, params)).result,
  goTo: () => '/expert',
  form: ({ params }) => `/expert/applications/${params.application}`,
});

endpoint({
  name: 'attach-proof',
  method: 'post',
  path: '/expert/applications/:application/proofs',
  says: attachProof.says,
  by: ['expert'],
  params: applicationParams,
  query: none,
  body: proofFields,
  files: ['proof'],
  answer: z.object({ proof: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(attachProof, { ...body, ...params })).result,
  goTo: (_answer, { params }) => `/expert/applications/${params.application}`,
  form: ({ params }) => `/expert/applications/${params.application}`,
});

endpoint({
  name: 'open-proof',
  method: 'get',
  path: '/experts/applications/:application/proofs/:proof',
  says: openProof.says,
  by: openProof.by,
  params: z.object({ application: idField, proof: idField }),
  query: none,
  body: none,
  answer: z.unknown(),
  download: true,
  handle: async (visit, { params }) => {
    const { result } = await visit.perform(openProof, params);
    return { stream: visit.files.read(result.key), name: result.name, type: result.type, bytes: result.bytes };
  },
});

endpoint({
  name: 'admissions',
  method: 'get',
  path: '/experts/applications',
  says: { zh: '入库申请办理', en: 'Applications for the pool' },
  by: ['centre', 'regulator'],
  params: none,
  query: z.object({ state: z.enum(membershipStates).optional(), page: z.coerce.number().int().min(1).max(100_000).default(1).catch(1) }),
  body: none,
  answer: queueAnswer,
  handle: ({ em, by }, { query }) =>
    queueOf(em, { state: query.state ?? (by.role === 'regulator' ? 'tested' : 'applied'), page: query.page }),
  page: (answer, view: View) => admissionsPage(view, answer),
});

endpoint({
  name: 'show-application',
  method: 'get',
  path: '/experts/applications/:application',
  says: { zh: '一份入库申请', en: 'One application' },
  by: ['centre', 'regulator'],
  params: applicationParams,
  query: none,
  body: none,
  answer: applicationAnswer,
  handle: ({ em, by, now }, { params }) => applicationOf(em, by, params.application, now),
  page: (answer, view: View) => applicationPage(view, answer, { proofKinds: proofChoices }),
});

endpoint({
  name: 'review-application',
  method: 'post',
  path: '/experts/applications/:application/review',
  says: reviewApplication.says,
  by: reviewApplication.by,
  params: applicationParams,
  query: none,
  body: reviewFields,
  answer: z.object({ state: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(reviewApplication, { ...body, ...params })).result,
  goTo: (_answer, input) => keptPage(input),
  form: keptPage,
});

endpoint({
  name: 'record-test',
  method: 'post',
  path: '/experts/applications/:application/test',
  says: recordTest.says,
  by: recordTest.by,
  params: applicationParams,
  query: none,
  body: testFields,
  answer: z.object({ state: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(recordTest, { ...body, ...params })).result,
  goTo: (_answer, input) => keptPage(input),
  form: keptPage,
});

endpoint({
  name: 'admit-expert',
  method: 'post',
  path: '/experts/applications/:application/admission',
  says: admitExpert.says,
  by: admitExpert.by,
  params: applicationParams,
  query: none,
  body: none,
  answer: z.object({ from: z.string(), until: z.string() }),
  handle: async (visit, { params }) => (await visit.perform(admitExpert, params)).result,
  goTo: (_answer, input) => keptPage(input),
  form: keptPage,
});

endpoint({
  name: 'recommendations',
  method: 'get',
  path: '/recommendations',
  says: { zh: '本单位人员的入库申请（推荐）', en: 'Applications of one’s own staff, to be recommended' },
  by: recommendApplication.by,
  params: none,
  query: none,
  body: none,
  answer: recommendationsAnswer,
  handle: ({ em, by }) => recommendationsOf(em, by),
  page: (answer, view: View) => recommendationsPage(view, answer),
});

endpoint({
  name: 'recommend-application',
  method: 'post',
  path: '/recommendations/:application',
  says: recommendApplication.says,
  by: recommendApplication.by,
  params: applicationParams,
  query: none,
  body: recommendationFields,
  answer: empty,
  handle: async (visit, { params, body }) => (await visit.perform(recommendApplication, { ...body, ...params })).result,
  goTo: () => '/recommendations',
  form: () => '/recommendations',
});
