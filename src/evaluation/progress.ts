import { decimal } from '../kernel/fraction.ts';
import type { Method } from './bundle.ts';
import { biddersIn } from './same-brand.ts';

/** How far a panel has come: what the desk shows and what stands between it and the result. Pure. */

export interface Verdict {
  readonly member: string;
  readonly bid: string;
  readonly item: string;
  readonly pass: boolean;
}
export interface Mark {
  readonly member: string;
  readonly bid: string;
  readonly criterion: string;
  readonly score: string;
}

export interface Work {
  readonly method: Pick<Method, 'items' | 'criteria' | 'ceiling' | 'minimumValid' | 'sameBrand'>;
  readonly members: readonly string[];
  readonly bids: readonly { readonly id: string; readonly price: string; readonly brand?: string }[];
  /** newest versions only */
  readonly verdicts: readonly Verdict[];
  readonly marks: readonly Mark[];
}

export interface Done {
  readonly done: number;
  readonly of: number;
}
export interface Progress {
  /** why a bid is out, once every member has reviewed everything; null before */
  readonly out: ReadonlyMap<string, string> | null;
  /** the bids that need scores: all of them before the review is complete, none when too few are left */
  readonly scored: readonly string[];
  readonly members: readonly { readonly member: string; readonly reviews: Done; readonly scores: Done }[];
  /** objective criteria on which the members who have scored differ */
  readonly differing: readonly { readonly bid: string; readonly criterion: string }[];
  readonly complete: boolean;
}

/** Ids of seats and bids hold no slash. */
const key = (member: string, bid: string, of: string): string => `${member}/${bid}/${of}`;

/** Counts what is done and what is still asked of each member. */
export function progressOf(work: Work): Progress {
  const { method, members, bids } = work;
  const seated = new Set(members);
  const verdicts = new Map(
    work.verdicts.filter((each) => seated.has(each.member)).map((each) => [key(each.member, each.bid, each.item), each]),
  );
  const asked = bids.length * method.items.length;
  const reviews = members.map(
    (member) => bids.flatMap((bid) => method.items.filter((item) => verdicts.has(key(member, bid.id, item)))).length,
  );
  const reviewed = members.length > 0 && reviews.every((count) => count === asked);
  const out = reviewed ? outOf(work, verdicts) : null;
  const left = bids.filter((bid) => !out?.has(bid.id));
  const tooFew = out !== null && biddersIn(left, method.sameBrand) < method.minimumValid;
  const scored = tooFew ? [] : left.map((bid) => bid.id);
  const marks = new Map(
    work.marks.filter((each) => seated.has(each.member)).map((each) => [key(each.member, each.bid, each.criterion), each.score]),
  );
  const each = members.map((member, at) => ({
    member,
    reviews: { done: reviews[at] ?? 0, of: asked },
    scores: {
      done: scored.flatMap((bid) => method.criteria.filter((criterion) => marks.has(key(member, bid, criterion.id)))).length,
      of: scored.length * method.criteria.length,
    },
  }));
  const differing = differences(work, scored, marks);
  const complete = reviewed && differing.length === 0 && each.every((one) => one.scores.done === one.scores.of);
  return { out, scored, members: each, differing, complete };
}

/** Steps 1 and 2 of the published method: the first item that more than half of the members fail, else a price above the ceiling. */
function outOf({ method, members, bids }: Work, verdicts: ReadonlyMap<string, Verdict>): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  const ceiling = method.ceiling === null ? null : decimal(method.ceiling);
  for (const bid of bids) {
    const failed = method.items.find((item) => {
      const against = members.filter((member) => verdicts.get(key(member, bid.id, item))?.pass === false).length;
      return against * 2 > members.length;
    });
    if (failed !== undefined) out.set(bid.id, `review:${failed}`);
    else if (ceiling !== null && decimal(bid.price).isAbove(ceiling)) out.set(bid.id, 'above-ceiling');
  }
  return out;
}

function differences({ method, members }: Work, scored: readonly string[], marks: ReadonlyMap<string, string>): Progress['differing'] {
  const objective = method.criteria.filter((criterion) => criterion.kind === 'objective');
  return scored.flatMap((bid) =>
    objective.flatMap((criterion) => {
      // the same digits are the same score; only others are worth an exact comparison
      const given = [...new Set(members.flatMap((member) => marks.get(key(member, bid, criterion.id)) ?? []))].map(decimal);
      const [first] = given;
      return first !== undefined && given.some((score) => !score.equals(first)) ? [{ bid, criterion: criterion.id }] : [];
    }),
  );
}
