import { z } from 'zod';
import { fromBase64url } from '../kernel/bytes.ts';
import { parseInstant } from '../kernel/clock.ts';
import { Fraction, one, zero } from '../kernel/fraction.ts';
import type { Words } from '../kernel/words.ts';
import { benchmarkShape } from '../tenders/benchmark.ts';
import { brandName, sameBrandShape, tieFits } from '../tenders/same-brand.ts';

/**
 * The published inputs of an award (shared page "Award methods, v1"). An award is a pure function of such a bundle; these
 * schemas are strict, because a member that the arithmetic ignores could mislead whoever reads the file.
 */

/** A plain decimal as text: amounts in yuan, scores, rates. */
const number = z.string().refine((text) => Fraction.parse(text) !== undefined, { error: '需要十进制数 | expected a decimal number' });
const notNegative = number.refine((text) => (Fraction.parse(text) ?? zero).compare(zero) >= 0, {
  error: '不能为负 | must not be negative',
});
const positive = number.refine((text) => (Fraction.parse(text) ?? zero).isAbove(zero), { error: '必须大于零 | must be above zero' });
const id = z.string().min(1).max(200);
const instant = z
  .string()
  .refine((text) => parseInstant(text) === text, { error: '需要 UTC 毫秒时间 | expected RFC 3339 UTC with milliseconds' });
const seed = z.string().refine((text) => (fromBase64url(text)?.length ?? 0) > 0, { error: '需要 base64url | expected base64url' });
const listOf = <T extends z.ZodType>(item: T, keyOf: (each: z.infer<T>) => string) =>
  z
    .array(item)
    .max(100_000)
    .refine((list) => new Set(list.map(keyOf)).size === list.length, { error: '有重复项 | has an entry twice' });
const self = (each: string): string => each;
const byId = (each: { id: string }): string => each.id;

const priceRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ratio'), full: notNegative }),
  z.strictObject({
    kind: z.literal('deviation'),
    full: notNegative,
    floor: notNegative,
    above: notNegative,
    below: notNegative,
    benchmark: benchmarkShape,
  }),
]);
export type PriceRule = z.infer<typeof priceRule>;

const policy = z
  .strictObject({ small: notNegative, domestic: notNegative })
  .refine(({ small, domestic }) => (Fraction.parse(small) ?? one).plus(Fraction.parse(domestic) ?? one).isBelow(one), {
    error: '扣除比例之和必须小于 1 | the deductions together must stay below 1',
  });

/** How a lot is decided: pinned when the notice is published, unchanged ever after. */
const methodMembers = z.strictObject({
  items: listOf(id, self),
  criteria: listOf(z.strictObject({ id, max: positive, kind: z.enum(['objective', 'subjective']) }), byId),
  trimFrom: z.int().min(3).nullable(),
  ceiling: positive.nullable(),
  minimumValid: z.int().min(1),
  policy: policy.nullable(),
  price: priceRule.nullable(),
  rank: z.enum(['score', 'evaluated-price', 'highest-price']),
  candidates: z.int().min(1),
  /** bids of one brand (same-brand.ts); absent: brands do not matter */
  sameBrand: sameBrandShape.optional(),
});
export const methodShape = methodMembers.refine(
  ({ sameBrand, rank }) => sameBrand === undefined || (rank !== 'highest-price' && tieFits(sameBrand.tie, rank === 'score')),
  { error: '同品牌规则与排序方式不符 | the rule about one brand does not fit the way bids are ranked' },
);
export type Method = z.infer<typeof methodMembers>;

const brand = z
  .string()
  .max(2000)
  .refine((text) => brandName(text) !== '', { error: '品牌不能为空 | the brand is empty' });
const bid = z.strictObject({
  id,
  price: positive,
  small: z.boolean(),
  domestic: z.boolean(),
  receivedAt: instant,
  brand: brand.optional(),
});
export type RankedBid = z.infer<typeof bid>;

export const evaluationFormat = 'yangguang/evaluation/v1';
/** Everything `rank` needs; `result` may be there too and is not read. */
const evaluationMembers = z.strictObject({
  format: z.literal(evaluationFormat),
  id,
  lot: id,
  method: methodShape,
  drawn: z.record(z.string(), z.string()),
  tieSeed: seed,
  bids: listOf(bid, byId),
  reviewers: listOf(id, self),
  reviews: z.array(z.strictObject({ reviewer: id, bid: id, item: id, pass: z.boolean() })),
  sheets: z.array(z.strictObject({ reviewer: id, bid: id, criterion: id, score: notNegative })),
  adjustments: z.array(z.strictObject({ bid: id, amount: number, reason: z.string() })),
  result: z.unknown().optional(),
});
export const evaluationShape = evaluationMembers.refine(
  ({ method, bids }) => bids.every((each) => (each.brand === undefined) === (method.sameBrand === undefined)),
  { error: '办法规定同品牌规则的，每份投标载明品牌；未规定的，不载 | bids name their brand where the method has the rule, and only there' },
);
export type EvaluationBundle = z.infer<typeof evaluationMembers>;

const steps = <T extends z.ZodType>(value: T) =>
  z
    .array(z.tuple([z.int().min(1), value]))
    .min(1)
    .refine((table) => table.every(([from], i) => from > (table[i - 1]?.[0] ?? 0)), { error: '阶梯必须递增 | the steps must ascend' })
    .refine((table) => table[0]?.[0] === 1, { error: '阶梯必须从 1 开始 | the steps must begin at 1' });

export const allocationFormat = 'yangguang/allocation/v1';
export const allocationShape = z.strictObject({
  format: z.literal(allocationFormat),
  id,
  product: z.string(),
  ceiling: positive,
  rules: z.strictObject({
    ratio: notNegative,
    cut: notNegative,
    floor: notNegative,
    winners: steps(z.int().min(1)),
    share: steps(notNegative),
  }),
  tieSeed: seed,
  bids: listOf(z.strictObject({ id, price: positive, factor: positive, capacity: z.int().nonnegative() }), byId),
  regions: listOf(z.strictObject({ id, volume: z.int().nonnegative() }), byId),
  picks: z.array(z.strictObject({ bid: id, region: id })),
  result: z.unknown().optional(),
});
export type AllocationBundle = z.infer<typeof allocationShape>;

/** Why a well-formed bundle has no result. The first three are named by the published method; the others guard it. */
export const awardErrors = {
  incomplete: { zh: '评审或评分不完整', en: 'a review or a score is missing' },
  'objective-mismatch': { zh: '客观分不一致', en: 'reviewers differ on an objective criterion' },
  pick: { zh: '选区顺序有误', en: 'a region was picked out of turn, twice or by a stranger' },
  unknown: { zh: '引用了不存在的评委、投标、评审项或评分项', en: 'an entry names a reviewer, bid, item or criterion that is not there' },
  duplicate: { zh: '同一评委对同一项重复评审或评分', en: 'a reviewer judged the same thing twice' },
  'out-of-range': { zh: '分值超出范围或超过两位小数', en: 'a score is above its maximum or has more than 2 places' },
  'drawn-missing': { zh: '缺少抽取的参数', en: 'a drawn parameter is missing or is no rate' },
  'no-benchmark': { zh: '无法计算评标基准价', en: 'the benchmark cannot be computed' },
} as const satisfies Record<string, Words>;
export type AwardError = keyof typeof awardErrors;

/** A result, or the named reason why there is none and what it is about. */
export type Computed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: AwardError; readonly about: string };
export const failed = (error: AwardError, about: string): { readonly ok: false; readonly error: AwardError; readonly about: string } => ({
  ok: false,
  error,
  about,
});
export const computed = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
