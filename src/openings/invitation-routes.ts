import { z } from 'zod';
import { prequalificationPage as prequalificationView } from '../../views/tenders/prequalification.ts';
import type { View } from '../../views/view.ts';
import { applicationFields, applyPrequalification } from '../bids/apply-prequalification.ts';
import { findingFields, judgeApplications } from '../bids/judge-applications.ts';
import { withdrawPrequalification } from '../bids/withdraw-prequalification.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { prequalificationFields, publishPrequalification } from '../tenders/publish-prequalification.ts';
import { drawInvitations, invitationFields } from './draw-invitations.ts';
import { prequalificationAnswer } from './invitation-answers.ts';
import { applicationFile, prequalificationPage } from './invitation-reads.ts';
// what the clock does
import '../bids/close-applications.ts';
import './settle-invitations.ts';

const none = z.object({});
const lotParams = z.object({ lot: idField });
const hostRoles = ['agent', 'tenderee'] as const;
const page = ({ params }: { params: { lot?: string } }): string => `/lots/${params.lot ?? ''}/prequalification`;
const onPage = { goTo: (_answer: unknown, input: { params: { lot: string } }) => page(input), form: page };

endpoint({
  name: 'show-prequalification',
  method: 'get',
  path: '/lots/:lot/prequalification',
  says: { zh: '资格预审公告与申请', en: 'The notice of prequalification, and applications' },
  by: 'anyone',
  params: lotParams,
  query: none,
  body: none,
  answer: prequalificationAnswer,
  handle: ({ em, by, now }, { params }) => prequalificationPage(em, by, params.lot, now),
  page: (answer, view: View) => prequalificationView(view, answer),
});

endpoint({
  name: 'publish-prequalification',
  method: 'post',
  path: '/lots/:lot/prequalification',
  says: publishPrequalification.says,
  by: hostRoles,
  params: lotParams,
  query: none,
  body: prequalificationFields,
  answer: z.object({ lot: z.string(), until: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(publishPrequalification, { ...body, ...params })).result,
  ...onPage,
});

endpoint({
  name: 'apply-prequalification',
  method: 'post',
  path: '/lots/:lot/prequalification/applications',
  says: applyPrequalification.says,
  by: ['bidder'],
  params: lotParams,
  query: none,
  body: applicationFields,
  files: ['papers'],
  answer: z.object({ application: z.string(), receivedAt: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(applyPrequalification, { ...body, ...params })).result,
  ...onPage,
});

endpoint({
  name: 'withdraw-prequalification',
  method: 'post',
  path: '/lots/:lot/prequalification/withdrawal',
  says: withdrawPrequalification.says,
  by: ['bidder'],
  params: lotParams,
  query: none,
  body: none,
  answer: z.object({ application: z.string() }),
  handle: async (visit, { params }) => (await visit.perform(withdrawPrequalification, params)).result,
  ...onPage,
});

endpoint({
  name: 'application-file',
  method: 'get',
  path: '/lots/:lot/prequalification/applications/:application/file',
  says: { zh: '资格预审申请文件（限申请人和招标人）', en: 'The file of an application, for its applicant and the host' },
  by: ['bidder', ...hostRoles],
  params: lotParams.extend({ application: idField }),
  query: none,
  body: none,
  answer: z.unknown(),
  download: true,
  handle: async ({ em, by, now, files }, { params }) => {
    const { key, ...file } = await applicationFile(em, by, params.lot, params.application, now);
    return { stream: files.read(key), ...file };
  },
});

endpoint({
  name: 'judge-applications',
  method: 'post',
  path: '/lots/:lot/prequalification/findings',
  says: judgeApplications.says,
  by: hostRoles,
  params: lotParams,
  query: none,
  body: findingFields,
  answer: z.object({ passed: z.number(), failed: z.boolean() }),
  handle: async (visit, { params, body }) => (await visit.perform(judgeApplications, { ...body, ...params })).result,
  ...onPage,
});

endpoint({
  name: 'draw-invitations',
  method: 'post',
  path: '/lots/:lot/prequalification/draw',
  says: drawInvitations.says,
  by: hostRoles,
  params: lotParams,
  query: none,
  body: invitationFields,
  answer: z.object({ draw: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(drawInvitations, { ...body, ...params })).result,
  ...onPage,
});
