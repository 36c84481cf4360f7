import { defineEntity, p } from '@mikro-orm/postgresql';
import { instant, text } from '../kernel/columns.ts';
import type { DayString } from '../kernel/working-days.ts';
import type { MembershipState, Qualification } from './admission.ts';
import type { MessageKind } from './call-message.ts';
import type { ChannelName, Failure } from './channel.ts';
import type { Fault } from './expert-sheet.ts';
import type { IdentityField } from './identity.ts';
import type { RelationKind } from './relation.ts';
import type { PreviewRow } from './sheet-answers.ts';

const ExpertSchema = defineEntity({
  name: 'Expert',
  tableName: 'expert',
  indexes: [
    { properties: ['branches'], type: 'gin' },
    { properties: ['memberships'], type: 'gin' },
    {
      name: 'expert_out_of_standing',
      expression: `create index "expert_out_of_standing" on "expert" ("id") where status <> 'normal'`,
    },
  ],
  properties: {
    id: p.uuid().primary(),
    name: p.string().length(100),
    /** code and name of the present employer */
    employer: p.string().length(18).index(),
    employerName: p.string().length(200),
    /** [{ code, name, from, until }] of the last three years */
    formerEmployers: p.json(),
    /** codes of the expert classification (2018), e.g. A080301 */
    specialties: p.array(),
    /** lines the expert is admitted to: derived from its memberships whenever one of them changes (settle-memberships.ts) */
    memberships: p.array(),
    /** the last day of the term for each of these lines; derived with them. Who has none may not be drawn */
    terms: p.json().$type<Readonly<Record<string, DayString>>>().nullable(),
    region: p.string().length(6),
    title: p.string().length(40),
    /** `normal`, `suspended`, `left`, `removed`; a suspension that has ended counts as normal (standing.ts) */
    status: p.string().length(12),
    /** last day of a suspension; null while it has no end, or there is none */
    suspendedUntil: p.string().length(10).nullable(),
    /** codes of organisations the expert declared an interest in; derived from its relations (relation.ts), as the relatives are */
    interests: p.array(),
    /** codes of organisations headed by, or employing, a close relative */
    relatives: p.array(),
    /** numbers of projects whose documents the expert helped to prepare */
    prepared: p.array(),
    penalised: p.boolean().default(false),
    bannedUntil: p.string().length(10).nullable(),
    /** when the record was made */
    admittedAt: instant(),
    /** the specialties and everything above them in the tree; kept by the database (migration 0050) */
    branches: p.array().nullable(),
    /** canonical JSON of what a commitment binds; kept by the database */
    identity: text().nullable(),
  },
});
export class Expert extends ExpertSchema.class {}
ExpertSchema.setClass(Expert);

/** Identity data of an expert, each field sealed under a key outside the database (identity.ts). */
const IdentityRecordSchema = defineEntity({
  name: 'IdentityRecord',
  tableName: 'expert_identity',
  properties: {
    expert: p.uuid().primary(),
    /** of the key all fields are sealed under */
    keyNumber: p.integer().index(),
    idNumber: text().nullable(),
    phone: text().nullable(),
    bankAccount: text().nullable(),
    email: text().nullable(),
    /** HMAC of the resident number: one record a person, found without the number being stored */
    numberIndex: p.string().length(43).nullable().unique(),
    changedAt: instant(),
  },
});
export class IdentityRecord extends IdentityRecordSchema.class {}
IdentityRecordSchema.setClass(IdentityRecord);

/** What an expert's `identity` was before it changed; kept by the database: a draw asked for meanwhile has committed to it. */
const PastIdentitySchema = defineEntity({
  name: 'PastIdentity',
  tableName: 'expert_past_identity',
  properties: { expert: p.uuid().primary(), identity: p.text().primary() },
});
export class PastIdentity extends PastIdentitySchema.class {}
PastIdentitySchema.setClass(PastIdentity);

/** One way of an expert into the pool for one line: from the application to the end of the term (admission.ts). Renewing is a row of its own. */
const ExpertMembershipSchema = defineEntity({
  name: 'ExpertMembership',
  tableName: 'expert_membership',
  properties: {
    id: p.uuid().primary(),
    expert: p.uuid().index(),
    line: p.string().length(20),
    /** `first`, `renewal`; `transfer` for whoever came with an older pool */
    kind: p.string().length(12),
    state: p.string().length(12).$type<MembershipState>().index(),
    /** what the application states; null for a transfer */
    qualification: p.json().$type<Qualification>().nullable(),
    specialties: p.array(),
    appliedAt: instant(),
    /** code of the employer that recommends, and its sentence */
    recommendedBy: p.string().length(18).nullable(),
    recommendation: p.string().length(1000).nullable(),
    recommendedAt: instant().nullable(),
    /** user who reviewed, and the reason given to the applicant */
    reviewedBy: p.uuid().nullable(),
    reviewReason: p.string().length(1000).nullable(),
    reviewedAt: instant().nullable(),
    testScore: p.integer().nullable(),
    testedAt: instant().nullable(),
    admittedAt: instant().nullable(),
    /** first and last day of the term */
    from: p.string().length(10).nullable(),
    until: p.string().length(10).nullable(),
  },
  uniques: [
    {
      name: 'one_application_at_a_time',
      expression: `create unique index "one_application_at_a_time" on "expert_membership" ("expert", "line") where state in ('applied', 'returned', 'accepted', 'tested')`,
    },
  ],
});
export class ExpertMembership extends ExpertMembershipSchema.class {}
ExpertMembershipSchema.setClass(ExpertMembership);

/** A file attached to an application; it lies in the file store. */
const ProofSchema = defineEntity({
  name: 'Proof',
  tableName: 'expert_proof',
  properties: {
    id: p.uuid().primary(),
    application: p.uuid().index(),
    /** what it proves: one of proofKinds */
    kind: p.string().length(20),
    name: p.string().length(200),
    type: p.string().length(100),
    key: p.string().length(64),
    sha256: p.string().length(43),
    bytes: p.integer(),
    attachedAt: instant(),
  },
});
export class Proof extends ProofSchema.class {}
ProofSchema.setClass(Proof);

/** One change of an expert's standing: who, when, on what ground. */
const StandingChangeSchema = defineEntity({
  name: 'StandingChange',
  tableName: 'expert_standing',
  properties: {
    id: p.uuid().primary(),
    expert: p.uuid().index(),
    status: p.string().length(12),
    /** last day of a suspension */
    until: p.string().length(10).nullable(),
    ground: p.string().length(500),
    by: p.uuid().nullable(),
    /** who did it, as it was called then */
    office: p.string().length(200),
    at: instant(),
  },
});
export class StandingChange extends StandingChangeSchema.class {}
StandingChangeSchema.setClass(StandingChange);

/** One look of an official at identity data in clear: shown to the expert for ever, to the official for a few minutes. */
const IdentityLookSchema = defineEntity({
  name: 'IdentityLook',
  tableName: 'expert_look',
  properties: {
    id: p.uuid().primary(),
    expert: p.uuid().index(),
    by: p.uuid(),
    /** the official and its office, as they were called then */
    name: p.string().length(100),
    office: p.string().length(200),
    fields: p.array().$type<IdentityField[]>(),
    purpose: p.string().length(500),
    at: instant(),
  },
});
export class IdentityLook extends IdentityLookSchema.class {}
IdentityLookSchema.setClass(IdentityLook);

/** What binds an expert to an organisation, as it declares itself; it stands until withdrawn, and stays on record. */
const RelationSchema = defineEntity({
  name: 'Relation',
  tableName: 'expert_relation',
  properties: {
    id: p.uuid().primary(),
    expert: p.uuid().index(),
    kind: p.string().length(16).$type<RelationKind>(),
    code: p.string().length(18),
    name: p.string().length(200),
    declaredAt: instant(),
    withdrawnAt: instant().nullable(),
  },
});
export class Relation extends RelationSchema.class {}
RelationSchema.setClass(Relation);

/** One called or standing-by expert of one draw. */
const DrawSeatSchema = defineEntity({
  name: 'DrawSeat',
  tableName: 'draw_seat',
  properties: {
    id: p.uuid().primary(),
    request: p.uuid().index(),
    lot: p.uuid().index(),
    specialty: p.string().length(20),
    expert: p.uuid().index(),
    commitment: p.string().length(43),
    /** place in the ticket order of its seat, from 0 */
    place: p.integer(),
    /** `standby`, `called`, `accepted`, `declined`; `void` when another draw took the place of this one */
    state: p.string().length(12),
    /** the how-manieth call of the lot this was, from 1: it gives the expert the letter under which everyone sees it */
    call: p.integer().nullable(),
    calledAt: instant().nullable(),
    answerUntil: instant().nullable(),
    answeredAt: instant().nullable(),
    ground: p.string().length(200).nullable(),
    /** the identity that the commitment binds, as it was when the draw was asked for; published with the salt */
    record: p.json().$type<object>().nullable(),
  },
});
export class DrawSeat extends DrawSeatSchema.class {}
DrawSeatSchema.setClass(DrawSeat);

/** What one called expert is to be told (call-message.ts). Written in the transaction of the call, sent by the worker. The words are made when it is sent, and kept nowhere. */
const CallMessageSchema = defineEntity({
  name: 'CallMessage',
  tableName: 'call_message',
  properties: {
    id: p.uuid().primary(),
    seat: p.uuid().index(),
    kind: p.string().length(10).$type<MessageKind>(),
    /** not before */
    dueAt: instant(),
    /** `waiting`, `sent` (a channel took it), `unreached` (none did) */
    state: p.string().length(12),
    settledAt: instant().nullable(),
  },
  uniques: [{ name: 'message_once', properties: ['seat', 'kind'] }],
});
export class CallMessage extends CallMessageSchema.class {}
CallMessageSchema.setClass(CallMessage);

/** One message by one channel, with all its tries. Neither address nor words stand here. */
const DeliveryAttemptSchema = defineEntity({
  name: 'DeliveryAttempt',
  tableName: 'delivery_attempt',
  properties: {
    /** goes out with the message: whoever receives it twice knows it for one */
    id: p.uuid().primary(),
    message: p.uuid(),
    channel: p.string().length(8).$type<ChannelName>(),
    tries: p.integer(),
    /** `trying`, `accepted`, `delivered`, `failed` */
    state: p.string().length(12),
    failure: p.string().length(20).$type<Failure>().nullable(),
    /** under which the other side knows it */
    reference: p.string().length(100).nullable(),
    /** of the last try */
    at: instant(),
    /** not tried again before; the machine's own time, not a sandbox's */
    restsUntil: instant().nullable(),
  },
  uniques: [{ name: 'attempt_once', properties: ['message', 'channel'] }],
});
export class DeliveryAttempt extends DeliveryAttemptSchema.class {}
DeliveryAttemptSchema.setClass(DeliveryAttempt);

/** An entry of the classification of experts that an administrator added to what is shipped (classification.ts). */
const SpecialtySchema = defineEntity({
  name: 'Specialty',
  tableName: 'specialty',
  properties: {
    code: p.string().length(7).primary(),
    zh: p.string().length(100),
    en: p.string().length(200),
    /** of the official text it was taken from */
    version: p.string().length(20),
    importedAt: instant(),
  },
});
export class Specialty extends SpecialtySchema.class {}
SpecialtySchema.setClass(Specialty);

/** A table of experts that was taken in or given out (expert-sheet.ts): nothing of its people but what is masked. */
const ExpertSheetSchema = defineEntity({
  name: 'ExpertSheet',
  tableName: 'expert_sheet',
  properties: {
    id: p.uuid().primary(),
    /** `import`, `export` */
    kind: p.string().length(10),
    by: p.uuid(),
    at: instant().index(),
    name: p.string().length(200),
    sha256: p.string().length(43).nullable(),
    /** `check`, `whole`, `good` */
    mode: p.string().length(10).nullable(),
    filters: p.json().$type<Readonly<Record<string, string>>>().nullable(),
    rows: p.integer(),
    stored: p.integer(),
    known: p.integer(),
    wrong: p.integer(),
    faults: p.json().$type<readonly Fault[]>().nullable(),
    preview: p.json().$type<readonly PreviewRow[]>().nullable(),
  },
});
export class ExpertSheet extends ExpertSheetSchema.class {}
ExpertSheetSchema.setClass(ExpertSheet);

export const expertsEntities = [
  Expert,
  IdentityRecord,
  PastIdentity,
  ExpertMembership,
  Proof,
  StandingChange,
  IdentityLook,
  Relation,
  DrawSeat,
  CallMessage,
  DeliveryAttempt,
  Specialty,
  ExpertSheet,
];
