import { z } from 'zod';
import { type FieldProblem, problem } from '../kernel/problem.ts';
import type { DrawnParameter } from './benchmark.ts';
import type { EvaluationMethod } from './method.ts';

/**
 * What a method of award does, shown before it is published: properties it breaks, each with an example. The agent acknowledges each of them by
 * publishing; they stand in the notice, and anyone computes them again from its method. The computing is the evaluation's (`provideMethodCheck`).
 */

export const findingIds = ['lower-price-loses', 'loser-decides', 'movable-by-agreement', 'brand-counts-once'] as const;
export type FindingId = (typeof findingIds)[number];

/** One bid of an example, as it is ranked. `total` is the score, or the evaluated price where the method ranks by it. */
const exampleRow = z.object({ bid: z.string(), price: z.string(), technical: z.string(), total: z.string(), rank: z.int() });
export type ExampleRow = z.infer<typeof exampleRow>;

export const findingShape = z.object({
  id: z.enum(findingIds),
  /** about which bid of the example */
  bid: z.string(),
  before: z.array(exampleRow),
  after: z.array(exampleRow),
  /** `movable-by-agreement`: how many agreed bids, and the highest price at which one of them wins alone and together (yuan) */
  agreed: z.object({ bids: z.int(), of: z.int(), alone: z.string(), together: z.string() }).optional(),
});
export type MethodFinding = z.infer<typeof findingShape>;

type MethodCheck = (method: EvaluationMethod, parameters: readonly DrawnParameter[]) => readonly MethodFinding[];
let check: MethodCheck = () => {
  throw new Error('no room has said how a method is checked');
};
export function provideMethodCheck(given: MethodCheck): void {
  check = given;
}

/** The properties that this method breaks. */
export const checkMethod: MethodCheck = (method, parameters) => check(method, parameters);

export const findingsUnacknowledged = problem(
  'findings-unacknowledged',
  'refused',
  '评标办法有需要确认的特性，尚未逐项确认。',
  'The method has properties that must be acknowledged one by one.',
);

/** Each finding that the host has not acknowledged, as a field problem. */
export const unacknowledged = (findings: readonly MethodFinding[], acknowledged: readonly string[]): readonly FieldProblem[] =>
  findings
    .filter(({ id }) => !acknowledged.includes(id))
    .map(({ id }) => ({
      path: `acknowledged.${id}`,
      says: { zh: '请看过并确认这一项。', en: 'Please look at this one and acknowledge it.' },
    }));

/** What is acknowledged, as a program sends it or as ticked boxes arrive: one word, or several. */
export const acknowledgedField = z.preprocess(
  (given) => (given === undefined ? [] : typeof given === 'string' ? [given] : given),
  z.array(z.enum(findingIds)).max(findingIds.length),
);
