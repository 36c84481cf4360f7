import { z } from 'zod';
import { at, words } from '../kernel/answer.ts';
import { verdicts, yearStates } from './annual.ts';

const count = z.int();
const review = z.object({
  id: z.string(),
  year: count,
  from: z.string(),
  through: z.string(),
  openedAt: at,
  /** until when verdicts are owed */
  due: at,
});

/** The annual reviews of the pool, newest first. */
export const annualReviewsAnswer = z.object({
  reviews: z.array(review.extend({ counts: z.object({ open: count, told: count, contested: count, final: count }) })),
  may: z.object({ open: z.boolean() }),
  /** the first day on which another may be opened; null where it may be today */
  from: z.string().nullable(),
});
export type AnnualReviewsAnswer = z.infer<typeof annualReviewsAnswer>;

/** One review: every expert in it. */
export const annualReviewAnswer = z.object({
  review,
  rows: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      employer: z.string(),
      state: z.enum(yearStates),
      verdict: z.enum(verdicts).nullable(),
    }),
  ),
});
export type AnnualReviewAnswer = z.infer<typeof annualReviewAnswer>;

const figures = z.object({
  called: count,
  accepted: count,
  declined: count,
  silent: count,
  evaluations: count,
  withdrew: count,
  absent: count,
  due: count,
  scores: count,
  /** mean of the marks, two places */
  mean: z.string().nullable(),
  points: count,
  contested: count,
  struck: count,
  tests: count,
  testsPassed: count,
  marks: count,
  /** percent, one place */
  deviation: z.string().nullable(),
  lean: z.string().nullable(),
  ranked: count,
  firstWon: count,
  absence: z.string().nullable(),
  pairs: z.array(z.object({ name: z.string(), times: count, won: count })),
});

/** One expert in one review, for those who keep the pool and for the expert itself. */
export const expertYearAnswer = z.object({
  id: z.string(),
  review,
  name: z.string(),
  /** its record, for those who keep the pool */
  expert: z.string().nullable(),
  state: z.enum(yearStates),
  figures,
  /** whether they are counted now, or stand as they were when somebody decided by them */
  live: z.boolean(),
  best: z.enum(verdicts),
  /** verdicts that are no better */
  allowed: z.array(z.enum(verdicts)),
  grounds: z.array(words),
  hints: z.array(words),
  told: z.object({ verdict: z.enum(verdicts), reason: z.string(), at }).nullable(),
  objection: z.object({ text: z.string(), at }).nullable(),
  decision: z.object({ verdict: z.enum(verdicts), reason: z.string().nullable(), at }).nullable(),
  contestUntil: at.nullable(),
  recheckUntil: at.nullable(),
  consequences: z.array(words),
  may: z.object({ judge: z.boolean(), contest: z.boolean(), decide: z.boolean() }),
});
export type ExpertYearAnswer = z.infer<typeof expertYearAnswer>;
