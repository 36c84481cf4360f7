import { fact } from '../journal/event.ts';
import type { Call, Fact } from '../kernel/act.ts';
import { bidFigures } from '../openings/record.ts';
import { OpeningItem } from '../openings/schema.ts';
import type { Enquiry } from './schema.ts';

/** What an enquiry that has just been settled does to the ranking: a confirmed price stands in place of the one read out, an unconfirmed one ends the bid. */
export async function consequenceOf(call: Call, enquiry: Enquiry): Promise<readonly Fact[]> {
  if (enquiry.kind !== 'correction') return [];
  const subject = { lot: enquiry.lot, party: enquiry.bidder };
  const about = { enquiry: enquiry.id, bid: enquiry.submission };
  if (enquiry.accepts !== true) return [fact('correction.unconfirmed', subject, about)];
  const { lot, part, submission } = enquiry;
  const item = await call.em.findOneOrFail(OpeningItem, { lot, part, submission });
  const [from, to] = [bidFigures(item.bid).price, enquiry.correctedPrice ?? ''];
  return [fact('price.corrected', subject, { ...about, from, to, ground: enquiry.ground ?? '' })];
}
