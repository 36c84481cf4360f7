import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { notPermitted } from '../kernel/problem.ts';
import type { SuspendStatement } from '../openings/order.ts';
import { checkOrderSignature } from '../openings/order-signature.ts';
import { SuspensionOrder } from '../openings/schema.ts';
import { orderInForce } from '../openings/suspension.ts';
import { watchedBy } from '../tenders/host-reads.ts';
import { allow, next } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
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
  async run(call, { lot: id, reason, ground, at, signature }) {
    const lot = await lock(call, Lot, id);
    await watchedBy(call, lot);
    // an order about the opening alone stands already: the two are never in force together, so that one lifting ends all of it
    if (await orderInForce(call, lot.id)) throw alreadySuspended();
    allow('suspend-lot', lot.phase);
    const authority = call.by.code;
    if (authority === null) throw notPermitted();
    const statement: SuspendStatement = {
      format: 'yangguang/order/v1',
      kind: 'suspend',
      lot: lot.id,
      authority,
      reason,
      ground,
      scope: 'proceedings',
      at,
    };
    await checkOrderSignature(call, statement, signature);
    const order = newId(call.now);
    const authorityName = call.by.organisationName ?? authority;
    call.em.create(SuspensionOrder, {
      id: order,
      lot: lot.id,
      authority,
      authorityName,
      reason,
      ground,
      statement,
      suspendedAt: call.now,
    });
    const { phase } = lot;
    lot.phase = next(phase, 'lot.suspended');
    lot.suspendedFrom = phase;
    return {
      result: { order },
      facts: [
        fact('order.suspended', { lot: lot.id }, { order, reason, ground, statement, signature }),
        fact('lot.suspended', { lot: lot.id }, { order, reason, ground, authorityName, phase }),
      ],
    };
  },
});
