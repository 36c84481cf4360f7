import { problem } from '../kernel/problem.ts';
import { type Rule, rule } from '../kernel/rule.ts';
import type { Words } from '../kernel/words.ts';
import type { DayString } from '../kernel/working-days.ts';
import { ageOn } from '../parties/person.ts';
import { cite, expertOrder, platformRule, procurementExpertMeasures, tenderingLaw } from '../rulebook/law.ts';
import { sentence } from '../rulebook/parameter.ts';
import { type Dated, parameter, parameterInForce } from '../rulebook/parameters.ts';
import { type PoolLine, type TitleLevel, titleLevels } from './admission.ts';
import { renewableFrom } from './term.ts';

/** What decides about an application, on the day it is made and again when it is reviewed. */
export interface ApplicantFacts extends Dated {
  readonly line: PoolLine;
  readonly years: number;
  readonly titleLevel: TitleLevel;
  readonly born: DayString;
  /** of the whole record, this application's included */
  readonly specialties: number;
}

export const notQualified = problem(
  'not-qualified',
  'refused',
  '不符合该门类专家的入库条件。',
  'This does not fulfil what the line asks of its experts.',
);

/** A level that the rulebook does not name right is held by nobody. */
function hasLevel(level: TitleLevel, asked: string): boolean {
  const wanted = (titleLevels as readonly string[]).indexOf(asked);
  return wanted >= 0 && titleLevels.indexOf(level) >= wanted;
}
const joined = (list: readonly Words[], [zh, en]: readonly [string, string] = ['；', '; ']): Words => ({
  zh: list.map((each) => each.zh).join(zh),
  en: list.map((each) => each.en).join(en),
});

/** Construction by the Tendering Law (XP-1), procurement by the measures of the Ministry of Finance (XP-3): the line says which ways there are. */
export const qualified: Rule<ApplicantFacts> = rule({
  id: 'XP-1',
  acts: ['apply-membership', 'correct-application', 'review-application', 'admit-expert'],
  certainty: 'V',
  source: joined([cite(tenderingLaw, '37'), cite(procurementExpertMeasures, '6')]),
  says: { zh: '职称和从业年限应符合该门类的要求', en: 'title and years in the field are those the line asks for' },
  problem: notQualified,
  refuses({ line, on, years, titleLevel }) {
    const fits = line.ways.some(
      (way) => hasLevel(titleLevel, parameter(way.title, on)) && (way.years === null || years >= parameter(way.years, on)),
    );
    if (fits) return false;
    const ways = line.ways.map((way) =>
      joined([parameterInForce(way.title, on), ...(way.years === null ? [] : [parameterInForce(way.years, on)])].map(sentence)),
    );
    return { says: joined(ways, ['；或者：', '; or: ']), field: 'titleLevel' };
  },
});

export const notTooOld: Rule<ApplicantFacts> = rule({
  id: 'XP-2A',
  acts: ['apply-membership', 'correct-application', 'review-application', 'admit-expert'],
  certainty: 'M-',
  source: joined([cite(expertOrder), cite(procurementExpertMeasures, '6')]),
  says: { zh: '年龄不超过该门类的上限', en: 'not older than the line allows' },
  problem: notQualified,
  refuses: ({ line, on, born }) =>
    ageOn(born, on) > parameter(line.ageMax, on) && { says: sentence(parameterInForce(line.ageMax, on)), field: 'line' },
});

export const fewSpecialties: Rule<ApplicantFacts> = rule({
  id: 'XP-6',
  acts: ['apply-membership', 'correct-application', 'review-application', 'admit-expert'],
  figures: ['op.expert.specialties.max'],
  certainty: 'V2',
  source: cite(expertOrder),
  says: sentence(parameterInForce('op.expert.specialties.max', expertOrder.inForceFrom)),
  problem: notQualified,
  refuses: ({ on, specialties }) => specialties > parameter('op.expert.specialties.max', on) && { field: 'specialties' },
});

export const applicantRules = [qualified, notTooOld, fewSpecialties] as const;

export const recommendationNeeded = problem(
  'recommendation-needed',
  'refused',
  '尚无所在单位的推荐意见。',
  'The employer’s recommendation is missing.',
);

/** Asked when an application is accepted: by the employer on the platform, or by its stamped letter among the proofs. */
export const recommended: Rule<Dated & { readonly line: PoolLine; readonly recommended: boolean }> = rule({
  id: 'XP-2R',
  acts: ['review-application'],
  certainty: 'V2',
  source: cite(expertOrder),
  says: {
    zh: '工程建设专家的个人申请须经所在单位推荐：单位在线推荐，或者上传盖章的推荐函',
    en: 'for construction the employer recommends the applicant: on the platform, or by a stamped letter attached',
  },
  problem: recommendationNeeded,
  refuses: (facts) => facts.line.recommendation !== null && !facts.recommended,
});

export const tooEarly = problem('renewal-too-early', 'refused', '尚未到可以申请续聘的时间。', 'It is too early to renew this term.');

export const renewable: Rule<Dated & { readonly until: DayString | null }> = rule({
  id: 'XP-2W',
  acts: ['apply-membership'],
  figures: ['op.expert.renewal'],
  source: cite(platformRule),
  says: sentence(parameterInForce('op.expert.renewal', platformRule.inForceFrom)),
  problem: tooEarly,
  refuses: ({ on, until }) => until !== null && on < renewableFrom(until, on) && { field: 'line' },
});

/** Has this score passed the test (XP-2P)? */
export const passes = (line: PoolLine, score: number, on: DayString): boolean => score >= parameter(line.pass, on);
