import type { Instant } from '../kernel/clock.ts';
import type { StatementEntry } from '../ledger/statement.ts';
import type { Movement } from './standing.ts';

/** Whose a number is, and for what; sealed in its row. */
export interface Holder {
  readonly lot: string;
  readonly party: string;
  readonly name: string;
  readonly number: string;
  /** the account it pays from, and at which bank: there the money goes back to */
  readonly payerAccount: string;
  readonly payerBank: string;
  readonly askedAt: Instant;
}

/** A movement as it is kept; sealed in its row. Amounts are fen as text: JSON has no larger numbers. */
export interface Line extends Omit<StatementEntry, 'amount'> {
  readonly amount: string;
  /** its place in the tree of its statement; null for what went to no number that had been given */
  readonly committed: { readonly place: number; readonly salt: string; readonly proof: readonly string[] } | null;
  /** why it goes back although it belongs to nobody's security; null where it belongs to one */
  readonly stray: Stray | null;
}

/** Money that came to no number: it goes back to its payer. `unexplained` is money that went, which people must look at. */
export type Stray = 'no-number' | 'wrong-check-digit' | 'unknown-number' | 'unexplained';

/** A guarantee as it is kept; sealed in its row. */
export interface HeldGuarantee {
  readonly lot: string;
  readonly party: string;
  readonly issuer: string;
  readonly number: string;
  /** yuan */
  readonly amount: string;
  readonly validUntil: string;
  readonly fileName: string;
  readonly sha256: string;
  /** by its issuer's signature; else the panel judges it */
  readonly verified: boolean;
  readonly lodgedAt: Instant;
}

/** Places of sealed rows: one row's text cannot be put into another. */
export const places = {
  account: (id: string): string => `security-account/${id}`,
  line: (id: string): string => `statement-line/${id}`,
  guarantee: (id: string): string => `guarantee/${id}`,
  guaranteeFile: (id: string): string => `guarantee-file/${id}`,
  refund: (id: string): string => `refund/${id}`,
  booking: (id: string): string => `booking/${id}`,
} as const;

/** A kept line as a movement on its number. */
export const movementOf = (id: string, takenAt: Instant, line: Line): Movement => ({
  id,
  amount: line.credit ? BigInt(line.amount) : -BigInt(line.amount),
  bookedOn: line.bookedOn,
  bookedAt: line.bookedAt,
  takenAt,
  payerName: line.payerName,
  payerAccount: line.payerAccount,
});
