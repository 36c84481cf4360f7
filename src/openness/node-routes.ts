import { z } from 'zod';
import { journalPage } from '../../views/openness/journal.ts';
import { galleryPage } from '../../views/parts/gallery.ts';
import type { View } from '../../views/view.ts';
import { at } from '../kernel/answer.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { notFound } from '../kernel/problem.ts';
import { isSandbox } from '../parties/reads.ts';
import { councilShape } from '../sealing/council.ts';
import { none } from './answers.ts';
import { clockOf, type JournalState, journalState, publicKeys } from './node-reads.ts';

endpoint({
  name: 'show-clock',
  method: 'get',
  path: '/clock',
  says: { zh: '平台时间与时钟速度', en: 'The platform’s time and how fast it runs' },
  by: 'anyone',
  params: none,
  query: none,
  body: none,
  answer: z.object({ now: at, rate: z.number() }),
  apiOnly: true,
  handle: ({ em }) => clockOf(em),
});

endpoint({
  name: 'list-keys',
  method: 'get',
  path: '/keys',
  says: {
    zh: '公开密钥：平台日志、见证方、开标委员会、证书签发机构',
    en: 'The public keys: the journal’s, the witnesses’, the opening council’s, the certificate authority’s',
  },
  by: 'anyone',
  params: none,
  query: none,
  body: none,
  answer: z.object({
    origin: z.string(),
    sandbox: z.boolean(),
    platform: z.string().nullable(),
    earlier: z.array(z.string()),
    witnesses: z.array(z.string()),
    council: councilShape.nullable(),
    authority: z.string(),
    authoritySm2: z.string().nullable(),
  }),
  apiOnly: true,
  handle: async ({ em }) => {
    const keys = await publicKeys(em);
    return { ...keys, earlier: [...keys.earlier], witnesses: [...keys.witnesses] };
  },
});

endpoint({
  name: 'show-journal',
  method: 'get',
  path: '/journal',
  says: { zh: '存证日志', en: 'The journal' },
  by: 'anyone',
  params: none,
  query: none,
  body: none,
  answer: z.custom<JournalState>(),
  pageOnly: true,
  handle: ({ em }) => journalState(em),
  page: (answer, view: View) => journalPage(view, answer),
});

endpoint({
  name: 'show-parts',
  method: 'get',
  path: '/parts',
  says: { zh: '界面部件', en: 'The parts of the pages' },
  by: 'anyone',
  params: none,
  query: none,
  body: none,
  answer: none,
  pageOnly: true,
  handle: async ({ em }) => {
    if (!(await isSandbox(em))) throw notFound();
    return {};
  },
  page: (_answer, view: View) => galleryPage(view),
});
