import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { notPermitted, problem } from '../kernel/problem.ts';
import { type LiftStatement, orderDigest } from '../openings/order.ts';
import { checkOrderSignature } from '../openings/order-signature.ts';
import { orderInForce } from '../openings/suspension.ts';
import { watchedBy } from '../tenders/host-reads.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { suspendFields } from './suspend-opening.ts';

export const notSuspendedNow = problem(
  'not-suspended',
  'conflict',
  '本标段没有在执行的暂停令。',
  'No order suspending this lot is in force.',
);

export const resumeFields = suspendFields.omit({ ground: true });

/** The order is lifted, signed too: whoever could lift it without the supervisor's key could have ignored it. The opening then goes on by itself. */
export const resumeOpening = act({
  name: 'resume-opening',
  by: ['regulator'],
  says: { zh: '解除暂停，恢复开标', en: 'Lift the order; the opening goes on' },
  takes: resumeFields.extend({ lot: idField }),
  async run(call, { lot: id, reason, at, signature }) {
    const lot = await lock(call, Lot, id);
    await watchedBy(call, lot);
    allow('resume-opening', lot.phase);
    const authority = call.by.code;
    if (authority === null) throw notPermitted();
    const order = await orderInForce(call, lot.id);
    if (!order) throw notSuspendedNow();
    const statement: LiftStatement = {
      format: 'yangguang/order/v1',
      kind: 'lift',
      lot: lot.id,
      authority,
      reason,
      lifts: orderDigest(order.statement),
      at,
    };
    await checkOrderSignature(call, statement, signature);
    order.liftedAt = call.now;
    order.liftedFor = reason;
    return {
      result: { order: order.id },
      facts: [fact('order.lifted', { lot: lot.id }, { order: order.id, reason, statement, signature })],
    };
  },
});
