import type { Call } from '../kernel/act.ts';
import { decimal } from '../kernel/fraction.ts';
import { OpeningItem } from '../openings/schema.ts';
import { termsOf } from '../tenders/lot.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { type Lot, Project } from '../tenders/schema.ts';
import { enquiriesOf } from './enquiry-reads.ts';
import { judgedPrices } from './judged-prices.ts';

/**
 * May a bid be failed on this item for its price? Not before its bidder was asked to explain it and has answered, or let its time pass (Order 12
 * art. 21); a price above the ceiling needs no explanation.
 */
export async function lowPricesUnexplained(call: Call, lot: Lot): Promise<(bid: string, item: string) => boolean> {
  const project = await call.em.findOneOrFail(Project, { id: lot.project });
  const asking = new Set(
    editionOf(lot, project, call.now)
      .items.filter((item) => item.asksFirst === 'low-price')
      .map(({ id }) => id),
  );
  const enquiries = await enquiriesOf(call.em, lot.id);
  const asked = new Set(enquiries.filter((each) => each.kind === 'low-price' && each.state !== 'open').map((each) => each.submission));
  const items = await call.em.find(OpeningItem, { lot: lot.id, state: 'opened' });
  const { ceiling } = termsOf(lot);
  const priceOf = judgedPrices(items, enquiries);
  const isAbove = (bid: string): boolean => ceiling !== null && decimal(priceOf(bid) || '0').isAbove(decimal(ceiling));
  return (bid, item) => asking.has(item) && !asked.has(bid) && !isAbove(bid);
}
