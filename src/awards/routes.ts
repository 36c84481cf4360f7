import { z } from 'zod';
import { awardPage as awardView } from '../../views/awards/award.ts';
import { candidatesPage as candidatesView } from '../../views/awards/candidates.ts';
import { contractPage as contractView } from '../../views/awards/contract.ts';
import { reportPage as reportView } from '../../views/awards/report.ts';
import { resultsPage } from '../../views/awards/results.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { awardAnswer, candidatesAnswer, contractAnswer, reportAnswer, resultsAnswer } from './answers.ts';
import { awardFields, determineAward } from './determine-award.ts';
import { fileContract } from './file-contract.ts';
import { fileReport } from './file-report.ts';
import { notifyAward } from './notify-award.ts';
import { publishCandidates } from './publish-candidates.ts';
import { awardPage, candidatesPage, contractFile, contractPage, type ReportAnswer, reportPage } from './reads.ts';
import { contractFields, registerContract } from './register-contract.ts';
import { choices } from './result.ts';
import { results } from './result-reads.ts';
import './deem-award.ts';
import './todo-reads.ts';

const none = z.object({});
const lotParams = z.object({ lot: idField });
const hostRoles = ['agent', 'tenderee'] as const;
const emptyOr = <T>(schema: z.ZodType<T>) => z.preprocess((given) => (given === '' ? undefined : given), schema.optional());
const at = z.string();
const backTo =
  (page: string) =>
  ({ params }: { params: Record<string, string> }): string =>
    `/lots/${params.lot}/${page}`;
const onTo =
  (page: string) =>
  (_answer: unknown, { params }: { params: { lot: string } }): string =>
    `/lots/${params.lot}/${page}`;

endpoint({
  name: 'list-results',
  method: 'get',
  path: '/results',
  says: { zh: '公示与结果', en: 'Candidates and results' },
  by: 'anyone',
  params: none,
  query: z.object({
    kind: emptyOr(z.enum(choices.kinds)),
    region: emptyOr(z.string().regex(/^\d{6}$/)),
    line: emptyOr(z.string().max(32)),
    text: emptyOr(z.string().trim().max(100)),
    page: emptyOr(z.coerce.number().int().min(1).max(100_000)),
  }),
  body: none,
  answer: resultsAnswer,
  handle: ({ em }, { query }) => results(em, query),
  page: (answer, view: View) => resultsPage(view, answer),
});

endpoint({
  name: 'show-candidates',
  method: 'get',
  path: '/lots/:lot/candidates',
  says: { zh: '中标候选人', en: 'The candidates of a lot' },
  by: 'anyone',
  params: lotParams,
  query: none,
  body: none,
  answer: candidatesAnswer,
  handle: ({ em, by, now }, { params }) => candidatesPage(em, by, params.lot, now),
  page: (answer, view: View) => candidatesView(view, answer),
});

endpoint({
  name: 'publish-candidates',
  method: 'post',
  path: '/lots/:lot/candidates',
  says: publishCandidates.says,
  by: hostRoles,
  params: lotParams,
  query: none,
  body: none,
  answer: z.object({ candidates: z.number(), until: at, late: z.boolean() }),
  handle: async (visit, { params }) => (await visit.perform(publishCandidates, params)).result,
  goTo: onTo('candidates'),
  form: backTo('candidates'),
});

endpoint({
  name: 'show-award',
  method: 'get',
  path: '/lots/:lot/award',
  says: { zh: '中标结果', en: 'The award of a lot' },
  by: 'anyone',
  params: lotParams,
  query: none,
  body: none,
  answer: awardAnswer,
  handle: ({ em, by, now }, { params }) => awardPage(em, by, params.lot, now),
  page: (answer, view: View) => awardView(view, answer),
});

endpoint({
  name: 'determine-award',
  method: 'post',
  path: '/lots/:lot/award',
  says: determineAward.says,
  by: hostRoles,
  params: lotParams,
  query: none,
  body: awardFields,
  answer: z.object({
    submission: z.string(),
    bidder: z.string(),
    name: z.string(),
    price: z.string(),
    rank: z.number(),
    reason: z.string(),
  }),
  handle: async (visit, { params, body }) => (await visit.perform(determineAward, { ...body, ...params })).result,
  goTo: onTo('award'),
  form: backTo('award'),
});

endpoint({
  name: 'notify-award',
  method: 'post',
  path: '/lots/:lot/award/notice',
  says: notifyAward.says,
  by: hostRoles,
  params: lotParams,
  query: none,
  body: none,
  answer: z.object({ contractUntil: at, notified: z.number() }),
  handle: async (visit, { params }) => (await visit.perform(notifyAward, params)).result,
  goTo: onTo('award'),
  form: backTo('award'),
});

endpoint({
  name: 'show-contract',
  method: 'get',
  path: '/lots/:lot/contract',
  says: { zh: '合同', en: 'The contract of a lot' },
  by: 'anyone',
  params: lotParams,
  query: none,
  body: none,
  answer: contractAnswer,
  handle: ({ em, by, now }, { params }) => contractPage(em, by, params.lot, now),
  page: (answer, view: View) => contractView(view, answer),
});

endpoint({
  name: 'register-contract',
  method: 'post',
  path: '/lots/:lot/contract',
  says: registerContract.says,
  by: hostRoles,
  params: lotParams,
  query: none,
  body: contractFields,
  files: ['document'],
  answer: z.object({ number: z.string(), late: z.boolean() }),
  handle: async (visit, { params, body }) => (await visit.perform(registerContract, { ...body, ...params })).result,
  goTo: onTo('contract'),
  form: backTo('contract'),
});

endpoint({
  name: 'file-contract',
  method: 'post',
  path: '/lots/:lot/contract/filing',
  says: fileContract.says,
  by: hostRoles,
  params: lotParams,
  query: none,
  body: none,
  answer: z.object({ late: z.boolean() }),
  handle: async (visit, { params }) => (await visit.perform(fileContract, params)).result,
  goTo: onTo('contract'),
  form: backTo('contract'),
});

endpoint({
  name: 'download-contract',
  method: 'get',
  path: '/lots/:lot/contract/document',
  says: { zh: '下载合同', en: 'Download the contract' },
  by: 'signed-in',
  params: lotParams,
  query: none,
  body: none,
  answer: z.unknown(),
  download: true,
  handle: async ({ em, by, files }, { params }) => {
    const file = await contractFile(em, by, params.lot);
    if (file === null) throw notFound();
    return { stream: files.read(file.key), name: file.name, type: file.type, bytes: file.bytes };
  },
});

endpoint({
  name: 'show-report',
  method: 'get',
  path: '/lots/:lot/report',
  says: { zh: '书面报告', en: 'The written report to the supervisor' },
  by: [...hostRoles, 'regulator'],
  params: lotParams,
  query: none,
  body: none,
  answer: reportAnswer as unknown as z.ZodType<ReportAnswer>,
  handle: async ({ em, by, now }, { params }) => {
    const page = await reportPage(em, by, params.lot, now);
    if (page === null) throw notFound();
    return page;
  },
  page: (answer, view: View) => reportView(view, answer),
});

endpoint({
  name: 'file-report',
  method: 'post',
  path: '/lots/:lot/report',
  says: fileReport.says,
  by: hostRoles,
  params: lotParams,
  query: none,
  body: none,
  answer: z.object({ sha256: z.string(), late: z.boolean() }),
  handle: async (visit, { params }) => (await visit.perform(fileReport, params)).result,
  goTo: onTo('report'),
  form: backTo('report'),
});
