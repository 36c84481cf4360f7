import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import { type Instant, instantOf } from '../kernel/clock.ts';
import { dayOf } from '../kernel/working-days.ts';
import type { StatisticsAnswer } from './answers.ts';
import { maskedName } from './expert.ts';
import { readySql } from './standing-reads.ts';
import { callFigures, type PastCall, type Tally } from './statistics.ts';

/** So many of those called most are listed. */
const listed = 20;

/**
 * Past draws in numbers, for everyone; who was called how often, under masked names, for regulators alone. Only lots whose result is decided count,
 * a redraw and its ground from the moment it was asked for.
 */
export async function statisticsOf(em: EntityManager, by: Actor, now: Instant): Promise<StatisticsAnswer> {
  const calls = await em.execute<PastCall[]>(
    `select s.expert, coalesce(s.record ->> 'employer', e.employer) as employer, s.state, s.ground
     from draw_seat s join lot on lot.id = s.lot join expert e on e.id = s.expert where s.called_at is not null and lot.resulted_at is not null`,
  );
  const [draws] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from draw_request d join lot on lot.id = d.lot where d.purpose = 'experts' and d.completed_at is not null and lot.resulted_at is not null`,
  );
  const ready = readySql(dayOf(now));
  const [pool] = await em.execute<{ normal: number; never: number }[]>(
    `select count(*)::int as normal, count(*) filter (where not exists
       (select from draw_seat s join lot on lot.id = s.lot where s.expert = e.id and s.called_at is not null and lot.resulted_at is not null))::int as never
     from expert e where ${ready.sql}`,
    [...ready.values],
  );
  const figures = callFigures(calls);
  const { experts, employers, grounds, ...numbers } = figures;
  const sees = by.role === 'regulator';
  return {
    draws: draws?.count ?? 0,
    ...numbers,
    grounds: [...grounds],
    pool: pool ?? { normal: 0, never: 0 },
    redraws: await redrawsOf(em),
    experts: sees ? await named(em, experts.slice(0, listed)) : null,
    employers: sees ? await employersOf(em, employers.slice(0, listed)) : null,
  };
}

async function redrawsOf(em: EntityManager): Promise<StatisticsAnswer['redraws']> {
  const rows = await em.execute<{ lot: string; number: string; name: string; at: Date | string; ground: string }[]>(
    `select lot.id as lot, lot.number, lot.name, j.at, j.body::jsonb #>> '{data,ground}' as ground from journal_event j join lot on lot.id = j.lot
     where j.type = 'draw.requested' and j.body::jsonb #>> '{data,ground}' is not null order by j.at desc, j.id limit 100`,
  );
  return rows.map((row) => ({ ...row, at: instantOf(new Date(row.at)) }));
}

async function named(em: EntityManager, tallies: readonly Tally[]): Promise<NonNullable<StatisticsAnswer['experts']>> {
  const rows = await em.execute<{ id: string; name: string }[]>('select id, name from expert where id = any(?::uuid[])', [
    `{${tallies.map(({ of }) => of).join(',')}}`,
  ]);
  const names = new Map(rows.map(({ id, name }) => [id, maskedName(name)]));
  return tallies.map(({ of, ...tally }) => ({ name: names.get(of) ?? '', ...tally }));
}

async function employersOf(em: EntityManager, tallies: readonly Tally[]): Promise<NonNullable<StatisticsAnswer['employers']>> {
  const codes = tallies.map(({ of }) => of);
  const rows =
    codes.length === 0
      ? []
      : await em.execute<{ employer: string; name: string }[]>(
          `select distinct on (employer) employer, employer_name as name from expert where employer in (${codes.map(() => '?').join(',')}) order by employer, id`,
          codes,
        );
  const names = new Map(rows.map(({ employer, name }) => [employer, name]));
  return tallies.map(({ of, ...tally }) => ({ name: names.get(of) ?? of, ...tally }));
}
