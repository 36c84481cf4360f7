import type { EntityManager } from '@mikro-orm/postgresql';
import type { Call } from '../kernel/act.ts';
import { base64url, utf8 } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { hashingSettings, hmacQuery, type Query } from '../openings/hashing-query.ts';
import { groundsQuery, type LotParties, type PoolAsked, seatQuery } from './eligible-reads.ts';
import type { DrawKeys, ListDigest, SeatAsked } from './pool.ts';
import { recusalGrounds } from './recusal.ts';

export interface KeptLists {
  /** size and digest of each seat's list */
  readonly lists: Readonly<Record<string, ListDigest>>;
  /** how many of the specialties asked for are left out, by ground: exact, and for supervisors only */
  readonly excluded: Readonly<Record<string, number>>;
}

/**
 * Makes the list of each seat and keeps it beside the request, in the caller's transaction. All of it happens where the pool lies: a million commitments
 * are hashed and sorted on every processor, and neither the records nor the lists travel.
 */
export async function keepEligible(call: Call, request: string, asked: PoolAsked, lot: LotParties, keys: DrawKeys): Promise<KeptLists> {
  await call.em.execute(hashingSettings);
  const grounds = await groundsQuery(call.em, asked, lot, call.now);
  const lists: Record<string, ListDigest> = {};
  const excluded: Record<string, number> = {};
  for (const [at, seat] of asked.seats.entries()) {
    const { sql, values } = listQuery(asked, seat, asked.seats.slice(0, at), grounds, keys);
    // in two steps: PostgreSQL shares a search among processors, but not one that an insert stands over
    await call.em.execute(`create temporary table eligible_${at} on commit drop as ${sql}`, [...values]);
    await call.em.execute(
      `insert into draw_list (request, specialty, part, first, candidates, people)
       select ?, ?, key, substring(candidates from 1 for 32), candidates, people from eligible_${at} where key < ${firstGround}`,
      [request, seat.specialty],
    );
    lists[seat.specialty] = await digestOf(call.em, at);
    for (const [ground, count] of await excludedIn(call.em, at)) excluded[ground] = (excluded[ground] ?? 0) + count;
  }
  return { lists, excluded };
}

/** Above the first bytes of commitments stand the grounds by which somebody is left out. */
const firstGround = 256;

/** One row for each first byte of a commitment with that part of the list, and one for each ground with how many it excludes. */
function listQuery(asked: PoolAsked, seat: SeatAsked, before: readonly SeatAsked[], grounds: Query, keys: DrawKeys): Query {
  const pool = seatQuery(asked, seat, before, grounds);
  const salt = hmacQuery(keys.saltKey, { sql: `convert_to(p.id::text, 'UTF8')`, values: [] });
  const tag = hmacQuery(keys.drawSalt, { sql: `convert_to(p.employer, 'UTF8')`, values: [] });
  // a quoted zero keeps the steps apart, and does not keep processors away (as 0 does)
  return {
    sql: `select key, count(*) filter (where counted)::int as counted,
string_agg(commitment || tag, ''::bytea order by commitment) filter (where key < ${firstGround}) as candidates,
string_agg(person, ''::bytea order by commitment) filter (where key < ${firstGround}) as people
from (select case when ground > 0 then ${firstGround} * ground else get_byte(commitment, 0) end as key, counted, commitment, tag, person from (
select p.ground, p.counted, sha256(${salt.sql} || convert_to(p.identity, 'UTF8')) as commitment, ${tag.sql} as tag, uuid_send(p.id) as person
from (${pool.sql}) p offset '0') hashed offset '0') keyed group by key`,
    values: [...salt.values, ...tag.values, ...pool.values],
  };
}

async function digestOf(em: EntityManager, at: number): Promise<ListDigest> {
  const [row] = await em.execute<{ size: number; sha256: Buffer }[]>(
    `select (coalesce(sum(length(candidates)), 0) / 64)::int as size, sha256(coalesce(string_agg(candidates, ''::bytea order by key), '')) as sha256
     from eligible_${at} where key < ${firstGround}`,
  );
  if (!row) throw new Error('the database did not answer');
  return { size: row.size, sha256: base64url(row.sha256) };
}

async function excludedIn(em: EntityManager, at: number): Promise<[string, number][]> {
  const rows = await em.execute<{ ground: number; counted: number }[]>(
    `select key / ${firstGround} as ground, counted from eligible_${at} where key >= ${firstGround} and counted > 0`,
  );
  return rows.map(({ ground, counted }) => [recusalGrounds[ground - 1]?.id ?? '', counted]);
}

/** How the pool is searched for the list of a seat, as PostgreSQL tells it (docs/operate.md shows one). */
export async function listPlan(em: EntityManager, asked: PoolAsked, lot: LotParties, now: Instant): Promise<readonly string[]> {
  return em.transactional(async (inner) => {
    await inner.execute(hashingSettings);
    const grounds = await groundsQuery(inner, asked, lot, now);
    const plans: string[] = [];
    for (const seat of asked.seats) {
      const { sql, values } = listQuery(asked, seat, [], grounds, { saltKey: utf8('plan'), drawSalt: utf8('plan') });
      const rows = await inner.execute<{ 'QUERY PLAN': string }[]>(`explain (analyze, costs off, buffers off) ${sql}`, [...values]);
      plans.push(...rows.map((row) => row['QUERY PLAN']));
    }
    return plans;
  });
}
