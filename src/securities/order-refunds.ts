import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, lock } from '../kernel/act.ts';
import { base64url, utf8 } from '../kernel/bytes.ts';
import { type Id, newId } from '../kernel/ids.ts';
import { notPermitted } from '../kernel/problem.ts';
import { dayOf } from '../kernel/working-days.ts';
import { book } from '../ledger/book.ts';
import { accounts, type Posting, transfer } from '../ledger/books.ts';
import { pain001 } from '../ledger/payment-order.ts';
import { collectingAccount } from '../ledger/reads.ts';
import { CollectingAccount } from '../ledger/schema.ts';
import { sha256 } from '../sealing/digest.ts';
import { places } from './accounts.ts';
import { dueRefunds } from './due-reads.ts';
import { noCollection, nothingDue } from './problems.ts';
import { orderOf } from './refund-reads.ts';
import { changeRefund } from './refund-return.ts';
import { heldRefunds } from './refund-row-reads.ts';
import type { DueRefund, RefundText } from './refunds.ts';
import { Refund, RefundOrder } from './schema.ts';
import { bookSealed } from './sealed-book.ts';
import { aboutIndex, chanceIndex, coverRow, sealRow } from './secret.ts';

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
    const again = (await heldRefunds(call.em)).filter(({ state }) => state === 'returned');
    if (due.length + again.length === 0) throw nothingDue();
    const order = newId(call.now);
    call.em.create(RefundOrder, { id: order, account: collection.id, orderedAt: call.now });
    for (const refund of again) await changeRefund(call, refund, { order, state: 'ordered' });
    for (const refund of due) place(call, order, refund);
    for (let rest = due.length; rest % fullOrder !== 0; rest += 1) fill(call);
    // what is held of opened lots is told by lot anyhow; of all else not even the sum may stand there
    const [clear, sealed] = [due.filter(({ from }) => from !== accounts.received), due.filter(({ from }) => from === accounts.received)];
    book(call, 'refunds', clear.flatMap(postingsOf));
    bookSealed(call, sealed.flatMap(postingsOf));
    await call.em.flush();
    const digest = base64url(sha256(utf8(pain001(await orderOf(call.em, order)))));
    return {
      result: { order, payments: due.length + again.length },
      facts: [fact('refunds.ordered', { actor: call.by.user ?? '' }, { order, sha256: digest })],
    };
  },
});

/** Rows come in such numbers: how many of them are payments, the table does not tell. */
const fullOrder = 16;

function fill({ em, now }: Call): void {
  const id = newId(now);
  em.create(Refund, { id, about: chanceIndex(), sealed: coverRow(places.refund(id)) });
}

const postingsOf = ({ from, principal, interest }: DueRefund): readonly Posting[] => [
  ...transfer(principal, accounts.ordered, from),
  ...transfer(interest, accounts.ordered, accounts.interest),
];

function place(call: Call, order: Id, { about, why, principal, interest, lot, party, payee, dueBy }: DueRefund): void {
  const id = newId(call.now);
  const text: RefundText = {
    about,
    order,
    state: 'ordered',
    paidOn: null,
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
  call.em.create(Refund, { id, about: aboutIndex(about), sealed: sealRow(text, places.refund(id)) });
}
