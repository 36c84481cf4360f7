import { defineEntity, p } from '@mikro-orm/postgresql';
import { bytes, instant } from '../kernel/columns.ts';
import type { BlindMark } from './blind-mark.ts';
import type { MemberSheet } from './member-sheet.ts';
import type { ReopeningOrder } from './reopening.ts';
import type { Leaving } from './sitting.ts';
import type { Stance } from './stance.ts';

const PanelMemberSchema = defineEntity({
  name: 'PanelMember',
  tableName: 'panel_member',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    /** `expert` or `representative` (of the tenderee) */
    kind: p.string().length(16),
    expert: p.uuid().nullable(),
    /** the seat of the draw by which an expert came here */
    drawSeat: p.uuid().nullable(),
    user: p.uuid().nullable(),
    name: p.string().length(100),
    /** how others see the member until the result: 专家A, 专家B … 招标人代表 */
    mask: p.string().length(40),
    specialty: p.string().length(20).nullable(),
    seat: p.integer(),
    formedAt: instant(),
    declaredAt: instant().nullable(),
    /** what it signed with its own certificate before it declared (identity-statement.ts), and with which */
    identity: p.json().$type<object>().nullable(),
    identitySignature: p.text().nullable(),
    identitySerial: p.string().length(64).nullable(),
    /** why the member withdrew; what it judged no longer counts, and its seat is to be taken by another */
    recusedFor: p.string().length(500).nullable(),
    /** since when it is no longer a member: it withdrew, or another draw took the place of its own */
    leftAt: instant().nullable(),
    /** when it took its stand to the report */
    signedAt: instant().nullable(),
    signature: p.text().nullable(),
    /** `signed`, `refused` with reasons, `deemed` to agree; null while none is taken */
    stance: p.string().length(10).$type<Stance>().nullable(),
    /** what it does not agree with: of one who signed, or the reasons of one who refused */
    dissent: p.text().nullable(),
  },
  uniques: [
    {
      name: 'one_member_a_seat',
      expression: `create unique index "one_member_a_seat" on "panel_member" ("lot", "seat") where left_at is null`,
    },
  ],
});
export class PanelMember extends PanelMemberSchema.class {}
PanelMemberSchema.setClass(PanelMember);

/** What the host found of a bidder's qualification, where it is the host who looks at it. */
const QualificationSchema = defineEntity({
  name: 'Qualification',
  tableName: 'qualification',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    submission: p.uuid(),
    bidder: p.string().length(18),
    pass: p.boolean(),
    reason: p.string().length(1000).nullable(),
    checkedAt: instant(),
  },
  uniques: [{ name: 'one_verdict_a_bid', properties: ['lot', 'submission'] }],
});
export class Qualification extends QualificationSchema.class {}
QualificationSchema.setClass(Qualification);

/** One member's verdict on one item of one bid; a correction is a new version with a reason. */
const ReviewSchema = defineEntity({
  name: 'Review',
  tableName: 'review',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    member: p.uuid(),
    submission: p.uuid(),
    item: p.string().length(64),
    pass: p.boolean(),
    reason: p.text().nullable(),
    version: p.integer(),
    at: instant(),
  },
  uniques: [{ name: 'review_version', properties: ['member', 'submission', 'item', 'version'] }],
});
export class Review extends ReviewSchema.class {}
ReviewSchema.setClass(Review);

const ScoreSchema = defineEntity({
  name: 'Score',
  tableName: 'score',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    member: p.uuid(),
    submission: p.uuid(),
    criterion: p.string().length(64),
    score: p.string().length(12),
    reason: p.text().nullable(),
    version: p.integer(),
    at: instant(),
  },
  uniques: [{ name: 'score_version', properties: ['member', 'submission', 'criterion', 'version'] }],
});
export class Score extends ScoreSchema.class {}
ScoreSchema.setClass(Score);

const EvaluationReportSchema = defineEntity({
  name: 'EvaluationReport',
  tableName: 'evaluation_report',
  properties: {
    lot: p.uuid().primary(),
    /** the bundle of evaluation.md with its result */
    bundle: p.json(),
    /** base64url SHA-256 of the JCS of the bundle: what the members sign */
    sha256: p.string().length(43),
    outcome: p.string().length(20),
    concludedAt: instant(),
  },
});
export class EvaluationReport extends EvaluationReportSchema.class {}
EvaluationReportSchema.setClass(EvaluationReport);

/** The result of one envelope before the last (part-result.ts); it stands once every member has signed it. */
const PartResultSchema = defineEntity({
  name: 'PartResult',
  tableName: 'part_result',
  properties: {
    lot: p.uuid().primary(),
    part: p.string().length(20).primary(),
    result: p.json(),
    /** base64url SHA-256 of the JCS of the result: what the members sign */
    sha256: p.string().length(43),
    outcome: p.string().length(20),
    concludedAt: instant(),
    reportedAt: instant().nullable(),
  },
});
export class PartResult extends PartResultSchema.class {}
PartResultSchema.setClass(PartResult);

const PartSignatureSchema = defineEntity({
  name: 'PartSignature',
  tableName: 'part_signature',
  properties: {
    lot: p.uuid().primary(),
    part: p.string().length(20).primary(),
    member: p.uuid().primary(),
    /** `signed`; `refused` with reasons; `deemed` to agree: silent until the end of its time, and without a signature */
    stance: p.string().length(10).$type<Stance>(),
    reason: p.text().nullable(),
    signature: p.text().nullable(),
    signedAt: instant(),
  },
});
export class PartSignature extends PartSignatureSchema.class {}
PartSignatureSchema.setClass(PartSignature);

/** What the panel asked of one bidder, and what came of it (enquiry.ts). */
const EnquirySchema = defineEntity({
  name: 'Enquiry',
  tableName: 'enquiry',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    part: p.string().length(20),
    submission: p.uuid(),
    bidder: p.string().length(18).index(),
    /** `clarification`, `mending`, `correction`, `low-price` */
    kind: p.string().length(16),
    text: p.text(),
    /** of a correction: the rule of the line that it rests on, and the price it comes to */
    ground: p.string().length(40).nullable(),
    correctedPrice: p.string().length(24).nullable(),
    /** of a mending: keys of the form's fields that are to be put right */
    fields: p.json().$type<readonly string[]>().nullable(),
    /** the member who wrote it: known to the panel, never to the bidder */
    member: p.uuid(),
    askedAt: instant(),
    answerUntil: instant(),
    /** `open`, `answered`, `lapsed` */
    state: p.string().length(10),
    accepts: p.boolean().nullable(),
    answer: p.text().nullable(),
    signature: p.text().nullable(),
    answeredAt: instant().nullable(),
  },
});
export class Enquiry extends EnquirySchema.class {}
EnquirySchema.setClass(Enquiry);

/** A member at its desk, from when it came until it left. */
const DeskSittingSchema = defineEntity({
  name: 'DeskSitting',
  tableName: 'desk_sitting',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    member: p.uuid(),
    /** the session in which it came: SHA-256 of its token */
    session: bytes(),
    /** the room it works from, where one is booked for the evaluation: its name then, and whether it was the main venue */
    booking: p.uuid().nullable(),
    place: p.string().length(100).nullable(),
    mainPlace: p.boolean().nullable(),
    address: p.string().length(64).nullable(),
    enteredAt: instant(),
    leftAt: instant().nullable(),
    /** why it left (sitting.ts) */
    leftFor: p.string().length(12).$type<Leaving>().nullable(),
  },
  uniques: [
    {
      name: 'one_sitting_a_member',
      expression: `create unique index "one_sitting_a_member" on "desk_sitting" ("member") where left_at is null`,
    },
  ],
});
export class DeskSitting extends DeskSittingSchema.class {}
DeskSittingSchema.setClass(DeskSitting);

/** A file of a bid that a member opened at its desk: once for each time it sat there. */
const DeskOpenedFileSchema = defineEntity({
  name: 'DeskOpenedFile',
  tableName: 'desk_opened_file',
  properties: {
    sitting: p.uuid().primary(),
    submission: p.uuid().primary(),
    sha256: p.string().length(43).primary(),
    /** which of the form's files it is */
    field: p.string().length(64),
    at: instant(),
  },
});
export class DeskOpenedFile extends DeskOpenedFileSchema.class {}
DeskOpenedFileSchema.setClass(DeskOpenedFile);

/** What a member noted about a bid for itself, sealed (note.ts); it goes when the member goes. */
const DeskNoteSchema = defineEntity({
  name: 'DeskNote',
  tableName: 'desk_note',
  properties: { member: p.uuid().primary(), submission: p.uuid().primary(), sealed: p.text(), at: instant() },
});
export class DeskNote extends DeskNoteSchema.class {}
DeskNoteSchema.setClass(DeskNote);

/** What a member has entered of its sheet so far, encrypted under its own key (sealed-desk.ts in the browser): kept, not readable here. */
const SheetDraftSchema = defineEntity({
  name: 'SheetDraft',
  tableName: 'sheet_draft',
  properties: { member: p.uuid().primary(), part: p.string().length(20).primary(), sealed: p.text(), at: instant() },
});
export class SheetDraft extends SheetDraftSchema.class {}
SheetDraftSchema.setClass(SheetDraft);

/** One version of a member's whole sheet for one envelope, sealed to the council (member-sheet.ts). */
const SealedSheetSchema = defineEntity({
  name: 'SealedSheet',
  tableName: 'sealed_sheet',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    part: p.string().length(20),
    member: p.uuid(),
    version: p.integer(),
    /** handed in while the bids were known by their pseudonyms alone */
    blind: p.boolean(),
    sealed: bytes(),
    sha256: p.string().length(43),
    ephemeral: p.text(),
    proof: p.text(),
    wrappedKey: p.text(),
    /** base64 CMS under which it was handed in */
    signature: p.text(),
    at: instant(),
    /** the round in which it is opened; null while it waits, and for ever where a newer version or another member took its place */
    round: p.integer().nullable(),
    /** `sealed`, `opened`, `flawed` */
    state: p.string().length(8),
    /** as it was opened */
    sheet: p.json().$type<MemberSheet>().nullable(),
  },
  uniques: [{ name: 'sealed_sheet_version', properties: ['member', 'part', 'version'] }],
});
export class SealedSheet extends SealedSheetSchema.class {}
SealedSheetSchema.setClass(SealedSheet);

/** The sheets of one envelope that are opened together; a further round only where a seat was taken by somebody else. */
const SheetRoundSchema = defineEntity({
  name: 'SheetRound',
  tableName: 'sheet_round',
  properties: {
    lot: p.uuid().primary(),
    part: p.string().length(20).primary(),
    round: p.integer().primary(),
    task: p.uuid(),
    completeAt: instant(),
    openedAt: instant().nullable(),
  },
});
export class SheetRound extends SheetRoundSchema.class {}
SheetRoundSchema.setClass(SheetRound);

/** How long the panel has for one envelope (panel-time.ts). */
const EvaluationTimeSchema = defineEntity({
  name: 'EvaluationTime',
  tableName: 'evaluation_time',
  properties: {
    lot: p.uuid().primary(),
    part: p.string().length(20).primary(),
    startedAt: instant(),
    until: instant(),
    /** how often it was extended: the round of votes that is open */
    extensions: p.integer().default(0),
    /** when its end was told */
    overtimeAt: instant().nullable(),
  },
});
export class EvaluationTime extends EvaluationTimeSchema.class {}
EvaluationTimeSchema.setClass(EvaluationTime);

/** What a member votes for while it evaluates: more time, or to stop (panel-vote.ts). */
const PanelVoteSchema = defineEntity({
  name: 'PanelVote',
  tableName: 'panel_vote',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    part: p.string().length(20),
    /** `time` or `halt` */
    kind: p.string().length(8),
    round: p.integer(),
    member: p.uuid(),
    ground: p.string().length(40).nullable(),
    reason: p.text(),
    at: instant(),
  },
  uniques: [{ name: 'panel_vote_once', properties: ['member', 'part', 'kind', 'round'] }],
});
export class PanelVote extends PanelVoteSchema.class {}
PanelVoteSchema.setClass(PanelVote);

/** A panel has stopped because of the documents; open until the host has answered. */
const EvaluationHaltSchema = defineEntity({
  name: 'EvaluationHalt',
  tableName: 'evaluation_halt',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    part: p.string().length(20),
    haltedAt: instant(),
    grounds: p.json().$type<readonly { readonly ground: string; readonly reason: string }[]>(),
    answeredAt: instant().nullable(),
    confirmed: p.boolean().nullable(),
    answer: p.text().nullable(),
  },
});
export class EvaluationHalt extends EvaluationHaltSchema.class {}
EvaluationHaltSchema.setClass(EvaluationHalt);

/** A signed report that an order has reopened (reopening.ts): it stays beside the version that follows. */
const EvaluationVersionSchema = defineEntity({
  name: 'EvaluationVersion',
  tableName: 'evaluation_version',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    version: p.integer(),
    bundle: p.json(),
    sha256: p.string().length(43),
    outcome: p.string().length(20),
    concludedAt: instant(),
    reportedAt: instant(),
    /** when its candidates were published, where they were */
    candidatesAt: instant().nullable(),
    reopenedAt: instant(),
    order: p.json().$type<ReopeningOrder>(),
    /** how each member stood to it */
    stands: p.json().$type<readonly VersionStand[]>(),
  },
  uniques: [{ name: 'evaluation_version_number', properties: ['lot', 'version'] }],
});
export class EvaluationVersion extends EvaluationVersionSchema.class {}
EvaluationVersionSchema.setClass(EvaluationVersion);

interface VersionStand {
  readonly member: string;
  readonly stance: Stance | null | undefined;
  readonly dissent: string | null;
  readonly signedAt: string | null | undefined;
}

/** What the platform's own check saw in the blind files of a bid (blind-mark.ts). */
const BlindCheckSchema = defineEntity({
  name: 'BlindCheck',
  tableName: 'blind_check',
  properties: {
    pseudonym: p.uuid().primary(),
    lot: p.uuid().index(),
    marks: p.json().$type<readonly BlindMark[]>(),
    at: instant(),
  },
});
export class BlindCheck extends BlindCheckSchema.class {}
BlindCheckSchema.setClass(BlindCheck);

export const evaluationEntities = [
  BlindCheck,
  Qualification,
  EvaluationTime,
  PanelVote,
  EvaluationHalt,
  EvaluationVersion,
  PanelMember,
  Review,
  Score,
  EvaluationReport,
  PartResult,
  PartSignature,
  Enquiry,
  DeskSitting,
  DeskOpenedFile,
  DeskNote,
  SheetDraft,
  SealedSheet,
  SheetRound,
];
