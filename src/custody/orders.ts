import { signEd25519 } from '../journal/checkpoint.ts';
import { base64, utf8 } from '../kernel/bytes.ts';
import { dateOf } from '../kernel/clock.ts';
import { heedMessage } from '../openings/order.ts';
import type { Round } from './custodian.ts';
import type { CustodianState } from './state.ts';

/**
 * Tells the supervisor, signed, that an order has been seen and will be kept to. The supervisor need not believe the server that its order arrived: while too
 * few custodians have signed, the order does not bind yet, and it can be handed to them by other ways.
 */
export async function heedOrders(round: Round, state: CustodianState): Promise<CustodianState> {
  const { platform, log, now, options } = round;
  let known = state;
  for (const [lot, { order }] of Object.entries(state.register.lots)) {
    if (!order || known.heeded.includes(order.id)) continue;
    const seconds = Math.floor(dateOf(now()).getTime() / 1000);
    const signature = base64(signEd25519(utf8(heedMessage(order.id, order.digest, seconds)), options.witness));
    await platform.post(`/council/orders/${order.id}/heeds`, { witness: options.witness.name, seconds, signature });
    await log.add(now(), 'heeded', { lot, order: order.id, reason: order.reason });
    known = await round.keep({ ...known, heeded: [...known.heeded, order.id] });
    options.log(`keeps to order ${order.id}`);
  }
  return known;
}
