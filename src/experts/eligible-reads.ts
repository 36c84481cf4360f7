import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../kernel/clock.ts';
import { addDays, addMonths, type DayString, dayOf, startOfDay } from '../kernel/working-days.ts';
import { parameter } from '../rulebook/parameters.ts';
import type { EligibleGroup } from './pool.ts';
import { type RecusalFacts, recusalGrounds } from './recusal.ts';

/** What a draw is asked for: seats of a line, in one lot of a project. */
export interface PoolAsked {
  readonly line: string;
  readonly project: string;
  readonly lot: string;
  /** those who accepted or are being called for the lot stay (a supplementary draw), or are drawn afresh */
  readonly sitting: boolean;
  readonly seats: readonly { readonly specialty: string }[];
}
export type LotParties = Omit<RecusalFacts, 'expert'>;

export interface EligiblePool {
  readonly groups: readonly EligibleGroup[];
  /** how many of the specialties asked for are left out, by ground: numbers only, never who */
  readonly excluded: Readonly<Record<string, number>>;
}

/**
 * Who of the pool may be drawn, decided where the pool lies: the grounds of recusal.ts as conditions of one query, which reads a million records
 * in about a second. That they decide as the grounds themselves do is shown over random pools (test/experts/eligible.test.ts).
 */
export async function eligiblePool(em: EntityManager, asked: PoolAsked, lot: LotParties, now: Instant): Promise<EligiblePool> {
  const { sql, values } = eligibleQuery(asked, lot, now);
  const rows = await em.execute<{ ground: string; seats: number; count: number; identities: string | null }[]>(sql, values);
  const excluded: Record<string, number> = {};
  const groups: EligibleGroup[] = [];
  for (const { ground, seats, count, identities } of rows) {
    if (ground !== '') excluded[ground] = (excluded[ground] ?? 0) + count;
    else if (identities !== null) groups.push({ seats: seatsIn(asked, seats), count, identities });
  }
  return { groups, excluded };
}

/** How many may be drawn for each seat, without their records. */
export async function eligibleCounts(
  em: EntityManager,
  asked: PoolAsked,
  lot: LotParties,
  now: Instant,
): Promise<Readonly<Record<string, number>>> {
  const { sql, values } = countingQuery(asked, lot, now);
  const rows = await em.execute<{ seats: number; count: number }[]>(sql, values);
  return Object.fromEntries(
    asked.seats.map(({ specialty }) => [
      specialty,
      rows.filter((row) => seatsIn(asked, row.seats).includes(specialty)).reduce((all, row) => all + row.count, 0),
    ]),
  );
}

const seatsIn = (asked: PoolAsked, mask: number): string[] =>
  asked.seats.map(({ specialty }) => specialty).filter((_, bit) => Math.floor(mask / 2 ** bit) % 2 === 1);

export interface Query {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** The query behind `eligiblePool`; its plan is printed in docs/pool.md. */
export function eligibleQuery(asked: PoolAsked, lot: LotParties, now: Instant): { sql: string; values: unknown[] } {
  const pool = poolQuery(asked, lot, now);
  // Records come in a few dozen long texts: a million rows one by one would take longer to read than to hash. One key, behind a fence: several, or one
  // that the planner can look into, it takes for as many groups as records, and sorts them all.
  return {
    sql: `select split_part(key, '|', 1) as ground, split_part(key, '|', 2)::int as seats, count(*)::int as count,
string_agg(identity, chr(10)) filter (where key like '|%') as identities
from (select identity, concat_ws('|', coalesce(ground, ''), seats, get_byte(uuid_send(id), 15) % 32) as key from (${pool.sql} offset 0) pool offset 0) keyed
group by key`,
    values: [...pool.values],
  };
}

function countingQuery(asked: PoolAsked, lot: LotParties, now: Instant): { sql: string; values: unknown[] } {
  const pool = poolQuery(asked, lot, now);
  return {
    sql: `select seats, count(*)::int as count from (${pool.sql}) pool where ground is null group by seats`,
    values: [...pool.values],
  };
}

/** Everyone of the line and the asked specialties, with the first ground that excludes them and the seats they may take, as bits. */
function poolQuery(asked: PoolAsked, lot: LotParties, now: Instant): Query {
  const conditions = conditionsOf(asked, lot, now);
  const grounds = recusalGrounds.map(({ id }) => {
    const condition = conditions[id];
    if (condition === undefined) throw new Error(`the ground ${id} has no condition a pool can be searched by`);
    return { ...condition, sql: `when ${condition.sql} then '${id}'` };
  });
  const masks = asked.seats.map(({ specialty }, bit) => ({
    sql: `case when e.branches @> array[?]::text[] then ${2 ** bit} else 0 end`,
    values: [specialty],
  }));
  const specialties = array(asked.seats.map(({ specialty }) => specialty));
  return {
    sql: `select e.id, e.identity, ${masks.map(({ sql }) => sql).join(' + ') || '0'} as seats,
case ${grounds.map(({ sql }) => sql).join('\n')} end as ground
from expert e where e.memberships @> array[?]::text[] and e.branches && ${specialties.sql}`,
    values: [...masks.flatMap(({ values }) => values), ...grounds.flatMap(({ values }) => values), asked.line, ...specialties.values],
  };
}

const array = (values: readonly string[]): Query => ({ sql: `array[${values.map(() => '?').join(', ')}]::text[]`, values });

/** Each ground of recusal.ts as the condition under which it excludes an expert `e`. */
function conditionsOf(asked: PoolAsked, lot: LotParties, now: Instant): Readonly<Record<string, Query>> {
  const bidding = [...lot.bidders, ...lot.affiliates];
  const parties = array([lot.tenderee, ...(lot.agent === null ? [] : [lot.agent]), ...bidding]);
  const meets = (column: string, codes: Query): Query => ({ sql: `e.${column} && ${codes.sql}`, values: codes.values });
  const employedBy = (codes: Query): Query => ({ sql: `e.employer = any(${codes.sql})`, values: codes.values });
  const seated = `select s.expert from draw_seat s where s.lot = ? and s.state in ('accepted', 'called')`;
  return {
    'XR-1': meets('relatives', array(bidding)),
    'XR-2': employedBy(array(lot.supervisors)),
    'XR-3': meets('interests', parties),
    'XR-4': { sql: 'e.penalised', values: [] },
    'XR-8': employedBy(parties),
    'XR-8F': {
      sql: `e.former_employers <> '[]' and exists (select from jsonb_array_elements(e.former_employers) f where f ->> 'code' = any(${parties.sql})
and (f ->> 'until' is null or f ->> 'until' collate "C" >= ?))`,
      values: [...parties.values, stillBinding(lot.on)],
    },
    'XR-9': { sql: 'e.prepared @> array[?]::text[]', values: [asked.project] },
    'XR-11': { sql: `e.banned_until collate "C" >= ?`, values: [lot.on] },
    'XP-7': {
      sql: `e.status <> 'normal' and not (e.status = 'suspended' and e.suspended_until is not null and e.suspended_until collate "C" < ?)`,
      values: [lot.on],
    },
    'XP-2T': { sql: `coalesce(e.terms ->> ?, '') collate "C" < ?`, values: [asked.line, lot.on] },
    'XD-13': {
      sql: `e.id in (select s.expert from draw_seat s where s.state = 'accepted' and s.answered_at >= ? group by s.expert having count(*) >= ?)`,
      values: [startOfDay(`${dayOf(now).slice(0, 8)}01` as DayString), parameter('op.expert.panels.perMonth.max', lot.on)],
    },
    'XD-7': {
      sql: `e.id in (select s.expert from draw_seat s where s.lot = ? and s.state ${asked.sitting ? "in ('declined', 'accepted', 'called')" : "= 'declined'"})`,
      values: [asked.lot],
    },
    'XD-13E': asked.sitting
      ? {
          sql: `e.employer in (select c.employer from expert c where c.id in (${seated})) and e.id not in (${seated})`,
          values: [asked.lot, asked.lot],
        }
      : { sql: 'false', values: [] },
  };
}

/** The earliest last day at a former employer that still binds on a day: the rule counts months, and a month has not always the same days. */
export function stillBinding(on: DayString): DayString {
  const months = 12 * parameter('op.recusal.formerEmployer', on);
  let day = addDays(addMonths(on, -months), -4);
  while (addMonths(day, months) < on) day = addDays(day, 1);
  return day;
}
