import type { Call } from '../kernel/act.ts';
import type { Instant } from '../kernel/clock.ts';
import type { Pause } from '../tenders/pause.ts';
import { openingSuspended, openingsSuspended } from './problems.ts';
import { PlatformSuspension, SuspensionOrder } from './schema.ts';

type EntityManager = Call['em'];

/**
 * While a supervisor's order stands, or the platform's own suspension of all openings, nothing of an opening goes on: no closing, no share, no
 * decryption, no reading, no draw of the session, no record. The caller holds the lot's lock, as the order's act does, so that one of the two comes first.
 */
export async function notSuspended(call: Call, lot: string): Promise<void> {
  const order = await orderInForce(call, lot);
  if (order)
    throw openingSuspended({ says: { zh: `${order.authorityName}：${order.reason}`, en: `${order.authorityName}: ${order.reason}` } });
  const stop = await platformStop(call.em, call.now);
  if (stop) throw openingsSuspended({ says: { zh: `${stop.authorityName}：${stop.reason}`, en: `${stop.authorityName}: ${stop.reason}` } });
}

/** Whether an order's signed statement stops everything about a lot, and not its opening alone. */
export const stopsAll = (statement: unknown): boolean => (statement as { scope?: unknown } | null)?.scope === 'proceedings';

/** The order in force for a lot, or null. */
export const orderInForce = (call: Pick<Call, 'em'>, lot: string): Promise<SuspensionOrder | null> =>
  call.em.findOne(SuspensionOrder, { lot, liftedAt: null });

/** When a time that began at a moment runs from: from the last lifting of an order, where one came after it (what stood still runs anew). */
export async function runsFrom(em: EntityManager, lot: string, began: Instant): Promise<Instant> {
  const lifted = await em.findOne(SuspensionOrder, { lot, liftedAt: { $gt: began } }, { orderBy: { liftedAt: 'desc' } });
  return lifted?.liftedAt ?? began;
}

/** By lot: when everything about it stood still, oldest first; what still does, until now. */
export async function pausesOf(em: EntityManager, lots: readonly string[], now: Instant): Promise<ReadonlyMap<string, readonly Pause[]>> {
  const orders = lots.length === 0 ? [] : await em.find(SuspensionOrder, { lot: { $in: [...lots] } }, { orderBy: { suspendedAt: 'asc' } });
  const whole = orders.filter(({ statement }) => stopsAll(statement));
  return new Map(
    [...Map.groupBy(whole, ({ lot }) => lot)].map(([lot, rows]) => [
      lot,
      rows.map(({ suspendedAt, liftedAt }) => ({ from: suspendedAt, until: liftedAt ?? now })),
    ]),
  );
}

/** The suspension of all openings in force, or null: half open, at the announced moment everything goes on. */
export const platformStop = (em: EntityManager, now: Instant): Promise<PlatformSuspension | null> =>
  em.findOne(PlatformSuspension, { endedAt: null, reopensAt: { $gt: now } });

/** The same for those who change it, one after the other. */
export async function lockPlatformSuspension(call: Call): Promise<PlatformSuspension | null> {
  await call.em.execute(`select pg_advisory_xact_lock(hashtext('platform_suspension'))`);
  return platformStop(call.em, call.now);
}

/** In SQL: when all openings last went on; null where they were never stopped. Times of a session run anew from then. */
export const lastWentOn = 'select max(least(coalesce(p.ended_at, p.reopens_at), p.reopens_at)) from platform_suspension p';
