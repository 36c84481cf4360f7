import type { EntityManager } from '@mikro-orm/postgresql';
import { inclusionProof, nodesForInclusion } from '../journal/merkle.ts';
import {
  eventsOfLot,
  eventsOfType,
  firstCheckpointAbove,
  journalKeys,
  notYetSequenced,
  readNodes,
  type StoredEvent,
} from '../journal/reads.ts';
import { makeReceipt, type Receipt } from '../journal/receipt.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { authorityPems } from '../parties/authority.ts';
import { lotFor } from '../tenders/reads.ts';
import { type TenderFile, tenderFileFormat } from './tender-file.ts';

/** The tender file of a published lot, and what it is called. It holds what everybody may see, whoever asks. */
export async function tenderFileOf(
  em: EntityManager,
  by: Actor,
  id: string,
  now: Instant,
): Promise<{ readonly file: TenderFile; readonly name: string }> {
  const { lot } = await lotFor(em, by, id);
  if (!lot.publishedAt) throw notFound();
  const own = await eventsOfLot(em, id, { types: ['notice.published', 'addendum.published', 'deadline.moved', 'deadline.resumed'] });
  const notice = own.find(({ event }) => event.type === 'notice.published');
  const council = (await eventsOfType(em, 'council.formed')).find(
    ({ event }) => (event.data as { council?: { id?: string } }).council?.id === lot.council,
  );
  const [platform] = await journalKeys(em);
  if (!notice || !council || platform === undefined) throw notYetSequenced();
  const clients = await eventsOfType(em, 'client.published');
  const last = Math.max(...[...own, council, ...clients].map(({ index }) => index ?? 0));
  // the first that covers all of it: so the file does not tell how the journal grows, which before the opening might be by bids
  const checkpoint = await firstCheckpointAbove(em, last);
  if (checkpoint === null) throw notYetSequenced();
  const receipt = async ({ event, salt, index }: StoredEvent): Promise<Receipt> => {
    const read = await readNodes(em, nodesForInclusion(index ?? 0, checkpoint.size));
    return makeReceipt({ ...event }, salt, index ?? 0, inclusionProof(index ?? 0, checkpoint.size, read), checkpoint.text);
  };
  const all = async (events: readonly StoredEvent[]): Promise<Receipt[]> => {
    const receipts: Receipt[] = [];
    for (const event of events) receipts.push(await receipt(event));
    return receipts;
  };
  return {
    name: `${lot.number}.tender.json`,
    file: {
      format: tenderFileFormat,
      platform,
      at: now,
      notice: await receipt(notice),
      changes: await all(own.filter(({ event }) => event.type !== 'notice.published')),
      council: await receipt(council),
      clients: await all(clients),
      authorities: [...authorityPems().values()],
    },
  };
}
