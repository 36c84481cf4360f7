import { z } from 'zod';
import { canonicalBytes } from '../kernel/bytes.ts';
import { bytesShape, codeShape, idShape, instantShape, partShape } from '../sealing/shapes.ts';

/** What a bidder signs when it submits (protocol §5): which sealed files, for which lot, in place of which earlier bid. */
export const submissionStatement = z.strictObject({
  format: z.literal('yangguang/submission/v1'),
  id: idShape,
  lot: idShape,
  bidder: codeShape,
  parts: z
    .array(z.strictObject({ part: partShape, sha256: bytesShape(32), bytes: z.int().positive() }))
    .min(1)
    .max(4),
  supersedes: idShape.nullable(),
  at: instantShape,
});
export type SubmissionStatement = z.infer<typeof submissionStatement>;

/** What a bidder signs when it withdraws its bid before the deadline. */
export const withdrawalStatement = z.strictObject({
  format: z.literal('yangguang/withdrawal/v1'),
  submission: idShape,
  lot: idShape,
  bidder: codeShape,
  at: instantShape,
});
export type WithdrawalStatement = z.infer<typeof withdrawalStatement>;

/** The bytes under the detached signature: JCS. */
export const signedBytes = (statement: SubmissionStatement | WithdrawalStatement): Uint8Array => canonicalBytes(statement);
