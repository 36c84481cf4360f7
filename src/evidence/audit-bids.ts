import { canonical } from '../kernel/bytes.ts';
import { type BidCopy, type EventCopy, type Finding, finding } from './journal-copy.ts';

interface Received {
  readonly statement: { readonly id?: string; readonly lot?: string; readonly bidder?: string };
  readonly signature: string;
  readonly envelopes: readonly object[];
}

/** What the tables say of each bid against what was journalled when it came: the statement, its signature, its envelopes and its time. */
export function bidsDiffering(bids: readonly BidCopy[], events: readonly EventCopy[]): Finding[] {
  const received = new Map<string, { readonly event: EventCopy; readonly told: string }>();
  for (const event of events) {
    if (event.type !== 'bid.received' && event.type !== 'bid.replaced') continue;
    const told = toldBy(event);
    if (told) received.set(told.id, { event, told: told.text });
  }
  const standing = new Set(bids.map(({ id }) => id));
  const differing = bids.flatMap((bid): Finding[] => {
    const known = received.get(bid.id);
    if (!known) return [finding('bid-without-event', bid.id)];
    return known.told === stands(bid) ? [] : [finding('edited-bid', bid.id)];
  });
  return [...differing, ...[...received.keys()].filter((id) => !standing.has(id)).map((id) => finding('event-without-bid', id))];
}

function toldBy({ body }: EventCopy): { readonly id: string; readonly text: string } | undefined {
  try {
    const { at, data } = JSON.parse(body) as { at: string; data: Received };
    const { id, lot, bidder } = data.statement;
    if (id === undefined) return undefined;
    const envelopes = data.envelopes.map(headOf).sort();
    return { id, text: canonical({ id, lot, bidder, statement: data.statement, signature: data.signature, receivedAt: at, envelopes }) };
  } catch {
    // an unreadable body is found as a rewritten row
    return undefined;
  }
}

const stands = ({ id, lot, bidder, statement, signature, receivedAt, envelopes }: BidCopy): string =>
  canonical({ id, lot, bidder, statement, signature, receivedAt, envelopes: envelopes.map(headOf).sort() });

function headOf(envelope: object): string {
  const { part, sha256, bytes, ephemeral } = envelope as BidCopy['envelopes'][number];
  return `${part} ${sha256} ${bytes} ${ephemeral}`;
}
