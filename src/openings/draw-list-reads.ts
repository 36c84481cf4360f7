import type { EntityManager } from '@mikro-orm/postgresql';
import { fromBase64url } from '../kernel/bytes.ts';
import type { AnyDrawRequest, DrawLists } from '../sealing/draw.ts';
import { candidatesIn, commitmentAt } from '../sealing/draw-list.ts';

/** The lists of a long request; a short one holds its own, and answers none. */
export async function listsFor(em: EntityManager, request: AnyDrawRequest): Promise<DrawLists> {
  if (request.format === 'yangguang/draw/v1') return {};
  const lists: Record<string, Uint8Array> = Object.fromEntries(Object.keys(request.eligible).map((each) => [each, new Uint8Array(0)]));
  const rows = await em.execute<{ specialty: string; list: Buffer }[]>(
    `select specialty, string_agg(candidates, '' order by part) as list from draw_list where request = ? group by specialty`,
    [request.id],
  );
  for (const { specialty, list } of rows) lists[specialty] = new Uint8Array(list.buffer, list.byteOffset, list.length);
  return lists;
}

/** Whose commitment this is, as 16 bytes of an id; undefined when the list of the specialty does not hold it. */
export async function personBehind(
  em: EntityManager,
  request: string,
  specialty: string,
  commitment: string,
): Promise<Uint8Array | undefined> {
  const wanted = buffer(fromBase64url(commitment) ?? new Uint8Array(0));
  const [part] = await em.execute<{ candidates: Buffer; people: Buffer }[]>(
    `select candidates, people from draw_list where request = ? and specialty = ? and first <= ? order by part desc limit 1`,
    [request, specialty, wanted],
  );
  if (!part) return undefined;
  const personBytes = part.people.length / candidatesIn(part.candidates);
  for (let place = 0; place < candidatesIn(part.candidates); place += 1)
    if (wanted.equals(commitmentAt(part.candidates, place))) return part.people.subarray(place * personBytes, (place + 1) * personBytes);
  return undefined;
}

const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
