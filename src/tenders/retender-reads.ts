import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../kernel/clock.ts';
import type { RetenderAnswer } from './answers.ts';
import { editionFor } from './line.ts';
import { allows, phaseOf, phases } from './phases.ts';
import { Lot, type Project, TenderingEnd } from './schema.ts';
import { failedTwice } from './second-failure.ts';

/** The tenders of one lot in order: the one that failed first, and each that was done again after it, up to this one. */
export async function chainTo(em: EntityManager, lot: Lot): Promise<readonly Lot[]> {
  const chain = [lot];
  for (let first = lot.retenderOf; first; first = chain[0]?.retenderOf) chain.unshift(await em.findOneOrFail(Lot, { id: first }));
  return chain;
}

/** What of the chain a reader may see, and what the host may do next; null where a lot was tendered once and has not failed. */
export async function retenderOf(
  em: EntityManager,
  lot: Lot,
  { project, isHost, now }: { readonly project: Project; readonly isHost: boolean; readonly now: Instant },
): Promise<RetenderAnswer | null> {
  const before = await chainTo(em, lot);
  const after: Lot[] = [];
  for (let next = await em.findOne(Lot, { retenderOf: lot.id }); next; next = await em.findOne(Lot, { retenderOf: next.id }))
    after.push(next);
  // a tender that is being prepared is its host's matter until its notice is published
  const shown = [...before, ...after].filter((each) => isHost || each.publishedAt);
  const failed = allows('retender-lot', lot.phase);
  if (shown.length < 2 && !failed) return null;
  const ended = await em.findOne(TenderingEnd, { lot: lot.id });
  const ways = editionFor(project, lot.edition, now).secondFailure ?? [];
  const open = isHost && failed && after.length === 0 && !ended;
  return {
    chain: shown.map((each) => ({
      lot: each.id,
      number: each.number,
      phase: each.phase,
      phaseTitle: phases[phaseOf(each.phase)].title,
      failedAt: each.failedAt ?? null,
      failedFor: each.failedFor ?? null,
    })),
    mayRetender: open,
    ways: open && failedTwice(before.map((each) => each.failedFor ?? '')) ? [...ways] : [],
    ended: ended && {
      title: ways.find(({ id }) => id === ended.way)?.title ?? { zh: ended.way, en: ended.way },
      source: ways.find(({ id }) => id === ended.way)?.source ?? null,
      approvedBy: ended.approvedBy ?? null,
      approvalNumber: ended.approvalNumber ?? null,
      follows: ended.follows === 'direct' ? 'direct' : 'none',
      chosen: ended.chosen ?? null,
      reason: ended.reason,
      endedAt: ended.endedAt,
    },
  };
}
