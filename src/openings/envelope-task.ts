import { Envelope } from '../bids/schema.ts';
import type { Call } from '../kernel/act.ts';
import { later } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import type { Part } from '../sealing/shapes.ts';
import type { Lot } from '../tenders/schema.ts';
import { CouncilTask, OpeningItem } from './schema.ts';

/** A bid whose envelope of a part is to be opened. */
interface Listed {
  readonly id: string;
  readonly bidder: string;
  readonly bidderName: string;
}

/**
 * Asks the council to open the envelopes of one part of these bids, and of no others: each gets its place in the session, in the order given.
 * Answers the list as `opening.started` states it.
 */
export async function askForEnvelopes(call: Call, lot: Lot, part: Part, bids: readonly Listed[]) {
  const { em, now } = call;
  lot.part = part;
  const envelopes = new Map(
    (await em.find(Envelope, { submission: { $in: bids.map((bid) => bid.id) }, part })).map((envelope) => [envelope.submission, envelope]),
  );
  const items = bids.map((bid) => {
    const envelope = envelopes.get(bid.id);
    if (!envelope) throw new Error(`submission ${bid.id} lacks its envelope`);
    const { sha256, ephemeral, proof } = envelope;
    return { submission: bid.id, bidder: bid.bidder, name: bid.bidderName, sha256, ephemeral, proof };
  });
  for (const [at, item] of items.entries()) {
    em.create(OpeningItem, {
      // ids a millisecond apart keep the order of receipt, in which the bids are read
      id: newId(later(now, at)),
      lot: lot.id,
      part,
      submission: item.submission,
      bidder: item.bidder,
      bidderName: item.name,
      state: 'sealed',
    });
  }
  em.create(CouncilTask, {
    id: newId(now),
    kind: 'opening',
    lot: lot.id,
    council: lot.council ?? '',
    question: { part, items },
    points: items.map((item) => item.ephemeral),
    askedAt: now,
  });
  return items.map(({ submission, bidder, name, sha256 }) => ({ submission, bidder, name, sha256 }));
}
