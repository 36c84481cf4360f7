import * as z from 'zod';
import { canonicalBytes } from '../kernel/bytes.ts';
import { bytesShape, codeShape, idShape, instantShape, partShape } from './shapes.ts';

/** The submission statement (protocol §5): what a bidder signs and sends along with its envelopes. */
export const submissionShape = z.strictObject({
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
export type SubmissionStatement = z.infer<typeof submissionShape>;

/** The bytes that the bidder signs (detached CMS) and the server checks. */
export const submissionBytes = (statement: SubmissionStatement): Uint8Array => canonicalBytes(statement);
