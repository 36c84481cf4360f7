import type { DeskAnswer } from '../../src/evaluation/answers.ts';

export type DeskView = 'bids' | 'review' | 'score' | 'compare' | 'sheet' | 'result';

export interface Place {
  readonly view: DeskView;
  readonly bid?: string | undefined;
  /** which of the bid's files stands beside the sheet */
  readonly file?: number | undefined;
  readonly sheet?: number | undefined;
  /** the item or criterion that is compared */
  readonly of?: string | undefined;
}

/** The address of a place at the desk. */
export function deskAt(data: Pick<DeskAnswer, 'lot'>, place: Place): string {
  const query = new URLSearchParams();
  for (const key of ['view', 'bid', 'file', 'sheet', 'of'] as const) {
    const value = place[key];
    if (value !== undefined) query.set(key, String(value));
  }
  return `/lots/${data.lot.id}/evaluation?${query}`;
}

/** How many items of a bid are still open to the member, on the sheet of this view. */
export function openOn(data: DeskAnswer, view: 'review' | 'score', bid: string): number {
  const { own } = data;
  if (!own) return 0;
  if (view === 'review') return data.items.length - own.verdicts.filter((row) => row.bid === bid).length;
  return data.scored.includes(bid) ? data.criteria.length - own.marks.filter((row) => row.bid === bid).length : 0;
}

/** Where the next open item is: after this place first, then from the beginning, then on the other sheet. Null when all is done. */
export function nextOpen(data: DeskAnswer, here: DeskView): Place | null {
  const bids = (data.bids ?? []).map((bid) => bid.submission);
  const at = bids.indexOf(data.chosen?.submission ?? '');
  const order = [...bids.slice(at + 1), ...bids.slice(0, at + 1)];
  const views = here === 'score' ? (['score', 'review'] as const) : (['review', 'score'] as const);
  for (const view of views) {
    // what is open on the sheet in front comes first
    const first = here === view && openOn(data, view, bids[at] ?? '') > 0 ? bids[at] : undefined;
    const bid = first ?? order.find((each) => openOn(data, view, each) > 0);
    if (bid !== undefined) return { view, bid };
  }
  return null;
}
