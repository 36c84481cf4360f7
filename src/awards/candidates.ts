import { type EvaluationBundle, evaluationShape } from '../evaluation/bundle.ts';
import { type RankRow, type Rejection, rank } from '../evaluation/rank.ts';
import type { Words } from '../kernel/words.ts';

export interface RankedCandidate {
  readonly rank: number;
  readonly submission: string;
  /** yuan */
  readonly price: string;
  /** what the method ranks by: points, or the evaluated price in yuan */
  readonly total: string;
}
export interface Recommended {
  readonly candidates: readonly RankedCandidate[];
  /** every conforming bid in its order */
  readonly rows: readonly RankRow[];
  readonly rejected: readonly Rejection[];
  readonly rankedBy: EvaluationBundle['method']['rank'];
}

/** Whom the panel recommends: computed again from the report's inputs, so that no stored result is believed. */
export function recommendedBy(report: unknown): Recommended {
  const bundle = evaluationShape.parse(report);
  const ranked = rank(bundle);
  if (!ranked.ok || ranked.value.outcome !== 'ranked') throw new Error(`evaluation ${bundle.id} has no ranking`);
  const { rows, candidates, rejected } = ranked.value;
  const prices = new Map(bundle.bids.map((bid) => [bid.id, bid.price]));
  const rankedBy = bundle.method.rank;
  return {
    // one passed over for another of its brand is ranked, and no candidate: candidates have places of their own
    candidates: candidates.map((submission, at) => {
      const row = rows.find((each) => each.bid === submission);
      const price = prices.get(submission);
      if (row === undefined || price === undefined) throw new Error(`candidate ${submission} has no row`);
      return { rank: at + 1, submission, price, total: rankedBy === 'score' ? row.total : row.evaluatedPrice };
    }),
    rows,
    rejected,
    rankedBy,
  };
}

/** What the column of totals is called. */
export const totalLabels: Readonly<Record<Recommended['rankedBy'], Words>> = {
  score: { zh: '综合得分', en: 'Score' },
  'evaluated-price': { zh: '评标价（元）', en: 'Evaluated price (yuan)' },
  'highest-price': { zh: '评审价（元）', en: 'Evaluated price (yuan)' },
};
