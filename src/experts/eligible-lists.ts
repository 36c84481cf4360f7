import type { EntityManager } from '@mikro-orm/postgresql';
import type { Call } from '../kernel/act.ts';
import { base64url, utf8 } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { personBytes } from '../openings/draw-list-reads.ts';
import { hashingSettings, hmacQuery, type Query } from '../openings/hashing-query.ts';
import { candidateBytes } from '../sealing/draw-list.ts';
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
       select ?, ?, part, substring(candidates from part * ${partBytes} + 1 for 32), substring(candidates from part * ${partBytes} + 1 for ${partBytes}),
         substring(people from part * ${partSize * personBytes} + 1 for ${partSize * personBytes})
       from eligible_${at} cross join generate_series(0, (length(candidates) - 1) / ${partBytes}) part`,
      [request, seat.specialty],
    );
    lists[seat.specialty] = await digestOf(call.em, at);
    for (const [ground, count] of await excludedIn(call.em, at)) excluded[ground] = (excluded[ground] ?? 0) + count;
  }
  return { lists, excluded };
}

/** So many candidates lie together: whoever looks for one reads 128 kB, whoever reads a list of a million some five hundred rows. */
const partSize = 2048;
const partBytes = partSize * candidateBytes;

/**
 * The salts are those of `saltOf` in pool.ts. One row: the whole list in ascending order, who stands in it, and the ground of everyone left out. Sorted as one, because bytes alone are sorted several times
 * as fast as bytes within groups, and cut into parts when it is kept.
 */
function listQuery(asked: PoolAsked, seat: SeatAsked, before: readonly SeatAsked[], grounds: Query, keys: DrawKeys): Query {
  const pool = seatQuery(asked, seat, before, grounds);
  const saltKey = Buffer.from(keys.saltKey);
  const tag = hmacQuery(keys.drawSalt, { sql: 'textsend(p.employer)', values: [] });
  // a quoted zero keeps the steps apart, and does not keep processors away (as 0 does)
  return {
    sql: `select string_agg(candidate, ''::bytea order by candidate) filter (where ground = 0) as candidates,
string_agg(person, ''::bytea order by candidate) filter (where ground = 0) as people, array_agg(ground) filter (where ground > 0 and counted) as excluded
from (select p.ground, p.counted, sha256(sha256(?::bytea || uuid_send(p.id)) || textsend(p.identity)) || ${tag.sql} as candidate, uuid_send(p.id) as person
from (${pool.sql}) p offset '0') hashed`,
    values: [saltKey, ...tag.values, ...pool.values],
  };
}

async function digestOf(em: EntityManager, at: number): Promise<ListDigest> {
  const [row] = await em.execute<{ size: number; sha256: Buffer }[]>(
    `select coalesce(length(candidates), 0) / ${candidateBytes} as size, sha256(coalesce(candidates, '')) as sha256 from eligible_${at}`,
  );
  if (!row) throw new Error('the database did not answer');
  return { size: row.size, sha256: base64url(row.sha256) };
}

async function excludedIn(em: EntityManager, at: number): Promise<[string, number][]> {
  const rows = await em.execute<{ ground: number; counted: number }[]>(
    `select ground, count(*)::int as counted from eligible_${at} cross join unnest(excluded) ground group by ground`,
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
