import * as z from 'zod';
import { canonicalBytes } from '../kernel/bytes.ts';
import { clientShape } from './client.ts';
import { bytesShape, codeShape, idShape, instantShape, partShape } from './shapes.ts';

const submissionV1 = z.strictObject({
  format: z.literal('yangguang/submission/v1'),
  id: idShape,
  lot: idShape,
  bidder: codeShape,
  parts: z
    .array(z.strictObject({ part: partShape, sha256: bytesShape(32), bytes: z.int().min(1) }))
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
