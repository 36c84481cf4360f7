import type { EntityManager } from '@mikro-orm/postgresql';
import { ownLots } from '../bids/reads.ts';
import { PanelMember } from '../evaluation/schema.ts';
import { type EventType, type JournalEvent, maySee } from '../journal/event.ts';
import type { Actor } from '../kernel/actor.ts';
import { type Instant, later } from '../kernel/clock.ts';
import { type Todo, todosOf } from '../kernel/todo.ts';
import type { Words } from '../kernel/words.ts';
import { regionWatched } from '../parties/reads.ts';
import { regionsWithin } from '../rulebook/regions.ts';
import { phaseOf, phases } from '../tenders/phases.ts';
import { lotView } from '../tenders/reads.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { saidOf } from '../tenders/timeline.ts';
import { inTradeOfEach } from '../tenders/vocabulary-reads.ts';
import { lotsIn, type WatchedLot, withClocks } from './lots-reads.ts';
import { nextClock } from './time-limits.ts';

/** A lot somebody takes part in, with where it stands and the next date that counts. */
export interface RunningLot {
  readonly lot: string;
  readonly name: string;
  readonly phase: string;
  readonly phaseTitle: Words;
  readonly next: { readonly at: Instant; readonly what: Words } | null;
  /** this reader's page for it */
  readonly href: string;
}

/** Something that happened in a lot of one's own, for everybody in it to know. */
export interface News {
  readonly at: Instant;
  readonly says: Words;
  readonly about: string;
  readonly href: string;
}

/** The workspace of one person in one role. */
export interface Work {
  readonly todos: readonly Todo[];
  readonly running: readonly RunningLot[];
  readonly news: readonly News[];
}

const day = 24 * 3_600_000;
const mostRunning = 12;
const mostNews = 6;

/** What waits for somebody, what goes on, and what is new, as far as this reader may see it. */
export async function workOf(em: EntityManager, by: Actor, now: Instant): Promise<Work> {
  const todos = await todosOf(em, by, now);
  const running = (await lotsOf(em, by, now))
    .filter(({ lot }) => !over.has(lot.phase))
    .map((watched) => runningLot(watched, by, now))
    .sort((a, b) => ((a.next?.at ?? '~') < (b.next?.at ?? '~') ? -1 : 1))
    .slice(0, mostRunning);
  return inTheWordsOfLots(em, { todos, running, news: await newsFor(em, by, running, now) }, now);
}

/** A row names its lot by the page it leads to, as that page does. */
const lotAt = (href: string): string | null => /^\/(?:supervision\/)?lots\/([\da-f-]{36})(?![\da-f-])/.exec(href)?.[1] ?? null;

/** Lots of several lines stand side by side here: each row is put into the words of its own. */
async function inTheWordsOfLots(em: EntityManager, { todos, running, news }: Work, now: Instant): Promise<Work> {
  const named = [...todos, ...running, ...news].map(({ href }) => lotAt(href)).filter((lot) => lot !== null);
  const inTrade = await inTradeOfEach(em, named, now);
  return {
    todos: todos.map((todo) => {
      const said = inTrade(lotAt(todo.href));
      return { ...todo, what: said(todo.what), why: said(todo.why), otherwise: said(todo.otherwise), action: said(todo.action) };
    }),
    running: running.map((row) => {
      const said = inTrade(row.lot);
      return { ...row, phaseTitle: said(row.phaseTitle), next: row.next && { ...row.next, what: said(row.next.what) } };
    }),
    news: news.map((each) => ({ ...each, says: inTrade(lotAt(each.href))(each.says) })),
  };
}

const over = new Set<string>(['contracted', 'lapsed', 'failed', 'terminated']);

/** The lots somebody takes part in: hosts, bids on, judges, or watches. */
async function lotsOf(em: EntityManager, by: Actor, now: Instant): Promise<readonly WatchedLot[]> {
  if (by.role === 'regulator') {
    const area = await regionWatched(em, by);
    return area === null ? [] : lotsIn(em, regionsWithin(area), now);
  }
  const lots = await ownLotRows(em, by, now);
  const projects = new Map(
    (await em.find(Project, { id: { $in: lots.map((lot) => lot.project) } })).map((project) => [project.id, project]),
  );
  return withClocks(
    em,
    lots.flatMap((lot) => {
      const project = projects.get(lot.project);
      return project ? [{ lot, project }] : [];
    }),
    now,
  );
}

async function ownLotRows(em: EntityManager, by: Actor, now: Instant): Promise<readonly Lot[]> {
  if (by.role === 'bidder' && by.code !== null)
    return em.find(Lot, { id: { $in: (await ownLots(em, by, now)).map((each) => each.lot) } }, { limit: 200 });
  if (by.role === 'expert' && by.expert !== null) {
    const seats = await em.find(PanelMember, { expert: by.expert }, { fields: ['lot'], limit: 200 });
    return em.find(Lot, { id: { $in: seats.map((seat) => seat.lot) } });
  }
  if ((by.role === 'agent' || by.role === 'tenderee') && by.code !== null) {
    const own = by.role === 'agent' ? { agent: by.code } : { tenderee: by.code };
    const projects = await em.find(Project, own, { fields: ['id'], orderBy: { registeredAt: 'desc' }, limit: 200 });
    return em.find(Lot, { project: { $in: projects.map((each) => each.id) } });
  }
  if (by.role === 'trustee' || by.role === 'centre')
    return em.find(Lot, { phase: { $in: ['bidding', 'closed', 'opening'] } }, { orderBy: { deadline: 'asc' }, limit: 50 });
  return [];
}

function runningLot({ lot, clocks }: WatchedLot, by: Actor, now: Instant): RunningLot {
  const phase = phaseOf(lot.phase);
  const next = nextClock(clocks, now);
  const page = by.role === 'regulator' ? `/supervision/lots/${lot.id}` : by.role === 'trustee' ? `/lots/${lot.id}/hall` : `/lots/${lot.id}`;
  return {
    lot: lot.id,
    name: lot.name,
    phase,
    phaseTitle: phases[phase].title,
    next: next && { at: next.until, what: next.label },
    href: page,
  };
}

const newsTypes: readonly EventType[] = [
  'addendum.published',
  'question.answered',
  'opening.started',
  'record.closed',
  'objection.raised',
  'objection.answered',
  'candidates.published',
  'award.determined',
  'result.notified',
  'tender.failed',
  'lot.suspended',
  'lot.resumed',
  'tender.terminated',
];

/** What happened lately in somebody's lots, newest first; every event is asked whether this reader may see it. */
async function newsFor(em: EntityManager, by: Actor, lots: readonly RunningLot[], now: Instant): Promise<readonly News[]> {
  const known = new Map(lots.map((lot) => [lot.lot, lot]));
  if (known.size === 0) return [];
  const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ');
  const rows = await em.execute<{ lot: string; body: string }[]>(
    `select lot, body from journal_event where lot in (${marks(known.size)}) and type in (${marks(newsTypes.length)}) and at > ?
     order by position desc limit 60`,
    [...known.keys(), ...newsTypes, later(now, -14 * day)],
  );
  const news: News[] = [];
  for (const { lot, body } of rows) {
    const about = known.get(lot);
    const event = JSON.parse(body) as JournalEvent;
    if (news.length >= mostNews || !about || !maySee(event, by, await lotView(em, lot))) continue;
    news.push({ at: event.at as Instant, says: saidOf(event.type), about: about.name, href: `/lots/${lot}/timeline` });
  }
  return news;
}
