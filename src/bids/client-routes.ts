import { Readable } from 'node:stream';
import { z } from 'zod';
import { clientsPage } from '../../views/bids/clients.ts';
import type { View } from '../../views/view.ts';
import { canonical } from '../kernel/bytes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { clientBuildShape } from '../sealing/client.ts';
import { publishedBuilds } from './client-reads.ts';
import { tenderFileOf } from './tender-file-reads.ts';

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
    clients: z.array(
      clientBuildShape.extend({ publishedAt: z.string(), event: z.string(), index: z.number(), hex: z.string().nullable() }),
    ),
  }),
  handle: async ({ em }) => ({ clients: [...(await publishedBuilds(em))] }),
  page: ({ clients }, view: View) => clientsPage(view, clients),
});

endpoint({
  name: 'fetch-tender-file',
  method: 'get',
  path: '/lots/:lot/tender-file',
  outdoors: true,
  says: {
    zh: '招标信息文件：离线投标所需的一切，附日志回执',
    en: 'The tender file: all that bidding offline needs, with its receipts from the journal',
  },
  by: 'anyone',
  params: z.object({ lot: idField }),
  query: nothing,
  body: nothing,
  answer: z.unknown(),
  download: true,
  handle: async ({ em, by, now }, { params }) => {
    const { file, name } = await tenderFileOf(em, by, params.lot, now);
    const bytes = Buffer.from(canonical(file));
    return { stream: Readable.from([bytes]), name, type: 'application/json', bytes: bytes.length };
  },
});
