import { defineEntity, p } from '@mikro-orm/postgresql';
import { instant } from '../kernel/columns.ts';

/** Who collected the documents: secret, number too, until the opening. */
const InterestSchema = defineEntity({
  name: 'Interest',
  tableName: 'interest',
  properties: { id: p.uuid().primary(), lot: p.uuid(), party: p.string().length(18), at: instant() },
  uniques: [{ name: 'interest_once', properties: ['lot', 'party'] }],
});
export class Interest extends InterestSchema.class {}
InterestSchema.setClass(Interest);

const SubmissionSchema = defineEntity({
  name: 'Submission',
  tableName: 'submission',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    bidder: p.string().length(18),
    bidderName: p.string().length(200),
    supersedes: p.uuid().nullable(),
    /** `current`, `replaced`, `withdrawn`, `lapsed` */
    status: p.string().length(12),
    statement: p.json(),
    signature: p.text(),
    receivedAt: instant(),
    withdrawnAt: instant().nullable(),
    /** of a commitment: how long after the deadline its bytes may follow; null where they were there when it came */
    graceMinutes: p.integer().nullable(),
    /** of a commitment: when its last byte was there */
    completedAt: instant().nullable(),
  },
  uniques: [
    {
      name: 'one_current_bid',
      expression: `create unique index "one_current_bid" on "submission" ("lot", "bidder") where status = 'current'`,
    },
  ],
});
export class Submission extends SubmissionSchema.class {}
SubmissionSchema.setClass(Submission);

const EnvelopeSchema = defineEntity({
  name: 'Envelope',
  tableName: 'envelope',
  properties: {
    id: p.uuid().primary(),
    submission: p.uuid().index(),
    lot: p.uuid().index(),
    part: p.string().length(20),
    sha256: p.string().length(43),
    bytes: p.bigint(),
    /** null while the bytes of a commitment are awaited */
    fileKey: p.string().length(64).nullable(),
    // the council stanza's public half (protocol §3); `wrappedKey` is its body and stays out of every public edition
    ephemeral: p.string().length(43),
    proof: p.string().length(86),
    wrappedKey: p.string().length(43),
    /** policy `bidder+council`: what the bidder signed about the envelope under its own layer (sealing/statement.ts `InnerSeal`) */
    inner: p.json().$type<object>().nullable(),
  },
  uniques: [{ name: 'one_envelope_a_part', properties: ['submission', 'part'] }],
});
export class Envelope extends EnvelopeSchema.class {}
EnvelopeSchema.setClass(Envelope);

/** A resumable upload of one envelope before it is submitted: belongs to a bidder, expires, is never listed to others. */
const UploadSchema = defineEntity({
  name: 'Upload',
  tableName: 'upload',
  properties: {
    id: p.string().length(64).primary(),
    party: p.string().length(18),
    lot: p.uuid(),
    part: p.string().length(20),
    bytes: p.bigint(),
    createdAt: instant(),
    completedAt: instant().nullable(),
    sha256: p.string().length(43).nullable(),
    fileKey: p.string().length(64).nullable(),
    /** the council stanza at the head of the file, read when it was complete: { council, ephemeral, proof, wrappedKey } */
    seal: p.json().$type<object>().nullable(),
    /** id its envelope will have when it is submitted; an upload is submitted once */
    envelope: p.uuid(),
  },
});
export class Upload extends UploadSchema.class {}
UploadSchema.setClass(Upload);

/** A time stamp (RFC 3161) on the statement of a submission; shown to its bidder only, journalled after the opening. */
const SubmissionStampSchema = defineEntity({
  name: 'SubmissionStamp',
  tableName: 'submission_stamp',
  properties: {
    submission: p.uuid().primary(),
    /** `platform` or `external` */
    authority: p.string().length(10).primary(),
    /** base64 of the token */
    token: p.text(),
    recordedAt: instant().nullable(),
  },
});
export class SubmissionStamp extends SubmissionStampSchema.class {}
SubmissionStampSchema.setClass(SubmissionStamp);

/** A build of a program that seals bids, once it stands in the journal; several processes that start together publish it once. */
const PublishedClientSchema = defineEntity({
  name: 'PublishedClient',
  tableName: 'published_client',
  properties: {
    name: p.string().length(40).primary(),
    sha256: p.string().length(43).primary(),
    publishedAt: instant(),
  },
});
export class PublishedClient extends PublishedClientSchema.class {}
PublishedClientSchema.setClass(PublishedClient);

/** An application for prequalification: its number is secret until they close, and who qualified until the opening. */
const EntryApplicationSchema = defineEntity({
  name: 'EntryApplication',
  tableName: 'entry_application',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid(),
    party: p.string().length(18),
    name: p.string().length(200),
    /** how the supplier meets the conditions, in its own words */
    statement: p.text(),
    contact: p.string().length(100),
    fileKey: p.string().length(64),
    fileName: p.string().length(200),
    type: p.string().length(100),
    bytes: p.bigint(),
    sha256: p.string().length(43),
    receivedAt: instant(),
    withdrawnAt: instant().nullable(),
    pass: p.boolean().nullable(),
    reason: p.string().length(1000).nullable(),
    /** `invited`, `not-drawn`, `not-qualified`; null before it is told */
    outcome: p.string().length(16).nullable(),
  },
  uniques: [{ name: 'one_application_a_party', properties: ['lot', 'party'] }],
});
export class EntryApplication extends EntryApplicationSchema.class {}
EntryApplicationSchema.setClass(EntryApplication);

export const bidsEntities = [EntryApplication, Interest, Submission, Envelope, Upload, SubmissionStamp, PublishedClient];
