import { defineEntity, PrimaryKeyProp, p } from '@mikro-orm/postgresql';
import { fen, instant } from '../kernel/columns.ts';

/** An agreement in force or over: from when to when, by the months of its notice. */
const AgreementSchema = defineEntity({
  name: 'Agreement',
  tableName: 'agreement',
  properties: {
    lot: p.uuid().primary(),
    startedAt: instant(),
    until: instant(),
    endedAt: instant().nullable(),
  },
});
export class Agreement extends AgreementSchema.class {}
AgreementSchema.setClass(Agreement);

/** A supplier that entered, at the price of its response. */
const EntrantSchema = defineEntity({
  name: 'Entrant',
  tableName: 'entrant',
  properties: {
    lot: p.uuid().primary(),
    bidder: p.string().length(18).primary(),
    name: p.string().length(200),
    submission: p.uuid(),
    rank: p.integer(),
    price: fen(),
    removedAt: instant().nullable(),
    /** one of the line's grounds */
    removedFor: p.string().length(40).nullable(),
    removalReason: p.string().length(1000).nullable(),
  },
});
export class Entrant extends EntrantSchema.class {
  declare [PrimaryKeyProp]?: ['lot', 'bidder'];
}
EntrantSchema.setClass(Entrant);

/** A contract awarded within an agreement. */
const CallOffSchema = defineEntity({
  name: 'CallOff',
  tableName: 'call_off',
  properties: {
    lot: p.uuid().primary(),
    number: p.integer().primary(),
    bidder: p.string().length(18),
    name: p.string().length(200),
    what: p.string().length(500),
    quantity: p.integer(),
    unitPrice: fen(),
    amount: fen(),
    reason: p.string().length(1000).nullable(),
    awardedAt: instant(),
  },
});
export class CallOff extends CallOffSchema.class {
  declare [PrimaryKeyProp]?: ['lot', 'number'];
}
CallOffSchema.setClass(CallOff);

export const frameworksEntities = [Agreement, Entrant, CallOff];
