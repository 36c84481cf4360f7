import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { notPermitted } from '../kernel/problem.ts';
import { dayOf } from '../kernel/working-days.ts';
import { endMemberships } from './end-memberships.ts';
import { about } from './officials.ts';
import { standingUnchanged } from './problems.ts';
import { Expert, StandingChange } from './schema.ts';
import { standingOn } from './standing.ts';

/** An expert leaves the pool of its own accord; a suspension is not left behind that way. */
export const leavePool = act({
  name: 'leave-pool',
  by: ['expert'],
  says: { zh: '申请退库', en: 'Leave the pool' },
  takes: z.object({ ground: z.string().trim().min(2).max(500) }),
  async run(call, { ground }) {
    if (call.by.expert === null) throw notPermitted();
    const expert = await lock<Expert>(call, Expert, call.by.expert);
    if (standingOn(expert, dayOf(call.now)) !== 'normal') throw standingUnchanged();
    expert.status = 'left';
    expert.suspendedUntil = null;
    await endMemberships(call, expert);
    const change = { expert: expert.id, status: 'left', until: null, ground };
    call.em.create(StandingChange, { id: newId(call.now), ...change, by: call.by.user, office: '', at: call.now });
    return { result: {}, facts: [fact('expert.standing.changed', about(call, expert.id), change)] };
  },
});
