import { defineEntity, PrimaryKeyProp, p } from '@mikro-orm/postgresql';
import { instant } from '../kernel/columns.ts';

const MinutesSchema = defineEntity({
  name: 'NegotiationMinutes',
  tableName: 'negotiation_minutes',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    submission: p.uuid(),
    /** so many changes of the requirement had been told when the talk was held */
    round: p.integer(),
    /** minutes that the group did not confirm are written anew */
    attempt: p.integer(),
    text: p.text(),
    /** the response meets the need, and its supplier goes on */
    goesOn: p.boolean(),
    reason: p.text().nullable(),
    member: p.uuid(),
    at: instant(),
  },
  uniques: [{ name: 'one_minutes_an_attempt', properties: ['submission', 'round', 'attempt'] }],
});
export class NegotiationMinutes extends MinutesSchema.class {}
MinutesSchema.setClass(NegotiationMinutes);

const WordSchema = defineEntity({
  name: 'MinutesWord',
  tableName: 'minutes_word',
  properties: {
    minutes: p.uuid().primary(),
    member: p.uuid().primary(),
    agrees: p.boolean(),
    at: instant(),
  },
});
export class MinutesWord extends WordSchema.class {
  declare [PrimaryKeyProp]?: ['minutes', 'member'];
}
WordSchema.setClass(MinutesWord);

/** What of the requirement was changed while suppliers were negotiated with, as it was told to all of them. */
const ChangeSchema = defineEntity({
  name: 'RequirementChange',
  tableName: 'requirement_change',
  properties: {
    lot: p.uuid().primary(),
    number: p.integer().primary(),
    touches: p.string().length(40),
    text: p.text(),
    at: instant(),
  },
});
export class RequirementChange extends ChangeSchema.class {
  declare [PrimaryKeyProp]?: ['lot', 'number'];
}
ChangeSchema.setClass(RequirementChange);

const LeaveSchema = defineEntity({
  name: 'NegotiationLeave',
  tableName: 'negotiation_leave',
  properties: {
    lot: p.uuid().primary(),
    bidder: p.string().length(18).primary(),
    reason: p.string().length(500),
    /** by when its security is back; null where none was asked for */
    securityBackBy: instant().nullable(),
    at: instant(),
  },
});
export class NegotiationLeave extends LeaveSchema.class {
  declare [PrimaryKeyProp]?: ['lot', 'bidder'];
}
LeaveSchema.setClass(NegotiationLeave);

/** Who may make a last offer: a row for each, in the lot of the last offers. */
const PlaceSchema = defineEntity({
  name: 'LastOfferPlace',
  tableName: 'last_offer_place',
  properties: {
    lot: p.uuid().primary(),
    bidder: p.string().length(18).primary(),
  },
});
export class LastOfferPlace extends PlaceSchema.class {
  declare [PrimaryKeyProp]?: ['lot', 'bidder'];
}
PlaceSchema.setClass(LastOfferPlace);

export const negotiationsEntities = [NegotiationMinutes, MinutesWord, RequirementChange, NegotiationLeave, LastOfferPlace];
