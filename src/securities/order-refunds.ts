import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, lock } from '../kernel/act.ts';
import { base64url, utf8 } from '../kernel/bytes.ts';
import { type Id, newId } from '../kernel/ids.ts';
import { notPermitted } from '../kernel/problem.ts';
import { dayOf } from '../kernel/working-days.ts';
import { book } from '../ledger/book.ts';
import { accounts, transfer } from '../ledger/books.ts';
import { pain001 } from '../ledger/payment-order.ts';
import { collectingAccount } from '../ledger/reads.ts';
import { CollectingAccount } from '../ledger/schema.ts';
import { sha256 } from '../sealing/digest.ts';
import { places } from './accounts.ts';
import { dueRefunds } from './due-reads.ts';
import { noCollection, nothingDue } from './problems.ts';
import { orderOf } from './refund-reads.ts';
import type { DueRefund, RefundText } from './refunds.ts';
import { Refund, RefundOrder } from './schema.ts';
import { sealRow } from './secret.ts';

/**
 * Orders everything that is due to be paid back: each once. What is due, to whom and how much follows from the rules alone; nobody chooses. The bank takes the order as a file,
 * pays, and its next statement says what was paid. A payment that came back is ordered again.
 */
export const orderRefunds = act({
  name: 'order-refunds',
  by: ['bank'],
  says: { zh: '生成退款指令', en: 'Order what is due to be paid back' },
  takes: z.object({}),
  async run(call) {
    const open = await collectingAccount(call.em);
    if (!open) throw noCollection();
    const collection = await lock(call, CollectingAccount, open.id);
    if (call.by.code !== collection.bank) throw notPermitted();
    const due = await dueRefunds(call.em, call.now);
    const again = await call.em.find(Refund, { state: 'returned' });
    if (due.length + again.length === 0) throw nothingDue();
    const order = newId(call.now);
    call.em.create(RefundOrder, { id: order, account: collection.id, orderedAt: call.now });
    for (const refund of again) Object.assign(refund, { order, state: 'ordered' });
    for (const refund of due) place(call, order, refund);
    book(
      call,
      'refunds',
      due.flatMap(({ from, principal, interest }) => [
        ...transfer(principal, accounts.ordered, from),
        ...transfer(interest, accounts.ordered, accounts.interest),
      ]),
    );
    await call.em.flush();
    const digest = base64url(sha256(utf8(pain001(await orderOf(call.em, order)))));
    return {
      result: { order, payments: due.length + again.length },
      facts: [fact('refunds.ordered', { actor: call.by.user ?? '' }, { order, sha256: digest })],
    };
  },
});

function place(call: Call, order: Id, { about, why, principal, interest, lot, party, payee, dueBy }: DueRefund): void {
  const id = newId(call.now);
  const text: RefundText = {
    why,
    principal: principal.toString(),
    interest: interest.toString(),
    lot,
    party,
    payeeName: payee.name,
    payeeAccount: payee.account,
    payeeBank: payee.bank,
    dueBy,
    orderedAt: call.now,
    orderedOn: dayOf(call.now),
  };
  call.em.create(Refund, { id, about, order, sealed: sealRow(text, places.refund(id)), state: 'ordered' });
}
