import type { Actor } from '../kernel/actor.ts';

/** The moments of a lot that decide who may know its experts by name (Bidding Law art. 37; XD-5). */
export interface NamedLot {
  readonly evaluationStartedAt?: string | null | undefined;
  readonly reportedAt?: string | null | undefined;
  readonly resultedAt?: string | null | undefined;
}

/**
 * May this reader know the experts' names now? Members see each other once the evaluation has started, the regulator sees them when the report is
 * signed, everyone, host, centre and administrator included, when the result is decided. Before, nobody; the notifier alone.
 */
export function knowsNames(by: Pick<Actor, 'role'>, lot: NamedLot, isMember: boolean): boolean {
  if (lot.resultedAt) return true;
  if (by.role === 'regulator' && lot.reportedAt) return true;
  return isMember && Boolean(lot.evaluationStartedAt);
}
