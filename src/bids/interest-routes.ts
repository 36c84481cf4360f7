import { z } from 'zod';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { collectDocuments } from './collect-documents.ts';
// says to the tender room who collected what, as soon as it is loaded
import './interest-reads.ts';

const none = z.object({});

endpoint({
  name: 'collect-documents',
  method: 'post',
  path: '/lots/:lot/interest',
  outdoors: true,
  says: collectDocuments.says,
  by: ['bidder'],
  params: z.object({ lot: idField }),
  query: none,
  body: none,
  answer: z.object({ lot: z.string(), documents: z.array(z.string()) }),
  handle: async (visit, { params }) => (await visit.perform(collectDocuments, params)).result,
  goTo: (_answer, { params }) => `/lots/${params.lot}#documents`,
  form: ({ params }) => `/lots/${params.lot}`,
});
