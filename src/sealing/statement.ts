import * as z from 'zod';
import { canonicalBytes } from '../kernel/bytes.ts';
import { clientShape } from './client.ts';
import { bytesShape, codeShape, elementShape, idShape, instantShape, partShape } from './shapes.ts';

/**
 * Under the policy `bidder+council` what a bidder commits to about the envelope inside its own layer (protocol §3): its digest and length, the public half
 * of its council stanza, and the head of the layer itself. R is random and the stanza is sealed, so none of it tells anything before its time.
 */
export const innerSealShape = z.strictObject({
  sha256: bytesShape(32),
  bytes: z.int().min(1),
  ephemeral: elementShape,
  proof: bytesShape(64),
  cover: z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .max(1000),
});
export type InnerSeal = z.infer<typeof innerSealShape>;

const submissionV1 = z.strictObject({
  format: z.literal('yangguang/submission/v1'),
  id: idShape,
  lot: idShape,
  bidder: codeShape,
  parts: z
    .array(z.strictObject({ part: partShape, sha256: bytesShape(32), bytes: z.int().min(1), inner: innerSealShape.optional() }))
    .min(1)
    .refine((parts) => new Set(parts.map(({ part }) => part)).size === parts.length, { error: 'a part is listed twice' }),
  supersedes: idShape.nullable(),
  at: instantShape,
});

/**
 * The submission statement (protocol §5): what a bidder signs and sends along with its envelopes. The second format names besides which build sealed
 * the bid; the first is read as ever, since its bytes are fixed and bidders may use programs of their own.
 */
export const submissionShape = z.discriminatedUnion('format', [
  submissionV1,
  submissionV1.extend({ format: z.literal('yangguang/submission/v2'), client: clientShape }),
]);
export type SubmissionStatement = z.infer<typeof submissionShape>;

/** The bytes that the bidder signs (detached CMS) and the server checks. */
export const submissionBytes = (statement: SubmissionStatement): Uint8Array => canonicalBytes(statement);

/** The build that a statement names; null where it names none. */
export const clientOf = (statement: SubmissionStatement) => ('client' in statement ? statement.client : null);
