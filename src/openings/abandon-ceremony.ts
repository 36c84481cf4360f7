import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { ceremonyOver } from './ceremony-problems.ts';
import { Ceremony } from './schema.ts';

export const abandonFields = z.object({ reason: z.string().trim().min(2).max(500) });

/** Ends a ceremony that cannot go on (a trustee has left, say). No key comes of it; the next one begins from nothing. */
export const abandonCeremony = act({
  name: 'abandon-ceremony',
  by: ['administrator'],
  says: { zh: '终止密钥仪式', en: 'Abandon a key ceremony' },
  takes: abandonFields.extend({ ceremony: idField }),
  async run(call, { ceremony, reason }) {
    const held = await lock(call, Ceremony, ceremony);
    if (held.state !== 'open') throw ceremonyOver();
    Object.assign(held, { state: 'abandoned', reason, endedAt: call.now });
    return {
      result: { ceremony: held.id },
      facts: [fact('ceremony.ended', {}, { ceremony: held.id, outcome: 'abandoned', culprit: null, reason })],
    };
  },
});
