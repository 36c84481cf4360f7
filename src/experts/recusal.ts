import { problem } from '../kernel/problem.ts';
import { type Certainty, type Rule, rule } from '../kernel/rule.ts';
import type { Words } from '../kernel/words.ts';
import { addMonths, type DayString } from '../kernel/working-days.ts';
import { cite, evaluationOrder, expertOrder, platformRule, procurementRegulation, tenderingRegulation } from '../rulebook/law.ts';
import { type Dated, parameter } from '../rulebook/parameters.ts';

/** What is known of an expert when a draw is prepared. Organisations are named by their codes. */
export interface ExpertFacts {
  /** the standing on that day: a suspension that has ended counts as normal */
  readonly status: string;
  /** last day of its term for the line; null where it has none */
  readonly termUntil: DayString | null;
  readonly employer: string;
  /** `until` is the last day there; null while it lasts */
  readonly formerEmployers: readonly { readonly code: string; readonly until: DayString | null }[];
  /** organisations in which the expert holds an economic interest */
  readonly interests: readonly string[];
  /** organisations headed by, or employing, a close relative */
  readonly relatives: readonly string[];
  /** ever punished for illegal acts in tendering */
  readonly penalised: boolean;
  /** last day of a running ban or suspension; null without one */
  readonly bannedUntil: DayString | null;
  readonly panelsThisMonth: number;
  /** took part in preparing the tender documents */
  readonly preparedDocuments: boolean;
  /** was called for this lot before: declined, did not answer, withdrew, or sits on its panel */
  readonly calledBefore: boolean;
  /** somebody of the same employer sits on the panel */
  readonly colleagueSits: boolean;
}

/** One expert against the parties of one lot. Bidders are known after the opening only: a draw before it would tell who bids. */
export interface RecusalFacts extends Dated {
  readonly expert: ExpertFacts;
  readonly tenderee: string;
  readonly agent: string | null;
  /** bidders, consortium members and named subcontractors */
  readonly bidders: readonly string[];
  /** organisations that control a party or are controlled by one */
  readonly affiliates: readonly string[];
  /** the competent department and the supervisor of the project */
  readonly supervisors: readonly string[];
}

export interface Exclusion {
  readonly ground: string;
  readonly says: Words;
  readonly source: Words;
}

export const expertRecused = problem('expert-recused', 'refused', '该专家应当回避。', 'This expert must withdraw.');

const meets = (codes: readonly string[], others: readonly string[]): boolean => codes.some((code) => others.includes(code));
const parties = (facts: RecusalFacts): readonly string[] => [
  facts.tenderee,
  ...(facts.agent === null ? [] : [facts.agent]),
  ...facts.bidders,
  ...facts.affiliates,
];
const bidding = (facts: RecusalFacts): readonly string[] => [...facts.bidders, ...facts.affiliates];

interface GroundOf {
  readonly certainty?: Certainty;
  readonly figures?: readonly string[];
}

/** A ground of the law is sure as far as it says; one of the platform's own is decided here. */
const ground = (
  id: string,
  source: Words,
  [zh, en]: readonly [string, string],
  refuses: (facts: RecusalFacts) => boolean,
  more: GroundOf = {},
): Rule<RecusalFacts> => rule({ id, acts: ['request-draw'], source, says: { zh, en }, problem: expertRecused, refuses, ...more });

/** The grounds on which an expert is left out of a draw (rules/domain §5.5 and §5.2), in the order they are named. */
export const recusalGrounds: readonly Rule<RecusalFacts>[] = [
  ground(
    'XR-1',
    cite(evaluationOrder, '12'),
    ['投标人或者投标人主要负责人的近亲属', 'a close relative of a bidder or of its head'],
    (facts) => meets(facts.expert.relatives, bidding(facts)),
    { certainty: 'V' },
  ),
  ground(
    'XR-2',
    cite(tenderingRegulation, '46'),
    ['项目主管部门或者行政监督部门的人员', 'staff of the competent department or of the supervisor'],
    (facts) => facts.supervisors.includes(facts.expert.employer),
    { certainty: 'V' },
  ),
  ground(
    'XR-3',
    cite(evaluationOrder, '12'),
    ['与投标人有经济利益关系，可能影响公正评审', 'an economic interest with a bidder'],
    (facts) => meets(facts.expert.interests, parties(facts)),
    { certainty: 'V' },
  ),
  ground(
    'XR-4',
    cite(evaluationOrder, '12'),
    ['曾因在招标投标活动中从事违法行为受过行政处罚或者刑事处罚', 'once punished for illegal acts in tendering'],
    (facts) => facts.expert.penalised,
    { certainty: 'V' },
  ),
  ground(
    'XR-8',
    cite(expertOrder),
    ['现工作单位是招标人、代理机构、投标人或其关联单位', 'employed by the tenderee, its agent, a bidder or an affiliate'],
    (facts) => parties(facts).includes(facts.expert.employer),
    { certainty: 'V' },
  ),
  ground(
    'XR-8F',
    cite(procurementRegulation, '9'),
    ['三年内曾在招标人、代理机构、投标人或其关联单位工作', 'employed by one of them within three years'],
    (facts) => facts.expert.formerEmployers.some(({ code, until }) => parties(facts).includes(code) && within(until, facts.on)),
    { figures: ['op.recusal.formerEmployer'] },
  ),
  ground(
    'XR-9',
    cite(platformRule),
    ['参与过本项目招标文件的编制', 'took part in preparing the tender documents'],
    (facts) => facts.expert.preparedDocuments,
  ),
  ground(
    'XR-11',
    cite(tenderingRegulation, '71'),
    ['处于禁止参加评标或暂停的期限内', 'within a ban or suspension'],
    (facts) => facts.expert.bannedUntil !== null && facts.on <= facts.expert.bannedUntil,
    { certainty: 'V' },
  ),
  ground(
    'XP-7',
    cite(expertOrder),
    ['专家库中状态不是“正常”', 'not in normal standing in the pool'],
    (facts) => facts.expert.status !== 'normal',
    { certainty: 'M' },
  ),
  ground(
    'XP-2T',
    cite(expertOrder),
    ['该门类的聘期已满', 'its term for this line is over'],
    (facts) => facts.expert.termUntil === null || facts.expert.termUntil < facts.on,
    { certainty: 'M' },
  ),
  ground(
    'XD-13',
    cite(platformRule),
    ['本月参加评标次数已达上限', 'has reached this month’s number of panels'],
    (facts) => facts.expert.panelsThisMonth >= parameter('op.expert.panels.perMonth.max', facts.on),
    { figures: ['op.expert.panels.perMonth.max'] },
  ),
  ground(
    'XD-7',
    cite(platformRule),
    [
      '已在本标段前次抽取中谢绝、未答复、回避，或者已在席',
      'declined, did not answer or withdrew in an earlier draw of this lot, or sits already',
    ],
    (facts) => facts.expert.calledBefore,
  ),
  ground(
    'XD-13E',
    cite(platformRule),
    ['同一单位已有专家在席', 'somebody of the same employer sits on the panel'],
    (facts) => facts.expert.colleagueSits,
  ),
];

/** Within the years of the rule the last of their days counts (DAY-4): gone on 22 November 2023, eligible from 23 November 2026. */
function within(until: DayString | null, on: DayString): boolean {
  if (until === null) return true;
  return on <= addMonths(until, 12 * parameter('op.recusal.formerEmployer', on));
}

/** Every ground on which this expert is excluded; empty when the expert may be drawn. */
export function exclusions(facts: RecusalFacts): readonly Exclusion[] {
  return recusalGrounds.filter((each) => each.refuses(facts) !== false).map(({ id, says, source }) => ({ ground: id, says, source }));
}
