import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { problem } from '../kernel/problem.ts';
import { orderInForce } from '../openings/suspension.ts';
import { watchedBy } from '../tenders/host-reads.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { liftOrder } from './ordering.ts';
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
  async run(call, { lot: id, ...signed }) {
    const lot = await lock(call, Lot, id);
    await watchedBy(call, lot);
    allow('resume-opening', lot.phase);
    const order = await orderInForce(call, lot.id);
    if (!order) throw notSuspendedNow();
    const { told } = await liftOrder(call, order, signed);
    return { result: { order: order.id }, facts: [told] };
  },
});
