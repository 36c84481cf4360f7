import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { uphold } from '../kernel/rule.ts';
import { contestedInTime } from './forfeiture.ts';
import { keptAlreadySettled } from './problems.ts';
import { Forfeiture } from './schema.ts';

export const contestFields = z.object({ text: z.string().trim().min(10).max(4000) });

/** A bidder objects to its security being kept, once; nothing is paid out until the tenderee has answered. */
export const contestForfeiture = act({
  name: 'contest-forfeiture',
  by: ['bidder'],
  says: { zh: '对不予退还提出异议', en: 'Object to a kept security' },
  takes: contestFields.extend({ forfeiture: idField }),
  async run(call, { forfeiture: id, text }) {
    const row = await lock(call, Forfeiture, id);
    if (row.bidder !== call.by.code) throw notFound();
    if (row.objectedAt || row.liftedAt) throw keptAlreadySettled();
    uphold([contestedInTime], { now: call.now, decidedAt: row.decidedAt });
    row.objection = text;
    row.objectedAt = call.now;
    return {
      result: { forfeiture: id },
      facts: [fact('forfeiture.contested', { lot: row.lot, party: row.bidder }, { bidder: row.bidder, text })],
    };
  },
});
