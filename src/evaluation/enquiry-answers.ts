import { z } from 'zod';
import { at, words } from '../kernel/answer.ts';
import { enquiryKinds } from './enquiry.ts';

/** What the pages of the panel's questions show; amounts are yuan strings, moments RFC 3339 UTC. */

export const enquiriesAnswer = z.object({
  lot: z.object({ id: z.string(), number: z.string(), name: z.string() }),
  reader: z.enum(['member', 'bidder']),
  /** whose certificate signs an answer */
  holder: z.string(),
  bidder: z.string(),
  enquiries: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.enum(enquiryKinds),
      text: z.string(),
      ground: words.nullable(),
      correctedPrice: z.string().nullable(),
      /** of a mending: what is to be put right */
      fields: z.array(words),
      readPrice: z.string(),
      askedAt: at,
      until: at,
      state: z.enum(['open', 'answered', 'lapsed']),
      accepts: z.boolean().nullable(),
      answer: z.string().nullable(),
      answeredAt: at.nullable(),
    }),
  ),
  /** what a member may ask now; null for others, and once the result is computed */
  ask: z
    .object({
      bids: z.array(z.object({ submission: z.string(), name: z.string(), price: z.string() })),
      kinds: z.array(z.enum(enquiryKinds)),
      grounds: z.array(z.object({ id: z.string(), says: words, source: words })),
      /** fields that may be put right, where the line grants it */
      mendable: z.array(z.object({ key: z.string(), label: words })),
      least: z.int(),
      most: z.int(),
    })
    .nullable(),
});
export type EnquiriesAnswer = z.infer<typeof enquiriesAnswer>;
