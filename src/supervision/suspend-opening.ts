import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { notPermitted, problem } from '../kernel/problem.ts';
import type { SuspendStatement } from '../openings/order.ts';
import { checkOrderSignature } from '../openings/order-signature.ts';
import { SuspensionOrder } from '../openings/schema.ts';
import { orderInForce } from '../openings/suspension.ts';
import { watchedBy } from '../tenders/host-reads.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';

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
  async run(call, { lot: id, reason, ground, at, signature }) {
    const lot = await lock(call, Lot, id);
    await watchedBy(call, lot);
    allow('suspend-opening', lot.phase);
    const authority = call.by.code;
    if (authority === null) throw notPermitted();
    if (await orderInForce(call, lot.id)) throw alreadySuspended();
    const statement: SuspendStatement = { format: 'yangguang/order/v1', kind: 'suspend', lot: lot.id, authority, reason, ground, at };
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
    return { result: { order }, facts: [fact('order.suspended', { lot: lot.id }, { order, reason, ground, statement, signature })] };
  },
});
