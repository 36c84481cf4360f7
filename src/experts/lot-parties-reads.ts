import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../kernel/clock.ts';
import { dayOf } from '../kernel/working-days.ts';
import { codesOf } from '../openings/joint-rules.ts';
import { OpeningItem } from '../openings/schema.ts';
import { affiliates } from '../parties/control-reads.ts';
import { Organisation } from '../parties/schema.ts';
import { allows } from '../tenders/phases.ts';
import type { Lot, Project } from '../tenders/schema.ts';
import type { LotParties } from './eligible-reads.ts';

/**
 * The parties of the lot whose people may not judge it. Bidders are among them only from the moment on in which a draw may be asked for, when the opening has
 * made them known: what a host sees of its pool before that must not depend on who bids.
 */
export async function lotParties(em: EntityManager, lot: Lot, project: Project, now: Instant): Promise<LotParties> {
  const items = allows('request-draw', lot.phase) ? await em.find(OpeningItem, { lot: lot.id }, { fields: ['bidder', 'bid'] }) : [];
  // whoever bids in a joint venture is a bidder as its lead is
  const bidders = [...new Set(items.flatMap((item) => [item.bidder, ...codesOf(item.bid)]))];
  const supervisors = await em.find(Organisation, { kinds: { $contains: ['regulator'] } }, { fields: ['code'] });
  return {
    on: dayOf(now),
    tenderee: project.tenderee,
    agent: project.agent ?? null,
    bidders,
    affiliates: await affiliates(em, [project.tenderee, ...(project.agent ? [project.agent] : []), ...bidders]),
    supervisors: supervisors.map((organisation) => organisation.code),
  };
}
