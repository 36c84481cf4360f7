import { decimal, type Fraction, sum, zero } from '../kernel/fraction.ts';
import { givenKey } from './given.ts';
import type { MemberSheet } from './member-sheet.ts';

/** How far a member's sheet has moved since it was opened: what it had sealed before it knew the others', against what it stands by now. Pure. */
export interface Drift {
  readonly member: string;
  /** how many versions it sealed before all were in */
  readonly versions: number;
  readonly verdicts: number;
  readonly marks: number;
  /** points by which marks moved, up or down, all together */
  readonly points: string;
  /** of each bid that moved, the change of its sum: a drift toward one of them shows here */
  readonly bids: readonly { readonly bid: string; readonly points: string }[];
}

interface Now {
  readonly verdicts: ReadonlyMap<string, boolean>;
  readonly marks: ReadonlyMap<string, string>;
}

/** Sheets that one member gave one after the other, as one: each bid under its name, under the newest version. Undefined of none. */
export function asOne(sheets: readonly MemberSheet[], nameOf: (bid: string) => string): MemberSheet | undefined {
  const newest = sheets.at(-1);
  const bids = new Map<string, MemberSheet['bids'][number]>();
  for (const { bid, reviews, scores } of sheets.flatMap((sheet) => sheet.bids)) {
    const before = bids.get(nameOf(bid));
    bids.set(nameOf(bid), {
      bid: nameOf(bid),
      reviews: [...(before?.reviews ?? []), ...reviews],
      scores: [...(before?.scores ?? []), ...scores],
    });
  }
  return newest && { ...newest, bids: [...bids.values()] };
}

/** `now` holds, by `givenKey`, what each member stands by. */
export function driftOf(sheet: MemberSheet, now: Now): Drift {
  const { member, version: versions } = sheet;
  const verdicts = sheet.bids.flatMap(({ bid, reviews }) =>
    reviews.filter(({ item, pass }) => (now.verdicts.get(givenKey(member, bid, item)) ?? pass) !== pass),
  ).length;
  const moved = sheet.bids.map(({ bid, scores }) => ({
    bid,
    by: scores.flatMap(({ criterion, score }): Fraction[] => {
      const change = decimal(now.marks.get(givenKey(member, bid, criterion)) ?? score).minus(decimal(score));
      return change.equals(zero) ? [] : [change];
    }),
  }));
  const changes = moved.flatMap(({ by }) => by);
  return {
    member,
    versions,
    verdicts,
    marks: changes.length,
    points: sum(changes.map((change) => change.absolute())).print(2),
    bids: moved.flatMap(({ bid, by }) => (by.length === 0 ? [] : [{ bid, points: sum(by).print(2) }])),
  };
}
