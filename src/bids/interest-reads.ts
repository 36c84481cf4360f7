import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { provideTodo, type Todo } from '../kernel/todo.ts';
import { providePeople } from '../tenders/lot-people.ts';
import { Lot } from '../tenders/schema.ts';
import { Interest, Submission } from './schema.ts';

// The tender room shows documents to those who collected them; it asks only about the reader's own organisation.
providePeople({
  collected: async (em, lot, code) => (await em.count(Interest, { lot, party: code })) > 0,
});

/** When an organisation collected the documents; asked about the reader's own only. */
export const collectedAt = async (em: EntityManager, lot: string, party: string): Promise<Instant | null> =>
  (await em.findOne(Interest, { lot, party }, { orderBy: { at: 'asc' } }))?.at ?? null;

/** What a bidder has still to do: lots whose documents its own organisation collected and for which it has no bid yet. */
export async function todo(em: EntityManager, by: Actor, now: Instant): Promise<readonly Todo[]> {
  if (by.role !== 'bidder' || by.code === null) return [];
  const collected = await em.find(Interest, { party: by.code }, { fields: ['lot'], orderBy: { at: 'desc' }, limit: 200 });
  const lots = await em.find(Lot, { id: { $in: collected.map((each) => each.lot) }, deadline: { $gt: now }, phase: 'bidding' });
  const bids = await em.find(
    Submission,
    { bidder: by.code, status: 'current', lot: { $in: lots.map((lot) => lot.id) } },
    { fields: ['lot'] },
  );
  const done = new Set(bids.map((bid) => bid.lot));
  return lots
    .filter((lot) => !done.has(lot.id))
    .map((lot) => ({
      due: lot.deadline ?? null,
      what: { zh: '编制、密封并递交投标文件', en: 'Prepare, seal and submit your bid' },
      about: lot.name,
      why: { zh: '《招标投标法》第28条', en: 'Tendering and Bidding Law, art. 28' },
      otherwise: { zh: '截止后送达的投标文件一律拒收。', en: 'A bid that arrives at or after the deadline is refused.' },
      href: `/lots/${lot.id}/bids`,
      action: { zh: '去投标', en: 'Bid' },
    }));
}
provideTodo('bids', todo);
