import type { Pseudonym } from '../journal/pseudonym.ts';
import { canonical } from '../kernel/bytes.ts';
import { type MemberSheet, sheetShape } from './member-sheet.ts';

/** What members of a panel gave, as the journal tells it: opened sheets first, then every verdict and mark given or changed by itself. Pure. */
interface Told {
  readonly type: string;
  readonly data: unknown;
}
export interface Given {
  /** by `givenKey` of member, bid and item */
  readonly verdicts: ReadonlyMap<string, { readonly pass: boolean; readonly reason: string | null }>;
  /** by `givenKey` of member, bid and criterion: the mark as it was written */
  readonly marks: ReadonlyMap<string, string>;
}
export const givenKey = (member: string, bid: string, of: string): string => canonical([member, bid, of]);

/** The last that each member said, in the order of the journal. */
export function givenIn(told: readonly Told[]): Given {
  const nameOf = unblinded(told);
  const verdicts = new Map<string, { pass: boolean; reason: string | null }>();
  const marks = new Map<string, string>();
  for (const { type, data } of told) {
    if (type === 'sheet.opened') {
      const sheet = sheetIn(data);
      for (const { bid, reviews, scores } of sheet?.bids ?? []) {
        for (const { item, pass, reason } of reviews) verdicts.set(givenKey(sheet?.member ?? '', nameOf(bid), item), { pass, reason });
        for (const { criterion, score } of scores) marks.set(givenKey(sheet?.member ?? '', nameOf(bid), criterion), score);
      }
    }
    if (type === 'bid.reviewed') {
      const { member, bid, item, pass, reason } = data as {
        member: string;
        bid: string;
        item: string;
        pass: boolean;
        reason?: string | null;
      };
      verdicts.set(givenKey(member, nameOf(bid), item), { pass, reason: reason ?? null });
    }
    if (type === 'bid.scored') {
      const { member, bid, criterion, score } = data as { member: string; bid: string; criterion: string; score: string };
      marks.set(givenKey(member, nameOf(bid), criterion), score);
    }
  }
  return { verdicts, marks };
}

/** What was judged blind, in a sheet or by itself, names bids by the ids of their pseudonyms, which are laid open afterwards. */
function unblinded(told: readonly Told[]): (bid: string) => string {
  const lists = told.filter(({ type }) => type === 'pseudonyms.revealed').map(({ data }) => (data as { list: readonly Pseudonym[] }).list);
  const submissions = new Map(lists.flat().map(({ id, submission }) => [id, submission]));
  return (bid) => submissions.get(bid) ?? bid;
}

/** The sheet that a `sheet.opened` carries, where it is one of the seat it names. */
export function sheetIn(data: unknown): MemberSheet | undefined {
  const { member, sheet } = data as { member: string; sheet: unknown };
  const read = sheetShape.safeParse(sheet);
  return read.success && read.data.member === member ? read.data : undefined;
}
