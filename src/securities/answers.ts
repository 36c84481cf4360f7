import type { Instant } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import type { Stray } from './accounts.ts';

/** A refund as it is shown: before it is ordered (`due`), and after. */
export interface ShownRefund {
  /** under which the bank pays it; empty before it is ordered */
  readonly reference: string;
  readonly why: Words;
  readonly principal: string;
  readonly interest: string;
  readonly payeeName: string;
  readonly payeeAccount: string;
  readonly dueBy: Instant;
  readonly state: 'due' | 'ordered' | 'paid' | 'returned';
  readonly paidOn: string | null;
}

/** A bidder's own security for a lot; told to nobody else before the opening. */
export interface OwnSecurity {
  readonly number: string | null;
  readonly payerAccount: string | null;
  readonly payerBank: string | null;
  readonly mayChangePayer: boolean;
  readonly state: 'none' | 'partial' | 'full';
  readonly counted: string;
  readonly over: string;
  readonly movements: readonly {
    readonly amount: string;
    readonly bookedOn: string;
    readonly payerName: string;
    /** why it does not count; null where it does */
    readonly why: 'wrong-payer' | 'late' | 'returned' | null;
    readonly says: Words | null;
  }[];
  readonly guarantee: {
    readonly issuer: string;
    readonly number: string;
    readonly amount: string;
    readonly validUntil: string;
    readonly verified: boolean;
    readonly lodgedAt: Instant;
    readonly sha256: string;
  } | null;
  readonly refunds: readonly ShownRefund[];
}

export interface ForfeitureAnswer {
  readonly id: string;
  readonly bidder: string;
  readonly name: string;
  readonly ground: Words;
  readonly reason: string;
  readonly amount: string;
  readonly sha256: string;
  readonly decidedAt: Instant;
  readonly contestableUntil: Instant;
  readonly objection: string | null;
  readonly answer: string | null;
  readonly lifted: boolean;
  readonly mayContest: boolean;
  readonly mayAnswer: boolean;
}

/** A rule as a form shows it. */
interface SaidRule {
  readonly says: Words;
  readonly source: Words;
}

export interface LotSecurityAnswer {
  readonly lot: { readonly id: string; readonly number: string; readonly name: string };
  readonly amount: string;
  readonly deadline: Instant;
  readonly forms: readonly ('transfer' | 'guarantee')[];
  readonly payer: 'basic' | 'own';
  readonly payerSource: Words | null;
  readonly collection: { readonly bank: string; readonly holder: string } | null;
  /** what a guarantee must keep, told before it is refused: rules, and the last day of bid validity */
  readonly guaranteeRules: { readonly amount: SaidRule; readonly validUntil: SaidRule; readonly lastsUntil: string };
  /** a security may still be lodged */
  readonly open: boolean;
  readonly own: OwnSecurity | null;
  readonly opened: boolean;
  readonly stated: readonly {
    readonly bidder: string;
    readonly name: string;
    readonly form: 'transfer' | 'guarantee' | 'none';
    readonly amount: string;
    readonly counts: boolean;
    readonly reason: string;
    readonly says: Words;
  }[];
  readonly kept: readonly ForfeitureAnswer[];
  /** on which the reader may keep one */
  readonly grounds: readonly { readonly id: string; readonly says: Words; readonly source: Words; readonly of: 'winner' | 'bidder' }[];
  readonly winner: string | null;
}

export interface SecuritiesDesk {
  readonly collection: { readonly holder: string; readonly number: string; readonly bank: string } | null;
  readonly statements: readonly { readonly id: string; readonly takenAt: Instant; readonly sha256: string }[];
  readonly strays: readonly {
    readonly why: Stray;
    readonly ref: string;
    readonly amount: string;
    readonly bookedOn: string;
    readonly payerName: string;
    readonly payerAccount: string;
    readonly number: string;
  }[];
  readonly due: readonly ShownRefund[];
  readonly orders: readonly { readonly id: string; readonly orderedAt: Instant; readonly payments: number }[];
  readonly refunds: readonly ShownRefund[];
  readonly balances: readonly { readonly account: string; readonly amount: string }[];
}
