import { z } from 'zod';
import { clientsPage } from '../../views/bids/clients.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { clientBuildShape } from '../sealing/client.ts';
import { publishedBuilds } from './client-reads.ts';

const nothing = z.object({});

endpoint({
  name: 'list-clients',
  method: 'get',
  path: '/clients',
  says: {
    zh: '投标程序：平台提供过的每个版本、摘要和回执',
    en: 'The programs that seal bids: every build the platform has handed out, with its digests and its receipt',
  },
  by: 'anyone',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({
    clients: z.array(clientBuildShape.extend({ publishedAt: z.string(), event: z.string(), index: z.number() })),
  }),
  handle: async ({ em }) => ({ clients: [...(await publishedBuilds(em))] }),
  page: ({ clients }, view: View) => clientsPage(view, clients),
});
