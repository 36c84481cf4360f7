import type { EntityManager } from '@mikro-orm/postgresql';
import { evaluationShape } from '../evaluation/bundle.ts';
import { DeskSitting, EvaluationReport, PanelMember } from '../evaluation/schema.ts';
import { DrawSeat } from '../experts/schema.ts';
import { endOfDay, startOfDay } from '../kernel/working-days.ts';
import { Lot } from '../tenders/schema.ts';
import type { ReviewPeriod, YearFigures } from './annual.ts';
import { type Bias, biasOf, exactText, type JudgedLot } from './bias.ts';
import { Appraisal, ConductEntry } from './schema.ts';

/**
 * What a period holds of an expert. Everything belongs to the moment when the result of its lot was decided: before, who was called, who sat and what was
 * given is secret, and no figure may tell of it. A lot that is evaluated again has no result and does not count until it has one.
 */
const decided = 'lot.resulted_at >= ? and lot.resulted_at < ?';
const bounds = ({ from, through }: ReviewPeriod): readonly [string, string] => [startOfDay(from), endOfDay(through)];
/** Points count from their entry, or from the result of their lot where that came later. */
const entered =
  'lot.resulted_at is not null and greatest(c.entered_at, lot.resulted_at) >= ? and greatest(c.entered_at, lot.resulted_at) < ?';

/** The experts of whom the period holds something, without those who are in the pool no more. */
export async function reviewedExperts(em: EntityManager, period: ReviewPeriod): Promise<string[]> {
  const within = bounds(period);
  const rows = await em.execute<{ id: string }[]>(
    `select e.id from expert e where e.status not in ('left', 'removed') and (
       exists (select from draw_seat s join lot on lot.id = s.lot where s.expert = e.id and s.called_at is not null and ${decided})
       or exists (select from panel_member m join lot on lot.id = m.lot where m.expert = e.id and ${decided})
       or exists (select from conduct_entry c join lot on lot.id = c.lot where c.expert = e.id and ${entered}))
     order by e.name, e.id`,
    [...within, ...within, ...within],
  );
  return rows.map(({ id }) => id);
}

/** Everything that is counted of one expert for a period, as it stands now. */
export async function figuresOf(em: EntityManager, expert: string, period: ReviewPeriod): Promise<YearFigures> {
  const lots = await decidedLots(em, expert, period);
  const ids = lots.map(({ id }) => id);
  const members = await em.find(PanelMember, { expert, lot: { $in: ids } });
  const judged = await judgedLots(em, lots, members);
  const entries = await conductIn(em, expert, period);
  return {
    ...(await callsIn(em, expert, ids)),
    ...(await presenceIn(em, lots, members, entries)),
    ...(await marksIn(em, expert, ids)),
    points: entries.filter(({ state }) => state !== 'struck').reduce((sum, { points }) => sum + points, 0),
    contested: entries.filter(({ state }) => state === 'objected').length,
    struck: entries.filter(({ state }) => state === 'struck').length,
    ...(await testsIn(em, expert, period)),
    ...(await biasFigures(em, biasOf(judged), ids)),
  };
}

async function decidedLots(em: EntityManager, expert: string, period: ReviewPeriod): Promise<Lot[]> {
  const rows = await em.execute<{ id: string }[]>(
    `select lot.id from lot where ${decided} and (exists (select from draw_seat s where s.lot = lot.id and s.expert = ? and s.called_at is not null)
       or exists (select from panel_member m where m.lot = lot.id and m.expert = ?))`,
    [...bounds(period), expert, expert],
  );
  return em.find(Lot, { id: { $in: rows.map(({ id }) => id) } }, { orderBy: { resultedAt: 'asc', id: 'asc' } });
}

async function callsIn(em: EntityManager, expert: string, lots: string[]) {
  const seats = await em.find(DrawSeat, { expert, lot: { $in: lots }, calledAt: { $ne: null } });
  const count = (holds: (seat: DrawSeat) => boolean): number => seats.filter(holds).length;
  return {
    called: seats.length,
    accepted: count(({ state }) => state === 'accepted'),
    declined: count(({ state, ground }) => state === 'declined' && ground !== 'no-answer'),
    silent: count(({ ground }) => ground === 'no-answer'),
  };
}

/** Who sat in an evaluation that began, and neither came to its desk nor took a stand of its own, was absent; so was who has points for it. */
async function presenceIn(em: EntityManager, lots: readonly Lot[], members: readonly PanelMember[], entries: readonly ConductEntry[]) {
  const began = new Map(lots.filter(({ evaluationStartedAt }) => evaluationStartedAt).map((lot) => [lot.id, lot]));
  const seats = members.filter(({ lot, recusedFor }) => began.has(lot) && !recusedFor);
  const sat = new Set((await em.find(DeskSitting, { member: { $in: seats.map(({ id }) => id) } })).map(({ member }) => member));
  const pointed = new Set(entries.filter(({ code, state }) => code === 'absent' && state !== 'struck').map(({ member }) => member));
  const present = ({ id, stance }: PanelMember): boolean => sat.has(id) || stance === 'signed' || stance === 'refused';
  const due = seats.filter((seat) => !seat.leftAt || pointed.has(seat.id));
  return {
    evaluations: seats.filter((seat) => !seat.leftAt && began.get(seat.lot)?.reportedAt && present(seat)).length,
    withdrew: members.filter(({ recusedFor }) => recusedFor).length,
    absent: due.filter((seat) => pointed.has(seat.id) || !present(seat)).length,
    due: due.length,
  };
}

async function marksIn(em: EntityManager, expert: string, lots: string[]) {
  const rows = await em.find(Appraisal, { expert, lot: { $in: lots }, side: { $ne: 'expert' } });
  const marks = rows.flatMap(({ scores }) => Object.values(scores));
  return { scores: marks.length, scored: marks.reduce((sum, mark) => sum + mark, 0) };
}

async function conductIn(em: EntityManager, expert: string, period: ReviewPeriod): Promise<ConductEntry[]> {
  const rows = await em.execute<{ id: string }[]>(
    `select c.id from conduct_entry c join lot on lot.id = c.lot where c.expert = ? and ${entered}`,
    [expert, ...bounds(period)],
  );
  return em.find(ConductEntry, { id: { $in: rows.map(({ id }) => id) } });
}

async function testsIn(em: EntityManager, expert: string, period: ReviewPeriod) {
  const [row] = await em.execute<{ tests: number; passed: number }[]>(
    `select count(*)::int as tests, count(*) filter (where state <> 'failed')::int as passed from expert_membership
     where expert = ? and tested_at >= ? and tested_at < ?`,
    [expert, ...bounds(period)],
  );
  return { tests: row?.tests ?? 0, testsPassed: row?.passed ?? 0 };
}

/** The evaluations whose report the expert took part in, with who bid and who won. */
async function judgedLots(em: EntityManager, lots: readonly Lot[], members: readonly PanelMember[]): Promise<JudgedLot[]> {
  const reported = lots.filter(({ reportedAt }) => reportedAt).map(({ id }) => id);
  if (reported.length === 0) return [];
  const winners = await em.execute<{ lot: string; submission: string }[]>(
    'select lot, submission from award where notified_at is not null and lot = any(?::uuid[])',
    [arrayOf(reported)],
  );
  const items = await em.execute<{ lot: string; submission: string; bidder: string }[]>(
    'select distinct lot, submission, bidder from opening_item where lot = any(?::uuid[])',
    [arrayOf(reported)],
  );
  return (await em.find(EvaluationReport, { lot: { $in: reported } })).flatMap(({ lot, bundle: stored }) => {
    const bundle = evaluationShape.parse(stored);
    const member = members.find((each) => each.lot === lot && bundle.reviewers.includes(each.id));
    if (!member) return [];
    const judged = new Set(bundle.bids.map(({ id }) => id));
    const bidders = items.filter((item) => item.lot === lot && judged.has(item.submission));
    return [
      {
        reviewer: member.id,
        bundle,
        bidders: new Map(bidders.map(({ submission, bidder }) => [submission, bidder])),
        winner: winners.find((won) => won.lot === lot)?.submission ?? null,
      },
    ];
  });
}

async function biasFigures(em: EntityManager, { deviation, lean, pairs, ...counts }: Bias, lots: readonly string[]) {
  const names = await em.execute<{ bidder: string; name: string }[]>(
    `select distinct on (bidder) bidder, bidder_name as name from opening_item where lot = any(?::uuid[]) order by bidder, id desc`,
    [arrayOf(lots)],
  );
  const nameOf = (bidder: string): string => names.find((each) => each.bidder === bidder)?.name ?? bidder;
  return {
    ...counts,
    deviation: deviation === null ? null : exactText(deviation),
    lean: lean === null ? null : exactText(lean),
    pairs: pairs.map((pair) => ({ ...pair, name: nameOf(pair.bidder) })),
  };
}

const arrayOf = (ids: readonly string[]): string => `{${ids.join(',')}}`;
