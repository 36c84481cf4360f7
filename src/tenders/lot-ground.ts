import type { Instant } from '../kernel/clock.ts';
import { dayOf } from '../kernel/working-days.ts';
import { type Ground, localFigureShape } from '../rulebook/ground.ts';

/**
 * The ground a published lot stands on to its end: the law of the day of its notice, and what had been set for its line and region by then,
 * as the notice pinned it. A lot without a notice stands on the law of the day alone.
 */
export const groundOf = (lot: { readonly publishedAt?: Instant | null | undefined; readonly terms?: unknown }, now: Instant): Ground => ({
  on: dayOf(lot.publishedAt ?? now),
  local: localFigureShape.array().parse((lot.terms as { local?: unknown } | null | undefined)?.local ?? []),
});
