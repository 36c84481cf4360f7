import type { Words } from '../kernel/words.ts';

/** The fields of a bid form in which a formal gap may be put right once, by their keys: none that is read out or holds a price. */
export interface MendingPlan {
  readonly source: Words;
  readonly fields: readonly string[];
}
