import { z } from 'zod';
import { canonicalBytes } from '../kernel/bytes.ts';
import { codeShape, idShape, instantShape } from '../sealing/shapes.ts';

/** What a bidder signs when it withdraws its bid before the deadline. The statement of a submission is in sealing/statement.ts. */
export const withdrawalStatement = z.strictObject({
  format: z.literal('yangguang/withdrawal/v1'),
  submission: idShape,
  lot: idShape,
  bidder: codeShape,
  at: instantShape,
});
export type WithdrawalStatement = z.infer<typeof withdrawalStatement>;

/** The bytes under the detached signature: JCS. */
export const withdrawalBytes = (statement: WithdrawalStatement): Uint8Array => canonicalBytes(statement);
