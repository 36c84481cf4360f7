import { z } from 'zod';
import { councilsPage } from '../../views/openings/councils.ts';
import { hallPage } from '../../views/openings/hall-page.ts';
import { recordPage } from '../../views/openings/record.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { councilShape } from '../sealing/council.ts';
import { partShape } from '../sealing/shapes.ts';
import { attendOpening, signedFields } from './attend-opening.ts';
import { closeOpeningRecord } from './close-opening-record.ts';
import { confirmRecord, wordFields } from './confirm-record.ts';
import { hallForm, inHall, toHall } from './hall-form.ts';
import { type OrderShown, ordersOf } from './orders-reads.ts';
import { readBid } from './read-bid.ts';
import { type CouncilListed, councilOf, councilsListed, drawTranscriptsOf, type Hall, hallOf, openingTranscriptsOf } from './reads.ts';
import { recordFileShape } from './record-file.ts';
import { type RecordShown, recordFileOf, recordShown } from './record-reads.ts';
import './provide.ts';
import './share-routes.ts';
import './layer-routes.ts';
import './remedy-routes.ts';
import './ceremony-routes.ts';
import './todo-reads.ts';
import './move-deadline.ts';
import './reach-deadline.ts';
import './close-bidding.ts';
import './attribute-layers.ts';
import './close-layers.ts';
import './open-envelopes.ts';
import './end-remedy.ts';
import './draw-in-session.ts';
import './draw-reading-order.ts';
import './form-council.ts';
import './give-share.ts';
import './invitation-routes.ts';
import './session-routes.ts';
import './suspension-routes.ts';
import './venue-routes.ts';

const lot = z.object({ lot: idField });
const nothing = z.object({});
const done = z.object({ at: z.string() });

endpoint({
  name: 'council',
  method: 'get',
  path: '/councils/:council',
  says: { zh: '开标委员会公钥', en: 'An opening council: its keys, for sealing and verifying' },
  by: 'anyone',
  params: z.object({ council: idField }),
  query: nothing,
  body: nothing,
  answer: z.object({ council: councilShape }),
  handle: async ({ em }, { params }) => ({ council: await councilOf(em, params.council) }),
});

endpoint({
  name: 'councils',
  method: 'get',
  path: '/councils',
  says: { zh: '开标委员会名册', en: 'Every opening council: trustees, keys, and what it serves' },
  by: 'anyone',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({ councils: z.array(z.custom<CouncilListed>()) }),
  handle: async ({ em }) => ({ councils: [...(await councilsListed(em))] }),
  page: (answer, view: View) => councilsPage(view, answer.councils),
});

endpoint({
  name: 'orders',
  method: 'get',
  path: '/lots/:lot/orders',
  outdoors: true,
  says: {
    zh: '本标段的暂停令，以及已签名表示遵守的托管人',
    en: 'Orders suspending the opening of a lot, with the custodians that have signed that they keep to them',
  },
  by: 'anyone',
  params: lot,
  query: nothing,
  body: nothing,
  apiOnly: true,
  answer: z.object({ orders: z.array(z.custom<OrderShown>()) }),
  handle: async ({ em }, { params }) => ({ orders: [...(await ordersOf(em, params.lot))] }),
});

endpoint({
  name: 'opening-hall',
  method: 'get',
  path: '/lots/:lot/hall',
  says: { zh: '开标大厅：现场情况', en: 'The opening hall as it stands' },
  by: 'anyone',
  params: lot,
  query: nothing,
  body: nothing,
  answer: z.custom<Hall>(),
  handle: ({ em, by, now }, { params }) => hallOf(em, by, params.lot, now),
  page: hallPage as never,
  shared: true,
});

endpoint({
  name: 'attend-opening',
  method: 'post',
  path: '/lots/:lot/attendance',
  says: { zh: '开标签到', en: 'Sign in to the opening' },
  by: ['bidder'],
  params: lot,
  query: nothing,
  body: signedFields.extend(inHall.shape),
  answer: done,
  handle: async (visit, { params, body }) => ({ at: (await visit.perform(attendOpening, { ...body, ...params })).at }),
  goTo: toHall,
  form: hallForm,
});

endpoint({
  name: 'confirm-record',
  method: 'post',
  path: '/lots/:lot/confirmations',
  says: confirmRecord.says,
  by: ['bidder'],
  params: lot,
  query: nothing,
  body: wordFields.extend(inHall.shape),
  answer: done,
  handle: async (visit, { params, body }) => ({ at: (await visit.perform(confirmRecord, { ...body, ...params })).at }),
  goTo: toHall,
  form: hallForm,
});

endpoint({
  name: 'opening-record',
  method: 'get',
  path: '/lots/:lot/record',
  says: { zh: '开标记录与签名（可核验文件）', en: 'The opening record with its signatures, as a file to verify' },
  by: 'anyone',
  params: lot,
  query: nothing,
  body: nothing,
  apiOnly: true,
  answer: recordFileShape,
  handle: ({ em }, { params }) => recordFileOf(em, params.lot),
});

endpoint({
  name: 'opening-record-page',
  method: 'get',
  path: '/lots/:lot/record',
  says: { zh: '开标记录', en: 'The opening record as a page' },
  by: 'anyone',
  params: lot,
  query: nothing,
  body: nothing,
  pageOnly: true,
  answer: z.custom<RecordShown>(),
  handle: ({ em }, { params }) => recordShown(em, params.lot),
  page: (answer, view: View) => recordPage(view, answer),
});

endpoint({
  name: 'read-bid',
  method: 'post',
  path: '/lots/:lot/readings',
  says: { zh: '唱读下一家投标', en: 'Read the next bid out' },
  by: ['agent', 'tenderee'],
  params: lot,
  query: nothing,
  body: inHall,
  answer: z.object({ submission: z.string(), order: z.number(), at: z.string() }),
  handle: async (visit, { params }) => {
    const { result, at } = await visit.perform(readBid, params);
    return { ...result, at };
  },
  goTo: toHall,
  form: hallForm,
});

endpoint({
  name: 'close-opening-record',
  method: 'post',
  path: '/lots/:lot/record',
  says: { zh: '确认开标记录', en: 'Close the opening record' },
  by: ['agent', 'tenderee'],
  params: lot,
  query: nothing,
  body: inHall,
  answer: done,
  handle: async (visit, { params }) => ({ at: (await visit.perform(closeOpeningRecord, params)).at }),
  goTo: toHall,
  form: hallForm,
});

endpoint({
  name: 'opening-transcript',
  method: 'get',
  path: '/lots/:lot/opening',
  says: { zh: '开标解密存证（公开版）', en: 'Transcript of the opening (public edition; the regulator gets the full one)' },
  by: 'anyone',
  params: lot,
  /** the first opening where no part is asked for */
  query: z.object({ part: partShape.optional() }),
  body: nothing,
  answer: z.unknown(),
  handle: async ({ em, by }, { params, query }) => {
    const transcripts = await openingTranscriptsOf(em, params.lot, by.role === 'regulator' ? 'full' : 'public');
    const transcript = query.part === undefined ? transcripts[0] : transcripts.find((each) => each.part === query.part);
    if (!transcript) throw notFound();
    return transcript;
  },
});

endpoint({
  name: 'draw-transcripts',
  method: 'get',
  path: '/lots/:lot/draws',
  says: { zh: '抽取存证', en: 'Transcripts of the completed draws' },
  by: 'anyone',
  params: lot,
  query: nothing,
  body: nothing,
  answer: z.object({ draws: z.array(z.unknown()) }),
  handle: async ({ em }, { params }) => ({ draws: [...(await drawTranscriptsOf(em, params.lot))] }),
});

endpoint({
  name: 'draw-transcript',
  method: 'get',
  path: '/lots/:lot/draws/:draw',
  says: { zh: '一次抽取的存证（可核验文件）', en: 'The transcript of one completed draw, as a file to verify' },
  by: 'anyone',
  params: lot.extend({ draw: idField }),
  query: nothing,
  body: nothing,
  apiOnly: true,
  answer: z.unknown(),
  handle: async ({ em }, { params }) => {
    const [transcript] = await drawTranscriptsOf(em, params.lot, params.draw);
    if (!transcript) throw notFound();
    return transcript;
  },
});
