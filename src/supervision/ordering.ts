import { fact } from '../journal/event.ts';
import type { Call, Fact } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { notPermitted } from '../kernel/problem.ts';
import { type LiftStatement, orderDigest, type SuspendStatement } from '../openings/order.ts';
import { checkOrderSignature } from '../openings/order-signature.ts';
import { SuspensionOrder } from '../openings/schema.ts';

/** What a supervisor signs and sends with an order or its lifting. */
interface Signed {
  readonly reason: string;
  readonly at: string;
  readonly signature: string;
}

/** The body that orders; throws `not-permitted` where somebody acts for none. */
function authorityOf({ by }: Call): { readonly authority: string; readonly authorityName: string } {
  if (by.code === null) throw notPermitted();
  return { authority: by.code, authorityName: by.organisationName ?? by.code };
}

/** An order to suspend, its signature checked and stored; `scope` says when it stops more than the opening. Throws what is wrong with the signature. */
export async function placeOrder(
  call: Call,
  lot: string,
  { reason, ground, at, signature }: Signed & { readonly ground: string },
  scope: Pick<SuspendStatement, 'scope'> = {},
): Promise<{ readonly order: string; readonly authorityName: string; readonly told: Fact }> {
  const { authority, authorityName } = authorityOf(call);
  const statement: SuspendStatement = { format: 'yangguang/order/v1', kind: 'suspend', lot, authority, reason, ground, ...scope, at };
  await checkOrderSignature(call, statement, signature);
  const order = newId(call.now);
  call.em.create(SuspensionOrder, { id: order, lot, authority, authorityName, reason, ground, statement, suspendedAt: call.now });
  return { order, authorityName, told: fact('order.suspended', { lot }, { order, reason, ground, statement, signature }) };
}

/** Lifts an order, signed too: whoever could lift it without the supervisor's key could have ignored it. Throws what is wrong with the signature. */
export async function liftOrder(
  call: Call,
  order: SuspensionOrder,
  { reason, at, signature }: Signed,
): Promise<{ readonly authorityName: string; readonly told: Fact }> {
  const { authority, authorityName } = authorityOf(call);
  const { lot } = order;
  const lifts = orderDigest(order.statement);
  const statement: LiftStatement = { format: 'yangguang/order/v1', kind: 'lift', lot, authority, reason, lifts, at };
  await checkOrderSignature(call, statement, signature);
  Object.assign(order, { liftedAt: call.now, liftedFor: reason });
  return { authorityName, told: fact('order.lifted', { lot }, { order: order.id, reason, statement, signature }) };
}
