import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { lockHostedLot } from '../tenders/reads.ts';
import { keptAlreadySettled } from './problems.ts';
import { Forfeiture } from './schema.ts';

export const answerFields = z.object({
  /** it stays kept; else it goes back like every other */
  upheld: z.enum(['yes', 'no']),
  answer: z.string().trim().min(10).max(4000),
});

/** The tenderee answers the objection: the decision stands, or is lifted. */
export const answerForfeiture = act({
  name: 'answer-forfeiture',
  by: ['tenderee'],
  says: { zh: '答复对不予退还的异议', en: 'Answer the objection to a kept security' },
  takes: answerFields.extend({ lot: idField, forfeiture: idField }),
  async run(call, { lot: lotId, forfeiture: id, upheld, answer }) {
    const { lot } = await lockHostedLot(call, lotId);
    const row = await lock(call, Forfeiture, id);
    if (row.lot !== lot.id || !row.objectedAt || row.answeredAt) throw keptAlreadySettled();
    row.answer = answer;
    row.answeredAt = call.now;
    if (upheld === 'no') row.liftedAt = call.now;
    const data = { bidder: row.bidder, upheld: upheld === 'yes', answer };
    return { result: { forfeiture: id }, facts: [fact('forfeiture.answered', { lot: lot.id, party: row.bidder }, data)] };
  },
});
