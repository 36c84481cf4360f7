import { fact } from '../journal/event.ts';
import { holdProbes } from '../journal/probe-reads.ts';
import type { Call, Fact } from '../kernel/act.ts';
import type { Instant } from '../kernel/clock.ts';
import type { Lot } from '../tenders/schema.ts';
import { attributionOf, type LayerEvidence, notRemoved } from './layer.ts';
import { layersSeen } from './layer-state.ts';
import { OpeningItem } from './schema.ts';

/** Whose doing it was that layers stayed on: shared by the end of the bidders' time, and by what follows when the probes have spoken. */

/** A bid whose layer stayed on is out, whoever it was. */
export function leaveOut(item: OpeningItem): void {
  item.state = 'invalid';
  item.reason = notRemoved;
}

/**
 * The attributions of a lot that can be given now; none while probes may still say that the platform was down in the bidders' time. Statements stand still until the
 * end of this transaction: those below its place in the journal are exactly those that it saw.
 */
export async function attributionsDue(call: Call, lot: Lot, until: Instant): Promise<readonly Fact[]> {
  await holdProbes(call.em);
  const witnessed = await layersSeen(call.em, lot, until, call.now);
  if (witnessed && !witnessed.settled) return [];
  const items = await call.em.find(OpeningItem, { lot: lot.id }, { orderBy: { id: 'asc' } });
  const othersRemoved = items.filter((item) => item.layerRemovedAt).length;
  const sawDown = witnessed ? { sawDown: witnessed.seen.saw } : {};
  return items.filter(unattributed).map((item) => {
    const disputed = item.disputedAt !== null && item.disputedAt !== undefined;
    const attended = item.attendedAt !== null && item.attendedAt !== undefined && item.attendedAt < until;
    return attributed(call, lot, item, { disputed, attended, othersRemoved, ...sawDown }, witnessed?.quorum ?? null);
  });
}

const unattributed = (item: OpeningItem): boolean => item.reason === notRemoved && !item.attributedTo && !item.rulingAskedAt;

function attributed(call: Call, lot: Lot, item: OpeningItem, evidence: LayerEvidence, quorum: number | null): Fact {
  const { to, ground } = attributionOf(evidence, quorum);
  const { submission, bidder, bidderName: name } = item;
  if (to === 'ruling') {
    item.rulingAskedAt = call.now;
    return fact('attribution.asked', { lot: lot.id }, { submission, bidder, name, ground, evidence });
  }
  item.attributedTo = to;
  const out = { submission, bidder, name, reason: notRemoved, ground, evidence };
  return to === 'bidder'
    ? fact('bid.revoked', { lot: lot.id }, { ...out, attributedTo: to })
    : fact('bid.withdrawn-by-platform', { lot: lot.id }, { ...out, attributedTo: to });
}
