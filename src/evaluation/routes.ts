import { Readable } from 'node:stream';
import { z } from 'zod';
import { deskPage as deskView } from '../../views/evaluation/desk.ts';
import { evaluationsPage } from '../../views/evaluation/evaluations.ts';
import { panelPage as panelView } from '../../views/evaluation/panel.ts';
import type { View } from '../../views/view.ts';
import { canonicalBytes } from '../kernel/bytes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { deskAnswer, evaluationsAnswer, panelAnswer } from './answers.ts';
import { comparisonOf } from './compare-reads.ts';
import { concludeEvaluation } from './conclude-evaluation.ts';
import { declarationFields, declareRecusal } from './declare-recusal.ts';
import { bundleFor, deskPage } from './desk-reads.ts';
import { atDesk } from './desk-routes.ts';
import { shownFile } from './file-routes.ts';
import { formPanel, panelFields } from './form-panel.ts';
import { panelPage } from './panel-reads.ts';
import { evaluationsOf } from './reads.ts';
import { reviewBid, reviewFields } from './review-bid.ts';
import { scoreBid, scoreFields } from './score-bid.ts';
import { reportFields, signReport } from './sign-report.ts';
import { roomsOf } from './sitting-reads.ts';
import { startEvaluation, startFields } from './start-evaluation.ts';
import './check-blind-files.ts';
import './replace-expert.ts';
import './part-routes.ts';
import './vote-routes.ts';
import './enquiry-routes.ts';
import './qualification-routes.ts';
import './report-routes.ts';
import './sheet-routes.ts';
import './provide.ts';
import './todo-reads.ts';

const none = z.object({});
const lotParams = z.object({ lot: idField });
const members = ['expert', 'tenderee', 'agent'] as const;
const recorded = z.object({ recorded: z.number() });

const deskViews = ['bids', 'review', 'score', 'compare', 'sheet', 'result'] as const;
const emptyOr = <T>(schema: z.ZodType<T>) => z.preprocess((given) => (given === '' ? undefined : given), schema.optional());
const place = (most: number) => emptyOr(z.coerce.number().int().min(0).max(most));
const deskQuery = z.object({
  view: emptyOr(z.enum(deskViews)),
  bid: emptyOr(idField),
  /** which of the bid's files stands beside the sheet, and which sheet of a workbook */
  file: place(1000),
  sheet: place(1000),
  /** the item or criterion on which the bids are compared */
  of: emptyOr(z.string().max(64)),
  saved: emptyOr(z.string().max(10)),
});
const deskOf = (lot: string, view: (typeof deskViews)[number], bid?: unknown): string =>
  `/lots/${lot}/evaluation?view=${view}${typeof bid === 'string' && /^[0-9a-f-]{36}$/.test(bid) ? `&bid=${bid}` : ''}`;

/** A form that compares bids names its item, and may name the one to go on to: it comes back to the comparison. */
const comparing = z.object({ of: z.string().max(64).optional(), onward: z.string().max(64).optional() });
const comparedAt = (lot: string, of: unknown): string | null =>
  typeof of === 'string' && of !== '' ? `/lots/${lot}/evaluation?view=compare&of=${encodeURIComponent(of)}` : null;

endpoint({
  name: 'my-evaluations',
  method: 'get',
  path: '/evaluations',
  says: { zh: '我的评标', en: 'My evaluations' },
  by: ['expert', 'agent', 'tenderee', 'centre'],
  params: none,
  query: none,
  body: none,
  answer: evaluationsAnswer,
  handle: ({ em, by, now }) => evaluationsOf(em, by, now),
  page: (answer, view: View) => evaluationsPage(view, answer),
});

endpoint({
  name: 'show-panel',
  method: 'get',
  path: '/lots/:lot/panel',
  says: { zh: '评标委员会', en: 'The panel of a lot' },
  by: 'anyone',
  params: lotParams,
  query: none,
  body: none,
  answer: panelAnswer,
  handle: ({ em, by }, { params }) => panelPage(em, by, params.lot),
  page: (answer, view: View) => panelView(view, answer),
});

endpoint({
  name: 'form-panel',
  method: 'post',
  path: '/lots/:lot/panel',
  says: formPanel.says,
  by: ['agent', 'tenderee'],
  params: lotParams,
  query: none,
  body: panelFields,
  answer: z.object({ members: z.number() }),
  handle: async (visit, { params, body }) => (await visit.perform(formPanel, { ...body, ...params })).result,
  goTo: (_answer, { params }) => `/lots/${params.lot}/panel`,
  form: ({ params }) => `/lots/${params.lot}/panel`,
});

endpoint({
  name: 'start-evaluation',
  method: 'post',
  path: '/lots/:lot/evaluation',
  says: startEvaluation.says,
  by: ['agent', 'tenderee'],
  params: lotParams,
  query: none,
  body: startFields,
  answer: z.object({ bids: z.number() }),
  handle: async (visit, { params, body }) => (await visit.perform(startEvaluation, { ...body, ...params })).result,
  goTo: (_answer, { params }) => `/lots/${params.lot}/evaluation`,
  form: ({ params }) => `/lots/${params.lot}/panel`,
});

endpoint({
  name: 'evaluation-desk',
  method: 'get',
  path: '/lots/:lot/evaluation',
  says: { zh: '评标台', en: 'The desk of an evaluation' },
  by: 'anyone',
  params: lotParams,
  query: deskQuery,
  body: none,
  answer: deskAnswer,
  handle: async (visit, { params, query }) => {
    const desk = await deskPage(visit.em, visit.by, params.lot, query.bid);
    if (desk.own && desk.bids) {
      const sits = await atDesk(visit, params.lot);
      if (sits) desk.sitting = { booking: sits.booking ?? null, place: sits.place ?? null, rooms: await roomsOf(visit.em, params.lot) };
    }
    if (query.view === 'compare') return { ...desk, compared: await comparisonOf(visit.em, desk, query.of) };
    const file = desk.chosen?.files[query.file ?? -1];
    if (!desk.chosen || !file) return desk;
    const asked = { lot: params.lot, submission: desk.chosen.submission, index: file.index };
    return { ...desk, shown: await shownFile(visit, asked, query.sheet ?? 0) };
  },
  page: (answer, view: View, { query }) => deskView(view, answer, query.view ?? null, query.saved !== undefined),
});

endpoint({
  name: 'declare-recusal',
  method: 'post',
  path: '/lots/:lot/declarations',
  says: declareRecusal.says,
  by: members,
  params: lotParams,
  query: none,
  body: declarationFields,
  answer: z.object({ recuses: z.boolean() }),
  handle: async (visit, { params, body }) => (await visit.perform(declareRecusal, { ...body, ...params })).result,
  goTo: ({ recuses }, { params }) => (recuses ? '/evaluations' : `/lots/${params.lot}/evaluation`),
  form: ({ params }) => `/lots/${params.lot}/evaluation`,
});

endpoint({
  name: 'review-bid',
  method: 'post',
  path: '/lots/:lot/reviews',
  says: reviewBid.says,
  by: members,
  params: lotParams,
  query: none,
  body: reviewFields.extend(comparing.shape),
  answer: recorded,
  handle: async (visit, { params, body }) => (await visit.perform(reviewBid, { ...body, ...params })).result,
  goTo: (_answer, { params, body }) =>
    `${comparedAt(params.lot, body.onward || body.of) ?? deskOf(params.lot, 'review', body.next || body.verdicts[0]?.bid)}&saved=1`,
  form: ({ params, body }) => comparedAt(params.lot ?? '', body.of) ?? deskOf(params.lot ?? '', 'review', body.bid),
});

endpoint({
  name: 'score-bid',
  method: 'post',
  path: '/lots/:lot/scores',
  says: scoreBid.says,
  by: members,
  params: lotParams,
  query: none,
  body: scoreFields.extend(comparing.shape),
  answer: recorded,
  handle: async (visit, { params, body }) => (await visit.perform(scoreBid, { ...body, ...params })).result,
  goTo: (_answer, { params, body }) =>
    `${comparedAt(params.lot, body.onward || body.of) ?? deskOf(params.lot, 'score', body.next || body.scores[0]?.bid)}&saved=1`,
  form: ({ params, body }) => comparedAt(params.lot ?? '', body.of) ?? deskOf(params.lot ?? '', 'score', body.bid),
});

endpoint({
  name: 'conclude-evaluation',
  method: 'post',
  path: '/lots/:lot/evaluation/conclusion',
  says: concludeEvaluation.says,
  by: members,
  params: lotParams,
  query: none,
  body: none,
  answer: z.object({ sha256: z.string(), outcome: z.string() }),
  handle: async (visit, { params }) => (await visit.perform(concludeEvaluation, params)).result,
  goTo: (_answer, { params }) => deskOf(params.lot, 'result'),
  form: ({ params }) => deskOf(params.lot ?? '', 'result'),
});

endpoint({
  name: 'sign-report',
  method: 'post',
  path: '/lots/:lot/evaluation/signatures',
  says: signReport.says,
  by: members,
  params: lotParams,
  query: none,
  body: reportFields,
  answer: z.object({ complete: z.boolean() }),
  handle: async (visit, { params, body }) => (await visit.perform(signReport, { ...body, ...params })).result,
  goTo: (_answer, { params }) => deskOf(params.lot, 'result'),
  form: ({ params }) => deskOf(params.lot ?? '', 'result'),
});

endpoint({
  name: 'evaluation-bundle',
  method: 'get',
  path: '/lots/:lot/evaluation/bundle',
  says: { zh: '评标数据包（JSON，可离线复算）', en: 'The evaluation bundle: yangguang rank recomputes it' },
  by: 'anyone',
  params: lotParams,
  /** an earlier version, where the evaluation was done again */
  query: z.object({ version: emptyOr(z.coerce.number().int().min(1).max(1000)) }),
  body: none,
  answer: z.unknown(),
  download: true,
  handle: async ({ em, by }, { params, query }) => {
    // the very bytes whose hash the members sign
    const bytes = Buffer.from(canonicalBytes(await bundleFor(em, by, params.lot, query.version)));
    return { stream: Readable.from([bytes]), name: `evaluation-${params.lot}.json`, type: 'application/json', bytes: bytes.length };
  },
});
