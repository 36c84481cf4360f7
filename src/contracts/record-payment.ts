import { z } from 'zod';
import { Award } from '../awards/schema.ts';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { dayField } from '../kernel/clock-fields.ts';
import { idField, newId } from '../kernel/ids.ts';
import { fen, yuan, yuanField } from '../kernel/money.ts';
import { uphold } from '../kernel/rule.ts';
import { dayOf } from '../kernel/working-days.ts';
import { allow } from '../tenders/phases.ts';
import { lockHostedLot } from '../tenders/reads.ts';
import { amountOf } from './deed.ts';
import { paidNoMoreThanOwed, paidWhenAccepted } from './keeping.ts';
import { contractTimes } from './problems.ts';
import { Payment } from './schema.ts';
import { milestoneAt, mustStand, performance } from './standing.ts';

export const paymentFields = z.object({
  milestone: z.coerce.number().int().min(1),
  amount: yuanField,
  paidOn: dayField,
});

/** Records what was paid for an accepted milestone. Late is said and seen by the supervisor, not refused. */
export const recordPayment = act({
  name: 'record-payment',
  by: ['agent', 'tenderee'],
  says: { zh: '登记付款', en: 'Record a payment' },
  takes: paymentFields.extend({ lot: idField }),
  async run(call, command) {
    const { lot } = await lockHostedLot(call, command.lot);
    allow('record-payment', lot.phase);
    const standing = await mustStand(call.em, lot.id);
    const { milestone, amount, paidOn } = command;
    const planned = milestoneAt(standing.milestones, milestone);
    const { accepted, paid } = (await performance(call.em, lot.id))(milestone);
    uphold([paidWhenAccepted, paidNoMoreThanOwed], { accepted: accepted !== null, amount, owed: fen(amountOf(planned.amount) - paid) });
    if (paidOn > dayOf(call.now)) throw contractTimes({ fields: [{ path: 'paidOn', says: notToCome }] });
    call.em.create(Payment, { id: newId(call.now), lot: lot.id, milestone, amount, paidOn, recordedAt: call.now });
    const { bidder } = await call.em.findOneOrFail(Award, { lot: lot.id });
    return {
      result: { milestone, amount: yuan(amount) },
      facts: [fact('payment.recorded', { lot: lot.id, party: bidder }, { milestone, amount: yuan(amount), paidOn })],
    };
  },
});

const notToCome = { zh: '付款日期不能晚于今日。', en: 'It was not paid on a day still to come.' };
