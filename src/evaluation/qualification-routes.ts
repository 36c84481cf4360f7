import { z } from 'zod';
import { qualificationPage as qualificationView } from '../../views/evaluation/qualification.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { qualificationAnswer } from './answers.ts';
import { checkQualification, qualificationFields } from './check-qualification.ts';
import { contentOf } from './file-routes.ts';
import { qualificationFile, qualificationPage } from './qualification-reads.ts';

const none = z.object({});
const lotParams = z.object({ lot: idField });
const hostRoles = ['agent', 'tenderee'] as const;

endpoint({
  name: 'show-qualification',
  method: 'get',
  path: '/lots/:lot/qualification',
  says: { zh: '资格审查', en: 'The qualification of bidders' },
  by: 'anyone',
  params: lotParams,
  query: none,
  body: none,
  answer: qualificationAnswer,
  handle: ({ em, by }, { params }) => qualificationPage(em, by, params.lot),
  page: (answer, view: View) => qualificationView(view, answer),
});

endpoint({
  name: 'check-qualification',
  method: 'post',
  path: '/lots/:lot/qualification',
  says: checkQualification.says,
  by: hostRoles,
  params: lotParams,
  query: none,
  body: qualificationFields,
  answer: z.object({ passed: z.number(), failed: z.boolean() }),
  handle: async (visit, { params, body }) => (await visit.perform(checkQualification, { ...body, ...params })).result,
  goTo: (_answer, { params }) => `/lots/${params.lot}/qualification`,
  form: ({ params }) => `/lots/${params.lot}/qualification`,
});

endpoint({
  name: 'qualification-file',
  method: 'get',
  path: '/lots/:lot/qualification/:submission/files/:index',
  says: { zh: '资格证明文件（限采购人及其代理机构）', en: 'A qualification paper of a bid, for its host' },
  by: hostRoles,
  params: lotParams.extend({ submission: idField, index: z.coerce.number().int().min(0).max(1000) }),
  query: none,
  body: none,
  answer: z.unknown(),
  download: true,
  handle: async (visit, { params }) => {
    const file = await qualificationFile(visit.em, visit.by, params.lot, params.submission, params.index);
    return { ...(await contentOf(visit, file)), name: file.name, type: 'application/octet-stream' };
  },
});
