import type { Bid } from '../bids/bid.ts';
import { clashesOf, type JointTrouble, jointTrouble } from '../bids/joint.ts';
import { fact } from '../journal/event.ts';
import type { Call, Fact } from '../kernel/act.ts';
import { problem } from '../kernel/problem.ts';
import { type Rule, refusalBy, rule } from '../kernel/rule.ts';
import type { Words } from '../kernel/words.ts';
import { cite, platformRule, tenderingLaw, tenderingRegulation } from '../rulebook/law.ts';
import { rowsIn } from '../tenders/envelopes.ts';
import { membersKey } from '../tenders/joint.ts';
import { termsOf } from '../tenders/lot.ts';
import type { Lot } from '../tenders/schema.ts';
import { OpeningItem } from './schema.ts';

/** What the law and the notice ask of several who bid as one; nobody can look before the opening, so that is when it is asked. */
interface JointFacts {
  readonly trouble: JointTrouble | null;
  /** another envelope of the bid names other members */
  readonly changed: boolean;
}

const jointRefused = problem('bid-joint-refused', 'refused', '本标段不接受联合体投标。', 'This lot accepts no joint bids.');
const jointMembers = problem(
  'bid-joint-members',
  'refused',
  '签名的成员与联合体成员表不符，或者牵头人不是投标人。',
  'Those who signed are not the members whom the bid names, or the lead is not the bidder.',
);
const jointMany = problem(
  'bid-joint-many',
  'refused',
  '联合体成员多于招标文件的规定。',
  'The joint venture has more members than the documents allow.',
);
const jointAgreement = problem(
  'bid-joint-agreement',
  'refused',
  '联合体投标未附共同投标协议。',
  'The joint bid comes without the agreement of its members.',
);

const asked = (
  id: string,
  source: Words,
  says: Words,
  certainty: 'V' | 'M' | 'D',
  refused: Pick<Rule<JointFacts>, 'problem' | 'refuses'>,
): Rule<JointFacts> => rule({ id, acts: ['open-bid'], source, says, certainty, ...refused });

export const jointRules: readonly Rule<JointFacts>[] = [
  asked(
    'JV-1',
    cite(tenderingRegulation, '37'),
    { zh: '招标公告载明不接受联合体投标的，联合体的投标无效。', en: 'Where the notice accepts no joint bids, a joint bid does not count.' },
    'M',
    { problem: jointRefused, refuses: ({ trouble }) => trouble === 'refused' },
  ),
  asked(
    'JV-2',
    cite(tenderingLaw, '31'),
    {
      zh: '联合体以一个投标人的身份共同投标：全体成员在投标文件上签名，牵头人为投标人，各信封的成员相同。',
      en: 'Several bid as one: all members sign the bid, their lead is the bidder, and every envelope has the same members.',
    },
    'M',
    { problem: jointMembers, refuses: ({ trouble, changed }) => trouble === 'members' || changed },
  ),
  asked(
    'JV-3',
    cite(platformRule),
    { zh: '联合体成员不得多于招标公告载明的家数。', en: 'A joint bid has no more members than the notice allows.' },
    'D',
    { problem: jointMany, refuses: ({ trouble }) => trouble === 'many' },
  ),
  asked(
    'JV-4',
    cite(tenderingRegulation, '51'),
    { zh: '投标联合体没有提交共同投标协议的，其投标不计。', en: 'A joint bid without the agreement of its members does not count.' },
    'V',
    { problem: jointAgreement, refuses: ({ trouble }) => trouble === 'agreement' },
  ),
];

/** Why a bid that several made together does not count, by the name of the problem; null where it does, or where one bids alone. */
export async function jointFlaw(em: Call['em'], lot: Lot, item: OpeningItem, bid: unknown): Promise<string | null> {
  const { joint, bidForm, parts } = termsOf(lot);
  const read = bid as Bid;
  const part = item.part as (typeof parts)[number];
  const here = joint !== undefined && rowsIn(bidForm, parts, part).some(({ key }) => key === membersKey);
  const earlier = await em.find(OpeningItem, { lot: lot.id, submission: item.submission, part: { $ne: item.part }, state: 'opened' });
  const changed = earlier.some((each) => codesOf(each.bid).join() !== codesOf(read).join());
  return refusalBy(jointRules, { trouble: jointTrouble(read, { joint, here }), changed })?.problem ?? null;
}

/** Codes of those who bid together, the lead first; none where one bids alone. */
export const codesOf = (bid: unknown): readonly string[] => (bid as Partial<Bid> | null)?.members ?? [];

/**
 * Once every envelope of the first part has its outcome: organisations that stand behind more than one bid, alone or as members of a joint venture. All of
 * those bids are to be rejected (Regulation art. 37): the panel does it, and cannot end without (JV-5). `item` is the one just decided.
 */
export async function clashFacts(em: Call['em'], lot: Lot, item: OpeningItem): Promise<readonly Fact[]> {
  const { parts } = termsOf(lot);
  if (item.part !== parts[0]) return [];
  const items = await em.find(OpeningItem, { lot: lot.id, part: item.part });
  if (items.some(({ state }) => state === 'sealed')) return [];
  return clashesAmong(items).map((clash) => fact('bids.clashed', { lot: lot.id }, { ...clash, submissions: [...clash.submissions] }));
}

/** The same from rows that are there. The envelopes of one bid are one bid, and name the same members. */
export function clashesAmong(items: readonly OpeningItem[]) {
  const bids = new Map(items.filter(({ state }) => state === 'opened').map((item) => [item.submission, item]));
  return clashesOf([...bids.values()].map(({ submission, bidder, bid }) => ({ submission, bidder, members: codesOf(bid) })));
}
