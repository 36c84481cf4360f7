import { bidFigures, openedBid } from '../openings/record.ts';
import type { OpeningItem } from '../openings/schema.ts';
import { correctedPrices, type EnquiryFacts } from './enquiry.ts';

/** What the evaluation takes as the price of a bid: the corrected one where its bidder confirmed it, else the one read out; empty where none is open yet. */
export function judgedPrices(items: readonly OpeningItem[], enquiries: readonly EnquiryFacts[]): (bid: string) => string {
  const corrected = correctedPrices(enquiries);
  return (bid) => corrected.get(bid) ?? bidFigures(openedBid(items, bid)).price;
}
