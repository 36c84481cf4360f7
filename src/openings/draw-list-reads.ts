import type { EntityManager } from '@mikro-orm/postgresql';
import { fromBase64url, utf8 } from '../kernel/bytes.ts';
import { type AnyDrawRequest, type DrawLists, type DrawResult, eligibleFor, resolveDraw, resolveFirst } from '../sealing/draw.ts';
import { candidateBytes, candidatesIn } from '../sealing/draw-list.ts';
import { hashingSettings, hmacQuery } from './hashing-query.ts';

/**
 * The lists of a draw lie in parts, each with the commitment it begins with: ascending, so that the parts one after the other are the list. Beside them lie
 * the people in the same order.
 */

/** The lists of a long request; a short one holds its own, and answers none. */
export const listsFor = async (em: EntityManager, request: AnyDrawRequest): Promise<DrawLists> =>
  request.format === 'yangguang/draw/v1' ? {} : keptLists(em, request.id, Object.keys(request.eligible));

/** The lists of a draw for these specialties as they lie beside the journal. */
export async function keptLists(em: EntityManager, request: string, specialties: readonly string[]): Promise<DrawLists> {
  const lists: Record<string, Uint8Array> = Object.fromEntries(specialties.map((each) => [each, new Uint8Array(0)]));
  const rows = await em.execute<{ specialty: string; list: Buffer }[]>(
    `select specialty, string_agg(candidates, '' order by part) as list from draw_list where request = ? group by specialty`,
    [request],
  );
  for (const { specialty, list } of rows) lists[specialty] = bytes(list);
  return lists;
}

/** What the seed decides; of a long request from the tickets that come first, found where its lists lie. */
export async function resolveKept(em: EntityManager, request: AnyDrawRequest, seed: Uint8Array): Promise<DrawResult> {
  if (request.format === 'yangguang/draw/v1') return resolveDraw(request, seed);
  await em.execute(hashingSettings);
  await em.execute(`select set_config('min_parallel_table_scan_size', '0', true)`); // the lists lie beside their table, which looks small
  for (let most = 256; ; most *= 16) {
    const first: Record<string, { candidates: Uint8Array; whole: boolean }> = {};
    for (const { specialty } of request.seats) {
      const candidates = await firstTickets(em, { request: request.id, specialty, seed, most });
      first[specialty] = { candidates, whole: candidatesIn(candidates) === eligibleFor(request, specialty) };
    }
    const result = resolveFirst(request, seed, first);
    if (result !== undefined) return result;
  }
}

/** The candidates with the lowest tickets (`ticket` in sealing/draw.ts), lowest first. */
async function firstTickets(
  em: EntityManager,
  asked: { readonly request: string; readonly specialty: string; readonly seed: Uint8Array; readonly most: number },
): Promise<Uint8Array> {
  const head = Buffer.concat([utf8(asked.specialty), Uint8Array.of(0)]);
  const ticket = hmacQuery(asked.seed, { sql: `?::bytea || substring(l.list from i * ${candidateBytes} + 1 for 32)`, values: [head] });
  // each part is read whole before it is cut up; the zero that is quoted keeps these steps apart, and does not keep processors away (as 0 does)
  const rows = await em.execute<{ list: Buffer | null }[]>(
    `select string_agg(candidate, '' order by ticket) as list from (select candidate, ticket from (
select substring(l.list from i * ${candidateBytes} + 1 for ${candidateBytes}) as candidate, ${ticket.sql} as ticket
from (select candidates || ''::bytea as list, length(candidates) / ${candidateBytes} as size from draw_list where request = ? and specialty = ? offset '0') l
cross join lateral generate_series(0, l.size - 1) i offset '0') t order by ticket limit ?) first`,
    [...ticket.values, asked.request, asked.specialty, asked.most],
  );
  const list = rows[0]?.list;
  return list ? bytes(list) : new Uint8Array(0);
}

/** An id as it lies beside its candidate. */
export const personBytes = 16;

/** Whose commitment this is, as 16 bytes of an id; undefined when the list of the specialty does not hold it. */
export async function personBehind(
  em: EntityManager,
  request: string,
  specialty: string,
  commitment: string,
): Promise<Uint8Array | undefined> {
  const wanted = Buffer.from(fromBase64url(commitment) ?? new Uint8Array(0));
  const [found] = await em.execute<{ at: number; person: Buffer }[]>(
    `select at, substring(people from at / ${candidateBytes} * ${personBytes} + 1 for ${personBytes}) as person
from (select people, position(? in candidates) - 1 as at from draw_list where request = ? and specialty = ? and first <= ? order by part desc limit 1) part`,
    [wanted, request, specialty, wanted],
  );
  return found && found.at >= 0 && found.at % candidateBytes === 0 ? bytes(found.person) : undefined;
}

const bytes = (buffer: Buffer): Uint8Array => new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
