import type { Call } from '../kernel/act.ts';
import { drawableBy } from './admission.ts';
import { type Expert, ExpertMembership } from './schema.ts';

/**
 * Works out again what an expert may be drawn for, from all its memberships: every act that admits somebody calls this, and nothing else writes
 * these columns. Its specialties are those of the memberships that are admitted.
 */
export async function settleMemberships(call: Call, expert: Expert): Promise<void> {
  await call.em.flush();
  const rows = await call.em.find(ExpertMembership, { expert: expert.id, state: 'admitted' }, { orderBy: { until: 'asc' } });
  const { memberships, terms } = drawableBy(rows);
  expert.memberships = memberships;
  expert.terms = terms;
  // of several terms of a line the newest says which specialties
  const newest = new Map(rows.map((row) => [row.line, row.specialties]));
  const specialties = [...new Set([...newest.values()].flat())];
  if (specialties.length > 0) expert.specialties = specialties;
}
