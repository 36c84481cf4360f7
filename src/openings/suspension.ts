import type { Call } from '../kernel/act.ts';
import { openingSuspended } from './problems.ts';
import { SuspensionOrder } from './schema.ts';

/**
 * While a supervisor's order stands, nothing of an opening goes on: no closing, no share, no decryption, no reading, no draw of the session,
 * no record. The caller holds the lot's lock, as the order's act does, so that one of the two comes first.
 */
export async function notSuspended(call: Call, lot: string): Promise<void> {
  const order = await orderInForce(call, lot);
  if (order)
    throw openingSuspended({ says: { zh: `${order.authorityName}：${order.reason}`, en: `${order.authorityName}: ${order.reason}` } });
}

/** The order in force for a lot, or null. */
export const orderInForce = (call: Pick<Call, 'em'>, lot: string): Promise<SuspensionOrder | null> =>
  call.em.findOne(SuspensionOrder, { lot, liftedAt: null });
