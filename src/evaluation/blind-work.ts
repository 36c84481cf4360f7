import type { Blinding } from './blind-reads.ts';
import type { JudgedBid, MarkRow, VerdictRow } from './bundle-reads.ts';

/** What a panel has before it, and what it gave. */
interface Before {
  readonly bids: readonly JudgedBid[];
  readonly reviews: readonly VerdictRow[];
  readonly scores: readonly MarkRow[];
}

/**
 * The same work as it may be known while it is blind: bids by their pseudonyms in the order of their numbers, without price and brand; and of verdicts and
 * marks only what is judged blind, for what a member gave a bid when it knew its name would tell it again.
 */
export function masked({ bids, reviews, scores }: Before, { blind, list }: Blinding, nameOf: (bid: { number: number }) => string): Before {
  const known = new Set(bids.map(({ submission }) => submission));
  const ids = new Map(list.map(({ submission, id }) => [submission, id]));
  const renamed = <Row extends { readonly submission: string }>(row: Row): Row[] => {
    const id = ids.get(row.submission);
    return id === undefined ? [] : [{ ...row, submission: id }];
  };
  return {
    bids: list
      .filter(({ submission }) => known.has(submission))
      .map((each) => ({ submission: each.id, bidderName: nameOf(each), price: '', brand: null, small: false, domestic: false })),
    reviews: reviews.filter(({ item }) => blind.items.includes(item)).flatMap(renamed),
    scores: scores.filter(({ criterion }) => blind.criteria.includes(criterion)).flatMap(renamed),
  };
}

/** The method as far as it is judged blind: nothing of prices, and whoever fails a blind item needs no blind marks. */
export const blindMethod = <Method extends { readonly items: readonly string[]; readonly criteria: readonly { readonly id: string }[] }>(
  method: Method,
  { blind }: Blinding,
): Method & { readonly ceiling: null; readonly minimumValid: 1 } => ({
  ...method,
  items: method.items.filter((item) => blind.items.includes(item)),
  criteria: method.criteria.filter(({ id }) => blind.criteria.includes(id)),
  ceiling: null,
  minimumValid: 1,
});

/** 施工组织设计.pdf, 施工组织设计-2.pdf: what a blind file is called, whatever its bidder called it; the ending says what it is. */
export function blindFileName(label: string, chosen: string, at: number): string {
  const ending = /\.[A-Za-z0-9]{1,5}$/.exec(chosen)?.[0].toLowerCase() ?? '';
  return `${label}${at === 0 ? '' : `-${at + 1}`}${ending}`;
}
