import type { EntityManager } from '@mikro-orm/postgresql';
import { eventsOfType } from '../journal/reads.ts';
import { fromBase64url } from '../kernel/bytes.ts';
import type { ClientBuild } from '../sealing/client.ts';
import { hex } from '../sealing/digest.ts';

/** A build of a sealing client as everybody may see it. */
export interface PublishedBuild extends ClientBuild {
  /** when the journal took it */
  readonly publishedAt: string;
  /** the journal event; its receipt is at `/receipts/<event>` */
  readonly event: string;
  readonly index: number;
  /** SHA-256 of the one file that people keep, in hexadecimal, as `sha256sum` prints it; null where the client is no file */
  readonly hex: string | null;
}

/** Every build that stands in the journal, the newest first. */
export async function publishedBuilds(em: EntityManager): Promise<readonly PublishedBuild[]> {
  const events = await eventsOfType(em, 'client.published');
  return events
    .map(({ id, index, event }) => {
      const build = event.data as ClientBuild;
      const digest = build.file && fromBase64url(build.file.sha256);
      return { ...build, publishedAt: event.at, event: id, index: index ?? 0, hex: digest ? hex(digest) : null };
    })
    .reverse();
}

/** The builds that this node has published or is about to: asked at the start, before any of them has its number. */
export async function knownBuilds(em: EntityManager): Promise<ReadonlySet<string>> {
  const rows = await em.execute<{ name: string; sha256: string }[]>('select name, sha256 from published_client');
  return new Set(rows.map(({ name, sha256 }) => `${name}/${sha256}`));
}
