import { z } from 'zod';
import { Fraction, zero } from '../kernel/fraction.ts';

/**
 * The benchmark with which prices are compared (评标基准价), as data: what enters, how it is brought together, what is drawn in the
 * opening session. The wizard writes it, the notice shows it, the evaluation room computes it; docs/award-methods.md says what each part does.
 */

const notNegative = z.string().refine((text) => (Fraction.parse(text) ?? Fraction.of(-1)).compare(zero) >= 0, {
  error: '需要不小于零的十进制数 | expected a decimal number not below zero',
});
const amount = z
  .string()
  .refine((text) => (Fraction.parse(text) ?? zero).isAbove(zero), { error: '需要大于零的金额 | expected an amount above zero' });

/** A rate: a decimal, or the name of what is drawn in the opening session. */
const rate = z.union([notNegative, z.strictObject({ drawn: z.string().min(1) })]);
export type Rate = z.infer<typeof rate>;

/** With n ≥ `lowestFrom` as many of the highest and of the lowest go (one, or `share` of n), else with n ≥ `highestFrom` one of the highest. */
const lessThanHalf = notNegative.refine((text) => Fraction.parse(text)?.isBelow(Fraction.of(1, 2)), {
  error: '须小于0.5 | must be below 0.5',
});
const drop = z.strictObject({ highestFrom: z.int().min(2), lowestFrom: z.int().min(3), share: lessThanHalf.optional() });

/** Which prices enter a mean: a sample of the bids, without extremes, near the mean. */
const thinning = {
  sample: z.int().min(2).optional(),
  drop: drop.optional(),
  within: notNegative.optional(),
};
const discount = { discount: rate.optional() };

/** `composite`: a lowered ceiling, one drawn bid and the lowest reasonable price, each with its share. */
export const compositeShape = z.strictObject({
  anchor: notNegative,
  picked: notNegative,
  lowest: notNegative,
  /** the lowest reasonable price is the lowest that reaches (mean · `mean` + ceiling · (1 − `mean`)) · `share` */
  floor: z.strictObject({ mean: notNegative, share: notNegative }),
  /** one is drawn among the bids above the lowest reasonable price and below `below` of the lowered ceiling */
  below: notNegative,
});
export type CompositeShares = z.infer<typeof compositeShape>;

export const benchmarkShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('mean'), ...thinning, ...discount }),
  z.strictObject({ kind: z.literal('lowest'), drop: drop.optional(), ...discount }),
  z.strictObject({ kind: z.literal('second-lowest'), drop: drop.optional(), ...discount }),
  z.strictObject({ kind: z.literal('second-average'), with: z.literal('lowest').optional(), ...thinning, ...discount }),
  z.strictObject({
    kind: z.literal('blend'),
    weight: rate,
    /** what the mean is blended with; absent: the ceiling */
    amount: amount.optional(),
    meanFactor: rate.optional(),
    amountFactor: rate.optional(),
    ...thinning,
    ...discount,
  }),
  z.strictObject({ kind: z.literal('composite'), cut: rate, shares: compositeShape, ...discount }),
]);
export type Benchmark = z.infer<typeof benchmarkShape>;

/** What the wizard offers. */
export const benchmarkKinds = ['mean', 'second-average', 'second-average-lowest', 'blend', 'lowest', 'second-lowest', 'composite'] as const;
export type BenchmarkKind = (typeof benchmarkKinds)[number];
/** Those that take a mean, so that prices may thin out before it. */
export const takesMean = (kind: BenchmarkKind): boolean =>
  kind === 'mean' || kind === 'second-average' || kind === 'second-average-lowest' || kind === 'blend';

/** How extremes leave before a mean, by name. */
export const dropRules = {
  none: undefined,
  one: { highestFrom: 4, lowestFrom: 7 },
  both: { highestFrom: 5, lowestFrom: 5 },
  fifth: { highestFrom: 7, lowestFrom: 7, share: '0.2' },
} as const satisfies Record<string, z.infer<typeof drop> | undefined>;
export const dropRuleNames = ['none', 'one', 'both', 'fifth'] as const satisfies readonly (keyof typeof dropRules)[];
export type DropRule = (typeof dropRuleNames)[number];

/** What is drawn in the opening session, by the name under which the record shows it. */
export const drawnNames = {
  discount: '下浮率',
  weight: '平均价权重',
  meanFactor: '平均价系数',
  amountFactor: '限价系数',
  cut: '限价下浮率',
} as const;
export type DrawnParameter = { readonly name: string; readonly choices: readonly string[] };

/** What the wizard asks. Lists: empty, nothing; one, fixed; several, one of them is drawn. Percentages as `3%`, weights as decimals. */
export interface BenchmarkChoices {
  readonly benchmark: BenchmarkKind;
  readonly dropRule: DropRule;
  readonly sampleSize: number | null;
  /** how far from the mean a price may lie, in percent */
  readonly withinMean: string | null;
  readonly blendWeights: readonly string[];
  /** in yuan; null: the ceiling */
  readonly blendAmount: string | null;
  readonly meanFactors: readonly string[];
  readonly amountFactors: readonly string[];
  readonly ceilingCuts: readonly string[];
  readonly discounts: readonly string[];
}

/** `3%` → `0.03`: percentages in the notice are fractions in the arithmetic. Exact, by moving the point. */
export function ratioOfPercent(percent: string): string {
  const [whole = '0', places = ''] = percent.replace('%', '').split('.');
  const digits = whole.padStart(3, '0');
  const moved = `${digits.slice(0, -2)}.${digits.slice(-2)}${places}`.replace(/0+$/, '').replace(/\.$/, '');
  return moved.replace(/^0+(?=\d)/, '');
}

/** The benchmark as it is published, and what of it is drawn. `shares`: what the line's method says of a composite one. */
export function benchmarkFrom(
  choices: BenchmarkChoices,
  shares: CompositeShares | undefined,
): { readonly benchmark: Benchmark; readonly parameters: readonly DrawnParameter[] } {
  const parameters: DrawnParameter[] = [];
  const chosen = (given: readonly string[], name: string): Rate | undefined => {
    const [only] = given;
    if (given.length > 1) {
      parameters.push({ name, choices: [...given] });
      return { drawn: name };
    }
    return only === undefined ? undefined : only.endsWith('%') ? ratioOfPercent(only) : only;
  };
  const optional = <Key extends string>(key: Key, value: Rate | undefined) => (value === undefined ? {} : { [key]: value });
  const { benchmark: kind } = choices;
  const dropped = dropRules[choices.dropRule];
  const thin = {
    ...(choices.sampleSize === null ? {} : { sample: choices.sampleSize }),
    ...(dropped === undefined ? {} : { drop: dropped }),
    ...(choices.withinMean === null ? {} : { within: ratioOfPercent(choices.withinMean) }),
  };
  const parts = {
    mean: () => ({ kind, ...thin }),
    lowest: () => ({ kind }),
    'second-lowest': () => ({ kind }),
    'second-average': () => ({ kind, ...thin }),
    'second-average-lowest': () => ({ kind: 'second-average', with: 'lowest', ...thin }),
    blend: () => ({
      kind,
      weight: chosen(choices.blendWeights, drawnNames.weight) ?? '1',
      ...(choices.blendAmount === null ? {} : { amount: choices.blendAmount }),
      ...optional('meanFactor', chosen(choices.meanFactors, drawnNames.meanFactor)),
      ...optional('amountFactor', chosen(choices.amountFactors, drawnNames.amountFactor)),
      ...thin,
    }),
    composite: () => ({ kind, cut: chosen(choices.ceilingCuts, drawnNames.cut) ?? '0', shares }),
  } as const satisfies Record<BenchmarkKind, () => object>;
  const whole = { ...parts[kind](), ...optional('discount', chosen(choices.discounts, drawnNames.discount)) };
  return { benchmark: benchmarkShape.parse(whole), parameters };
}
