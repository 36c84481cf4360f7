import { z } from 'zod';
import { canonicalBytes } from '../kernel/bytes.ts';
import { type Instant, later, parseInstant } from '../kernel/clock.ts';
import { bytesShape, codeShape, idShape, instantShape, partShape } from '../sealing/shapes.ts';

/**
 * What a bidder signs in an opening session (protocol §6): that it is there, that it confirms the record, or that it objects to it. The server never
 * signs for it: the browser puts the statement together and signs it, and everybody can check both for ever.
 */
const head = { lot: idShape, part: partShape, bidder: codeShape, at: instantShape };

/** `root` is that of the closing snapshot, which nobody knew before the deadline: an attendance cannot be signed in advance. */
export const attendanceShape = z.strictObject({ format: z.literal('yangguang/attendance/v1'), ...head, root: bytesShape(32) });
/** `record` is the digest of the opening record (openings/record.ts), the one that `record.closed` names. */
export const confirmationShape = z.strictObject({ format: z.literal('yangguang/record-confirmation/v1'), ...head, record: bytesShape(32) });
export const recordObjectionShape = z.strictObject({
  format: z.literal('yangguang/record-objection/v1'),
  ...head,
  record: bytesShape(32),
  text: z.string(),
});

export const hallStatementShape = z.discriminatedUnion('format', [attendanceShape, confirmationShape, recordObjectionShape]);
export type AttendanceStatement = z.infer<typeof attendanceShape>;
export type ConfirmationStatement = z.infer<typeof confirmationShape>;
export type RecordObjectionStatement = z.infer<typeof recordObjectionShape>;
export type HallStatement = z.infer<typeof hallStatementShape>;

/** The bytes that are signed (detached CMS, §4). */
export const hallStatementBytes = (statement: HallStatement): Uint8Array => canonicalBytes(statement);

/** How far the moment in a statement may lie from the platform's receipt of it: long enough to find the key file, too short for a paper from a drawer. */
const signedWithin = 15 * 60_000;

/** Was it signed about the moment at which it was taken? */
export function signedNear(claimed: string, takenAt: Instant): boolean {
  const at = parseInstant(claimed);
  return at !== undefined && later(at, signedWithin) >= takenAt && later(takenAt, signedWithin) >= at;
}
