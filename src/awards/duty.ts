import type { Instant } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import type { RuledLimit } from '../rulebook/figure-rule.ts';

/** A duty with its time limit, measured against when it was done (or now). Late is said and recorded, never refused. */
export interface Duty {
  /** the first moment too late */
  readonly due: Instant;
  readonly late: boolean;
  readonly provisional: boolean;
  readonly says: Words;
  readonly source: Words;
  readonly otherwise: Words;
}

/** `from` starts the limit, `at` is when it was done or now. */
export function dutyOf(limit: RuledLimit, from: Instant, at: Instant): Duty {
  const { due, provisional } = limit.due(from);
  return { due, late: at >= due, provisional, says: limit.says, source: limit.source, otherwise: limit.otherwise };
}
