import type { EntityManager } from '@mikro-orm/postgresql';
import { eventsOfType } from '../journal/reads.ts';
import { type Actor, thePublic } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { currentPart } from '../tenders/envelopes.ts';
import { hosts, timelineOf } from '../tenders/reads.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { saidOf, type TimelineEntry } from '../tenders/timeline.ts';
import { DrawRequest as DrawRow, OpeningItem, OpeningSession, SessionLot } from './schema.ts';
import { earlierCanBeRead, type Sitting, sittingOf } from './sitting.ts';

/** A lot on the agenda of a session. Nothing here is said of bids: only whether the lot waits, is being opened, or is done. */
export interface AgendaLot {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly state: 'waits' | 'opening' | 'done' | 'failed';
}
export interface HallSession {
  /** null where the lot has the session to itself */
  readonly id: string | null;
  readonly lots: readonly AgendaLot[];
}

/** One entry of the session's record: numbered from 1 over all its lots, without a gap, the same for everybody. */
export interface RecordEntry extends TimelineEntry {
  /** null while the journal has not numbered it */
  readonly order: number | null;
  readonly lot: string;
}

/** What the record of a session shows of the journal. */
const sessionEvents = new Set([
  'deadline.reached',
  'bidding.closed',
  'opening.started',
  'opening.attended',
  'share.given',
  'share.kept',
  'pseudonyms.committed',
  'layer.removed',
  'layer.disputed',
  'layers.closed',
  'remedy.awaited',
  'remedy.applied',
  'bid.revoked',
  'bid.withdrawn-by-platform',
  'attribution.asked',
  'attribution.ruled',
  'opening.combined',
  'bid.opened',
  'bid.invalid',
  'bids.clashed',
  'bid.read',
  'draw.requested',
  'draw.completed',
  'objection.raised',
  'objection.answered',
  'record.confirmed',
  'record.objected',
  'record.closed',
  'order.suspended',
  'order.lifted',
  'tender.failed',
]);

/** An expert draw asked for later is not the session's, nor is an objection to the documents: the record runs from the deadline to its end. */
const inSession = (entry: TimelineEntry, lot: Lot): boolean =>
  sessionEvents.has(entry.type) &&
  (!lot.recordClosedAt || entry.at <= lot.recordClosedAt) &&
  (entry.type.startsWith('order.') || !lot.deadlineReachedAt || entry.at >= lot.deadlineReachedAt);

/**
 * The record of a sitting, oldest first. Read as the public reads it, whoever asks: so that everybody sees the same numbers. The number of an entry is
 * its place in the journal among the session's entries, which never changes once the journal has numbered it.
 */
export async function sessionRecord(em: EntityManager, sitting: Sitting): Promise<readonly RecordEntry[]> {
  const entries: Omit<RecordEntry, 'order'>[] = [];
  for (const id of sitting.lots) {
    const lot = await em.findOne(Lot, { id });
    if (!lot?.openedAt) continue;
    const own = (await timelineOf(em, thePublic, id, null, true)).filter((entry) => inSession(entry, lot));
    entries.push(...own.map((entry) => ({ ...entry, lot: id })));
  }
  entries.push(...(await stopsDuring(em, sitting)));
  const place = ({ number }: { readonly number: number | null }): number => number ?? Number.MAX_SAFE_INTEGER;
  return entries
    .sort((a, b) => place(a) - place(b) || (a.at < b.at ? -1 : 1))
    .map((entry, at) => ({ ...entry, order: entry.number === null ? null : at + 1 }));
}

/** What stopped and restarted all openings while this session went on. */
async function stopsDuring(em: EntityManager, { lots }: Sitting): Promise<Omit<RecordEntry, 'order'>[]> {
  const rows = await em.find(Lot, { id: { $in: [...lots] } });
  const from = rows.flatMap((lot) => lot.deadlineReachedAt ?? []).sort()[0];
  const [first] = lots;
  if (from === undefined || first === undefined || !rows.some((lot) => lot.openedAt)) return [];
  const ends = rows.map((lot) => lot.recordClosedAt ?? lot.failedAt ?? null);
  const until = ends.includes(null) ? null : ends.reduce((a, b) => ((a ?? '') > (b ?? '') ? a : b), null);
  const stops = [...(await eventsOfType(em, 'openings.suspended')), ...(await eventsOfType(em, 'openings.resumed'))];
  return stops
    .filter(({ event }) => event.at >= from && (until === null || event.at <= until))
    .map(({ id, index, event }) => {
      const { type, at, data } = event;
      return { number: index, event: id, type, at: at as Instant, says: saidOf(type), actor: null, data, lot: first };
    });
}

export async function agendaOf(em: EntityManager, sitting: Sitting): Promise<HallSession> {
  const lots = new Map((await em.find(Lot, { id: { $in: [...sitting.lots] } })).map((lot) => [lot.id, lot]));
  return {
    id: sitting.session,
    lots: sitting.lots.flatMap((id): AgendaLot[] => {
      const lot = lots.get(id);
      return lot ? [{ id, number: lot.number, name: lot.name, state: stateOf(lot) }] : [];
    }),
  };
}

const stateOf = (lot: Lot): AgendaLot['state'] =>
  lot.failedAt ? 'failed' : lot.recordClosedAt ? 'done' : lot.openedAt ? 'opening' : 'waits';

/** Whether the agenda has come to a lot: none before it can be read now. */
export async function isItsTurn(em: EntityManager, lot: string): Promise<boolean> {
  const [row] = await em.execute<{ waits: boolean }[]>(`select ${earlierCanBeRead} as waits from lot where lot.id = ?`, [lot]);
  return row?.waits !== true;
}

/** The lot that is on the stage of a session: the first whose bids are still to be read, then the first whose record is still open, then the last. */
export async function onStage(em: EntityManager, session: string): Promise<string> {
  const rows = await em.find(SessionLot, { session }, { orderBy: { position: 'asc' } });
  const first = rows[0] && (await em.findOne(OpeningSession, { id: session }));
  const anchor = first && (await em.findOne(Lot, { id: { $in: rows.map((row) => row.lot) }, deadline: first.opensAt }));
  const moved = rows[0]?.lot;
  // an addendum has moved all of them: whoever comes here is led to the first
  if (!anchor) {
    if (moved === undefined) throw notFound();
    return moved;
  }
  const { lots } = await sittingOf(em, anchor);
  const states = await Promise.all(lots.map(async (id) => [id, await readingDone(em, id)] as const));
  const unread = states.find(([, state]) => state === 'to-read');
  const open = states.find(([, state]) => state === 'open');
  return (unread ?? open ?? states.at(-1))?.[0] ?? anchor.id;
}

async function readingDone(em: EntityManager, id: string): Promise<'to-read' | 'open' | 'done'> {
  const lot = await em.findOneOrFail(Lot, { id });
  if (lot.failedAt || lot.recordClosedAt) return 'done';
  if (!lot.openedAt) return 'to-read';
  const unread = await em.count(OpeningItem, {
    lot: id,
    part: currentPart(lot),
    $or: [{ state: 'sealed' }, { state: 'opened', readAt: null }],
  });
  const drawn = await em.count(DrawRow, { lot: id, purpose: 'parameters' });
  return unread > 0 && drawn === 0 ? 'to-read' : 'open';
}

/** What a host may put together: lots of its project that are still in bidding, by the time at which they are opened. */
export interface SessionsOfProject {
  readonly project: { readonly id: string; readonly name: string };
  readonly times: readonly {
    readonly opensAt: Instant;
    readonly lots: readonly { readonly id: string; readonly number: string; readonly name: string }[];
  }[];
  readonly sessions: readonly { readonly id: string; readonly opensAt: Instant; readonly lots: readonly string[] }[];
}

export async function sessionsOfProject(em: EntityManager, by: Actor, id: string): Promise<SessionsOfProject> {
  const project = await em.findOne(Project, { id });
  if (!project || !hosts(by, project)) throw notFound();
  const lots = await em.find(Lot, { project: id, publishedAt: { $ne: null } }, { orderBy: { number: 'asc' } });
  const placed = await em.find(SessionLot, { lot: { $in: lots.map((lot) => lot.id) } }, { orderBy: { position: 'asc' } });
  const free = lots.filter((lot) => lot.phase === 'bidding' && lot.deadline && !placed.some((row) => row.lot === lot.id));
  const times = Map.groupBy(free, (lot) => lot.deadline as Instant);
  const sessions = await em.find(OpeningSession, { project: id }, { orderBy: { opensAt: 'asc' } });
  return {
    project: { id, name: project.name },
    times: [...times]
      .filter(([, together]) => together.length > 1)
      .map(([opensAt, together]) => ({ opensAt, lots: together.map(({ id: lot, number, name }) => ({ id: lot, number, name })) })),
    sessions: sessions.map((session) => ({
      id: session.id,
      opensAt: session.opensAt,
      lots: placed.filter((row) => row.session === session.id).map((row) => lots.find((lot) => lot.id === row.lot)?.name ?? ''),
    })),
  };
}
