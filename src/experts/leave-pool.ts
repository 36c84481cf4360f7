import { z } from 'zod';
import { act, lock } from '../kernel/act.ts';
import { notPermitted } from '../kernel/problem.ts';
import { dayOf } from '../kernel/working-days.ts';
import { standingUnchanged } from './problems.ts';
import { Expert } from './schema.ts';
import { standingOn } from './standing.ts';
import { takeStanding } from './take-standing.ts';

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
    return { result: {}, facts: [await takeStanding(call, expert, { status: 'left', until: null, ground, office: '' })] };
  },
});
