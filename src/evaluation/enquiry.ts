import { z } from 'zod';
import { base64url, canonicalBytes, utf8 } from '../kernel/bytes.ts';
import { sha256 } from '../sealing/digest.ts';

/**
 * What a panel asks of one bidder in writing (rules/domain EV-4, EV-5, EV-7): to clarify, to put a formal gap right, to confirm the correction of a plain arithmetical error, or
 * to explain a very low price. A bidder is asked; what it sends unasked is not taken.
 */
export const enquiryKinds = ['clarification', 'mending', 'correction', 'low-price'] as const;
export type EnquiryKind = (typeof enquiryKinds)[number];
/** `lapsed`: no answer in its time. Of a correction, `answered` with `accepts` false and `lapsed` are the same: it is not confirmed. */
export type EnquiryState = 'open' | 'answered' | 'lapsed';

/** What the bidder signs with its certificate: the very question, and its answer. */
export const enquiryAnswerShape = z.strictObject({
  format: z.literal('yangguang/enquiry-answer/v1'),
  lot: z.string(),
  enquiry: z.string(),
  /** SHA-256 of the question, base64url */
  question: z.string(),
  bidder: z.string(),
  /** whether a correction is confirmed; null where none is asked */
  accepts: z.boolean().nullable(),
  text: z.string(),
  at: z.string(),
});
export type EnquiryAnswer = z.infer<typeof enquiryAnswerShape>;
export const enquiryAnswerBytes = (answer: EnquiryAnswer): Uint8Array => canonicalBytes(answer);
/** The digest by which an answer names its question. */
export const questionDigest = (text: string): string => base64url(sha256(utf8(text)));

/** What an enquiry does to the evaluation, as far as it is decided. */
export interface EnquiryFacts {
  readonly submission: string;
  readonly kind: string;
  readonly state: string;
  readonly accepts: boolean | null;
  readonly correctedPrice: string | null;
}

/** Prices that the evaluation takes in place of those read out: confirmed corrections, the last of each bid. */
export function correctedPrices(enquiries: readonly EnquiryFacts[]): ReadonlyMap<string, string> {
  return new Map(
    enquiries.flatMap(({ submission, kind, state, accepts, correctedPrice }) =>
      kind === 'correction' && state === 'answered' && accepts === true && correctedPrice ? [[submission, correctedPrice] as const] : [],
    ),
  );
}

/** Bids that are out because their correction was not confirmed (Order 12 art. 19, Order 87 art. 59). */
export function unconfirmed(enquiries: readonly EnquiryFacts[]): ReadonlySet<string> {
  return new Set(
    enquiries
      .filter(({ kind, state, accepts }) => kind === 'correction' && (state === 'lapsed' || (state === 'answered' && accepts !== true)))
      .map(({ submission }) => submission),
  );
}
