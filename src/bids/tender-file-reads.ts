import type { EntityManager } from '@mikro-orm/postgresql';
import { eventsOfLot, eventsOfType, journalKeys, notYetSequenced, receiptOf, type StoredEvent } from '../journal/reads.ts';
import { type Actor, thePublic } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { authorityPems } from '../parties/authority.ts';
import { lotFor, lotView } from '../tenders/reads.ts';
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
  const own = await eventsOfLot(em, id, { types: ['notice.published', 'addendum.published', 'deadline.moved'] });
  const notice = own.find(({ event }) => event.type === 'notice.published');
  const council = (await eventsOfType(em, 'council.formed')).find(
    ({ event }) => (event.data as { council?: { id?: string } }).council?.id === lot.council,
  );
  const [platform] = await journalKeys(em);
  if (!notice || !council || platform === undefined) throw notYetSequenced();
  const receipt = ({ id: event }: StoredEvent) => receiptOf(em, thePublic, event, (of) => lotView(em, of));
  const all = async (events: readonly StoredEvent[]) => {
    const receipts = [];
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
      clients: await all(await eventsOfType(em, 'client.published')),
      authorities: [...authorityPems().values()],
    },
  };
}
