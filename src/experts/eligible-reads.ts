import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../kernel/clock.ts';
import { addDays, addMonths, type DayString, dayOf, startOfDay } from '../kernel/working-days.ts';
import type { Query } from '../openings/hashing-query.ts';
import { parameter } from '../rulebook/parameters.ts';
import type { SeatAsked } from './pool.ts';
import type { Reach } from './reach.ts';
import { type RecusalFacts, recusalGrounds } from './recusal.ts';

/** What a draw is asked for: seats of a line, in one lot of a project. */
export interface PoolAsked {
  readonly line: string;
  readonly project: string;
  readonly lot: string;
  /** those who accepted or are being called for the lot stay (a supplementary draw), or are drawn afresh */
  readonly sitting: boolean;
  readonly seats: readonly SeatAsked[];
}
export type LotParties = Omit<RecusalFacts, 'expert'>;

/** How many may be drawn for each seat, counted no further than `most`: a page needs no more, and a large pool need not be read through for it. */
export async function eligibleCounts(
  em: EntityManager,
  asked: PoolAsked,
  lot: LotParties,
  now: Instant,
  most: number,
): Promise<Readonly<Record<string, number>>> {
  const grounds = await groundsQuery(em, asked, lot, now);
  const counts: Record<string, number> = {};
  for (const seat of asked.seats) {
    const pool = seatQuery(asked, seat, [], grounds);
    const sql = `select count(*)::int as count from (select from (${pool.sql}) pool where ground = 0 limit ?) counted`;
    const [row] = await em.execute<{ count: number }[]>(sql, [...pool.values, most]);
    counts[seat.specialty] = row?.count ?? 0;
  }
  return counts;
}

/**
 * Everyone whom a seat may be taken by, with the first ground that excludes them as its number in recusal.ts, from 1; 0 for whom none does. `counted` for
 * those who stand under no seat before it: an expert of two specialties is left out once. That the conditions decide as the grounds themselves do
 * is shown over random pools (test/experts/eligible.test.ts).
 */
export function seatQuery(asked: PoolAsked, seat: SeatAsked, before: readonly SeatAsked[], grounds: Query): Query {
  const within = reachQuery(seat.reach);
  const earlier = before.map(({ reach }) => reachQuery(reach));
  const counted = earlier.length === 0 ? 'true' : `not (${earlier.map(({ sql }) => `(${sql})`).join(' or ')})`;
  return {
    sql: `select e.id, e.identity, e.employer, ${counted} as counted, ${grounds.sql} as ground
from expert e where e.memberships @> array[?]::text[] and ${within.sql}`,
    values: [...earlier.flatMap(({ values }) => values), ...grounds.values, asked.line, ...within.values],
  };
}

function reachQuery({ specialties, region }: Reach): Query {
  const branches = array(specialties);
  return {
    sql: `e.branches && ${branches.sql}${region === '' ? '' : ' and starts_with(e.region, ?)'}`,
    values: [...branches.values, ...(region === '' ? [] : [region])],
  };
}

/** The grounds of recusal.ts in their order, as one expression over an expert `e`. */
export async function groundsQuery(em: EntityManager, asked: PoolAsked, lot: LotParties, now: Instant): Promise<Query> {
  const conditions = conditionsOf(asked, lot, await boundElsewhere(em, asked, lot.on, now));
  const cases = recusalGrounds.map(({ id }, at) => {
    const condition = conditions[id];
    if (condition === undefined) throw new Error(`the ground ${id} has no condition a pool can be searched by`);
    return { sql: `when ${condition.sql} then ${at + 1}`, values: condition.values };
  });
  return { sql: `case ${cases.map(({ sql }) => sql).join('\n')} else 0 end`, values: cases.flatMap(({ values }) => values) };
}

/** Whom other calls bind: few, whatever the size of the pool, and looked up first, so that what is left can be asked of each record by itself. */
interface Bound {
  readonly overused: readonly string[];
  readonly called: readonly string[];
  readonly seated: readonly string[];
  readonly colleaguesOf: readonly string[];
}

async function boundElsewhere(em: EntityManager, asked: PoolAsked, on: DayString, now: Instant): Promise<Bound> {
  const month = startOfDay(`${dayOf(now).slice(0, 8)}01` as DayString);
  const overused = await em.execute<{ expert: string }[]>(
    `select expert from draw_seat where state = 'accepted' and answered_at >= ? group by expert having count(*) >= ?`,
    [month, parameter('op.expert.panels.perMonth.max', on)],
  );
  const before = await em.execute<{ expert: string; state: string; employer: string | null }[]>(
    `select s.expert, s.state, e.employer from draw_seat s left join expert e on e.id = s.expert
     where s.lot = ? and s.state in ('declined', 'accepted', 'called')`,
    [asked.lot],
  );
  const seated = asked.sitting ? before.filter(({ state }) => state !== 'declined') : [];
  return {
    overused: overused.map(({ expert }) => expert),
    called: [...before.filter(({ state }) => state === 'declined'), ...seated].map(({ expert }) => expert),
    seated: seated.map(({ expert }) => expert),
    colleaguesOf: seated.flatMap(({ employer }) => employer ?? []),
  };
}

const array = (values: readonly string[]): Query => ({ sql: `array[${values.map(() => '?').join(', ')}]::text[]`, values });
/** Ids as one text: however many there are, the statement does not grow by a placeholder for each. */
const ids = (values: readonly string[]): Query => ({ sql: 'e.id = any(?::uuid[])', values: [`{${values.join(',')}}`] });

/** A former employer among the parties who still binds: `until` is missing, null, or a day that has not passed by. */
const formerly = '$[*] ? (@.code == $codes[*] && (!exists(@.until) || @.until == null || @.until >= $since))';

/** Each ground of recusal.ts as the condition under which it excludes an expert `e`. None looks beyond the record: processors can share the search. */
function conditionsOf(asked: PoolAsked, lot: LotParties, bound: Bound): Readonly<Record<string, Query>> {
  const bidding = [...lot.bidders, ...lot.affiliates];
  const partyCodes = [lot.tenderee, ...(lot.agent === null ? [] : [lot.agent]), ...bidding];
  const parties = array(partyCodes);
  const meets = (column: string, codes: Query): Query => ({ sql: `e.${column} && ${codes.sql}`, values: codes.values });
  const employedBy = (codes: Query): Query => ({ sql: `e.employer = any(${codes.sql})`, values: codes.values });
  const [colleagues, seated] = [employedBy(array(bound.colleaguesOf)), ids(bound.seated)];
  return {
    'XR-1': meets('relatives', array(bidding)),
    'XR-2': employedBy(array(lot.supervisors)),
    'XR-3': meets('interests', parties),
    'XR-4': { sql: 'e.penalised', values: [] },
    'XR-8': employedBy(parties),
    'XR-8F': {
      sql: `e.former_employers <> '[]' and jsonb_path_exists(e.former_employers, ?::jsonpath, ?::jsonb)`,
      values: [formerly, JSON.stringify({ codes: partyCodes, since: stillBinding(lot.on) })],
    },
    'XR-9': { sql: 'e.prepared @> array[?]::text[]', values: [asked.project] },
    'XR-11': { sql: `e.banned_until collate "C" >= ?`, values: [lot.on] },
    'XP-7': {
      sql: `e.status <> 'normal' and not (e.status = 'suspended' and e.suspended_until is not null and e.suspended_until collate "C" < ?)`,
      values: [lot.on],
    },
    'XP-2T': { sql: `coalesce(e.terms ->> ?, '') collate "C" < ?`, values: [asked.line, lot.on] },
    'XD-13': ids(bound.overused),
    'XD-7': ids(bound.called),
    'XD-13E': { sql: `${colleagues.sql} and not ${seated.sql}`, values: [...colleagues.values, ...seated.values] },
  };
}

/** The earliest last day at a former employer that still binds on a day: the rule counts months, and a month has not always the same days. */
export function stillBinding(on: DayString): DayString {
  const months = 12 * parameter('op.recusal.formerEmployer', on);
  let day = addDays(addMonths(on, -months), -4);
  while (addMonths(day, months) < on) day = addDays(day, 1);
  return day;
}
