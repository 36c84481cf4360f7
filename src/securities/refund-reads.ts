import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import { fen } from '../kernel/money.ts';
import { notFound } from '../kernel/problem.ts';
import { dayOf } from '../kernel/working-days.ts';
import type { PaymentOrder } from '../ledger/payment-order.ts';
import { CollectingAccount } from '../ledger/schema.ts';
import { referenceOf } from './refund-return.ts';
import { heldRefunds } from './refund-row-reads.ts';
import { refundReasons } from './refunds.ts';
import { RefundOrder } from './schema.ts';

/** An order as the bank is to carry it out. The same rows always give the same order. */
export async function orderOf(em: EntityManager, id: string): Promise<PaymentOrder> {
  const row = await em.findOne(RefundOrder, { id });
  if (!row) throw notFound();
  const account = await em.findOneOrFail(CollectingAccount, { id: row.account });
  const refunds = (await heldRefunds(em)).filter(({ order }) => order === id);
  return {
    id,
    at: row.orderedAt,
    on: dayOf(row.orderedAt),
    debtor: { name: account.holder, account: account.number },
    payments: refunds.map(({ id: refund, principal, interest, payeeName, payeeAccount, payeeBank, why }) => ({
      endToEnd: referenceOf(refund),
      amount: fen(BigInt(principal) + BigInt(interest)),
      payeeName,
      payeeAccount,
      payeeBank,
      text: `退保证金：${refundReasons[why].zh}`,
    })),
  };
}

/** For the bank that holds the account, and for nobody else. */
export async function orderFor(em: EntityManager, by: Actor, id: string): Promise<PaymentOrder> {
  const row = await em.findOne(RefundOrder, { id });
  const account = row && (await em.findOne(CollectingAccount, { id: row.account }));
  if (by.role !== 'bank' || account?.bank !== by.code) throw notFound();
  return orderOf(em, id);
}
