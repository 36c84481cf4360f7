import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { Organisation } from '../parties/schema.ts';
import { bytesUntil } from '../sealing/grace.ts';
import { type LotTerms, termsOf } from '../tenders/lot.ts';
import { phaseOf, phases } from '../tenders/phases.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { inTradeOfEach } from '../tenders/vocabulary-reads.ts';
import { Envelope, Interest, Submission, Upload } from './schema.ts';
import { securityBack } from './security-back.ts';

/** One of the reader's own submissions. Nobody else is ever told that it exists before the opening. */
export interface OwnSubmission {
  readonly id: string;
  readonly status: 'current' | 'replaced' | 'withdrawn' | 'lapsed';
  readonly receivedAt: Instant;
  readonly withdrawnAt: Instant | null;
  /** by when the security of a withdrawn bid is back; null where none was asked or nothing withdrawn */
  readonly securityBackBy: Instant | null;
  /** journal event of the receipt */
  readonly event: string | null;
  /** journal event of the withdrawal */
  readonly withdrawalEvent: string | null;
  /** journal event that says the bytes of a commitment are there */
  readonly completionEvent: string | null;
  /** until when the bytes must be there, while they are awaited; it then counts only when they came */
  readonly awaitedUntil: Instant | null;
  readonly parts: readonly { readonly part: string; readonly sha256: string; readonly bytes: number }[];
}

export interface OwnUpload {
  readonly id: string;
  readonly part: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly completedAt: Instant;
}

export interface OwnBids {
  readonly lot: {
    readonly id: string;
    readonly number: string;
    readonly name: string;
    readonly phase: string;
    readonly phaseTitle: Words;
    readonly deadline: Instant | null;
    readonly council: string | null;
    readonly tenderee: string;
  };
  readonly terms: LotTerms;
  /** who bids, and what it is known by besides: words that would tell it in a blind file */
  readonly bidder: {
    readonly code: string;
    readonly name: string;
    readonly legalRepresentative: string | null;
    readonly phone: string | null;
  };
  readonly collected: boolean;
  readonly submissions: readonly OwnSubmission[];
  /** own files that were uploaded whole and never submitted: they are no bid */
  readonly uploads: readonly OwnUpload[];
  readonly maySubmit: boolean;
}

/** The bid desk of one bidder for one lot. */
export async function ownBids(em: EntityManager, by: Actor, lotId: string, now: Instant): Promise<OwnBids> {
  const lot = await em.findOne(Lot, { id: lotId });
  if (!lot?.publishedAt || by.role !== 'bidder' || by.code === null) throw notFound();
  const project = await em.findOneOrFail(Project, { id: lot.project });
  const submissions = await em.find(Submission, { lot: lot.id, bidder: by.code }, { orderBy: { receivedAt: 'desc', id: 'desc' } });
  const events = await receiptEvents(em, lot.id, by.code);
  const organisation = await em.findOne(Organisation, { code: by.code });
  return {
    lot: {
      id: lot.id,
      number: lot.number,
      name: lot.name,
      phase: lot.phase,
      phaseTitle: phases[phaseOf(lot.phase)].title,
      deadline: lot.deadline ?? null,
      council: lot.council ?? null,
      tenderee: project.tenderee,
    },
    terms: termsOf(lot),
    bidder: {
      code: by.code,
      name: by.organisationName ?? by.code,
      legalRepresentative: organisation?.legalRepresentative ?? null,
      phone: organisation?.phone ?? null,
    },
    collected: (await em.count(Interest, { lot: lot.id, party: by.code })) > 0,
    submissions: submissions.map((each) => ({
      id: each.id,
      status: each.status as OwnSubmission['status'],
      receivedAt: each.receivedAt,
      withdrawnAt: each.withdrawnAt ?? null,
      securityBackBy: each.withdrawnAt ? securityBack(lot, project, each.withdrawnAt) : null,
      event: events.received.get(each.id) ?? null,
      withdrawalEvent: events.withdrawn.get(each.id) ?? null,
      completionEvent: events.completed.get(each.id) ?? null,
      awaitedUntil: awaitedUntil(each, lot.deadline ?? null),
      parts: (each.statement as { parts: OwnSubmission['parts'] }).parts,
    })),
    uploads: (await openUploads(em, by.code, lot.id)).flatMap(ownUpload),
    maySubmit: lot.phase === 'bidding' && lot.deadline !== null && lot.deadline !== undefined && now < lot.deadline,
  };
}

/** Submission id → id of the journal event that received it, and of the one that withdrew it. */
async function receiptEvents(em: EntityManager, lot: string, code: string) {
  const rows = await em.execute<{ id: string; type: string; submission: string }[]>(
    `select id, type, coalesce(body::jsonb #>> '{data,statement,id}', body::jsonb #>> '{data,submission}') as submission
     from journal_event where lot = ? and party = ? and type in ('bid.received', 'bid.replaced', 'bid.withdrawn', 'bid.completed')`,
    [lot, code],
  );
  const of = (wanted: (type: string) => boolean): ReadonlyMap<string, string> =>
    new Map(rows.filter((row) => wanted(row.type)).map((row) => [row.submission, row.id]));
  return {
    received: of((type) => type === 'bid.received' || type === 'bid.replaced'),
    withdrawn: of((type) => type === 'bid.withdrawn'),
    completed: of((type) => type === 'bid.completed'),
  };
}

const awaitedUntil = ({ status, graceMinutes, completedAt }: Submission, deadline: Instant | null): Instant | null =>
  status !== 'current' || completedAt || graceMinutes === null || graceMinutes === undefined || deadline === null
    ? null
    : bytesUntil(deadline, graceMinutes);

/** Whole uploads that are what a commitment promised: digest, length and head. */
export async function arrivals(
  em: EntityManager,
  { submission }: { readonly submission: string },
): Promise<readonly { readonly envelope: string; readonly fileKey: string; readonly completedAt: Instant }[]> {
  const envelopes = await em.find(Envelope, { submission });
  const uploads = await em.find(Upload, { envelope: { $in: envelopes.map((each) => each.id) } });
  return envelopes.flatMap((envelope) => {
    const upload = uploads.find((each) => each.envelope === envelope.id);
    if (!upload?.completedAt || !upload.fileKey) return [];
    const seal = upload.seal as { ephemeral: string; proof: string; wrappedKey: string } | null;
    const same =
      upload.sha256 === envelope.sha256 &&
      upload.bytes === envelope.bytes &&
      seal?.ephemeral === envelope.ephemeral &&
      seal.proof === envelope.proof &&
      seal.wrappedKey === envelope.wrappedKey;
    return same ? [{ envelope: envelope.id, fileKey: upload.fileKey, completedAt: upload.completedAt }] : [];
  });
}

/** Until when the bytes of this upload are taken after the deadline; null when it belongs to no live commitment. */
export async function graceOfUpload(em: EntityManager, upload: Upload, deadline: Instant): Promise<Instant | null> {
  const envelope = await em.findOne(Envelope, { id: upload.envelope });
  const bid = envelope && (await em.findOne(Submission, { id: envelope.submission }));
  return bid ? awaitedUntil(bid, deadline) : null;
}

/** Commitments of closed lots whose grace has ended with bytes missing, as far as the database can tell: for the clockwork. */
export async function stillAwaited(
  em: EntityManager,
  now: Instant,
): Promise<readonly { readonly submission: string; readonly lot: string }[]> {
  return em.execute<{ submission: string; lot: string }[]>(
    `select s.id as submission, s.lot from submission s join lot on lot.id = s.lot
     where s.status = 'current' and s.grace_minutes is not null and s.completed_at is null and lot.phase = 'closed'
       and lot.deadline + s.grace_minutes * interval '1 minute' <= ? order by s.received_at limit 200`,
    [now],
  );
}

/** Own uploads for a lot that belong to no submission, newest first. */
export async function openUploads(em: EntityManager, code: string, lot: string): Promise<readonly Upload[]> {
  const uploads = await em.find(Upload, { party: code, lot }, { orderBy: { createdAt: 'desc', id: 'desc' } });
  const spent = await em.find(Envelope, { id: { $in: uploads.map((each) => each.envelope) } }, { fields: ['id'] });
  const spentIds = new Set(spent.map((each) => each.id));
  return uploads.filter((each) => !spentIds.has(each.envelope));
}

const ownUpload = ({ id, part, sha256, bytes, completedAt }: Upload): OwnUpload[] =>
  completedAt && sha256 ? [{ id, part, sha256, bytes: Number(bytes), completedAt }] : [];

/** Uploads that never became a bid, begun before this moment and of lots whose deadline lies before it: for the sweeper, who is nobody's reader. */
export async function uploadsLeftBehind(
  em: EntityManager,
  deadlineBefore: Instant,
): Promise<readonly { readonly id: string; readonly fileKey: string | null }[]> {
  return em.execute<{ id: string; fileKey: string | null }[]>(
    `select upload.id, upload.file_key as "fileKey" from upload join lot on lot.id = upload.lot
     where greatest(lot.deadline, upload.created_at) < ? and not exists (select from envelope where envelope.id = upload.envelope and envelope.file_key is not null) order by upload.id limit 50`,
    [deadlineBefore],
  );
}

/** The sealed file of an own submission: the bidder can always reread its bid with its own key. */
export async function ownEnvelope(
  em: EntityManager,
  by: Actor,
  lot: string,
  submission: string,
  part: string,
): Promise<{ readonly fileKey: string; readonly bytes: bigint }> {
  const own = await em.findOne(Submission, { id: submission, lot, bidder: by.code ?? '' });
  const envelope = own && (await em.findOne(Envelope, { submission: own.id, part }));
  // of a commitment whose bytes are awaited there is nothing to reread yet
  if (!envelope?.fileKey) throw notFound();
  return { fileKey: envelope.fileKey, bytes: envelope.bytes };
}

/** A lot in the list of one's own. */
export interface OwnLot {
  readonly lot: string;
  readonly number: string;
  readonly name: string;
  readonly phase: string;
  readonly phaseTitle: Words;
  readonly deadline: Instant | null;
  readonly submitted: boolean;
}

/** The lots on which an organisation has collected documents or submitted: the next deadline first, those that are over at the end. */
export async function ownLots(em: EntityManager, by: Actor, now: Instant): Promise<readonly OwnLot[]> {
  if (by.role !== 'bidder' || by.code === null) throw notFound();
  const interests = await em.find(Interest, { party: by.code }, { orderBy: { at: 'desc' }, limit: 200 });
  const current = await em.find(Submission, { bidder: by.code, status: 'current' }, { fields: ['lot'] });
  const submitted = new Set(current.map((each) => each.lot));
  const lots = await em.find(Lot, { id: { $in: [...new Set([...interests.map((each) => each.lot), ...submitted])] } });
  const inTrade = await inTradeOfEach(
    em,
    lots.map(({ id }) => id),
    now,
  );
  const rows = lots.map((lot) => ({
    lot: lot.id,
    number: lot.number,
    name: lot.name,
    phase: lot.phase,
    phaseTitle: inTrade(lot.id)(phases[phaseOf(lot.phase)].title),
    deadline: lot.deadline ?? null,
    submitted: submitted.has(lot.id),
  }));
  const over = (row: OwnLot): boolean => row.deadline === null || row.deadline <= now;
  const sooner = (a: OwnLot, b: OwnLot): number => ((a.deadline ?? '') < (b.deadline ?? '') ? -1 : 1);
  return [...rows.filter((row) => !over(row)).sort(sooner), ...rows.filter(over).sort((a, b) => sooner(b, a))];
}
