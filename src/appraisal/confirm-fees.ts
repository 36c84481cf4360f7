import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { fen, yuan } from '../kernel/money.ts';
import { notFound } from '../kernel/problem.ts';
import { hostedBy } from '../tenders/host-reads.ts';
import { Lot } from '../tenders/schema.ts';
import { feesOf } from './fee-reads.ts';
import { feesConfirmed, namesNotOut } from './problems.ts';
import { Fee } from './schema.ts';

/** The tenderee, who pays, confirms what the experts of its panel are paid. The sums are the platform's, from the log of the desks: nobody types one. */
export const confirmFees = act({
  name: 'confirm-fees',
  by: ['tenderee'],
  says: { zh: '确认评标劳务报酬', en: 'Confirm the fees of a panel' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    const project = await hostedBy(call, lot);
    if (!lot.resultedAt) throw namesNotOut();
    if ((await call.em.count(Fee, { lot: lot.id })) > 0) throw feesConfirmed();
    const owed = await feesOf(call.em, lot, project);
    if (owed.length === 0) throw notFound();
    const fees = owed.map(({ member, minutes, base, extra, travel, amount, withheld }) => {
      const row = { minutes, withheld: withheld.length > 0 ? withheld.join(' ') : null };
      call.em.create(Fee, {
        member: member.id,
        lot: lot.id,
        expert: member.expert ?? '',
        ...row,
        base,
        extra,
        travel,
        amount,
        payer: project.tenderee,
        confirmedBy: call.by.user ?? '',
        confirmedAt: call.now,
      });
      return { member: member.id, ...row, base: yuan(base), extra: yuan(extra), travel: yuan(travel), amount: yuan(amount) };
    });
    const total = yuan(fen(owed.reduce((sum, { amount }) => sum + amount, 0n)));
    return { result: { total }, facts: [fact('fees.confirmed', { lot: lot.id }, { payer: project.tenderee, fees, total })] };
  },
});
