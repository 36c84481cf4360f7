import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { type LotTerms, termsOf } from '../tenders/lot.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { Envelope, Interest, Submission } from './schema.ts';

/** One of the reader's own submissions. Nobody else is ever told that it exists before the opening. */
export interface OwnSubmission {
  readonly id: string;
  readonly status: 'current' | 'replaced' | 'withdrawn';
  readonly receivedAt: Instant;
  readonly withdrawnAt: Instant | null;
  /** journal event of the receipt */
  readonly event: string | null;
  readonly parts: readonly { readonly part: string; readonly sha256: string; readonly bytes: number }[];
}

export interface OwnBids {
  readonly lot: {
    readonly id: string;
    readonly number: string;
    readonly name: string;
    readonly phase: string;
    readonly deadline: Instant | null;
    readonly council: string | null;
    readonly tenderee: string;
  };
  readonly terms: LotTerms;
  readonly bidder: { readonly code: string; readonly name: string };
  readonly collected: boolean;
  readonly submissions: readonly OwnSubmission[];
  readonly maySubmit: boolean;
}

/** The bid desk of one bidder for one lot. */
export async function ownBids(em: EntityManager, by: Actor, lotId: string, now: Instant): Promise<OwnBids> {
  const lot = await em.findOne(Lot, { id: lotId });
  if (!lot?.publishedAt || by.role !== 'bidder' || by.code === null) throw notFound();
  const project = await em.findOneOrFail(Project, { id: lot.project });
  const submissions = await em.find(Submission, { lot: lot.id, bidder: by.code }, { orderBy: { receivedAt: 'desc', id: 'desc' } });
  const events = await receiptEvents(em, lot.id, by.code);
  return {
    lot: {
      id: lot.id,
      number: lot.number,
      name: lot.name,
      phase: lot.phase,
      deadline: lot.deadline ?? null,
      council: lot.council ?? null,
      tenderee: project.tenderee,
    },
    terms: termsOf(lot),
    bidder: { code: by.code, name: by.organisationName ?? by.code },
    collected: (await em.count(Interest, { lot: lot.id, party: by.code })) > 0,
    submissions: submissions.map((each) => ({
      id: each.id,
      status: each.status as OwnSubmission['status'],
      receivedAt: each.receivedAt,
      withdrawnAt: each.withdrawnAt ?? null,
      event: events.get(each.id) ?? null,
      parts: (each.statement as { parts: OwnSubmission['parts'] }).parts,
    })),
    maySubmit: lot.phase === 'bidding' && lot.deadline !== null && lot.deadline !== undefined && now < lot.deadline,
  };
}

/** submission id → id of the journal event that received it. */
async function receiptEvents(em: EntityManager, lot: string, code: string): Promise<ReadonlyMap<string, string>> {
  const rows = await em.execute<{ id: string; submission: string }[]>(
    `select id, body::jsonb #>> '{data,statement,id}' as submission from journal_event where lot = ? and party = ? and type in ('bid.received', 'bid.replaced')`,
    [lot, code],
  );
  return new Map(rows.map((row) => [row.submission, row.id]));
}

/** The sealed file of an own submission: the bidder can always reread its bid with its own key. */
export async function ownEnvelope(em: EntityManager, by: Actor, lot: string, submission: string, part: string): Promise<Envelope> {
  const own = await em.findOne(Submission, { id: submission, lot, bidder: by.code ?? '' });
  const envelope = own && (await em.findOne(Envelope, { submission: own.id, part }));
  if (!envelope) throw notFound();
  return envelope;
}

/** The lots on which an organisation has collected documents or submitted, newest first. */
export async function ownLots(
  em: EntityManager,
  by: Actor,
): Promise<
  readonly {
    readonly lot: string;
    readonly number: string;
    readonly name: string;
    readonly phase: string;
    readonly deadline: Instant | null;
    readonly submitted: boolean;
  }[]
> {
  if (by.role !== 'bidder' || by.code === null) throw notFound();
  const interests = await em.find(Interest, { party: by.code }, { orderBy: { at: 'desc' }, limit: 200 });
  const submitted = new Set(
    (await em.find(Submission, { bidder: by.code, status: 'current' }, { fields: ['lot'] })).map((each) => each.lot),
  );
  const lots = new Map(
    (await em.find(Lot, { id: { $in: [...new Set([...interests.map((each) => each.lot), ...submitted])] } })).map((lot) => [lot.id, lot]),
  );
  return [...lots.values()].map((lot) => ({
    lot: lot.id,
    number: lot.number,
    name: lot.name,
    phase: lot.phase,
    deadline: lot.deadline ?? null,
    submitted: submitted.has(lot.id),
  }));
}
