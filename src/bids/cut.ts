import { canonicalBytes } from '../kernel/bytes.ts';
import type { Part } from '../sealing/shapes.ts';
import { isCut, rowsIn } from '../tenders/envelopes.ts';
import type { BidField } from '../tenders/line.ts';
import type { Bid } from './bid.ts';

export { partTitle } from '../tenders/envelopes.ts';

/** What one envelope holds: its bid.json, and which of the whole bid's attachments go with it (by their place). */
export interface Cut {
  readonly part: Part;
  readonly bid: Bid;
  readonly files: readonly number[];
}

/**
 * Cuts a bid into its envelopes: every field, table and attachment into the one its form names, and nothing anywhere else. One envelope stays as it is.
 * The sizes of all envelopes stand in the receipt and are public from the first session on, so those of later sessions are padded: a price with one
 * digit more must not make a longer file.
 */
export function cutBid(whole: Bid, form: readonly BidField[], parts: readonly Part[]): readonly Cut[] {
  if (!isCut(parts)) return [{ part: 'whole', bid: { ...whole, part: 'whole' }, files: whole.files.map((_, at) => at) }];
  return parts.map((part, place) => {
    const here = new Set(rowsIn(form, parts, part).map((field) => field.key));
    const only = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> =>
      Object.fromEntries(Object.entries(record).filter(([key]) => here.has(key)));
    const files = whole.files.flatMap((file, at) => (here.has(file.field) ? [at] : []));
    const bid: Bid = {
      ...whole,
      part,
      price: here.has('price') ? whole.price : '',
      figures: only(whole.figures),
      tables: only(whole.tables),
      files: whole.files.filter((file) => here.has(file.field)),
      ...(whole.dossier ? { dossier: whole.dossier.filter((each) => here.has(each.field)) } : {}),
    };
    return { part, bid: place === 0 ? bid : padded(bid), files };
  });
}

/** Every padded bid.json is a multiple of this long. */
export const paddedTo = 65_536;

function padded(bid: Bid): Bid {
  const { length } = canonicalBytes({ ...bid, padding: '' });
  return { ...bid, padding: ' '.repeat((paddedTo - (length % paddedTo)) % paddedTo) };
}
