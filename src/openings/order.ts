import { z } from 'zod';
import { base64url, canonicalBytes } from '../kernel/bytes.ts';
import { sha256 } from '../sealing/digest.ts';

/**
 * What a supervisor signs when it suspends an opening, and when it lets it go on. A custodian that knows the supervisor's certificate follows
 * these words, not the server's: so a lifting names the digest of exactly the statement that it lifts, and serves for no other order.
 */
export const suspendStatementShape = z.strictObject({
  format: z.literal('yangguang/order/v1'),
  kind: z.literal('suspend'),
  lot: z.string(),
  authority: z.string(),
  reason: z.string(),
  ground: z.string(),
  /** everything about the lot stands still; absent: its opening alone */
  scope: z.literal('proceedings').optional(),
  at: z.string(),
});
export const liftStatementShape = z.strictObject({
  format: z.literal('yangguang/order/v1'),
  kind: z.literal('lift'),
  lot: z.string(),
  authority: z.string(),
  reason: z.string(),
  /** SHA-256 of the canonical suspension, base64url */
  lifts: z.string(),
  at: z.string(),
});
export const orderStatementShape = z.discriminatedUnion('kind', [suspendStatementShape, liftStatementShape]);
export type SuspendStatement = z.infer<typeof suspendStatementShape>;
export type LiftStatement = z.infer<typeof liftStatementShape>;
export type OrderStatement = SuspendStatement | LiftStatement;

/** The digest by which a lifting names the suspension it lifts. */
export const orderDigest = (statement: unknown): string => base64url(sha256(canonicalBytes(statement)));

/** What a custodian signs with its witness key once an order binds it. `digest` is that of the suspension's statement. */
export const heedMessage = (order: string, digest: string, seconds: number): string =>
  `yangguang-order-heeded/1//${order}//${digest}//${seconds}`;

/** Events that bind a custodian whatever it is shown later; all of them are public from the moment they happen. */
export const registerTypes = [
  'notice.published',
  'addendum.published',
  'deadline.moved',
  'lot.suspended',
  'tender.terminated',
  'deadline.resumed',
  'probe.reported',
  'bidding.closed',
  'order.suspended',
  'order.lifted',
  'draw.requested',
  'part.reported',
  'session.scheduled',
  'pseudonyms.committed',
  'pseudonyms.revealed',
  'sheets.complete',
  'layer.removed',
  'layers.closed',
  'remedy.applied',
] as const;
