import type { Instant } from '../kernel/clock.ts';
import { editionById } from '../rulebook/edition.ts';
import { procedureOf } from '../tenders/line.ts';
import { groundOf } from '../tenders/lot-ground.ts';
import type { Lot, Project } from '../tenders/schema.ts';

/** By when the security of a bid that was withdrawn before the deadline is back with its bidder; null where the notice asked for none. */
export function securityBack(lot: Lot, project: Project, withdrawnAt: Instant): Instant | null {
  if (!lot.security) return null;
  const { limits } = editionById(procedureOf(project), lot.edition ?? '');
  return limits.refundWithdrawn.by(groundOf(lot, withdrawnAt)).due(withdrawnAt).due;
}
