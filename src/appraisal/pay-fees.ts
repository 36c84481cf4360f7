import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { dayField } from '../kernel/clock-fields.ts';
import { idField } from '../kernel/ids.ts';
import { fen, yuan } from '../kernel/money.ts';
import { dayOf } from '../kernel/working-days.ts';
import { hostedBy } from '../tenders/host-reads.ts';
import { Lot } from '../tenders/schema.ts';
import { feesNotConfirmed, paidInTheFuture } from './problems.ts';
import { Fee } from './schema.ts';

export const paymentFields = z.object({
  paidOn: dayField,
  reference: z.string().trim().min(4, '请填写银行流水号或凭证号。 | Give the number of the bank’s record.').max(60),
});

/** The tenderee states when it paid what it had confirmed, with the bank's number: each expert reads it on its own page. The money goes past the platform. */
export const payFees = act({
  name: 'pay-fees',
  by: ['tenderee'],
  says: { zh: '登记评标劳务报酬支付', en: 'State that the fees of a panel were paid' },
  takes: paymentFields.extend({ lot: idField }),
  async run(call, { lot: id, paidOn, reference }) {
    const lot = await lock(call, Lot, id);
    await hostedBy(call, lot);
    const fees = await call.em.find(Fee, { lot: lot.id });
    const [first] = fees;
    if (!first || first.paidOn) throw feesNotConfirmed();
    if (paidOn < dayOf(first.confirmedAt) || paidOn > dayOf(call.now))
      throw paidInTheFuture({ fields: [{ path: 'paidOn', says: paidInTheFuture().title }] });
    for (const fee of fees) Object.assign(fee, { paidOn, reference });
    const total = yuan(fen(fees.reduce((sum, { amount }) => sum + amount, 0n)));
    return { result: { total }, facts: [fact('fees.paid', { lot: lot.id }, { payer: first.payer, paidOn, reference, total })] };
  },
});
