import type { Instant } from '../kernel/clock.ts';
import type { Fen } from '../kernel/money.ts';
import { withSeparators } from '../kernel/money.ts';
import { problem } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { addDays, type DayString, dayOf } from '../kernel/working-days.ts';
import { type FieldRule, fieldRule, figureRule } from '../rulebook/figure-rule.ts';
import { type Dated, parameter, type UniformKeyOf } from '../rulebook/parameters.ts';

/** What the choice of a procedure is judged by when a project is registered. */
export interface ProjectFacts extends Dated {
  /** whether it goes by the usual procedure of its line */
  readonly usual: boolean;
  readonly estimate: Fen;
  /** code of what is bought in the catalogue of procurement */
  readonly category: string | null;
  /** number of the approval of another procedure than the usual one */
  readonly approval: string | null;
  /** what this buyer has registered this year of the same category, by other procedures and without such an approval */
  readonly already: Fen;
}

/** What the start of a tender is judged by besides its own terms. */
export interface StartFacts extends Dated {
  readonly now: Instant;
  /** on which day the intention to procure was published */
  readonly intentionOn: DayString | null;
  /** why none was */
  readonly intentionWaived: string | null;
}

export const procedureNotApproved = problem(
  'procedure-not-approved',
  'refused',
  '采用这种方式须经批准。',
  'This procedure needs an approval.',
);
export const categoryUnnamed = problem('category-unnamed', 'refused', '尚未填写采购品目。', 'The category of what is bought is not named.');
export const intentionTooLate = problem(
  'intention-too-late',
  'refused',
  '采购意向公开不足规定的时间。',
  'The intention to procure was not published in time.',
);

const bites = { acts: ['register-project'] } as const;

/** Another procedure than the usual one needs an approval from the threshold on, that amount included. */
export const approvedFrom = (id: string, key: UniformKeyOf<'yuan'>, source: Words): FieldRule<ProjectFacts> =>
  fieldRule<ProjectFacts>({
    ...bites,
    id,
    figures: [key],
    certainty: 'V',
    source,
    says: {
      zh: '达到公开招标数额标准，拟采用其他采购方式的，应当在采购活动开始前获得设区的市、自治州以上人民政府采购监督管理部门的批准',
      en: 'from the threshold of open tendering on another procedure needs the approval of the finance department of a city or above, before it begins',
    },
    problem: procedureNotApproved,
    field: 'methodApproval',
    refuses: (facts) => !facts.usual && facts.approval === null && facts.estimate >= parameter(key, facts) && { field: 'methodApproval' },
  });

/** Nobody stays below the threshold by buying the same in pieces (化整为零). */
export const notInPieces = (id: string, key: UniformKeyOf<'yuan'>, source: Words): FieldRule<ProjectFacts> =>
  fieldRule<ProjectFacts>({
    ...bites,
    id,
    figures: [key],
    certainty: 'V',
    source,
    says: {
      zh: '同一品目在一个财政年度内多次以公开招标以外的方式采购，累计金额超过公开招标数额标准的，属于化整为零规避公开招标，经批准的除外',
      en: 'buying one category several times in a budget year otherwise than by tender, above the threshold together, evades it unless approved',
    },
    problem: procedureNotApproved,
    field: 'methodApproval',
    refuses(facts) {
      const together = (facts.already + facts.estimate) as Fen;
      if (facts.usual || facts.approval !== null || facts.already <= 0n || together <= parameter(key, facts)) return false;
      return {
        says: {
          zh: `本年度同一品目以其他方式采购累计${withSeparators(together)}元，超过${withSeparators(parameter(key, facts))}元`,
          en: `With this project it is ${withSeparators(together)} yuan of this category this year, above ${withSeparators(parameter(key, facts))}.`,
        },
        field: 'methodApproval',
      };
    },
  });

/** Without the category nobody could tell whether something was bought in pieces. */
export const categoryNamed = (id: string, source: Words): FieldRule<ProjectFacts> =>
  fieldRule<ProjectFacts>({
    ...bites,
    id,
    certainty: 'D',
    source,
    says: { zh: '采用公开招标以外方式的，应当载明采购品目', en: 'whoever procures otherwise than by open tender names the category' },
    problem: categoryUnnamed,
    field: 'category',
    refuses: ({ usual, category }) => !usual && category === null && { field: 'category' },
  });

/** The intention is public so many days before the procurement begins; where it could not be, the notice says why. */
export const intentionAhead = (id: string, key: UniformKeyOf<'day'>): FieldRule<StartFacts> =>
  figureRule<StartFacts, UniformKeyOf<'day'>>({
    id,
    acts: ['publish-notice'],
    key,
    field: 'intentionOn',
    problem: intentionTooLate,
    refuses({ now, intentionOn, intentionWaived }, days) {
      if (intentionWaived !== null) return false;
      if (intentionOn === null)
        return {
          zh: '尚未登记采购意向公开日期，也没有载明不公开的理由',
          en: 'Neither its day nor the reason why there is none is registered.',
        };
      const first = addDays(intentionOn, days);
      if (dayOf(now) >= first) return false;
      return {
        zh: `采购意向于${intentionOn}公开，公告最早于${first}发布`,
        en: `It was published on ${intentionOn}: the notice comes on ${first} at the earliest.`,
      };
    },
  });
