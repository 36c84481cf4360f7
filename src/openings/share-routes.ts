import { z } from 'zod';
import { sharesPage } from '../../views/openings/shares.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { shareShape } from '../sealing/council.ts';
import { giveShare } from './give-share.ts';
import { type AskedOf, askedOf, evidenceFor } from './share-reads.ts';
import { taskEvidence } from './tasks.ts';

const none = z.object({});
const taskParams = z.object({ task: idField });

endpoint({
  name: 'shares',
  method: 'get',
  path: '/shares',
  says: { zh: '托管人当场给出份额：待答复的任务', en: 'A trustee gives its shares by hand: what it is asked for' },
  by: ['trustee'],
  params: none,
  query: none,
  body: none,
  answer: z.object({ asked: z.array(z.custom<AskedOf>()) }),
  handle: async ({ em, by }) => ({ asked: [...(await askedOf(em, by))] }),
  page: ({ asked }, view: View) => sharesPage(view, asked),
});

endpoint({
  name: 'share-evidence',
  method: 'get',
  path: '/shares/:task',
  says: { zh: '一项委员会任务的全部依据，供托管人自行核查', en: 'Everything a trustee needs to judge one task by itself' },
  by: ['trustee'],
  params: taskParams,
  query: none,
  body: none,
  apiOnly: true,
  answer: taskEvidence,
  handle: ({ em, by }, { params }) => evidenceFor(em, by, params.task),
});

endpoint({
  name: 'give-share',
  method: 'post',
  path: '/shares/:task',
  says: giveShare.says,
  by: ['trustee'],
  params: taskParams,
  query: none,
  body: z.object({ share: shareShape }),
  apiOnly: true,
  answer: z.object({ task: z.string(), combined: z.boolean() }),
  handle: async (visit, { params, body }) => (await visit.perform(giveShare, { task: params.task, share: body.share })).result,
});
