import type { Call } from '../kernel/act.ts';
import type { Instant } from '../kernel/clock.ts';
import { Lot } from '../tenders/schema.ts';
import { anotherLotFirst } from './problems.ts';
import { awaitsOrder } from './reading-state.ts';
import { SessionLot } from './schema.ts';

type EntityManager = Call['em'];

/** The lots that are opened in one sitting, in the order of its agenda; a lot alone is its own sitting. */
export interface Sitting {
  /** null where the lot has not been put together with others */
  readonly session: string | null;
  readonly lots: readonly string[];
}

/** A lot whose deadline an addendum has moved away from the others' is not opened with them any more. */
export async function sittingOf(
  em: EntityManager,
  lot: { readonly id: string; readonly deadline?: Instant | null | undefined },
): Promise<Sitting> {
  const alone = { session: null, lots: [lot.id] };
  const own = await em.findOne(SessionLot, { lot: lot.id });
  if (!own) return alone;
  const rows = await em.find(SessionLot, { session: own.session }, { orderBy: { position: 'asc' } });
  const lots = await em.find(Lot, { id: { $in: rows.map((row) => row.lot) }, deadline: lot.deadline ?? null }, { fields: ['id'] });
  const together = new Set(lots.map(({ id }) => id));
  const ids = rows.map((row) => row.lot).filter((id) => together.has(id));
  return ids.length > 1 ? { session: own.session, lots: ids } : alone;
}

/**
 * In SQL, over `lot`: another lot of the same sitting stands before it on the agenda and can be read now. One that is still being decrypted,
 * is suspended, or whose order of reading is still being drawn, holds nobody up.
 */
export const earlierCanBeRead = `exists (
  select from session_lot own join session_lot other on other.session = own.session and other.position < own.position
  join lot before on before.id = other.lot and before.phase = 'opening' and before.deadline = lot.deadline
  where own.lot = lot.id
  and not exists (select from suspension_order s where s.lot = before.id and s.lifted_at is null)
  and not exists (select from opening_item i where i.lot = before.id and i.part = before.part and i.state = 'sealed')
  and not ${awaitsOrder('before')}
  and exists (select from opening_item i where i.lot = before.id and i.part = before.part and i.state = 'opened' and i.read_at is null))`;

/** Lots are read one after the other, as the agenda says. */
export async function itsTurn(call: Call, lot: string): Promise<void> {
  const [row] = await call.em.execute<{ waits: boolean }[]>(`select ${earlierCanBeRead} as waits from lot where lot.id = ?`, [lot]);
  if (row?.waits) throw anotherLotFirst();
}
