import type { EntityManager } from '@mikro-orm/postgresql';
import { inclusionProof, nodesForInclusion } from '../journal/merkle.ts';
import { checkpointAt, readNodes } from '../journal/reads.ts';
import type { ProvenEvent } from '../journal/receipt.ts';
import { base64url } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { registerTypes } from './order.ts';
import { OrderHeed, SuspensionOrder } from './schema.ts';

/** An order as everybody may see it, with the custodians that have said, signed, that they keep to it. */
export interface OrderShown {
  readonly order: string;
  readonly authority: string;
  readonly authorityName: string;
  readonly reason: string;
  readonly ground: string;
  readonly suspendedAt: Instant;
  readonly liftedAt: Instant | null;
  readonly liftedFor: string | null;
  readonly statement: object;
  readonly heeded: readonly { readonly witness: string; readonly seconds: number; readonly signature: string; readonly at: Instant }[];
}

/** The orders about a lot, newest first. */
export async function ordersOf(em: EntityManager, lot: string): Promise<readonly OrderShown[]> {
  const orders = await em.find(SuspensionOrder, { lot }, { orderBy: { suspendedAt: 'desc' } });
  const heeds = await em.find(OrderHeed, { order: { $in: orders.map((order) => order.id) } }, { orderBy: { at: 'asc' } });
  return orders.map((order) => ({
    order: order.id,
    authority: order.authority,
    authorityName: order.authorityName,
    reason: order.reason,
    ground: order.ground,
    suspendedAt: order.suspendedAt,
    liftedAt: order.liftedAt ?? null,
    liftedFor: order.liftedFor ?? null,
    statement: order.statement,
    heeded: heeds
      .filter((heed) => heed.order === order.id)
      .map(({ witness, seconds, signature, at }) => ({ witness, seconds: Number(seconds), signature, at })),
  }));
}

/** The order in force, or null. */
export const orderNow = async (em: EntityManager, lot: string): Promise<OrderShown | null> =>
  (await ordersOf(em, lot)).find((order) => order.liftedAt === null) ?? null;

const pageSize = 200;

/**
 * The register: every public event that binds an opening (openings/order.ts `registerTypes`), of all lots, with salt and proof against the
 * checkpoint of `size`. Custodians follow it without a gap, so that what they were shown once cannot be kept from them later.
 */
export async function registerPage(
  em: EntityManager,
  from: number,
  size: number,
): Promise<{ readonly events: readonly ProvenEvent[]; readonly next: number }> {
  if ((await checkpointAt(em, size)) === null) throw notFound();
  const rows = await em.execute<{ index: string; body: string; salt: Buffer }[]>(
    `select l.index, e.body, e.salt from journal_leaf l join journal_event e on e.id = l.event
     where l.index >= ? and l.index < ? and e.type in (${registerTypes.map(() => '?').join(', ')}) order by l.index limit ?`,
    [from, size, ...registerTypes, pageSize],
  );
  const placed = rows.map((row) => ({ ...row, index: Number(row.index) }));
  const read = await readNodes(
    em,
    placed.flatMap(({ index }) => nodesForInclusion(index, size)),
  );
  const last = placed.at(-1);
  return {
    events: placed.map(({ index, body, salt }) => ({
      index,
      event: JSON.parse(body) as ProvenEvent['event'],
      salt: base64url(new Uint8Array(salt)),
      proof: inclusionProof(index, size, read).map(base64url),
    })),
    next: last !== undefined && placed.length === pageSize ? last.index + 1 : size,
  };
}
