import type { JointTerms } from '../tenders/joint.ts';
import { agreementKey, membersKey } from '../tenders/joint.ts';
import type { Bid } from './bid.ts';

/** A member of a joint bid, as its form names it. */
export interface Member {
  readonly code: string;
  readonly name: string;
  /** its share of the work */
  readonly work: string;
  readonly specialty: string;
  readonly grade: string;
}

/** Who bids together by the form, the lead first; empty where one bids alone. */
export function membersOf({
  tables,
}: {
  readonly tables?: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> | undefined;
}): readonly Member[] {
  return (tables?.[membersKey] ?? []).map((row) => ({
    code: (row.code ?? '').trim(),
    name: (row.name ?? '').trim(),
    work: (row.work ?? '').trim(),
    specialty: (row.specialty ?? '').trim(),
    grade: (row.grade ?? '').trim(),
  }));
}

/** The tables of a form but the one of its members. */
export const otherTables = <Row>(tables: Readonly<Record<string, readonly Row[]>>): readonly (readonly [string, readonly Row[]])[] =>
  Object.entries(tables).filter(([key]) => key !== membersKey);

/** A bid whose form names members is one of the second format, which every member signs. */
export function withMembers(bid: Bid): Bid {
  const members = membersOf(bid).map(({ code }) => code);
  if (members.length === 0) return bid;
  return { ...bid, format: 'yangguang/bid/v2', members };
}

export type JointTrouble = 'refused' | 'members' | 'many' | 'agreement';

/**
 * Why a joint bid cannot count, or null: the notice accepts none, those who signed are not those whom the form names with the bidder as their lead, they are
 * too many, or their agreement is missing. `here` says whether this envelope is the one that holds form and agreement.
 */
export function jointTrouble(
  bid: Bid,
  { joint, here }: { readonly joint: JointTerms | undefined; readonly here: boolean },
): JointTrouble | null {
  const named = membersOf(bid).map(({ code }) => code);
  const signing = bid.members ?? [];
  if (signing.length === 0 && named.length === 0) return null;
  if (!joint) return 'refused';
  if (here && (named.length < 2 || named[0] !== bid.bidder || named.join() !== signing.join() || new Set(named).size !== named.length))
    return 'members';
  if (signing.length > joint.max) return 'many';
  return here && !bid.files.some(({ field }) => field === agreementKey) ? 'agreement' : null;
}

const grades: readonly string[] = ['特级', '甲级', '一级', '壹级', '乙级', '二级', '贰级', '丙级', '三级', '叁级'];
const rankOf = (grade: string): number => {
  const at = grades.findIndex((each) => grade.includes(each));
  return at < 0 ? Infinity : Math.ceil(at / 3);
};

/** Of members of one speciality the lower grade counts (Bidding Law art. 31): by speciality, the grade of the joint venture. */
export function gradesOf(members: readonly Member[]): readonly { readonly specialty: string; readonly grade: string }[] {
  const specialties = [...new Set(members.map(({ specialty }) => specialty).filter((each) => each !== ''))];
  return specialties.map((specialty) => {
    const own = members.filter((each) => each.specialty === specialty).map(({ grade }) => grade);
    return { specialty, grade: own.reduce((lowest, grade) => (rankOf(grade) > rankOf(lowest) ? grade : lowest)) };
  });
}

/** Organisations that stand behind more than one of these bids, alone or as members, with the bids. */
export function clashesOf(
  bids: readonly { readonly submission: string; readonly bidder: string; readonly members: readonly string[] }[],
): readonly { readonly organisation: string; readonly submissions: readonly string[] }[] {
  const behind = new Map<string, string[]>();
  for (const { submission, bidder, members } of bids)
    for (const code of new Set([bidder, ...members])) behind.set(code, [...(behind.get(code) ?? []), submission]);
  return [...behind]
    .filter(([, submissions]) => submissions.length > 1)
    .map(([organisation, submissions]) => ({ organisation, submissions }));
}
