import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../kernel/clock.ts';
import type { Council } from '../sealing/council.ts';
import type { DrawTranscript } from '../sealing/draw.ts';
import type { Lot } from '../tenders/schema.ts';
import { inReadingOrder, readingDrawOf } from './reading-state.ts';
import { CouncilRow, CouncilShare, DrawRequest as DrawRow, type OpeningItem } from './schema.ts';

/** A draw of the session, as the hall shows it step by step. */
export interface DrawInHall {
  readonly id: string;
  readonly requestedAt: Instant;
  readonly completedAt: Instant | null;
  /** digest of the request, journalled before anybody could know the answer */
  readonly digest: string;
  readonly shares: readonly { readonly name: string; readonly at: Instant }[];
  /** base64url, once enough shares are there */
  readonly seed: string | null;
}
export interface ParametersInHall extends DrawInHall {
  readonly parameters: Record<string, string> | null;
}
export interface OrderInHall extends DrawInHall {
  /** submissions as they are read; null while it is being drawn */
  readonly order: readonly string[] | null;
}

/** The session's draw of coefficients and of the seed that breaks ties; null before it is asked for. */
export async function parametersInHall(em: EntityManager, lot: Lot): Promise<ParametersInHall | null> {
  const draw = await em.findOne(DrawRow, { lot: lot.id, purpose: 'parameters' });
  return draw && { ...(await shown(em, draw, lot)), parameters: (draw.transcript as DrawTranscript | null)?.parameters ?? null };
}

/** The bids at hand as they are to be read, then those that are not; with the draw that put them into order, where there is one. */
export async function orderInHall(
  em: EntityManager,
  lot: Lot,
  items: readonly OpeningItem[],
): Promise<{ readonly items: readonly OpeningItem[]; readonly draw: OrderInHall | null }> {
  const draw = await readingDrawOf(em, lot);
  if (!draw) return { items, draw: null };
  const order = draw.completedAt ? inReadingOrder(lot, items, draw) : null;
  const sorted = order === null ? items : [...order, ...items.filter((item) => !order.includes(item))];
  return { items: sorted, draw: { ...(await shown(em, draw, lot)), order: order?.map((item) => item.submission) ?? null } };
}

const shown = async (em: EntityManager, draw: DrawRow, lot: Lot): Promise<DrawInHall> => ({
  id: draw.id,
  requestedAt: draw.requestedAt,
  completedAt: draw.completedAt ?? null,
  digest: draw.digest,
  shares: await sharesOf(em, draw.task, lot),
  seed: draw.seed ?? null,
});

/** Who has given a share of a task, in order. */
async function sharesOf(em: EntityManager, task: string, lot: Lot): Promise<DrawInHall['shares']> {
  const row = await em.findOne(CouncilRow, { id: lot.council ?? '' });
  const names = new Map(((row?.body as Council | undefined)?.trustees ?? []).map(({ index, name }) => [index, name]));
  const given = await em.find(CouncilShare, { task }, { orderBy: { givenAt: 'asc', trustee: 'asc' } });
  return given.map(({ trustee, givenAt }) => ({ name: names.get(trustee) ?? String(trustee), at: givenAt }));
}
