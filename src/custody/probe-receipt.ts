import type { NoteVerifier } from '../journal/checkpoint.ts';
import { probeStatementShape, statementDigest } from '../journal/probe.ts';
import { verifyReceipt } from '../journal/receipt.ts';

/** Whether this is a receipt of the platform for exactly the statement of this digest. */
export function receiptHolds(receipt: unknown, platform: NoteVerifier, digest: string): boolean {
  const verdict = verifyReceipt(receipt, platform);
  if (!verdict.ok || verdict.receipt.event.type !== 'probe.reported') return false;
  const statement = probeStatementShape.safeParse((verdict.receipt.event.data as { statement?: unknown }).statement);
  return statement.success && statementDigest(statement.data) === digest;
}
