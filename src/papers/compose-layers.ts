import { notRemoved } from '../openings/layer.ts';
import type { History } from './history.ts';

/** A bid that the opening left out, and whose doing it was; `open` while a person has still to rule, `settling` while the probes may still speak. */
export interface LeftOut {
  readonly submission: string;
  readonly bidder: string;
  readonly reason: string;
  readonly attributedTo: string;
}

/** Every bid that the opening left out: found invalid, or never opened because its bidder's own layer stayed on; in journal order. */
export function leftOut(
  history: History,
  which: (each: { readonly data: { readonly part?: string | undefined } }) => boolean = () => true,
): readonly LeftOut[] {
  const invalid = history
    .all('bid.invalid')
    .filter(which)
    .map(({ data }): LeftOut => data);
  const covered = history
    .all('layers.closed')
    .filter(which)
    .flatMap(({ data }) => data.missing);
  const outcomes = history.all('bid.revoked', 'bid.withdrawn-by-platform');
  const asked = history.all('attribution.asked');
  const listed = history.all('opening.started').flatMap(({ data }) => data.list);
  const out = covered.flatMap((submission): readonly LeftOut[] => {
    const outcome = outcomes.findLast(({ data }) => data.submission === submission)?.data;
    const bidder = listed.find((each) => each.submission === submission)?.bidder;
    const question = asked.some(({ data }) => data.submission === submission) ? 'open' : 'settling';
    return bidder === undefined ? [] : [{ submission, bidder, reason: notRemoved, attributedTo: outcome?.attributedTo ?? question }];
  });
  return [...out, ...invalid];
}
