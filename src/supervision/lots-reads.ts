import type { EntityManager } from '@mikro-orm/postgresql';
import { Contract } from '../awards/schema.ts';
import { Objection } from '../challenges/schema.ts';
import { paymentsDue } from '../contracts/reads.ts';
import type { Actor } from '../kernel/actor.ts';
import { type Instant, instantOf } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { addDays, type DayString, dayOf, endOfDay, startOfDay } from '../kernel/working-days.ts';
import { pausesOf } from '../openings/suspension.ts';
import { regionWatched } from '../parties/reads.ts';
import type { LocalFigure } from '../rulebook/ground.ts';
import { regionsWithin } from '../rulebook/regions.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { endAfterPause, type Pause } from '../tenders/pause.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { type Clock, type ClockedLot, clocksOf } from './time-limits.ts';

/** A lot with what its supervisor looks at. */
export interface WatchedLot {
  readonly lot: Lot;
  readonly project: Project;
  readonly clocks: readonly Clock[];
}

/** The lot a regulator asks about, if it lies in the region watched over; otherwise it is not there. */
export async function watchedLot(em: EntityManager, by: Actor, id: string, now: Instant): Promise<WatchedLot> {
  const area = await regionWatched(em, by);
  const lot = await em.findOne(Lot, { id });
  const project = lot && (await em.findOne(Project, { id: lot.project }));
  if (!lot || !project || area === null || !regionsWithin(area).includes(project.region)) throw notFound();
  const [watched] = await withClocks(em, [{ lot, project }], now);
  if (!watched) throw notFound();
  return watched;
}

/** Every lot of these regions. */
export async function lotsIn(em: EntityManager, regions: readonly string[], now: Instant): Promise<readonly WatchedLot[]> {
  const projects = new Map((await em.find(Project, { region: { $in: [...regions] } })).map((project) => [project.id, project]));
  // what was written and published is long, and nobody reads it here
  const lots = (await em.find(Lot, { project: { $in: [...projects.keys()] } }, { exclude: ['draft', 'terms'] })) as Lot[];
  return withClocks(
    em,
    lots.flatMap((lot) => {
      const project = projects.get(lot.project);
      return project ? [{ lot, project }] : [];
    }),
    now,
  );
}

const signedAt = (contract: Contract | undefined): Instant | null => (contract ? startOfDay(contract.signedOn as DayString) : null);

/** Lots with the clocks that run on them. */
export async function withClocks(
  em: EntityManager,
  lots: readonly { readonly lot: Lot; readonly project: Project }[],
  now: Instant,
): Promise<readonly WatchedLot[]> {
  const ids = lots.map(({ lot }) => lot.id);
  const objections = await em.find(Objection, { lot: { $in: ids } }, { fields: ['lot', 'raisedAt', 'answerUntil', 'answeredAt'] });
  const byLot = Map.groupBy(objections, (each) => each.lot);
  const contracts = new Map((await em.find(Contract, { lot: { $in: ids } })).map((each) => [each.lot, each]));
  const payments = await paymentsDue(em, [...contracts.keys()]);
  const moments = await journalMoments(em, ids);
  const times = await evaluationTimes(em, ids);
  const pinned = await pinnedIn(em, ids);
  const pauses = await pausesOf(em, ids, now);
  return lots.map(({ lot, project }) => {
    const clocked: ClockedLot = {
      pauses: pauses.get(lot.id) ?? [],
      publishedAt: lot.publishedAt ?? null,
      local: pinned.get(lot.id)?.local ?? [],
      validUntil: validUntil(lot, pinned.get(lot.id)?.validity),
      deadline: standing(lot, lot.deadline, pauses),
      deadlineReachedAt: lot.deadlineReachedAt ?? null,
      evaluation: times.get(lot.id) ?? null,
      reportedAt: lot.reportedAt ?? null,
      candidatesAt: lot.candidatesAt ?? null,
      publicityUntil: standing(lot, lot.publicityUntil, pauses),
      awardedAt: lot.awardedAt ?? null,
      contractedAt: lot.contractedAt ?? null,
      notifiedAt: moments.get(`${lot.id}/award.notified`) ?? null,
      reportFiledAt: moments.get(`${lot.id}/report.filed`) ?? null,
      signedAt: signedAt(contracts.get(lot.id)),
      copyFiledAt: contracts.get(lot.id)?.filedAt ?? null,
      payments: payments.get(lot.id) ?? [],
      endedAt: lot.failedAt ?? (lot.phase === 'terminated' ? (moments.get(`${lot.id}/tender.terminated`) ?? now) : null),
      objections: (byLot.get(lot.id) ?? []).map(({ raisedAt, answerUntil, answeredAt }) => ({
        raisedAt,
        answerUntil: answerUntil ?? null,
        answeredAt: answeredAt ?? null,
      })),
    };
    return { lot, project, clocks: clocksOf(clocked, editionOf(lot, project, now).limits) };
  });
}

/** Where a period of a lot that stands still now would end if it went on at once; of any other lot its end as it is stored. */
function standing(
  { id, suspendedFrom }: Lot,
  end: Instant | null | undefined,
  pauses: ReadonlyMap<string, readonly Pause[]>,
): Instant | null {
  const now = suspendedFrom ? pauses.get(id)?.at(-1) : undefined;
  return end && now ? endAfterPause(end, now, 'day') : (end ?? null);
}

interface PinnedTerms {
  readonly local: readonly LocalFigure[];
  readonly validity: number;
}

/** Of the notices of many lots what their clocks need, and no more of them. */
async function pinnedIn(em: EntityManager, lots: readonly string[]): Promise<ReadonlyMap<string, PinnedTerms>> {
  if (lots.length === 0) return new Map();
  const rows = await em.execute<{ id: string; local: LocalFigure[] | null; validity: number }[]>(
    `select id, terms -> 'local' as local, (terms ->> 'bidValidityDays')::int as validity from lot
     where terms is not null and id in (${lots.map(() => '?').join(', ')})`,
    [...lots],
  );
  return new Map(rows.map(({ id, local, validity }) => [id, { local: local ?? [], validity }]));
}

/** Bid validity runs from the day of the deadline (Regulation art. 25). */
const validUntil = ({ deadline }: Lot, days: number | undefined): Instant | null =>
  deadline && days !== undefined ? endOfDay(addDays(dayOf(deadline), days)) : null;

/** How long each panel has for the envelope at hand, and when its result was computed. */
async function evaluationTimes(
  em: EntityManager,
  lots: readonly string[],
): Promise<ReadonlyMap<string, NonNullable<ClockedLot['evaluation']>>> {
  if (lots.length === 0) return new Map();
  const rows = await em.execute<{ lot: string; from: string; until: string; done: string | null }[]>(
    `select distinct on (t.lot) t.lot, t.started_at as "from", t.until,
       coalesce((select r.concluded_at from evaluation_report r where r.lot = t.lot),
         (select r.concluded_at from part_result r where r.lot = t.lot and r.part = t.part)) as done
     from evaluation_time t where t.lot in (${lots.map(() => '?').join(', ')}) order by t.lot, t.started_at desc`,
    [...lots],
  );
  const moment = (stored: string): Instant => instantOf(new Date(stored));
  return new Map(
    rows.map(({ lot, from, until, done }) => [lot, { from: moment(from), until: moment(until), done: done ? moment(done) : null }]),
  );
}

/** When things of which no column tells happened, from the journal: `lot/type` → moment. */
async function journalMoments(em: EntityManager, lots: readonly string[]): Promise<ReadonlyMap<string, Instant>> {
  if (lots.length === 0) return new Map();
  const rows = await em.execute<{ lot: string; type: string; at: string }[]>(
    `select lot, type, max(at) as at from journal_event
     where type in ('award.notified', 'report.filed', 'tender.terminated') and lot in (${lots.map(() => '?').join(', ')}) group by lot, type`,
    [...lots],
  );
  return new Map(rows.map((row) => [`${row.lot}/${row.type}`, instantOf(new Date(row.at))]));
}
