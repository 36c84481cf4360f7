import { defineEntity, p } from '@mikro-orm/postgresql';
import { fen, instant } from '../kernel/columns.ts';

/** The account at a bank on which securities come in; one is in use at a time, earlier ones stay for what lies on them. */
const CollectingAccountSchema = defineEntity({
  name: 'CollectingAccount',
  tableName: 'collecting_account',
  properties: {
    id: p.uuid().primary(),
    /** code of the bank's organisation, whose users hand in its statements */
    bank: p.string().length(18),
    bankName: p.string().length(200),
    /** in whose name it is held */
    holder: p.string().length(200),
    number: p.string().length(40).unique(),
    /** with which every number below it begins */
    prefix: p.string().length(8),
    openedAt: instant(),
    closedAt: instant().nullable(),
  },
  uniques: [
    {
      name: 'one_collecting_account',
      expression: `create unique index "one_collecting_account" on "collecting_account" ((true)) where closed_at is null`,
    },
  ],
});
export class CollectingAccount extends CollectingAccountSchema.class {}
CollectingAccountSchema.setClass(CollectingAccount);

/** One posting of a booking. The database itself refuses a booking whose postings do not add up to nothing, and every change of one. */
const LedgerPostingSchema = defineEntity({
  name: 'LedgerPosting',
  tableName: 'ledger_posting',
  properties: {
    booking: p.uuid().primary(),
    account: p.string().length(120).primary(),
    amount: fen(),
    /** what happened, one word */
    kind: p.string().length(20),
    at: instant(),
  },
  indexes: [{ name: 'ledger_posting_account', properties: ['account'] }],
});
export class LedgerPosting extends LedgerPostingSchema.class {}
LedgerPostingSchema.setClass(LedgerPosting);

export const ledgerEntities = [CollectingAccount, LedgerPosting];
