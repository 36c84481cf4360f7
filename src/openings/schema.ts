import { defineEntity, p } from '@mikro-orm/postgresql';
import { bytes, instant } from '../kernel/columns.ts';

const CouncilRowSchema = defineEntity({
  name: 'CouncilRow',
  tableName: 'council',
  properties: {
    id: p.uuid().primary(),
    name: p.string().length(200),
    body: p.json(),
    formedAt: instant(),
    inUse: p.boolean().default(true),
    /** verifier keys of its trustees' programs: an opening by this council waits for their cosignatures and for nobody else's */
    witnesses: p.array(),
    /** digest of the ceremony's transcript that every trustee signed (sealing/ceremony-messages.ts); null for one made in one process */
    ceremony: p.string().length(43).nullable(),
  },
});
export class CouncilRow extends CouncilRowSchema.class {}
CouncilRowSchema.setClass(CouncilRow);

/** A key ceremony that the platform carries: it can write nothing of it, and hands each sealed share to its receiver alone. */
const CeremonySchema = defineEntity({
  name: 'Ceremony',
  tableName: 'ceremony',
  properties: {
    /** becomes the id of the council */
    id: p.uuid().primary(),
    /** sealing/ceremony-messages.ts `CeremonyCall` */
    call: p.json().$type<object>(),
    /** `open`, `formed`, `failed`, `abandoned` */
    state: p.string().length(12).default('open'),
    /** place of the trustee whose doing ended it */
    culprit: p.integer().nullable(),
    /** why it was abandoned */
    reason: p.string().length(500).nullable(),
    calledAt: instant(),
    endedAt: instant().nullable(),
  },
});
export class Ceremony extends CeremonySchema.class {}
CeremonySchema.setClass(Ceremony);

/** One signed message of a ceremony, in the order in which it was said. */
const CeremonyMessageSchema = defineEntity({
  name: 'CeremonyMessage',
  tableName: 'ceremony_message',
  properties: {
    ceremony: p.uuid().primary(),
    place: p.integer().primary(),
    statement: p.json().$type<object>(),
    signature: p.text(),
    at: instant(),
  },
});
export class CeremonyMessage extends CeremonyMessageSchema.class {}
CeremonyMessageSchema.setClass(CeremonyMessage);

/** A share on its way from one trustee to another, sealed to its receiver. */
const CeremonyShareSchema = defineEntity({
  name: 'CeremonyShare',
  tableName: 'ceremony_share',
  properties: { ceremony: p.uuid().primary(), from: p.integer().primary(), to: p.integer().primary(), sealed: p.text() },
});
export class CeremonyShare extends CeremonyShareSchema.class {}
CeremonyShareSchema.setClass(CeremonyShare);

/** One question to the council: open these envelopes of a lot and part, or evaluate the point of a draw request. */
const CouncilTaskSchema = defineEntity({
  name: 'CouncilTask',
  tableName: 'council_task',
  properties: {
    id: p.uuid().primary(),
    /** `opening` or `draw` */
    kind: p.string().length(12),
    lot: p.uuid().index(),
    council: p.uuid(),
    /** opening: { part, items: [{ submission, bidder, sha256, ephemeral, proof }] }; draw: { request } */
    question: p.json(),
    /** base64url group elements, in order: R of each item, or the one point of the draw */
    points: p.json(),
    askedAt: instant(),
    /** combined group elements, once t shares agreed */
    combined: p.json().$type<object>().nullable(),
    combinedAt: instant().nullable(),
  },
});
export class CouncilTask extends CouncilTaskSchema.class {}
CouncilTaskSchema.setClass(CouncilTask);

const CouncilShareSchema = defineEntity({
  name: 'CouncilShare',
  tableName: 'council_share',
  properties: {
    task: p.uuid().primary(),
    trustee: p.integer().primary(),
    evaluated: p.json(),
    proof: p.string().length(86),
    givenAt: instant(),
  },
});
export class CouncilShare extends CouncilShareSchema.class {}
CouncilShareSchema.setClass(CouncilShare);

/** One bid in an opening: its place on the closing list and what became of it. */
const OpeningItemSchema = defineEntity({
  name: 'OpeningItem',
  tableName: 'opening_item',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    part: p.string().length(20),
    submission: p.uuid(),
    bidder: p.string().length(18),
    bidderName: p.string().length(200),
    /** `sealed`, `opened`, `invalid` */
    state: p.string().length(12),
    reason: p.string().length(64).nullable(),
    attributedTo: p.string().length(20).nullable(),
    /** what befell a signer's certificate after the deadline (sealing/standing.ts `Aftermath`) */
    note: p.json().$type<object>().nullable(),
    /** bid.json of the package: hidden from everyone until read or evaluated */
    bid: p.json().$type<object>().nullable(),
    packageKey: p.string().length(64).nullable(),
    packageSha256: p.string().length(43).nullable(),
    readOrder: p.integer().nullable(),
    readAt: instant().nullable(),
    attendedAt: instant().nullable(),
    /** policy `bidder+council`: the file key of the bidder's own layer, and when it gave it up */
    layerKey: p.string().length(22).nullable(),
    layerRemovedAt: instant().nullable(),
    /** remedy `sealed-copy`: since when the bidder's copy is awaited; the copy, which kind it is, and when it came */
    copyAwaitedAt: instant().nullable(),
    copyKey: p.string().length(64).nullable(),
    copyKind: p.string().length(8).nullable(),
    copyAt: instant().nullable(),
    /** when the bidder said, signed, that the platform kept it from removing its layer */
    disputedAt: instant().nullable(),
    /** a person has to say whose doing it was: asked when, and answered when */
    rulingAskedAt: instant().nullable(),
    ruledAt: instant().nullable(),
  },
  uniques: [{ name: 'one_item_a_submission_part', properties: ['submission', 'part'] }],
});
export class OpeningItem extends OpeningItemSchema.class {}
OpeningItemSchema.setClass(OpeningItem);

/** What a bidder signed in the session: that it is there, that it confirms the record, or that it objects to it (hall-statement.ts). */
const HallSignatureSchema = defineEntity({
  name: 'HallSignature',
  tableName: 'hall_signature',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    part: p.string().length(20),
    bidder: p.string().length(18),
    bidderName: p.string().length(200),
    /** `attended`, `confirmed`, `objected` */
    word: p.string().length(12),
    statement: p.json().$type<object>(),
    signature: p.text(),
    /** of the certificate it was signed with */
    serial: p.string().length(64),
    at: instant(),
  },
  indexes: [
    {
      name: 'one_word_a_bidder',
      expression: `create unique index "one_word_a_bidder" on "hall_signature" ("lot", "part", "bidder", "word") where word <> 'objected'`,
    },
  ],
});
export class HallSignature extends HallSignatureSchema.class {}
HallSignatureSchema.setClass(HallSignature);

/** A draw asked of the council: of experts, or in session of the order of reading and of parameters (coefficients, ties). */
const DrawRequestSchema = defineEntity({
  name: 'DrawRequest',
  tableName: 'draw_request',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    /** `parameters`, `experts`, `reading` or `blind` */
    purpose: p.string().length(20),
    /** purposes `reading` and `blind`: of the envelopes of which part */
    part: p.string().length(20).nullable(),
    request: p.json(),
    digest: p.string().length(43),
    /** HMAC key of the employer tags; published with the experts' names */
    drawSalt: p.string().length(43).nullable(),
    /** key from which each expert's salt of this draw is derived; a salt is published with its name, this key never */
    saltKey: p.string().length(43).nullable(),
    /** how many each ground left out, exactly: for supervisors; the journal says it in bands */
    excluded: p.json().$type<Readonly<Record<string, number>>>().nullable(),
    task: p.uuid(),
    requestedAt: instant(),
    transcript: p.json().$type<object>().nullable(),
    seed: p.string().length(43).nullable(),
    completedAt: instant().nullable(),
  },
  indexes: [
    {
      name: 'one_reading_draw_a_part',
      expression: `create unique index "one_reading_draw_a_part" on "draw_request" ("lot", "part") where purpose = 'reading'`,
    },
    {
      name: 'one_invitation_draw_a_lot',
      expression: `create unique index "one_invitation_draw_a_lot" on "draw_request" ("lot") where purpose = 'invited'`,
    },
    {
      name: 'one_blind_draw_a_part',
      expression: `create unique index "one_blind_draw_a_part" on "draw_request" ("lot", "part") where purpose = 'blind'`,
    },
  ],
});
export class DrawRequest extends DrawRequestSchema.class {}
DrawRequestSchema.setClass(DrawRequest);

/** A bid's pseudonym while its part is reviewed blind (pseudonym.ts): until then whose it is nobody but this table says. */
const PseudonymRowSchema = defineEntity({
  name: 'PseudonymRow',
  tableName: 'pseudonym',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    part: p.string().length(20),
    number: p.integer(),
    submission: p.uuid(),
  },
  uniques: [
    { name: 'one_pseudonym_a_bid', properties: ['submission', 'part'] },
    { name: 'one_bid_a_pseudonym', properties: ['lot', 'part', 'number'] },
  ],
});
export class PseudonymRow extends PseudonymRowSchema.class {}
PseudonymRowSchema.setClass(PseudonymRow);

/** A stretch of one list of a draw of experts: the candidates as its request commits to them, and the people behind them, in the same order. */
const DrawListSchema = defineEntity({
  name: 'DrawList',
  tableName: 'draw_list',
  properties: {
    request: p.uuid().primary(),
    specialty: p.string().length(20).primary(),
    part: p.integer().primary(),
    /** the first commitment of the part: lists ascend, so it tells in which part to look */
    first: bytes(),
    /** 64 bytes each: commitment || employer tag */
    candidates: bytes(),
    /** 16 bytes each: the expert's id. For the notifier alone, like the key of the salts */
    people: bytes(),
  },
});
export class DrawList extends DrawListSchema.class {}
DrawListSchema.setClass(DrawList);

/** A session in which several lots are opened one after the other. A lot that is in none has a session of its own. */
const OpeningSessionSchema = defineEntity({
  name: 'OpeningSession',
  tableName: 'opening_session',
  properties: {
    id: p.uuid().primary(),
    project: p.uuid().index(),
    opensAt: instant(),
    scheduledAt: instant(),
  },
});
export class OpeningSession extends OpeningSessionSchema.class {}
OpeningSessionSchema.setClass(OpeningSession);

const SessionLotSchema = defineEntity({
  name: 'SessionLot',
  tableName: 'session_lot',
  properties: {
    /** a lot belongs to one session at most */
    lot: p.uuid().primary(),
    session: p.uuid().index(),
    /** place on the agenda, from 0 */
    position: p.integer(),
  },
});
export class SessionLot extends SessionLotSchema.class {}
SessionLotSchema.setClass(SessionLot);

/** A place where openings or evaluations are held, real or virtual. */
const VenueSchema = defineEntity({
  name: 'Venue',
  tableName: 'venue',
  properties: {
    id: p.uuid().primary(),
    name: p.string().length(100),
    /** `hall`, `room` */
    kind: p.string().length(8),
    virtual: p.boolean(),
    address: p.string().length(300),
    seats: p.integer(),
    devices: p.array(),
    registeredAt: instant(),
    closedAt: instant().nullable(),
  },
});
export class Venue extends VenueSchema.class {}
VenueSchema.setClass(Venue);

const VenueBookingSchema = defineEntity({
  name: 'VenueBooking',
  tableName: 'venue_booking',
  properties: {
    id: p.uuid().primary(),
    venue: p.uuid(),
    lot: p.uuid().index(),
    /** `opening`, `evaluation` */
    purpose: p.string().length(12),
    from: instant(),
    until: instant(),
    bookedAt: instant(),
    releasedAt: instant().nullable(),
  },
  checks: [
    {
      // one place is held by one at a time; half open: a booking may begin where another ends
      name: 'no_double_booking',
      expression: `EXCLUDE USING gist (venue WITH =, tstzrange("from", until, '[)'::text) WITH &&) WHERE ((released_at IS NULL))`,
    },
  ],
});
export class VenueBooking extends VenueBookingSchema.class {}
VenueBookingSchema.setClass(VenueBooking);

/** A supervisor's order that stops the opening of a lot; in force until it is lifted. At most one is in force for a lot. */
const SuspensionOrderSchema = defineEntity({
  name: 'SuspensionOrder',
  tableName: 'suspension_order',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    /** code of the authority that gave it, and its name */
    authority: p.string().length(18),
    authorityName: p.string().length(200),
    reason: p.string().length(500),
    ground: p.string().length(200),
    /** what was signed (openings/order.ts) */
    statement: p.json().$type<object>(),
    suspendedAt: instant(),
    liftedAt: instant().nullable(),
    liftedFor: p.string().length(500).nullable(),
    /** its lifting moved the deadline */
    deadlineGivenBack: p.boolean().default(false),
  },
  indexes: [
    {
      name: 'one_order_in_force',
      expression: `create unique index "one_order_in_force" on "suspension_order" ("lot") where lifted_at is null`,
    },
  ],
});
export class SuspensionOrder extends SuspensionOrderSchema.class {}
SuspensionOrderSchema.setClass(SuspensionOrder);

/** A custodian's signed word that it has seen an order and keeps to it (openings/order.ts `heedMessage`). */
const OrderHeedSchema = defineEntity({
  name: 'OrderHeed',
  tableName: 'order_heed',
  properties: {
    order: p.uuid().primary(),
    witness: p.string().length(128).primary(),
    seconds: p.bigint(),
    /** base64 Ed25519 by the witness key */
    signature: p.string().length(100),
    at: instant(),
  },
});
export class OrderHeed extends OrderHeedSchema.class {}
OrderHeedSchema.setClass(OrderHeed);

/** All openings stop: the platform has failed. At most one is in force; it ends by itself at `reopensAt`, or before by `endedAt`. */
const PlatformSuspensionSchema = defineEntity({
  name: 'PlatformSuspension',
  tableName: 'platform_suspension',
  properties: {
    id: p.uuid().primary(),
    authorityName: p.string().length(200),
    reason: p.string().length(500),
    suspendedAt: instant(),
    reopensAt: instant(),
    endedAt: instant().nullable(),
  },
});
export class PlatformSuspension extends PlatformSuspensionSchema.class {}
PlatformSuspensionSchema.setClass(PlatformSuspension);

export const openingsEntities = [
  CouncilRow,
  Ceremony,
  CeremonyMessage,
  CeremonyShare,
  CouncilTask,
  CouncilShare,
  OpeningItem,
  HallSignature,
  OpeningSession,
  SessionLot,
  DrawRequest,
  PseudonymRow,
  DrawList,
  SuspensionOrder,
  PlatformSuspension,
  OrderHeed,
  Venue,
  VenueBooking,
];
