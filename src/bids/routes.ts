import { z } from 'zod';
import { bidDeskPage } from '../../views/bids/desk.ts';
import { jointSigningPage } from '../../views/bids/joint-signing.ts';
import { ownLotsPage } from '../../views/bids/own-lots.ts';
import type { View } from '../../views/view.ts';
import { at, words } from '../kernel/answer.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { partShape } from '../sealing/shapes.ts';
import { submissionShape } from '../sealing/statement.ts';
import { fieldNames } from './joint-labels.ts';
import { type OwnBids, ownBids, ownEnvelope, ownLots } from './reads.ts';
import { headShape } from './sealed-bid.ts';
import { withdrawalStatement } from './statement.ts';
import { submitBid } from './submit-bid.ts';
import { withdrawBid } from './withdraw-bid.ts';

const lot = z.object({ lot: idField });
const nothing = z.object({});
const signature = z.base64().max(30_000);

endpoint({
  name: 'own-lots',
  method: 'get',
  path: '/bids',
  says: { zh: '我的投标', en: 'Lots this bidder takes part in' },
  by: ['bidder'],
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({
    lots: z.array(
      z.object({
        lot: z.string(),
        number: z.string(),
        name: z.string(),
        phase: z.string(),
        phaseTitle: words,
        deadline: at.nullable(),
        submitted: z.boolean(),
      }),
    ),
  }),
  handle: async ({ em, by, now }) => ({ lots: [...(await ownLots(em, by, now))] }),
  page: (answer, view: View) => ownLotsPage(answer, view),
});

endpoint({
  name: 'joint-signing',
  method: 'get',
  path: '/joint-signing',
  says: { zh: '联合体成员签名（在浏览器内完成）', en: 'Sign a joint bid as one of its members, in the browser' },
  by: ['bidder'],
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({ holder: z.string(), fields: z.array(z.object({ key: z.string(), label: words })) }),
  handle: async ({ by }) => ({ holder: by.code ?? '', fields: [...fieldNames()] }),
  page: (answer, view: View) => jointSigningPage(answer, view),
});

endpoint({
  name: 'own-bids',
  method: 'get',
  path: '/lots/:lot/bids',
  outdoors: true,
  says: { zh: '投标台：本单位的投标', en: 'The bid desk: own submissions on a lot' },
  by: ['bidder'],
  params: lot,
  query: nothing,
  body: nothing,
  answer: z.custom<OwnBids>(),
  handle: ({ em, by, now }, { params }) => ownBids(em, by, params.lot, now),
  page: (answer, view: View) => bidDeskPage(answer, view),
});

endpoint({
  name: 'submit-bid',
  method: 'post',
  path: '/lots/:lot/bids',
  outdoors: true,
  says: { zh: '递交投标文件', en: 'Submit a sealed bid' },
  by: ['bidder'],
  params: lot,
  query: nothing,
  body: z.object({
    statement: submissionShape,
    signature,
    uploads: z.record(z.string(), z.string()),
    heads: z.record(z.string(), headShape).optional(),
  }),
  answer: z.object({ submission: z.string(), receivedAt: z.string(), event: z.string() }),
  apiOnly: true,
  handle: async (visit, { params, body }) => {
    const { result, events } = await visit.perform(submitBid, { ...body, lot: params.lot });
    return { submission: result.submission, receivedAt: result.receivedAt, event: events[0] ?? '' };
  },
});

endpoint({
  name: 'withdraw-bid',
  method: 'post',
  path: '/lots/:lot/bids/withdrawal',
  outdoors: true,
  says: { zh: '撤回投标文件', en: 'Withdraw a bid' },
  by: ['bidder'],
  params: lot,
  query: nothing,
  body: z.object({ statement: withdrawalStatement, signature }),
  answer: z.object({ submission: z.string(), withdrawnAt: z.string(), securityBackBy: z.string().nullable(), event: z.string() }),
  apiOnly: true,
  handle: async (visit, { params, body }) => {
    const { result, events } = await visit.perform(withdrawBid, { ...body, lot: params.lot });
    return { ...result, event: events[0] ?? '' };
  },
});

endpoint({
  name: 'own-envelope',
  method: 'get',
  path: '/lots/:lot/bids/:submission/envelopes/:part',
  outdoors: true,
  says: { zh: '取回本单位的加密文件', en: 'Fetch an own sealed file' },
  by: ['bidder'],
  params: z.object({ lot: idField, submission: idField, part: partShape }),
  query: nothing,
  body: nothing,
  answer: z.unknown(),
  download: true,
  handle: async ({ em, by, files }, { params }) => {
    const envelope = await ownEnvelope(em, by, params.lot, params.submission, params.part);
    return {
      stream: files.read(envelope.fileKey),
      name: `${params.submission}-${params.part}.age`,
      type: 'application/octet-stream',
      bytes: Number(envelope.bytes),
    };
  },
});
