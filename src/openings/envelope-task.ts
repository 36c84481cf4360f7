import { Envelope } from '../bids/schema.ts';
import type { Call } from '../kernel/act.ts';
import { later } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import type { Part } from '../sealing/shapes.ts';
import type { Lot } from '../tenders/schema.ts';
import { CouncilTask, OpeningItem } from './schema.ts';

/** A bid whose envelope of a part is to be opened. */
export interface Listed {
  readonly id: string;
  readonly bidder: string;
  readonly bidderName: string;
}

/** The event that must stand in a witnessed checkpoint before the council can answer: with it the list is fixed. */
export type ListFixedBy = 'opening.started' | 'layers.closed' | 'pseudonyms.committed';

/** Gives each of these bids its place in the session of a part, in the order given. Answers the list as `opening.started` states it. */
export async function placeInSession(call: Call, lot: Lot, part: Part, bids: readonly Listed[]) {
  const { em, now } = call;
  lot.part = part;
  const envelopes = await envelopesOf(call, part, bids);
  const list = bids.map(({ id: submission, bidder, bidderName: name }) => ({
    submission,
    bidder,
    name,
    sha256: envelopes(submission).sha256,
  }));
  for (const [at, { submission, bidder, name: bidderName }] of list.entries()) {
    // ids a millisecond apart keep the order of receipt, in which the bids are read where no order is drawn
    em.create(OpeningItem, { id: newId(later(now, at)), lot: lot.id, part, submission, bidder, bidderName, state: 'sealed' });
  }
  return list;
}

async function envelopesOf(call: Call, part: string, bids: readonly Listed[]): Promise<(submission: string) => Envelope> {
  const found = await call.em.find(Envelope, { submission: { $in: bids.map((bid) => bid.id) }, part });
  const known = new Map(found.map((envelope) => [envelope.submission, envelope]));
  return (submission) => {
    const envelope = known.get(submission);
    if (!envelope) throw new Error(`submission ${submission} lacks its envelope`);
    return envelope;
  };
}

/** Asks the council to open the envelopes of one part of these bids, and of no others. The caller holds the lot's lock. */
export async function askCouncil(call: Call, lot: Lot, part: string, bids: readonly Listed[], fixedBy: ListFixedBy): Promise<void> {
  const envelopes = await envelopesOf(call, part, bids);
  const items = bids.map(({ id: submission, bidder, bidderName: name }) => {
    const { sha256, ephemeral, proof } = envelopes(submission);
    return { submission, bidder, name, sha256, ephemeral, proof };
  });
  call.em.create(CouncilTask, {
    id: newId(call.now),
    kind: 'opening',
    lot: lot.id,
    council: lot.council ?? '',
    question: { part, items, fixedBy },
    points: items.map((item) => item.ephemeral),
    askedAt: call.now,
  });
}

/** Both at once: the bids are placed, and the council is asked for exactly these. Answers the list as `opening.started` states it. */
export async function askForEnvelopes(call: Call, lot: Lot, part: Part, bids: readonly Listed[]) {
  const list = await placeInSession(call, lot, part, bids);
  await askCouncil(call, lot, part, bids, 'opening.started');
  return list;
}
