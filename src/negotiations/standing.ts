import { isMajority } from '../evaluation/share.ts';

/** How a negotiation stands: pure, from what was said in it. A round is the time between two changes of the requirement. */

export interface MinutesFacts {
  readonly id: string;
  readonly submission: string;
  readonly round: number;
  readonly goesOn: boolean;
  readonly reason?: string | null | undefined;
}
export interface WordFacts {
  readonly minutes: string;
  readonly member: string;
  readonly agrees: boolean;
}
export type MinutesState = 'open' | 'confirmed' | 'void';

/** More than half of the group makes minutes stand; once that cannot come about any more they are void and written anew. */
export function minutesState(minutes: string, words: readonly WordFacts[], members: readonly string[]): MinutesState {
  const own = words.filter((word) => word.minutes === minutes && members.includes(word.member));
  const agreed = own.filter((word) => word.agrees).length;
  if (isMajority(agreed, members.length)) return 'confirmed';
  return isMajority(agreed + members.length - own.length, members.length) ? 'open' : 'void';
}

export type SupplierState = 'in' | 'out' | 'left';
export interface SupplierStanding {
  readonly submission: string;
  readonly bidder: string;
  readonly name: string;
  readonly state: SupplierState;
  /** the group has talked to it since the requirement was last changed, and confirmed the minutes */
  readonly talked: boolean;
  /** why its response did not meet the need */
  readonly reason: string | null;
}

export function suppliersStanding(
  suppliers: readonly { readonly submission: string; readonly bidder: string; readonly name: string }[],
  given: {
    readonly minutes: readonly MinutesFacts[];
    readonly words: readonly WordFacts[];
    readonly members: readonly string[];
    readonly left: ReadonlySet<string>;
    readonly round: number;
  },
): readonly SupplierStanding[] {
  return suppliers.map(({ submission, bidder, name }) => {
    const confirmed = given.minutes.filter(
      (each) => each.submission === submission && minutesState(each.id, given.words, given.members) === 'confirmed',
    );
    const refused = confirmed.find((each) => !each.goesOn);
    return {
      submission,
      bidder,
      name,
      state: given.left.has(bidder) ? 'left' : refused ? 'out' : 'in',
      talked: confirmed.some((each) => each.round === given.round),
      reason: refused?.reason ?? null,
    };
  });
}
