import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { orderInForce } from '../openings/suspension.ts';
import { watchedBy } from '../tenders/host-reads.ts';
import { allow, next } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { placeOrder } from './ordering.ts';
import { alreadySuspended, suspendFields } from './suspend-opening.ts';

/**
 * A supervisor stops everything about a lot (责令暂停招标投标活动; Regulation on the Bidding Law art. 62, Order 94 art. 28), signed. The lot remembers the phase that was
 * interrupted; until the order is lifted nothing but answers is taken, custodians refuse by themselves, and every period stands still.
 */
export const suspendLot = act({
  name: 'suspend-lot',
  by: ['regulator'],
  says: { zh: '责令暂停招标投标活动', en: 'Suspend the proceedings of a lot by order' },
  takes: suspendFields.extend({ lot: idField }),
  async run(call, { lot: id, ...signed }) {
    const lot = await lock(call, Lot, id);
    await watchedBy(call, lot);
    // an order about the opening alone stands already: the two are never in force together, so that one lifting ends all of it
    if (await orderInForce(call, lot.id)) throw alreadySuspended();
    allow('suspend-lot', lot.phase);
    const { order, authorityName, told } = await placeOrder(call, lot.id, signed, { scope: 'proceedings' });
    const { reason, ground } = signed;
    const { phase } = lot;
    lot.phase = next(phase, 'lot.suspended');
    lot.suspendedFrom = phase;
    return {
      result: { order },
      facts: [told, fact('lot.suspended', { lot: lot.id }, { order, reason, ground, authorityName, phase })],
    };
  },
});
