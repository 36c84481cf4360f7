import { z } from 'zod';
import { at, words } from '../kernel/answer.ts';
import { membershipStates } from './admission.ts';
import { specialtyAnswer } from './own-answers.ts';

/** Applications, as the applicant, its employer, and those who review and admit read them. */

export const choice = z.object({ value: z.string(), label: words });

export const applicationAnswer = z.object({
  id: z.string(),
  expert: z.object({ id: z.string(), name: z.string(), employer: z.string(), employerName: z.string() }),
  line: words,
  kind: z.string(),
  state: z.enum(membershipStates),
  over: z.boolean(),
  appliedAt: at,
  qualification: z
    .object({ field: z.string(), years: z.number(), title: z.string(), titleLevel: z.string(), levelTitle: words })
    .nullable(),
  specialties: z.array(specialtyAnswer),
  /** full years today, from the resident number; the number itself is not shown */
  age: z.int().nullable(),
  asks: z.array(z.object({ says: words, source: words })),
  recommendation: z.object({ by: z.string(), text: z.string(), at }).nullable(),
  needsRecommendation: z.boolean(),
  review: z.object({ reason: z.string().nullable(), at }).nullable(),
  test: z.object({ score: z.int(), pass: z.int(), at }).nullable(),
  term: z.object({ from: z.string(), until: z.string() }).nullable(),
  proofs: z.array(z.object({ id: z.string(), kind: words, name: z.string(), bytes: z.int(), sha256: z.string(), attachedAt: at })),
  may: z.object({ correct: z.boolean(), withdraw: z.boolean(), review: z.boolean(), test: z.boolean(), admit: z.boolean() }),
});
export type ApplicationAnswer = z.infer<typeof applicationAnswer>;

/** The form of an application: what may be chosen, and what each line asks. */
export const applyAnswer = z.object({
  lines: z.array(choice.extend({ asks: z.array(z.object({ says: words, source: words })) })),
  levels: z.array(choice),
  specialties: z.array(specialtyAnswer),
  most: z.int(),
  /** the application that is put right; null for a new one */
  standing: applicationAnswer.nullable(),
  title: z.string(),
});
export type ApplyAnswer = z.infer<typeof applyAnswer>;

export const queueAnswer = z.object({
  rows: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      employer: z.string(),
      line: words,
      kind: z.string(),
      state: z.enum(membershipStates),
      appliedAt: at,
    }),
  ),
  counts: z.array(z.object({ state: z.enum(membershipStates), count: z.int() })),
  state: z.enum(membershipStates),
  page: z.int(),
  pages: z.int(),
  total: z.int(),
});
export type QueueAnswer = z.infer<typeof queueAnswer>;

export const recommendationsAnswer = z.object({
  rows: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      line: words,
      title: z.string(),
      field: z.string(),
      years: z.number(),
      appliedAt: at,
      recommendedAt: at.nullable(),
    }),
  ),
});
export type RecommendationsAnswer = z.infer<typeof recommendationsAnswer>;
