import type { EntityManager } from '@mikro-orm/postgresql';
import { type LotView, type Moment, maySee } from '../journal/event.ts';
import { unveil, veiledType } from '../journal/veil.ts';
import { veiledRows } from '../journal/veiled-reads.ts';
import { type Call, lock } from '../kernel/act.ts';
import type { Actor } from '../kernel/actor.ts';
import { canonical } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { regionWatched } from '../parties/reads.ts';
import { Organisation } from '../parties/schema.ts';
import { liesWithin } from '../rulebook/regions.ts';
import { hostedBy } from './host-reads.ts';
import { peopleOf } from './lot-people.ts';
import { Addendum, Lot, Project, Question, TenderDocument } from './schema.ts';
import { isByHost, saidOf, type TimelineEntry } from './timeline.ts';

/** Does this actor host the project: as its tenderee, or as the agent entrusted with it? */
export const hosts = (by: Actor, project: { readonly tenderee: string; readonly agent?: string | null | undefined }): boolean =>
  by.code !== null && ((by.role === 'agent' && project.agent === by.code) || (by.role === 'tenderee' && project.tenderee === by.code));

/** Does this regulator watch over the region the project lies in? Elsewhere a regulator reads what everyone reads. */
async function watches(em: EntityManager, by: Actor, project: Project): Promise<boolean> {
  const area = await regionWatched(em, by);
  return area !== null && liesWithin(project.region, area);
}

/** Readers who may see what is not yet published: the host, the trading centre and the regulator of the region. */
export const seesDrafts = async (em: EntityManager, by: Actor, project: Project): Promise<boolean> =>
  hosts(by, project) || by.role === 'centre' || (await watches(em, by, project));

/** Locks a lot of the actor's own for an act. Somebody else's lot is not there at all. */
export async function lockHostedLot(call: Call, id: string): Promise<{ lot: Lot; project: Project }> {
  const lot = await lock<Lot>(call, Lot, id);
  return { lot, project: await hostedBy(call, lot) };
}

/** Locks a published lot for an act of a bidder; a draft is not there at all. */
export async function lockPublishedLot(call: Call, id: string): Promise<Lot> {
  const lot = await lock<Lot>(call, Lot, id);
  if (!lot.publishedAt) throw notFound();
  return lot;
}

/** A lot this reader may look at, with its project; otherwise it is not found. */
export async function lotFor(em: EntityManager, by: Actor, id: string): Promise<{ lot: Lot; project: Project }> {
  const lot = await em.findOne(Lot, { id });
  if (lot === null) throw notFound();
  const project = await em.findOneOrFail(Project, { id: lot.project });
  // what failed before its notice failed in public, after a notice of prequalification
  if (!lot.publishedAt && !lot.failedAt && !(await seesDrafts(em, by, project))) throw notFound();
  return { lot, project };
}

const momentColumns: readonly [
  Moment,
  'applicationsClosedAt' | 'publishedAt' | 'openedAt' | 'reportedAt' | 'candidatesAt' | 'resultedAt',
][] = [
  ['applied', 'applicationsClosedAt'],
  ['published', 'publishedAt'],
  ['opened', 'openedAt'],
  ['reported', 'reportedAt'],
  ['candidates', 'candidatesAt'],
  ['resulted', 'resultedAt'],
];

/**
 * What decides who may see a lot's events: the moments its columns have reached (by `at`, where it is asked how things stood then), and its people.
 * An unknown lot is not found.
 */
export async function lotView(em: EntityManager, lotId: string, at?: Instant): Promise<LotView> {
  const lot = await em.findOne(Lot, { id: lotId });
  if (lot === null) throw notFound();
  const project = await em.findOneOrFail(Project, { id: lot.project });
  const had = (moment: Instant | null | undefined): boolean => moment != null && (at === undefined || moment <= at);
  const reached = new Set(momentColumns.filter(([, column]) => had(lot[column])).map(([moment]) => moment));
  const host = new Set([project.tenderee, ...(project.agent ? [project.agent] : [])]);
  // who bids is asked only once the bids are open: before, nobody is to know, this function included
  const bidders = reached.has('opened') ? await peopleOf.bidders(em, lotId) : [];
  const [panel, seats] = [await peopleOf.panel(em, lotId), await peopleOf.seats(em, lotId)];
  const versions = (await peopleOf.versions(em, lotId)).map(({ until, reportedAt, candidatesAt }) => {
    const moments: readonly (readonly [Moment, Instant | null])[] = [
      ['reported', reportedAt],
      ['candidates', candidatesAt],
    ];
    return { until, reached: new Set(moments.filter(([, moment]) => had(moment)).map(([moment]) => moment)) };
  });
  const behindDoors = await isBehindDoors(em, lot, at);
  // responses have no result of their own: what followed from them is that of the last offers
  if (!behindDoors && isOfResponses(lot)) for (const moment of ['reported', 'candidates', 'resulted'] as const) reached.add(moment);
  return { reached, host, bidders: new Set(bidders), panel: new Set(panel), seats, versions, behindDoors };
}

const isOfResponses = (lot: Lot): boolean => (lot.terms as { round?: string } | null)?.round === 'responses';

/** Of a lot that is opened to its group alone: until its result is out, or that of the last offers that followed it. */
export async function isBehindDoors(em: EntityManager, lot: Lot, at?: Instant): Promise<boolean> {
  if ((lot.terms as { doors?: string } | null)?.doors !== 'closed') return false;
  const out = (moment: Instant | null | undefined): boolean => moment != null && (at === undefined || moment <= at);
  const last = isOfResponses(lot) ? await em.findOne(Lot, { follows: lot.id }) : lot;
  return !(last && last.failedAt == null && out(last.resultedAt));
}

/** May this reader look behind the doors of a lot? Everybody may, where they are not closed, or not yet, or no longer. */
export async function isWithin(em: EntityManager, by: Actor, id: string): Promise<boolean> {
  const lot = await em.findOne(Lot, { id });
  if (!lot?.openedAt || !(await isBehindDoors(em, lot))) return true;
  const project = await em.findOneOrFail(Project, { id: lot.project });
  const panel = await peopleOf.panel(em, id);
  const sits = (who: string | null): boolean => who !== null && panel.includes(who);
  return (await seesDrafts(em, by, project)) || sits(by.expert) || sits(by.user);
}

/** Names of organisations by code; a code that nobody registered stands for itself. */
export async function namesOf(em: EntityManager, codes: readonly (string | null)[]): Promise<(code: string) => string> {
  const wanted = [...new Set(codes.filter((code) => code !== null))];
  const found = wanted.length === 0 ? [] : await em.find(Organisation, { code: { $in: wanted } }, { fields: ['code', 'name'] });
  const names = new Map(found.map((each) => [each.code, each.name]));
  return (code) => names.get(code) ?? code;
}

interface EventLine {
  readonly id: string;
  readonly type: string;
  readonly actor: string | null;
  readonly body: string;
  readonly index: string | null;
}

/**
 * The history of a lot as this reader may see it, in journal order: entries numbered above `after` (journal number), and those
 * still waiting for their number. Null `after` gives everything.
 */
export async function timelineOf(
  em: EntityManager,
  by: Actor,
  lotId: string,
  after: number | null,
  /** it is read for people whom closed doors have let in */
  within = false,
): Promise<readonly TimelineEntry[]> {
  const { lot, project } = await lotFor(em, by, lotId);
  const known = await lotView(em, lotId);
  const view = within ? { ...known, behindDoors: false } : known;
  const veiled = await veiledRows(em, lot.id);
  const rows = await em.execute<EventLine[]>(
    `select e.id, e.type, e.actor, e.body, l.index from journal_event e left join journal_leaf l on l.event = e.id
     where (e.lot = ? or (e.type = 'project.registered' and e.at = ? and e.body::jsonb #>> '{subject,project}' = ?)
       ${veiled.length === 0 ? '' : `or e.id in (${veiled.map(() => '?').join(', ')})`}) and (l.index is null or l.index > ?)
     order by e.position`,
    [lot.id, project.registeredAt, project.id, ...veiled, after ?? -1],
  );
  const lines = rows.map(unveiled);
  const reader = by.role !== 'regulator' || (await watches(em, by, project)) ? by : { ...by, role: 'public' as const };
  const seen = lines.flatMap((line) => {
    const event = JSON.parse(line.body) as { type: string; at: Instant; subject: Record<string, string>; data: unknown };
    return maySee(event, reader, view) ? [{ line, event }] : [];
  });
  const actorOf = await hostActors(em, view.host, seen);
  return seen.map(({ line, event }) => ({
    number: line.index === null ? null : Number(line.index),
    event: line.id,
    type: line.type,
    at: event.at,
    says: saidOf(line.type),
    actor: line.actor !== null && line.actor === by.user ? by.name : actorOf(line),
    data: event.data,
  }));
}

/** A line of the timeline as it would stand without its veil. */
function unveiled(line: EventLine): EventLine {
  if (line.type !== veiledType) return line;
  const opened = unveil(line.id, line.body);
  if (!opened) throw new Error(`a veiled event does not open (${line.id})`);
  return { ...line, type: opened.event.type, actor: opened.actor, body: canonical(opened.event) };
}

/** For acts of the host: the organisation for which the person acted. Nobody else is named here. */
async function hostActors(
  em: EntityManager,
  host: ReadonlySet<string>,
  seen: readonly { readonly line: EventLine }[],
): Promise<(line: EventLine) => string | null> {
  const users = [...new Set(seen.flatMap(({ line }) => (isByHost(line.type) && line.actor !== null ? [line.actor] : [])))];
  if (users.length === 0) return () => null;
  const rows = await em.execute<{ user: string; name: string }[]>(
    `select m."user", o.name from membership m join organisation o on o.id = m.organisation
     where m."user" in (${users.map(() => '?').join(',')}) and m.role in ('agent', 'tenderee') and o.code in (${[...host].map(() => '?').join(',')})`,
    [...users, ...host],
  );
  const names = new Map(rows.map((row) => [row.user, row.name]));
  return (line) => (isByHost(line.type) && line.actor !== null ? (names.get(line.actor) ?? null) : null);
}

export interface HeldDocument {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly type: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly publishedAt: Instant;
  readonly supersedes: string | null;
  /** a newer version has taken its place */
  readonly superseded: boolean;
}

/** The tender documents of a lot, newest version of each first. */
export async function documentsOf(em: EntityManager, lotId: string): Promise<readonly HeldDocument[]> {
  const rows = await em.find(TenderDocument, { lot: lotId }, { orderBy: { publishedAt: 'asc', version: 'asc', id: 'asc' } });
  const replaced = new Set(rows.map((row) => row.supersedes));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    version: row.version,
    type: row.type,
    bytes: Number(row.bytes),
    sha256: row.sha256,
    publishedAt: row.publishedAt,
    supersedes: row.supersedes ?? null,
    superseded: replaced.has(row.id),
  }));
}

/** Where the file of a lot's document lies, for sending it; null for a document of another lot. */
export async function heldFile(em: EntityManager, lotId: string, id: string) {
  const row = await em.findOne(TenderDocument, { id, lot: lotId });
  return row && { key: row.fileKey, name: row.name, type: row.type, bytes: Number(row.bytes) };
}

/** The documents as events carry them: those in force only. */
export const documentsInForce = (documents: readonly HeldDocument[]) =>
  documents
    .filter((each) => !each.superseded)
    .map(({ id, name, version, sha256, bytes }) => ({ document: id, name, version, sha256, bytes }));

export interface AnsweredQuestion {
  readonly id: string;
  readonly text: string;
  readonly answer: string | null;
  readonly answeredAt: Instant | null;
  /** asked by the reader's own organisation; nobody else learns who asked */
  readonly mine: boolean;
}

/** Questions a reader may see: answered ones for everyone, waiting ones for the host (without the asker) and for the asker. */
export async function questionsOf(em: EntityManager, by: Actor, lotId: string, isHost: boolean): Promise<readonly AnsweredQuestion[]> {
  const rows = await em.find(Question, { lot: lotId }, { orderBy: { id: 'asc' } });
  const isMine = (row: Question): boolean => by.role === 'bidder' && by.code !== null && row.asker === by.code;
  return rows
    .filter((row) => row.answer !== null || isHost || isMine(row))
    .map((row) => ({ id: row.id, text: row.text, answer: row.answer ?? null, answeredAt: row.answeredAt ?? null, mine: isMine(row) }));
}

/** Addenda of a lot, oldest first. */
export async function addendaOf(em: EntityManager, lotId: string) {
  const rows = await em.find(Addendum, { lot: lotId }, { orderBy: { number: 'asc' } });
  return rows.map(({ id, number, text, affectsPreparation, previousDeadline, deadline, publishedAt }) => ({
    id,
    number,
    text,
    affectsPreparation,
    previousDeadline,
    deadline,
    publishedAt,
  }));
}
