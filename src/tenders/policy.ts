import { Fraction } from '../kernel/fraction.ts';
import { problem } from '../kernel/problem.ts';
import { type FieldRule, figureRule } from '../rulebook/figure-rule.ts';
import type { Dated } from '../rulebook/parameters.ts';
import { parameter, type UniformKeyOf } from '../rulebook/parameters.ts';
import { ratioOfPercent } from './benchmark.ts';
import type { Draft } from './draft.ts';
import type { BidField, LineEdition } from './line.ts';
import type { EvaluationMethod } from './method.ts';
import type { NoticeFacts } from './timetable.ts';

/**
 * Deductions from the price before prices are compared: for small enterprises as much as the notice chooses within the law's bounds, for domestic
 * products what the law says. Whoever claims one declares it in its bid, which nobody sees before the opening.
 */
type Policy = EvaluationMethod['policy'];

/** What this draft deducts; null where it deducts nothing. */
export function policyOf(edition: LineEdition, draft: Pick<Draft, 'smallDiscount' | 'domesticDiscount' | 'subject'>, asked: Dated): Policy {
  if (!edition.policy) return null;
  const small = draft.smallDiscount === null ? '0' : ratioOfPercent(draft.smallDiscount);
  const asksOrigin = draft.domesticDiscount === true && draft.subject === 'goods';
  const domestic = asksOrigin ? parameter(edition.policy.domestic, asked).toString() : '0';
  return small === '0' && domestic === '0' ? null : { small, domestic };
}

/** The form of a bid under a policy: what would deduct nothing is not asked. */
export const formUnder = (form: readonly BidField[], policy: Policy): readonly BidField[] =>
  form.filter(({ counts }) => counts === undefined || (policy !== null && policy[counts.as] !== '0'));

/** Which deductions a bid declares, by what stands in its form. */
export function declaredIn(
  form: readonly { readonly key: string; readonly counts?: BidField['counts'] | undefined }[],
  figures: Readonly<Record<string, string>>,
): { small: boolean; domestic: boolean } {
  const declares = (as: 'small' | 'domestic'): boolean =>
    form.some(({ key, counts }) => counts?.as === as && figures[key] === counts.value);
  return { small: declares('small'), domestic: declares('domestic') };
}

export const discountOutOfBounds = problem(
  'policy-discount-out-of-bounds',
  'refused',
  '小微企业价格扣除比例不在规定范围内。',
  'The deduction for small enterprises is outside the bounds of the law.',
);

const bound = (id: string, key: UniformKeyOf<'ratio'>, breaks: (share: Fraction, limit: Fraction) => boolean): FieldRule<NoticeFacts> =>
  figureRule<NoticeFacts, UniformKeyOf<'ratio'>>({
    id,
    acts: ['draft-lot', 'publish-notice'],
    key,
    field: 'smallDiscount',
    problem: discountOutOfBounds,
    refuses({ smallDiscount }, limit) {
      if (smallDiscount === null || smallDiscount === undefined) return false;
      const share = Fraction.parse(ratioOfPercent(smallDiscount));
      return share === undefined || breaks(share, limit);
    },
  });

/** The deduction for small enterprises, where there is one, lies within the law's bounds; both bounds are allowed. */
export const smallDiscountAtLeast = (id: string, key: UniformKeyOf<'ratio'>): FieldRule<NoticeFacts> =>
  bound(id, key, (share, least) => share.isBelow(least));
export const smallDiscountAtMost = (id: string, key: UniformKeyOf<'ratio'>): FieldRule<NoticeFacts> =>
  bound(id, key, (share, most) => share.isAbove(most));
