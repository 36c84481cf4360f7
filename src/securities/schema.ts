import { defineEntity, p } from '@mikro-orm/postgresql';
import { fen, instant } from '../kernel/columns.ts';

/** A bidder's account number for a lot. Whose and for what stands in `sealed` alone (secret.ts). */
const SecurityAccountSchema = defineEntity({
  name: 'SecurityAccount',
  tableName: 'security_account',
  properties: {
    id: p.uuid().primary(),
    holderIndex: p.string().length(43).unique(),
    numberIndex: p.string().length(43).unique(),
    /** accounts.ts `Holder` */
    sealed: p.text(),
    /** nothing more is to go back: its lot is over and nothing lies on it */
    settledAt: instant().nullable(),
  },
});
export class SecurityAccount extends SecurityAccountSchema.class {}
SecurityAccountSchema.setClass(SecurityAccount);

/** A statement that the bank handed in. */
const BankStatementSchema = defineEntity({
  name: 'BankStatement',
  tableName: 'bank_statement',
  properties: {
    id: p.uuid().primary(),
    account: p.uuid().index(),
    /** over the file as it came: to whoever has the file it tells that this was it */
    sha256: p.string().length(43),
    takenAt: instant(),
  },
});
export class BankStatement extends BankStatementSchema.class {}
BankStatementSchema.setClass(BankStatement);

/** A movement of a statement: by its reference it is taken once, whatever the number of statements that name it. */
const StatementLineSchema = defineEntity({
  name: 'StatementLine',
  tableName: 'statement_line',
  properties: {
    id: p.uuid().primary(),
    statement: p.uuid().index(),
    refIndex: p.string().length(43).unique(),
    /** of the number it went to, or of its statement where it went to none, and of how many were on it before (secret.ts `lineIndex`) */
    numberIndex: p.string().length(43).unique(),
    /** accounts.ts `Line`; null of one that fills the statement up */
    sealed: p.text(),
    takenAt: instant(),
  },
});
export class StatementLine extends StatementLineSchema.class {}
StatementLineSchema.setClass(StatementLine);

/** A guarantee in the place of money; the file lies here too, under the same key. */
const GuaranteeSchema = defineEntity({
  name: 'Guarantee',
  tableName: 'guarantee',
  properties: {
    id: p.uuid().primary(),
    holderIndex: p.string().length(43).index(),
    guaranteeIndex: p.string().length(43).unique(),
    /** accounts.ts `HeldGuarantee` */
    sealed: p.text(),
    sealedFile: p.text().lazy(),
    /** one that came later took its place */
    replacedAt: instant().nullable(),
  },
});
export class Guarantee extends GuaranteeSchema.class {}
GuaranteeSchema.setClass(Guarantee);

/** An institution whose signed guarantees are checked by the platform. */
const GuaranteeIssuerSchema = defineEntity({
  name: 'GuaranteeIssuer',
  tableName: 'guarantee_issuer',
  properties: {
    id: p.uuid().primary(),
    name: p.string().length(200),
    pem: p.text(),
    fingerprint: p.string().length(64).unique(),
    trustedAt: instant(),
    retiredAt: instant().nullable(),
  },
});
export class GuaranteeIssuer extends GuaranteeIssuerSchema.class {}
GuaranteeIssuerSchema.setClass(GuaranteeIssuer);

/** How the security of a bid on the opening list stood: stated when the opening began, and again when the bank told of more. */
const LotSecuritySchema = defineEntity({
  name: 'LotSecurity',
  tableName: 'lot_security',
  properties: {
    lot: p.uuid().primary(),
    bidder: p.string().length(18).primary(),
    submission: p.uuid(),
    bidderName: p.string().length(200),
    /** `transfer`, `guarantee` or `none` */
    form: p.string().length(10),
    amount: fen(),
    counts: p.boolean(),
    /** stated-reasons.ts */
    reason: p.string().length(24),
    statedAt: instant(),
  },
});
export class LotSecurity extends LotSecuritySchema.class {}
LotSecuritySchema.setClass(LotSecurity);

/** Money that goes back. Its id is the reference under which the bank pays it. */
const RefundSchema = defineEntity({
  name: 'Refund',
  tableName: 'refund',
  properties: {
    id: p.uuid().primary(),
    /** keyed digest of what is paid; once */
    about: p.string().length(43).unique(),
    /** refunds.ts `RefundText`; null of one that fills an order up */
    sealed: p.text(),
  },
});
export class Refund extends RefundSchema.class {}
RefundSchema.setClass(Refund);

/** Payments that the bank was told to make together. */
const RefundOrderSchema = defineEntity({
  name: 'RefundOrder',
  tableName: 'refund_order',
  properties: { id: p.uuid().primary(), account: p.uuid(), orderedAt: instant() },
});
export class RefundOrder extends RefundOrderSchema.class {}
RefundOrderSchema.setClass(RefundOrder);

/** A security that is kept (不予退还), on a ground of the line's list. */
const ForfeitureSchema = defineEntity({
  name: 'Forfeiture',
  tableName: 'forfeiture',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    bidder: p.string().length(18).index(),
    bidderName: p.string().length(200),
    ground: p.string().length(40),
    reason: p.text(),
    amount: fen(),
    /** where it is paid to */
    payeeName: p.string().length(200),
    payeeAccount: p.string().length(40),
    payeeBank: p.string().length(200),
    fileKey: p.string().length(64),
    fileName: p.string().length(200),
    sha256: p.string().length(43),
    decidedAt: instant(),
    objection: p.text().nullable(),
    objectedAt: instant().nullable(),
    answer: p.text().nullable(),
    answeredAt: instant().nullable(),
    liftedAt: instant().nullable(),
  },
  uniques: [
    {
      name: 'one_forfeiture_a_bid',
      expression: `create unique index "one_forfeiture_a_bid" on "forfeiture" ("lot", "bidder") where lifted_at is null`,
    },
  ],
});
export class Forfeiture extends ForfeitureSchema.class {}
ForfeitureSchema.setClass(Forfeiture);

/**
 * A booking of which not even the sum may be read before an opening: what came in on a statement, what goes back of it. One for each statement and each order, whatever moved. With
 * the bookings in clear (`ledger_posting`, of opened lots alone) it makes one book.
 */
const SealedBookingSchema = defineEntity({
  name: 'SealedBooking',
  tableName: 'sealed_booking',
  properties: { id: p.uuid().primary(), sealed: p.text() },
});
export class SealedBooking extends SealedBookingSchema.class {}
SealedBookingSchema.setClass(SealedBooking);

/** When rows without meaning are written next (write-cover.ts). */
const SecurityCoverSchema = defineEntity({
  name: 'SecurityCover',
  tableName: 'security_cover',
  properties: { id: p.integer().primary().autoincrement(false), dueAt: instant() },
});
export class SecurityCover extends SecurityCoverSchema.class {}
SecurityCoverSchema.setClass(SecurityCover);

export const securitiesEntities = [
  SealedBooking,
  SecurityCover,
  SecurityAccount,
  BankStatement,
  StatementLine,
  Guarantee,
  GuaranteeIssuer,
  LotSecurity,
  Refund,
  RefundOrder,
  Forfeiture,
];
