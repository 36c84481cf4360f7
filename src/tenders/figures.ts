import { Fraction } from '../kernel/fraction.ts';
import { type Fen, portion, withSeparators, zeroFen } from '../kernel/money.ts';
import { problem } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import type { DayString } from '../kernel/working-days.ts';
import { type FieldRule, fieldRule, figureRule } from '../rulebook/figure-rule.ts';
import { cite, platformRule, quantitiesCode } from '../rulebook/law.ts';
import { sentence } from '../rulebook/parameter.ts';
import { type KeyOf, parameter, parameterInForce, type UniformKeyOf } from '../rulebook/parameters.ts';
import type { NoticeFacts, Subject } from './timetable.ts';

export const securityTooHigh = problem(
  'security-too-high',
  'refused',
  '投标保证金超过上限。',
  'The bid security is above what the law allows.',
);
export const performanceTooHigh = problem(
  'performance-security-too-high',
  'refused',
  '履约保证金超过上限。',
  'The performance security is above what the law allows.',
);
export const ceilingAboveEstimate = problem(
  'ceiling-above-estimate',
  'refused',
  '最高投标限价超过估算价。',
  'The ceiling price is above the estimate.',
);
export const priceWeightTooLow = problem(
  'price-weight-too-low',
  'refused',
  '价格分值占总分值的比重低于下限。',
  'The price carries fewer points than the law asks.',
);
export const priceWeightTooHigh = problem(
  'price-weight-too-high',
  'refused',
  '价格分值占总分值的比重高于上限。',
  'The price carries more points than the law allows.',
);
export const amountNotPositive = problem('amount-not-positive', 'refused', '金额必须大于零。', 'The amount must be above zero.');

/** Bid security as a share of the estimated price, e.g. ≤ 2 %: exactly 2 % is allowed, one fen more is not. */
export const securityShareAtMost = (id: string, key: KeyOf<'ratio'>): FieldRule<NoticeFacts> =>
  figureRule<NoticeFacts, KeyOf<'ratio'>>({
    id,
    acts: ['draft-lot', 'publish-notice'],
    key,
    field: 'security',
    problem: securityTooHigh,
    refuses({ security, estimate }, ratio) {
      const most = portion(estimate, ratio);
      if (security === null || security <= most) return false;
      return { zh: `本标段最高${withSeparators(most)}元`, en: `For this lot at most ${withSeparators(most)} yuan.` };
    },
  });

/** The order's absolute cap for one kind of subject. */
export const securityAmountAtMost = (id: string, key: KeyOf<'yuan'>, subject: Subject): FieldRule<NoticeFacts> =>
  figureRule<NoticeFacts, KeyOf<'yuan'>>({
    id,
    acts: ['draft-lot', 'publish-notice'],
    key,
    field: 'security',
    problem: securityTooHigh,
    refuses: (facts, most) => (facts.subject ?? 'works') === subject && facts.security !== null && facts.security > most,
  });

/** Performance security as a share of the contract price. */
export const performanceShareAtMost = (id: string, key: KeyOf<'ratio'>): FieldRule<NoticeFacts> =>
  figureRule<NoticeFacts, KeyOf<'ratio'>>({
    id,
    acts: ['draft-lot', 'publish-notice'],
    key,
    field: 'performanceShare',
    problem: performanceTooHigh,
    refuses({ performanceShare }, most) {
      if (performanceShare === null || performanceShare === undefined) return false;
      const asked = Fraction.parse(performanceShare);
      return asked === undefined || asked.isAbove(most);
    },
  });

/** The price carries at least such a share of all points, for one kind of subject. */
export const priceWeightAtLeast = (id: string, key: UniformKeyOf<'ratio'>, subject: Subject): FieldRule<NoticeFacts> =>
  figureRule<NoticeFacts, UniformKeyOf<'ratio'>>({
    id,
    acts: ['draft-lot', 'publish-notice'],
    key,
    field: 'priceFull',
    problem: priceWeightTooLow,
    refuses(facts, least) {
      if (facts.subject !== subject || facts.priceWeight === null || facts.priceWeight === undefined) return false;
      const points = Fraction.parse(facts.priceWeight);
      return points === undefined || points.isBelow(least.times(Fraction.of(100)));
    },
  });

/** … and at most such a share, where the law has a bound above as well. */
export const priceWeightAtMost = (id: string, key: UniformKeyOf<'ratio'>, subject: Subject): FieldRule<NoticeFacts> =>
  figureRule<NoticeFacts, UniformKeyOf<'ratio'>>({
    id,
    acts: ['draft-lot', 'publish-notice'],
    key,
    field: 'priceFull',
    problem: priceWeightTooHigh,
    refuses(facts, most) {
      if (facts.subject !== subject || facts.priceWeight === null || facts.priceWeight === undefined) return false;
      const points = Fraction.parse(facts.priceWeight);
      return points === undefined || points.isAbove(most.times(Fraction.of(100)));
    },
  });

/** GB 50500 has a ceiling above the approved estimate go back to the approving body; here that happens before publication. */
export const ceilingWithinEstimate = fieldRule<NoticeFacts>({
  id: 'FIG-1',
  acts: ['draft-lot', 'publish-notice'],
  certainty: 'M',
  source: cite(quantitiesCode),
  says: { zh: '最高投标限价不得超过批准的估算价', en: 'the ceiling price is not above the approved estimate' },
  problem: ceilingAboveEstimate,
  field: 'ceiling',
  refuses: ({ ceiling, estimate }) => ceiling !== null && ceiling > estimate && { field: 'ceiling' },
});

export const estimatePositive = fieldRule<NoticeFacts>({
  id: 'FIG-2',
  acts: ['draft-lot', 'publish-notice'],
  source: cite(platformRule),
  says: { zh: '估算价必须大于零', en: 'the estimate is above zero' },
  problem: amountNotPositive,
  field: 'estimate',
  refuses: ({ estimate }) => estimate <= zeroFen && { field: 'estimate' },
});
export const ceilingPositive = fieldRule<NoticeFacts>({
  id: 'FIG-3',
  acts: ['draft-lot', 'publish-notice'],
  source: cite(platformRule),
  says: { zh: '最高投标限价必须大于零', en: 'the ceiling price is above zero' },
  problem: amountNotPositive,
  field: 'ceiling',
  refuses: ({ ceiling }) => ceiling !== null && ceiling <= zeroFen && { field: 'ceiling' },
});

/** The thresholds by subject from which a project must be tendered (information: nobody is refused for tendering more than the law asks). */
export type Thresholds = Readonly<Record<Subject, UniformKeyOf<'yuan'>>>;

export interface MandatoryAnswer {
  readonly mandatory: boolean;
  readonly source: Words;
  readonly says: Words;
}

/** Must a contract of this estimate be tendered? «以上» includes the threshold itself (DAY-4). */
export function mandatoryTender(thresholds: Thresholds, subject: Subject, estimate: Fen, on: DayString): MandatoryAnswer {
  const row = parameterInForce(thresholds[subject], on);
  const mandatory = estimate >= parameter(thresholds[subject], on);
  const law = sentence(row);
  return {
    mandatory,
    source: row.source,
    says: mandatory
      ? { zh: `${law.zh}：本项目依法必须招标。`, en: `${law.en}: this project must be tendered.` }
      : { zh: `${law.zh}：本项目未达到规模标准，可自愿招标。`, en: `${law.en}: this project is below it and is tendered by choice.` },
  };
}
