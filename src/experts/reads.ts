import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { dayOf } from '../kernel/working-days.ts';
import { provideKeptOut } from '../openings/reads.ts';
import { CouncilRow, CouncilShare, DrawRequest as DrawRow } from '../openings/schema.ts';
import type { Council } from '../sealing/council.ts';
import { type AnyDrawRequest, eligibleFor } from '../sealing/draw.ts';
import { type LotTerms, termsOf } from '../tenders/lot.ts';
import { peopleOf } from '../tenders/lot-people.ts';
import { allows, phaseOf, phases } from '../tenders/phases.ts';
import { hosts, lotFor, seesDrafts } from '../tenders/reads.ts';
import { Lot, type Project } from '../tenders/schema.ts';
import { poolLines } from './admission.ts';
import type { CalledSeat, DrawAnswer, DrawnDraw, PoolAnswer } from './answers.ts';
import { sizeFor } from './band.ts';
import { groundWords, maskOf } from './call.ts';
import { failures } from './channel.ts';
import { specialtyName } from './classification.ts';
import { conditionsFor } from './condition-reads.ts';
import { attemptsBySeat, type SeatAttempt } from './message-reads.ts';
import { knowsNames, type NameReader } from './names.ts';
import { type Reach, rungNames } from './reach.ts';
import { recusalGrounds } from './recusal.ts';
import { DrawSeat, Expert } from './schema.ts';
import { missingSeats, titleIn } from './seats.ts';
import { specialtyTree } from './specialty-reads.ts';
import { statuses } from './standing.ts';
import { readySql, standingSql } from './standing-reads.ts';

export const lotHeadOf = (lot: Lot): DrawAnswer['lot'] => ({
  id: lot.id,
  number: lot.number,
  name: lot.name,
  phase: lot.phase,
  phaseTitle: phases[phaseOf(lot.phase)].title,
});

/** Does this reader sit on the panel of the lot? */
export async function sitsOn(em: EntityManager, by: Actor, lot: string): Promise<boolean> {
  const panel = await peopleOf.panel(em, lot);
  return (by.expert !== null && panel.includes(by.expert)) || (by.user !== null && panel.includes(by.user));
}

/** The page of a lot's expert draws, for anyone who may see the lot: who was called stands masked until the names may be known. */
export async function drawPage(em: EntityManager, by: Actor, id: string, now: Instant): Promise<DrawAnswer> {
  const { lot, project } = await lotFor(em, by, id);
  if (!lot.publishedAt) throw notFound();
  const terms = termsOf(lot);
  const rows = await em.find(DrawRow, { lot: lot.id, purpose: 'experts' }, { orderBy: { requestedAt: 'desc' } });
  const seats = await em.find(DrawSeat, { lot: lot.id });
  const reader = await nameReader(em, by, lot.id, project);
  const named = await namesFor(em, reader, lot, seats);
  const asked = await requestFacts(em, lot.id);
  const draws: DrawnDraw[] = [];
  const followed = await followedFor(em, reader, lot, seats);
  for (const row of rows) draws.push(await drawnDraw(em, row, { terms, seats, named, followed, asked, exact: reader.supervises }));
  const host = hosts(by, project);
  // once the evaluation has started, a draw only fills seats that nobody is left for
  const sitting = Boolean(lot.evaluationStartedAt);
  const askable = host && allows('request-draw', lot.phase) && rows.every((row) => row.completedAt);
  const may = {
    request: askable && (!sitting || missingSeats(terms, seats).length > 0),
    needsGround: rows.length > 0,
    again: askable && !sitting && rows.length > 0,
  };
  const live = seats.filter((seat) => seat.state === 'accepted' || seat.state === 'called');
  const count = (specialty: string, state: string): number =>
    live.filter((seat) => seat.specialty === specialty && seat.state === state).length;
  return {
    lot: lotHeadOf(lot),
    panel: {
      size: terms.panel.size,
      experts: terms.panel.experts,
      seats: terms.panel.seats.map((seat) => ({
        specialty: seat.title,
        count: seat.count,
        reserve: seat.reserve,
        taken: count(seat.specialty, 'accepted'),
        waiting: count(seat.specialty, 'called'),
      })),
    },
    draws,
    panelFormed: (await peopleOf.panel(em, lot.id)).length > 0,
    may,
    conditions: host
      ? await conditionsFor(em, { lot, project, drawn: seats, drawnBefore: rows.length > 0, mayRequest: may.request }, now)
      : null,
    host,
  };
}

interface Shown {
  readonly terms: LotTerms;
  readonly seats: readonly DrawSeat[];
  readonly named: (seat: DrawSeat) => Pick<CalledSeat, 'name' | 'employer'>;
  readonly followed: (seat: DrawSeat) => CalledSeat['messages'];
  readonly asked: ReadonlyMap<string, RequestFacts>;
  /** whether the reader may know how many were left out */
  readonly exact: boolean;
}

async function drawnDraw(em: EntityManager, row: DrawRow, { terms, seats, named, followed, asked, exact }: Shown): Promise<DrawnDraw> {
  const request = row.request as AnyDrawRequest;
  const facts = asked.get(row.id);
  const own = seats.filter((seat) => seat.request === row.id && seat.call).sort(byCall);
  return {
    id: row.id,
    digest: row.digest,
    requestedAt: row.requestedAt,
    completedAt: row.completedAt ?? null,
    ground: facts?.ground ?? null,
    superseded: [...asked.values()].some((each) => each.supersedes?.includes(row.id)),
    seats: request.seats.map(({ specialty, count, reserve }) => ({
      specialty: titleIn(terms, specialty),
      count,
      reserve,
      eligible: eligibleFor(request, specialty),
      reach: rungNames[facts?.reach?.[specialty]?.rung ?? 'province'],
    })),
    excluded: Object.entries((exact ? row.excluded : null) ?? facts?.excluded ?? {}).flatMap(([ground, count]) => {
      const known = recusalGrounds.find((each) => each.id === ground);
      return known ? [{ ground, says: known.says, source: known.source, count: String(count) }] : [];
    }),
    council: await councilOf(em, row),
    called: own.map((seat) => ({
      mask: maskOf(seat.call ?? 0),
      specialty: titleIn(terms, seat.specialty),
      state: seat.state,
      calledAt: seat.calledAt ?? row.requestedAt,
      answerUntil: seat.answerUntil ?? null,
      answeredAt: seat.answeredAt ?? null,
      ground: seat.ground ? groundWords(seat.ground) : null,
      commitment: seat.commitment,
      messages: followed(seat),
      ...named(seat),
    })),
    standby: seats.filter((seat) => seat.request === row.id && seat.state === 'standby').length,
  };
}

/** In the order in which they were called. */
export const byCall = (a: DrawSeat, b: DrawSeat): number => (a.call ?? 0) - (b.call ?? 0);

async function councilOf(em: EntityManager, row: DrawRow): Promise<DrawnDraw['council']> {
  const given = new Map((await em.find(CouncilShare, { task: row.task })).map((share) => [share.trustee, share.givenAt]));
  const lot = await em.findOneOrFail(Lot, { id: row.lot });
  const { name, threshold, trustees } = (await em.findOneOrFail(CouncilRow, { id: lot.council ?? '' })).body as Council;
  return { name, threshold, trustees: trustees.map((trustee) => ({ name: trustee.name, gaveAt: given.get(trustee.index) ?? null })) };
}

/** How the reader stands to the names of a lot's experts. */
export const nameReader = async (em: EntityManager, by: Actor, lot: string, project: Project): Promise<NameReader> => ({
  supervises: by.role === 'regulator' && (await seesDrafts(em, by, project)),
  sits: await sitsOn(em, by, lot),
});

/** Names of those called, for readers who may know them; a member learns of those who sit only. */
async function namesFor(em: EntityManager, reader: NameReader, lot: Lot, seats: readonly DrawSeat[]): Promise<Shown['named']> {
  const hidden = { name: null, employer: null };
  if (!knowsNames(reader, lot)) return () => hidden;
  const onlySitting = !lot.resultedAt && !(reader.supervises && lot.reportedAt);
  const known = seats.filter((seat) => seat.calledAt && (!onlySitting || seat.state === 'accepted'));
  const experts = new Map((await em.find(Expert, { id: { $in: known.map((seat) => seat.expert) } })).map((expert) => [expert.id, expert]));
  return (seat) => {
    const expert = known.includes(seat) ? experts.get(seat.expert) : undefined;
    return expert ? { name: expert.name, employer: expert.employerName } : hidden;
  };
}

/**
 * By which channels a call went out: for the supervisor at once, for everyone with the result. Not before: a mailbox that somebody jams would show by
 * its failure whose call it is.
 */
async function followedFor(em: EntityManager, reader: NameReader, lot: Lot, seats: readonly DrawSeat[]): Promise<Shown['followed']> {
  if (!reader.supervises && !lot.resultedAt) return () => null;
  const attempts = await attemptsBySeat(
    em,
    seats.map((seat) => seat.id),
  );
  const shown = ({ kind, channel, state, tries, at, failure }: SeatAttempt) => ({
    kind,
    channel,
    state,
    tries,
    at,
    failure: failure ? failures[failure].says : null,
  });
  return (seat) => (attempts.get(seat.id) ?? []).map(shown);
}

interface RequestFacts {
  readonly excluded: Readonly<Record<string, string>>;
  readonly reach?: Readonly<Record<string, Pick<Reach, 'rung'>>>;
  readonly ground?: string;
  readonly supersedes?: readonly string[];
}

/** What the journal says of each request: exclusions in bands, how far each seat reached, and the ground of a further draw. */
async function requestFacts(em: EntityManager, lot: string): Promise<ReadonlyMap<string, RequestFacts>> {
  const rows = await em.execute<{ body: string }[]>(`select body from journal_event where lot = ? and type = 'draw.requested'`, [lot]);
  const events = rows.map(({ body }) => (JSON.parse(body) as { data: RequestFacts & { request: { id: string } } }).data);
  return new Map(events.map((data) => [data.request.id, data]));
}

/** The pool in numbers: who is in it is for the guardians, how large it is for whoever plans a panel. */
export async function poolOf(em: EntityManager, by: Actor, now: Instant): Promise<PoolAnswer> {
  const [ready, standing] = [readySql(dayOf(now)), standingSql(dayOf(now))];
  const tree = await specialtyTree(em);
  const rows = await em.execute<{ specialty: string; count: number }[]>(
    `select left(code, 3) as specialty, count(distinct id)::int as count from expert e, unnest(specialties) code where ${ready.sql} group by 1 order by 1`,
    [...ready.values],
  );
  const counted = await em.execute<{ status: string; count: number }[]>(
    `select ${standing.sql} as status, count(*)::int as count from expert e where memberships <> '{}' group by 1`,
    [...standing.values],
  );
  const byStatus = statuses.map((status) => ({ status, count: counted.find((row) => row.status === status)?.count ?? 0 }));
  return {
    total: byStatus.reduce((all, each) => all + each.count, 0),
    ready: byStatus[0]?.count ?? 0,
    bySpecialty: rows.map(({ specialty, count }) => ({
      specialty,
      title: specialtyName(tree, specialty),
      size: sizeFor(by, count),
    })),
    byStatus,
    lines: poolLines().map((line) => ({ value: line.id, label: line.title })),
    mayAdmit: by.role === 'administrator',
    maySheets: by.role === 'administrator' || by.role === 'regulator',
  };
}

// Between the call and the evaluation an expert hears of the bids from nobody: not from the hall either, as long as it is signed in.
provideKeptOut(async (em, by, id) => {
  if (by.expert === null) return false;
  const lot = await em.findOne(Lot, { id, phase: { $in: ['opening', 'opened'] } }, { fields: ['id'] });
  return lot !== null && (await em.count(DrawSeat, { lot: id, expert: by.expert, state: { $in: ['called', 'accepted'] } })) > 0;
});
