import { z } from 'zod';

const text = z.string();
const item = z.strictObject({
  submission: text,
  bidder: text,
  name: text,
  state: z.enum(['read', 'invalid']),
  reason: text.nullable(),
  order: z.int().nullable(),
  price: text.nullable(),
  figures: z.record(text, text),
});
/** The opening record as a file of its own (protocol §8): the record, and what the bidders signed over it. */
export const recordFileShape = z.strictObject({
  format: z.literal('yangguang/opening-record-file/v1'),
  record: z.strictObject({
    format: z.literal('yangguang/opening-record/v1'),
    lot: text,
    part: text,
    items: z.array(item).max(10_000),
    /** the draw of the order of reading; left out where bids were read as received */
    reading: z.unknown().optional(),
    draw: z.unknown(),
  }),
  sha256: text,
  /** silence accepts from then on */
  until: text,
  closed: z.strictObject({ at: text, by: text }).nullable(),
  words: z
    .array(
      z.strictObject({
        word: z.enum(['attended', 'confirmed', 'objected']),
        bidder: text,
        name: text,
        /** of the certificate it was signed with */
        serial: text,
        at: text,
        statement: z.unknown(),
        signature: text,
      }),
    )
    .max(10_000),
  anchors: z.array(text).max(64),
});
export type RecordFile = z.infer<typeof recordFileShape>;
