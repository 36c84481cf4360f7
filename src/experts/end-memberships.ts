import type { Call } from '../kernel/act.ts';
import { openStates, stateAfter } from './admission.ts';
import { type Expert, ExpertMembership } from './schema.ts';
import { settleMemberships } from './settle-memberships.ts';

/** Whoever leaves the pool or is removed from it is in no line any more, and no application of it goes on: coming back begins anew. */
export async function endMemberships(call: Call, expert: Expert): Promise<void> {
  const rows = await call.em.find(ExpertMembership, { expert: expert.id, state: { $in: ['admitted', ...openStates] } });
  for (const row of rows) row.state = stateAfter(row.state === 'admitted' ? 'end' : 'withdraw', row.state);
  await settleMemberships(call, expert);
}
