import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { buildDigest, clientBuildShape } from '../sealing/client.ts';
import { clientNotItself, clientPublished } from './problems.ts';

/**
 * Puts a build of a program that seals bids into the journal, once. Before its pages are served: a bid then names a build that everybody could
 * compare, or one that nobody has seen.
 */
export const publishClient = act({
  name: 'publish-client',
  by: ['system'],
  says: { zh: '公布投标程序版本', en: 'Publish a build of a sealing client' },
  takes: z.object({ build: clientBuildShape }),
  async run({ em, now }, { build }) {
    if (buildDigest(build.assets) !== build.sha256) throw clientNotItself();
    const rows = await em.execute<{ name: string }[]>(
      `insert into published_client (name, sha256, published_at) values (?, ?, ?) on conflict do nothing returning name`,
      [build.name, build.sha256, now],
    );
    if (rows.length === 0) throw clientPublished();
    return { result: { sha256: build.sha256 }, facts: [fact('client.published', {}, build)] };
  },
});
