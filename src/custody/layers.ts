import { outageRuleShape, seenDown, statedBy } from '../journal/outage.ts';
import type { Instant } from '../kernel/clock.ts';
import { layerOutageShape, layersUntil, minutesOfLayers, standstillsIn } from '../openings/layer.ts';
import { sealedCopy } from '../openings/remedy.ts';
import { opensCover } from '../sealing/layer.ts';
import { only, type Placed, Refusal } from './judge.ts';

interface Covered {
  readonly submission: string;
  readonly bidder: string;
  readonly cover: string | undefined;
  readonly within: string | undefined;
}

/** What the notice says about the bidders' time. */
export interface LayerTerms {
  readonly layerMinutes?: number;
  readonly remedy?: { readonly plan: string };
  readonly outage?: unknown;
  readonly layerOutage?: unknown;
}

/**
 * Under `bidder+council`: of the bids that count exactly those whose bidder removed its own layer in time, with the key that opens the head it signed. While
 * the bidders' time runs and one is missing nothing is answered; and the journal says once for all when that time ended, so that no second list can follow.
 * Where the notice provides the remedy, the envelope that a bidder signed for under its layer, handed in by its digest, stands for the key: an invented one would
 * tell the platform nothing, since the bytes under the layer stay covered.
 */
export function uncovered<Bid extends Covered>(
  counted: readonly Bid[],
  events: readonly Placed[],
  notice: LayerTerms,
  { now, platform }: { readonly now: Instant; readonly platform: string },
): readonly Omit<Bid, 'cover' | 'within'>[] {
  const { layerMinutes, remedy } = notice;
  if (layerMinutes === undefined) throw new Refusal('events', 'the notice names no limit');
  const started = only<object>(events, 'opening.started');
  const closed = only<object>(events, 'layers.closed');
  const at = events.find(({ index }) => index === started.index)?.event.at as Instant;
  const until = layersUntil(at, layerMinutes, standstillsIn(events.map(({ event }) => event)));
  const removed = (bid: Bid): boolean =>
    events.some(({ index, event }) => {
      const { submission, key, kind, sha256 } = event.data as { submission?: string; key?: string; kind?: string; sha256?: string };
      const its = submission === bid.submission && index > started.index && index < closed.index && event.at < until;
      if (!its || bid.cover === undefined) return false;
      if (event.type === 'layer.removed') return key !== undefined && opensCover(bid.cover, key);
      return event.type === 'remedy.applied' && remedy?.plan === sealedCopy && kind === 'inner' && sha256 === bid.within;
    });
  const list = counted.filter(removed);
  revokedRightly(events, { at, until }, notice, platform);
  if (list.length < counted.length && now < until) throw new Refusal('layers-awaited', `own clock ${now}, limit ${until}`);
  // what the platform took, it took in time: a removal that it recorded and does not count would be a bidder shut out
  return list.map(({ cover: _, within: __, ...bid }) => bid);
}

/** No bid was laid to its bidder's charge where the probes' signed statements before it show that the platform was down for as long as the notice says. */
function revokedRightly(
  events: readonly Placed[],
  { at, until }: { readonly at: Instant; readonly until: Instant },
  notice: LayerTerms,
  platform: string,
): void {
  const [rule, least] = [outageRuleShape.safeParse(notice.outage), layerOutageShape.safeParse(notice.layerOutage)];
  if (!rule.success || !least.success) return;
  const minutes = minutesOfLayers(at, until, standstillsIn(events.map(({ event }) => event)));
  for (const { index, event } of events) {
    if (event.type !== 'bid.revoked' || (event.data as { evidence?: unknown }).evidence === null) continue;
    const stated = statedBy(
      rule.data,
      platform,
      events.filter((each) => each.index < index),
    );
    if (seenDown(rule.data, minutes, least.data.downMinutes, stated).proven) throw new Refusal('revoked-despite-outage', `event ${index}`);
  }
}
