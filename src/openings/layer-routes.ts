import { z } from 'zod';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { bytesShape } from '../sealing/shapes.ts';
import { signedFields } from './attend-opening.ts';
import { disputeLayer } from './dispute-layer.ts';
import { hallForm, inHall, toHall } from './hall-form.ts';
import { disputeText } from './layer.ts';
import { type HallLayers, layersAt } from './layer-reads.ts';
import { removeLayer } from './remove-layer.ts';
import { ruleAttribution } from './rule-attribution.ts';

const lot = z.object({ lot: idField });
const none = z.object({});

endpoint({
  name: 'layers',
  method: 'get',
  path: '/lots/:lot/layers',
  says: {
    zh: '投标人解密进度；投标人另得自己的加密层文件头',
    en: 'The decryption by bidders; a bidder gets the head of its own layer too',
  },
  by: 'anyone',
  params: lot,
  query: none,
  body: none,
  apiOnly: true,
  answer: z.custom<HallLayers>(),
  handle: ({ em, by }, { params }) => layersAt(em, by, params.lot),
});

endpoint({
  name: 'remove-layer',
  method: 'post',
  path: '/lots/:lot/layer',
  says: removeLayer.says,
  by: ['bidder'],
  params: lot,
  query: none,
  body: inHall.extend({ key: bytesShape(16) }),
  answer: z.object({ submission: z.string(), removedAt: z.string(), event: z.string() }),
  handle: async (visit, { params, body }) => {
    const { result, events } = await visit.perform(removeLayer, { lot: params.lot, key: body.key });
    return { ...result, event: events[0] ?? '' };
  },
  goTo: toHall,
  form: hallForm,
});

endpoint({
  name: 'dispute-layer',
  method: 'post',
  path: '/lots/:lot/layer-disputes',
  says: disputeLayer.says,
  by: ['bidder'],
  params: lot,
  query: none,
  body: signedFields.extend({ ...inHall.shape, text: disputeText }),
  answer: z.object({ disputedAt: z.string() }),
  handle: async (visit, { params, body: { session: _, ...body } }) => (await visit.perform(disputeLayer, { ...body, ...params })).result,
  goTo: toHall,
  form: hallForm,
});

endpoint({
  name: 'rule-attribution',
  method: 'post',
  path: '/lots/:lot/attributions',
  says: ruleAttribution.says,
  by: ['regulator', 'centre'],
  params: lot,
  query: none,
  body: inHall.extend({ submission: idField, attributedTo: z.enum(['bidder', 'platform']), ground: z.string() }),
  answer: z.object({ submission: z.string(), attributedTo: z.string(), ruledAt: z.string() }),
  handle: async (visit, { params, body: { session: _, ...body } }) => (await visit.perform(ruleAttribution, { ...body, ...params })).result,
  goTo: toHall,
  form: hallForm,
});
