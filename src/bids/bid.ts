import { z } from 'zod';
import { parseYuan } from '../kernel/money.ts';
import type { Part } from '../sealing/shapes.ts';
import { isCut, rowsIn } from '../tenders/envelopes.ts';
import type { BidField } from '../tenders/line.ts';

/**
 * `bid.json`, the data half of a bid package: what the line's form asks, in the bidder's own words. It is made in the bidder's browser, sealed
 * there, and first read by the platform at the opening.
 */
export const bidShape = z.strictObject({
  /** the second is that of a joint bid (sealing/package.ts) */
  format: z.enum(['yangguang/bid/v1', 'yangguang/bid/v2']),
  lot: z.string(),
  part: z.string(),
  bidder: z.string(),
  bidderName: z.string().min(1).max(200),
  /** codes of those who bid together, the lead first; each of them signs the package */
  members: z.array(z.string()).optional(),
  /** yuan, two places; empty in an envelope that holds no price */
  price: z.string(),
  /** the form's other fields by key, as text */
  figures: z.record(z.string(), z.string().max(2000)),
  /** tables by key: rows of texts by column key */
  tables: z.record(z.string(), z.array(z.record(z.string(), z.string().max(2000))).max(20_000)),
  /** attachments under files/ of the package */
  files: z
    .array(z.strictObject({ field: z.string(), name: z.string().min(1).max(200), sha256: z.string(), bytes: z.int().min(0) }))
    .max(200),
  /** what was taken from the bidder's own dossier (dossier/entry.ts): which version, by the digest of what its owner vouched for */
  dossier: z
    .array(
      z.strictObject({ field: z.string().max(100), entry: z.string().max(36), version: z.int().min(1), sha256: z.string().length(43) }),
    )
    .max(200)
    .optional(),
  /** spaces that make every price envelope of a tender equally long (bids/cut.ts): its size is public before it is opened */
  padding: z.string().regex(/^ *$/).max(4_000_000).optional(),
});
export type Bid = z.infer<typeof bidShape>;

/** Why a bid.json cannot count: checked in the browser before sealing, and again when it is opened. Answers the first flaw, or null. */
export function flawOf(
  bid: unknown,
  lot: { readonly id: string; readonly form: readonly BidField[]; readonly parts?: readonly Part[]; readonly part?: Part },
  bidder: string,
): 'form' | 'other-lot' | 'other-bidder' | 'price' | 'missing' | 'misplaced' | null {
  const read = bidShape.safeParse(bid);
  if (!read.success) return 'form';
  const { data } = read;
  if (data.lot !== lot.id) return 'other-lot';
  if (data.bidder !== bidder) return 'other-bidder';
  const { parts = ['whole'], part = 'whole' } = lot;
  const form = rowsIn(lot.form, parts, part);
  const priced = !isCut(parts) || form.some((field) => field.key === 'price');
  if (isCut(parts) && (misplaced(data, form) || (!priced && data.price !== ''))) return 'misplaced';
  const price = parseYuan(data.price);
  if (priced && (price === undefined || price <= 0n)) return 'price';
  const lacks = (field: BidField): boolean => {
    if (!field.required) return false;
    if (field.kind === 'money' && field.key === 'price') return false;
    if (field.kind === 'file') return !data.files.some((file) => file.field === field.key);
    if (field.kind === 'table') return !data.tables[field.key]?.length;
    if (field.kind === 'choice') return !field.options?.some(({ value }) => value === data.figures[field.key]);
    return !data.figures[field.key]?.trim();
  };
  return form.some(lacks) ? 'missing' : null;
}

/** Where bids have several envelopes, nothing stands in one that belongs into another: a price seen too early cannot be unseen. */
function misplaced({ figures, tables, files, dossier = [] }: Bid, form: readonly BidField[]): boolean {
  const here = new Set(form.map((field) => field.key));
  return [...Object.keys(figures), ...Object.keys(tables), ...files.map((file) => file.field), ...dossier.map((each) => each.field)].some(
    (key) => !here.has(key),
  );
}
