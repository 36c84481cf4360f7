import { z } from 'zod';
import { type BenchmarkChoices, benchmarkFrom, benchmarkShape, type CompositeShares, type DrawnParameter } from './benchmark.ts';
import { type SameBrand, sameBrandShape } from './same-brand.ts';

/**
 * How a tender is evaluated, as the agent chooses it in the wizard and as the evaluation room computes it.
 * The output is the `method` of design/evaluation.md; nothing is decided here that the published notice does not show.
 */
export const methodTemplates = ['comprehensive', 'lowest-evaluated'] as const;
export type MethodTemplate = (typeof methodTemplates)[number];

const decimalText = z.string().regex(/^-?\d+(\.\d+)?$/);
export const priceRuleSchema = z.union([
  z.object({ kind: z.literal('ratio'), full: decimalText }),
  z.object({
    kind: z.literal('deviation'),
    full: decimalText,
    floor: decimalText,
    above: decimalText,
    below: decimalText,
    benchmark: benchmarkShape,
  }),
]);

/** The evaluation method (design/evaluation.md): amounts and scores are decimal strings, `ceiling` in yuan. */
export const methodSchema = z.object({
  items: z.array(z.string()),
  criteria: z.array(z.object({ id: z.string(), max: decimalText, kind: z.enum(['objective', 'subjective']) })),
  trimFrom: z.int().nullable(),
  ceiling: decimalText.nullable(),
  minimumValid: z.int(),
  policy: z.object({ small: decimalText, domestic: decimalText }).nullable(),
  price: priceRuleSchema.nullable(),
  rank: z.enum(['score', 'evaluated-price', 'highest-price']),
  candidates: z.int(),
  /** how a tie between bids of one brand is decided; absent: the rule is not taken up */
  sameBrand: sameBrandShape.optional(),
});
export type EvaluationMethod = z.infer<typeof methodSchema>;

/** What the wizard asks about the method, all present. */
export interface MethodChoices extends BenchmarkChoices {
  readonly template: MethodTemplate;
  readonly priceFull: string;
  readonly priceFloor: string;
  readonly above: string;
  readonly below: string;
  readonly trimFrom: number | null;
  readonly candidates: number;
  readonly minimumValid: number;
}

/** The method that is published and computed, from what was chosen. Criteria and items already have their ids. */
export function methodFrom(
  choices: MethodChoices,
  parts: {
    readonly items: readonly string[];
    readonly criteria: readonly { readonly id: string; readonly max: string; readonly kind: 'objective' | 'subjective' }[];
    readonly ceiling: string | null;
    /** how the line's method scores the price */
    readonly price: 'deviation' | 'ratio' | null;
    readonly composite?: CompositeShares | undefined;
    readonly sameBrand?: SameBrand | undefined;
    readonly policy: EvaluationMethod['policy'];
  },
): { readonly method: EvaluationMethod; readonly parameters: readonly DrawnParameter[] } {
  const shared = {
    items: [...parts.items],
    trimFrom: choices.trimFrom,
    ceiling: parts.ceiling,
    minimumValid: choices.minimumValid,
    policy: parts.policy,
    candidates: choices.candidates,
    ...(parts.sameBrand ? { sameBrand: parts.sameBrand } : {}),
  };
  if (choices.template === 'lowest-evaluated')
    return { method: { ...shared, criteria: [], price: null, rank: 'evaluated-price' }, parameters: [] };
  const scored = { ...shared, criteria: parts.criteria.map(({ id, max, kind }) => ({ id, max, kind })), rank: 'score' as const };
  if (parts.price === null) return { method: { ...scored, price: null }, parameters: [] };
  if (parts.price === 'ratio') return { method: { ...scored, price: { kind: 'ratio', full: choices.priceFull } }, parameters: [] };
  const { benchmark, parameters } = benchmarkFrom(choices, parts.composite);
  const price = {
    kind: 'deviation' as const,
    full: choices.priceFull,
    floor: choices.priceFloor,
    above: choices.above,
    below: choices.below,
    benchmark,
  };
  return { method: { ...scored, price }, parameters };
}
