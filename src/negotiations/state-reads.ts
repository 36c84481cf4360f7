import type { EntityManager } from '@mikro-orm/postgresql';
import { sittingMembers } from '../evaluation/member-reads.ts';
import { OpeningItem } from '../openings/schema.ts';
import { MinutesWord, NegotiationLeave, NegotiationMinutes, RequirementChange } from './schema.ts';
import { suppliersStanding } from './standing.ts';

/** A negotiation as it stands: its suppliers, what was written down, what was changed. */
export async function negotiationOf(em: EntityManager, lot: string) {
  const items = await em.find(OpeningItem, { lot, state: 'opened' }, { orderBy: { readOrder: 'asc', id: 'asc' } });
  const minutes = await em.find(NegotiationMinutes, { lot }, { orderBy: { at: 'asc', id: 'asc' } });
  const words = await em.find(MinutesWord, { minutes: { $in: minutes.map(({ id }) => id) } });
  const changes = await em.find(RequirementChange, { lot }, { orderBy: { number: 'asc' } });
  const leaves = await em.find(NegotiationLeave, { lot });
  const members = await sittingMembers(em, lot);
  const round = changes.length;
  const suppliers = suppliersStanding(
    items.map(({ submission, bidder, bidderName: name }) => ({ submission, bidder, name })),
    { minutes, words, members: members.map(({ id }) => id), left: new Set(leaves.map(({ bidder }) => bidder)), round },
  );
  return { suppliers, minutes, words, changes, leaves, members, round };
}
export type Negotiation = Awaited<ReturnType<typeof negotiationOf>>;
