import { z } from 'zod';
import { receiptPage } from '../../views/openness/receipt.ts';
import type { View } from '../../views/view.ts';
import { receiptSchema } from '../journal/receipt.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { none } from './answers.ts';
import { receiptFor, type ShownReceipt, shownReceipt } from './receipt-reads.ts';

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
