import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { OpeningItem, PseudonymRow } from '../openings/schema.ts';
import { isBlind } from '../tenders/blind.ts';
import { termsOf } from '../tenders/lot.ts';
import { Lot } from '../tenders/schema.ts';
import { blindMarkShape } from './blind-mark.ts';
import { nothingToCheck } from './problems.ts';
import { BlindCheck } from './schema.ts';

/**
 * Keeps what the platform's check saw in the blind files of a part, of all its opened bids together and in the order of their pseudonyms: one entry behind
 * each opening would tell whose a pseudonym is. It decides nothing; the panel does, by the item about telling marks.
 */
export const recordBlindChecks = act({
  name: 'record-blind-checks',
  by: ['system'],
  says: { zh: '记录暗标文件检查结果', en: 'Record what the check of blind files saw' },
  takes: z.object({ lot: idField, part: z.string(), checks: z.array(z.object({ bid: idField, marks: z.array(blindMarkShape).max(400) })) }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    if (!isBlind(lot, termsOf(lot), command.part)) throw nothingToCheck();
    const opened = await call.em.find(OpeningItem, { lot: lot.id, part: command.part, state: 'opened' });
    const submissions = { $in: opened.map(({ submission }) => submission) };
    const list = await call.em.find(
      PseudonymRow,
      { lot: lot.id, part: command.part, submission: submissions },
      { orderBy: { number: 'asc' } },
    );
    const sealed = await call.em.count(OpeningItem, { lot: lot.id, part: command.part, state: 'sealed' });
    const checked = await call.em.count(BlindCheck, { pseudonym: { $in: list.map(({ id }) => id) } });
    const seen = new Map(command.checks.map(({ bid, marks }) => [bid as string, marks]));
    if (sealed > 0 || checked > 0 || seen.size !== list.length) throw nothingToCheck();
    const facts = list.map(({ id }) => {
      const marks = seen.get(id);
      if (!marks) throw nothingToCheck();
      call.em.create(BlindCheck, { pseudonym: id, lot: lot.id, marks, at: call.now });
      return fact('blind.checked', { lot: lot.id }, { part: command.part, bid: id, marks });
    });
    const [first, ...more] = facts;
    if (first === undefined) throw nothingToCheck();
    return { result: { checked: facts.length }, facts: [first, ...more] };
  },
});
