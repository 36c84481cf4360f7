import { z } from 'zod';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { problem } from '../kernel/problem.ts';
import { orderInForce } from '../openings/suspension.ts';
import { watchedBy } from '../tenders/host-reads.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { placeOrder } from './ordering.ts';

export const alreadySuspended = problem(
  'already-suspended',
  'conflict',
  '本标段已有暂停令在执行。',
  'An order suspending this lot is in force already.',
);

export const suspendFields = z.object({
  reason: z
    .string()
    .trim()
    .min(4, '请写明暂停事由，至少四个字。 | Say why, in four characters at least.')
    .max(500, '事由过长。 | The reason is too long.'),
  ground: z.string().trim().min(4, '请写明法律依据。 | Name the legal ground.').max(200, '依据过长。 | The ground is too long.'),
  /** the moment in the signed statement */
  at: z.string().max(40),
  /** base64 of the detached CMS over the statement */
  signature: z.base64().min(1, '请用证书签名。 | Sign with a certificate.').max(30_000),
});

/**
 * A supervisor stops an opening (Regulation on the Bidding Law arts. 61, 62), signed. Bids are still taken until the deadline, which only an addendum moves;
 * nothing of the opening goes on until the order is lifted, and custodians refuse by themselves.
 */
export const suspendOpening = act({
  name: 'suspend-opening',
  by: ['regulator'],
  says: { zh: '责令暂停开标', en: 'Suspend an opening by order' },
  takes: suspendFields.extend({ lot: idField }),
  async run(call, { lot: id, ...signed }) {
    const lot = await lock(call, Lot, id);
    await watchedBy(call, lot);
    allow('suspend-opening', lot.phase);
    if (await orderInForce(call, lot.id)) throw alreadySuspended();
    const { order, told } = await placeOrder(call, lot.id, signed);
    return { result: { order }, facts: [told] };
  },
});
