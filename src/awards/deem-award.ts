import { z } from 'zod';
import { act, type Call, lock } from '../kernel/act.ts';
import type { Instant } from '../kernel/clock.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { pausesOf } from '../openings/suspension.ts';
import type { LineEdition } from '../tenders/line.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { countedIn, limitAfterPauses } from '../tenders/pause.ts';
import { allow } from '../tenders/phases.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { awardTo, candidatesToAward } from './awarding.ts';
import { holdsOn } from './holds.ts';
import { decisionTimeRuns, unknownCandidate } from './problems.ts';

/**
 * The host has let its time to determine the winner go by: the first-ranked counts as determined, where the line's law says so. Something pending
 * is a lawful reason to wait; without one nobody holds an award up by silence.
 */
export const deemAward = act({
  name: 'deem-award',
  by: ['system'],
  says: { zh: '逾期未确定中标人，视同确定排名第一', en: 'Take silence for determining the first-ranked' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    const project = await call.em.findOneOrFail(Project, { id: lot.project });
    allow('deem-award', lot.phase);
    const edition = editionOf(lot, project, call.now);
    const due = await silentUntil(call.em, lot, edition, call.now);
    if (!due || call.now < due || (await holdsOn(call.em, lot.id)).length > 0) throw decisionTimeRuns();
    const winner = (await candidatesToAward(call, lot)).find(({ rank }) => rank === 1);
    if (!winner) throw unknownCandidate();
    const { awarded, fact } = awardTo(call, lot, edition, { winner, passed: [], deemed: true });
    return { result: awarded, facts: [fact] };
  },
});

/** Until when the host may decide: so long after the report, and longer by what a suspension took of it. Null where the line knows no such limit. */
async function silentUntil(em: Call['em'], lot: Lot, edition: LineEdition, now: Instant): Promise<Instant | null> {
  const limit = edition.limits.decideAward;
  if (!edition.result || !lot.reportedAt || !limit) return null;
  const ground = groundOf(lot, now);
  const pauses = (await pausesOf(em, [lot.id], now)).get(lot.id) ?? [];
  return limitAfterPauses(lot.reportedAt, limit.by(ground).due(lot.reportedAt).due, pauses, countedIn(limit.key, ground));
}

export const silentHosts = clockwork({
  name: 'silent-hosts',
  act: deemAward,
  async due(em, now) {
    const due: { lot: Id }[] = [];
    for (const lot of await em.find(Lot, { phase: 'evaluated' }, { orderBy: { reportedAt: 'asc', id: 'asc' } })) {
      const edition = editionOf(lot, await em.findOneOrFail(Project, { id: lot.project }), now);
      const until = await silentUntil(em, lot, edition, now);
      if (until && now >= until && (await holdsOn(em, lot.id)).length === 0) due.push({ lot: lot.id as Id });
    }
    return due;
  },
});
