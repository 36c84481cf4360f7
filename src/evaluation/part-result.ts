import { z } from 'zod';
import { parseInstant } from '../kernel/clock.ts';
import { Fraction, zero } from '../kernel/fraction.ts';
import { partShape } from '../sealing/shapes.ts';
import { type Computed, computed } from './bundle.ts';
import { review, scoreSheets } from './score-sheet.ts';

/**
 * The result of one envelope before the last: whose next envelope is opened, and whose is returned unopened. A pure function of what the panel gave,
 * so that custodians and strangers recompute it: a bid fails by the vote of the award method, or because its envelope was invalid.
 */
const id = z.string().min(1).max(200);
const score = z.string().refine((text) => (Fraction.parse(text) ?? Fraction.of(-1)).compare(zero) >= 0);

export const partResultFormat = 'yangguang/part-result/v1';
export const partResultShape = z.strictObject({
  format: z.literal(partResultFormat),
  lot: id,
  part: partShape,
  at: z.string().refine((text) => parseInstant(text) === text),
  items: z.array(id).max(200),
  criteria: z.array(z.strictObject({ id, max: score, kind: z.enum(['objective', 'subjective']) })).max(200),
  /** how many must go on for competition to be beyond doubt */
  minimum: z.int().min(1),
  /** the session's bids in its order; `invalid` names why an envelope could not be judged */
  bids: z.array(z.strictObject({ id, bidder: id, invalid: z.string().nullable() })).max(10_000),
  reviewers: z.array(id).min(1).max(100),
  reviews: z.array(z.strictObject({ reviewer: id, bid: id, item: id, pass: z.boolean() })),
  sheets: z.array(z.strictObject({ reviewer: id, bid: id, criterion: id, score })),
  /** where fewer than the minimum are left, the panel says whether competition is lacking, and why */
  competition: z.strictObject({ lacking: z.boolean(), reason: z.string().min(1).max(1000) }).nullable(),
});
export type PartInputs = z.infer<typeof partResultShape>;

export interface PartOutcome {
  /** `passed`: the next envelopes are opened; else the tender fails, because nobody is left or competition is lacking */
  readonly outcome: 'passed' | 'none-left' | 'competition-lacking';
  readonly passed: readonly string[];
  readonly failed: readonly { readonly bid: string; readonly bidder: string; readonly reason: string }[];
}

/** Who goes on. Refuses inputs that are incomplete, contradict each other, or speak of competition where it is not in question. */
export function partOutcome(inputs: PartInputs): Computed<PartOutcome> {
  const judged = inputs.bids.filter((bid) => bid.invalid === null);
  const method = { items: inputs.items, criteria: inputs.criteria, trimFrom: null };
  const work = { method, bids: judged, reviewers: inputs.reviewers, reviews: inputs.reviews, sheets: inputs.sheets };
  const reviewed = review(work);
  if (!reviewed.ok) return reviewed;
  const { rejected } = reviewed.value;
  const passed = judged.filter((bid) => !rejected.has(bid.id)).map((bid) => bid.id);
  const scored = scoreSheets(work, passed);
  if (!scored.ok) return scored;
  const failed = inputs.bids.flatMap(({ id: bid, bidder, invalid }) => {
    const reason = invalid === null ? rejected.get(bid) : `invalid:${invalid}`;
    return reason === undefined ? [] : [{ bid, bidder, reason }];
  });
  const inDoubt = passed.length > 0 && passed.length < inputs.minimum;
  if (inDoubt !== (inputs.competition !== null)) return { ok: false, error: 'incomplete', about: 'competition' };
  const outcome = passed.length === 0 ? 'none-left' : inputs.competition?.lacking === true ? 'competition-lacking' : 'passed';
  return computed({ outcome, passed, failed });
}
