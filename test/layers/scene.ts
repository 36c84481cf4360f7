import { Envelope } from '../../src/bids/schema.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { removeLayer } from '../../src/openings/remove-layer.ts';
import { newAgeIdentity } from '../../src/sealing/envelope.ts';
import { coverKey } from '../../src/sealing/layer.ts';
import type { InnerSeal } from '../../src/sealing/statement.ts';
import type { DraftChange } from '../../src/tenders/draft.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { type Offer, phaseOf, publishedLot, submitSealed, until } from '../support/opened-lot.ts';
import type { Town } from '../support/town.ts';

/** A lot of the policy `bidder+council` whose opening has started: nobody has removed a layer yet. */
export interface LayeredLot {
  readonly lot: string;
  readonly bids: readonly string[];
  /** age identities of the bidders, in order */
  readonly identities: readonly string[];
  /** the moment at which the bidders' time ends, with no order in between */
  limit(): Promise<string>;
  key(at: number, identity?: string): Promise<string | undefined>;
  remove(at: number): Promise<unknown>;
}

export const prices = ['17800000.00', '18000000.00', '18250000.00'];

/** `inner` bends what the last bidder signs of its envelope. */
export async function layeredLot(
  town: Town,
  offers: readonly string[] = prices,
  inner?: Offer['inner'],
  draft: Partial<DraftChange> = {},
  /** what is done when the deadline has come, before the opening starts */
  atDeadline: (deadline: Instant) => Promise<void> = async () => undefined,
): Promise<LayeredLot> {
  const { house, bidders } = town;
  const { lot } = await publishedLot(town, { sealPolicy: 'bidder+council', ...draft });
  const bids: string[] = [];
  const identities: string[] = [];
  for (const [at, price] of offers.entries()) {
    const bidder = bidders[at];
    if (!bidder) throw new Error(`the town has no bidder ${at + 1}`);
    const own = await newAgeIdentity();
    identities.push(own.identity);
    const offer = at === offers.length - 1 && inner ? { price, inner } : { price };
    bids.push(await submitSealed(town, lot, bidder, offer, own.recipient));
  }
  const { deadline } = await house.em().findOneOrFail(Lot, { id: lot });
  if (!deadline) throw new Error('a published lot has a deadline');
  await house.clock.to(deadline);
  await atDeadline(deadline);
  await until(town, async () => (await phaseOf(house, lot)) === 'opening');
  const key = async (at: number, identity = identities[at] ?? ''): Promise<string | undefined> => {
    const envelope = await house.em().findOneOrFail(Envelope, { submission: bids[at] ?? '' });
    return coverKey(identity, (envelope.inner as InnerSeal).cover);
  };
  return {
    lot,
    bids,
    identities,
    key,
    limit: async () => {
      const { openedAt } = await house.em().findOneOrFail(Lot, { id: lot });
      if (!openedAt) throw new Error('the opening has not started');
      return later(openedAt, 30 * 60_000);
    },
    remove: async (at) => {
      const bidder = bidders[at];
      if (!bidder) throw new Error(`the town has no bidder ${at + 1}`);
      return house.perform(removeLayer, bidder.actor, { lot, key: await key(at) });
    },
  };
}
