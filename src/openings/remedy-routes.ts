import { z } from 'zod';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { applyRemedy } from './apply-remedy.ts';
import { signedFields } from './attend-opening.ts';

endpoint({
  name: 'apply-remedy',
  method: 'post',
  path: '/lots/:lot/remedies',
  says: applyRemedy.says,
  by: ['bidder'],
  params: z.object({ lot: idField }),
  query: z.object({}),
  body: signedFields.extend({ upload: z.string().max(64) }),
  apiOnly: true,
  answer: z.object({ submission: z.string(), kind: z.string(), appliedAt: z.string(), event: z.string() }),
  handle: async (visit, { params, body }) => {
    const { result, events } = await visit.perform(applyRemedy, { lot: params.lot, ...body });
    return { ...result, event: events[0] ?? '' };
  },
});
