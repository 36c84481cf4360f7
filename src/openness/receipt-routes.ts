import { Readable } from 'node:stream';
import { z } from 'zod';
import { receiptPage } from '../../views/openness/receipt.ts';
import type { View } from '../../views/view.ts';
import { receiptSchema } from '../journal/receipt.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { none } from './answers.ts';
import { receiptFor, type ShownReceipt, shownReceipt, stampFor, statementFor } from './receipt-reads.ts';

const params = z.object({ event: idField });

endpoint({
  name: 'fetch-receipt',
  method: 'get',
  path: '/receipts/:event',
  says: {
    zh: '事件回执：事件、盐值、包含证明与检查点；尚未编号时为 503',
    en: 'The receipt of an event: the event, its salt, its inclusion proof and the checkpoint; 503 until it has its number',
  },
  by: 'anyone',
  params,
  query: none,
  body: none,
  answer: receiptSchema,
  apiOnly: true,
  handle: ({ em, by }, { params }) => receiptFor(em, by, params.event),
});

endpoint({
  name: 'show-receipt',
  method: 'get',
  path: '/receipts/:event',
  says: { zh: '事件回执', en: 'The receipt of an event' },
  by: 'anyone',
  params,
  query: none,
  body: none,
  answer: z.custom<ShownReceipt>(),
  pageOnly: true,
  handle: ({ em, by }, { params }) => shownReceipt(em, by, params.event),
  page: (answer, view: View) => receiptPage(view, answer),
});

endpoint({
  name: 'fetch-statement',
  method: 'get',
  path: '/receipts/:event/statement',
  says: {
    zh: '投标声明原文（签名和时间戳所针对的字节）',
    en: 'The statement of a bid: the bytes that its signature and time stamps are over',
  },
  by: 'anyone',
  params,
  query: none,
  body: none,
  answer: none,
  download: true,
  handle: async ({ em, by }, { params }) => file(await statementFor(em, by, params.event), 'statement.json', 'application/json'),
});

endpoint({
  name: 'fetch-stamp',
  method: 'get',
  path: '/receipts/:event/stamps/:authority',
  says: { zh: '投标声明的时间戳（RFC 3161，DER）', en: 'A time stamp on the statement of a bid (RFC 3161, DER)' },
  by: 'anyone',
  params: params.extend({ authority: z.enum(['platform', 'external']) }),
  query: none,
  body: none,
  answer: none,
  download: true,
  handle: async ({ em, by }, { params }) =>
    file(await stampFor(em, by, params.event, params.authority), `${params.authority}.tst`, 'application/timestamped-data'),
});

const file = (bytes: Uint8Array, name: string, type: string) => ({
  stream: Readable.from([Buffer.from(bytes)]),
  name,
  type,
  bytes: bytes.length,
});
