import { z } from 'zod';
import { act, lock } from '../kernel/act.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import { editionOf } from '../tenders/lot-reads.ts';
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
    const due = edition.result && lot.reportedAt && edition.limits.decideAward?.by(groundOf(lot, call.now)).due(lot.reportedAt).due;
    if (!due || call.now < due || (await holdsOn(call.em, lot.id)).length > 0) throw decisionTimeRuns();
    const winner = (await candidatesToAward(call, lot)).find(({ rank }) => rank === 1);
    if (!winner) throw unknownCandidate();
    const { awarded, fact } = awardTo(call, lot, edition, { winner, passed: [], deemed: true });
    return { result: awarded, facts: [fact] };
  },
});

export const silentHosts = clockwork({
  name: 'silent-hosts',
  act: deemAward,
  async due(em, now) {
    const due: { lot: Id }[] = [];
    for (const lot of await em.find(Lot, { phase: 'evaluated' }, { orderBy: { reportedAt: 'asc', id: 'asc' } })) {
      const edition = editionOf(lot, await em.findOneOrFail(Project, { id: lot.project }), now);
      const until = edition.result && lot.reportedAt && edition.limits.decideAward?.by(groundOf(lot, now)).due(lot.reportedAt).due;
      if (until && now >= until && (await holdsOn(em, lot.id)).length === 0) due.push({ lot: lot.id as Id });
    }
    return due;
  },
});
