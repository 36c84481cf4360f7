import { ascending, decimal, type Fraction, mean, round2, sum } from '../kernel/fraction.ts';
import { type Computed, computed, type EvaluationBundle, failed, type Method } from './bundle.ts';

/** Why a bid left the evaluation: `review:<item>` or `above-ceiling`. */
export type Rejections = ReadonlyMap<string, string>;

export interface Votes {
  readonly bid: string;
  readonly item: string;
  readonly against: number;
  readonly of: number;
}

/** Marks of one bid under one criterion, and what came of them. */
export interface CriterionScore {
  readonly criterion: string;
  readonly scores: readonly { readonly reviewer: string; readonly score: Fraction }[];
  /** whether one highest and one lowest were dropped */
  readonly trimmed: boolean;
  /** exact mean before the rounding */
  readonly mean: Fraction;
  readonly score: Fraction;
}

/** What the vote and the sheets rest on: an evaluation's bundle, or the result of one envelope. */
export interface ReviewWork {
  readonly method: Pick<Method, 'items'>;
  readonly reviewers: readonly string[];
  readonly bids: readonly { readonly id: string }[];
  readonly reviews: EvaluationBundle['reviews'];
}
export interface SheetWork {
  readonly method: Pick<Method, 'criteria' | 'trimFrom'>;
  readonly reviewers: readonly string[];
  readonly bids: readonly { readonly id: string }[];
  readonly sheets: EvaluationBundle['sheets'];
}

/** Step 1: a bid fails an item when strictly more than half of the reviewers fail it; the first failing item is its reason. */
export function review(bundle: ReviewWork): Computed<{ readonly votes: readonly Votes[]; readonly rejected: Rejections }> {
  const { method, reviewers, bids, reviews } = bundle;
  const known = { reviewers: new Set(reviewers), bids: new Set(bids.map((each) => each.id)), items: new Set(method.items) };
  const pass = new Map<string, boolean>();
  for (const each of reviews) {
    const about = `${each.reviewer} ${each.bid} ${each.item}`;
    if (!known.reviewers.has(each.reviewer) || !known.bids.has(each.bid) || !known.items.has(each.item)) return failed('unknown', about);
    const key = keyOf(each.reviewer, each.bid, each.item);
    if (pass.has(key)) return failed('duplicate', about);
    pass.set(key, each.pass);
  }
  const votes: Votes[] = [];
  const rejected = new Map<string, string>();
  for (const bid of bids) {
    for (const item of method.items) {
      const opinions = reviewers.map((reviewer) => pass.get(keyOf(reviewer, bid.id, item)));
      const missing = opinions.indexOf(undefined);
      if (missing >= 0) return failed('incomplete', `${reviewers[missing]} ${bid.id} ${item}`);
      const against = opinions.filter((opinion) => opinion === false).length;
      votes.push({ bid: bid.id, item, against, of: reviewers.length });
      if (against * 2 > reviewers.length && !rejected.has(bid.id)) rejected.set(bid.id, `review:${item}`);
    }
  }
  return computed({ votes, rejected });
}

/** Step 5: every criterion's score for each of these bids, in the order given. */
export function scoreSheets(bundle: SheetWork, bids: readonly string[]): Computed<ReadonlyMap<string, readonly CriterionScore[]>> {
  const marks = readMarks(bundle);
  if (!marks.ok) return marks;
  const scored = new Map<string, CriterionScore[]>();
  for (const bid of bids) {
    const rows: CriterionScore[] = [];
    for (const criterion of bundle.method.criteria) {
      const row = criterionScore(bundle, marks.value, bid, criterion);
      if (!row.ok) return row;
      rows.push(row.value);
    }
    scored.set(bid, rows);
  }
  return computed(scored);
}

/** Sum of a bid's criterion scores. */
export const technicalOf = (rows: readonly CriterionScore[]): Fraction => sum(rows.map((row) => row.score));

function readMarks({ method, reviewers, bids, sheets }: SheetWork): Computed<ReadonlyMap<string, Fraction>> {
  const known = { reviewers: new Set(reviewers), bids: new Set(bids.map((each) => each.id)) };
  const maxima = new Map(method.criteria.map((each) => [each.id, decimal(each.max)]));
  const marks = new Map<string, Fraction>();
  for (const each of sheets) {
    const about = `${each.reviewer} ${each.bid} ${each.criterion}`;
    const max = maxima.get(each.criterion);
    if (max === undefined || !known.reviewers.has(each.reviewer) || !known.bids.has(each.bid)) return failed('unknown', about);
    const score = decimal(each.score);
    if (score.isAbove(max) || !round2(score).equals(score)) return failed('out-of-range', about);
    const key = keyOf(each.reviewer, each.bid, each.criterion);
    if (marks.has(key)) return failed('duplicate', about);
    marks.set(key, score);
  }
  return computed(marks);
}

function criterionScore(
  bundle: SheetWork,
  marks: ReadonlyMap<string, Fraction>,
  bid: string,
  criterion: Method['criteria'][number],
): Computed<CriterionScore> {
  const { reviewers, method } = bundle;
  const scores: { reviewer: string; score: Fraction }[] = [];
  for (const reviewer of reviewers) {
    const score = marks.get(keyOf(reviewer, bid, criterion.id));
    if (score === undefined) return failed('incomplete', `${reviewer} ${bid} ${criterion.id}`);
    scores.push({ reviewer, score });
  }
  const [first] = scores;
  if (first === undefined) return failed('incomplete', `${bid} ${criterion.id}`);
  if (criterion.kind === 'objective' && scores.some((each) => !each.score.equals(first.score)))
    return failed('objective-mismatch', `${bid} ${criterion.id}`);
  const trimmed = method.trimFrom !== null && reviewers.length >= method.trimFrom;
  const ordered = ascending(scores.map((each) => each.score));
  const exact = mean(trimmed ? ordered.slice(1, -1) : ordered);
  return computed({ criterion: criterion.id, scores, trimmed, mean: exact, score: round2(exact) });
}

/** Ids are free text, so parts are joined with their lengths known. */
const keyOf = (...parts: readonly string[]): string => JSON.stringify(parts);
