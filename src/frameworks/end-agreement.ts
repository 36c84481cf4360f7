import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { fen, yuan } from '../kernel/money.ts';
import { uphold } from '../kernel/rule.ts';
import { next } from '../tenders/phases.ts';
import { agreementOf, lockAgreed } from './locking.ts';
import { endedAfterTerm } from './rules.ts';
import { CallOff } from './schema.ts';
import { summed } from './summary.ts';

/** Ends an agreement whose term is over, or in which nobody is left, and sums up in public what was awarded within it. */
export const endAgreement = act({
  name: 'end-agreement',
  by: ['agent', 'tenderee'],
  says: { zh: '结束框架协议并汇总公告', en: 'End the agreement and sum up its awards' },
  takes: z.object({ lot: idField }),
  async run(call, { lot: id }) {
    const { lot } = await lockAgreed(call, id, 'end-agreement');
    const { agreement, entrants } = await agreementOf(call, lot.id);
    const standing = entrants.filter(({ removedAt }) => !removedAt).length;
    uphold([endedAfterTerm], { now: call.now, until: agreement.until, standing });
    const calls = await call.em.find(CallOff, { lot: lot.id }, { orderBy: { number: 'asc' } });
    const summary = summed(calls.map(({ bidder, name, amount }) => ({ bidder, name, amount: yuan(fen(amount)) })));
    agreement.endedAt = call.now;
    lot.phase = next(lot.phase, 'agreement.ended');
    return { result: { contracts: calls.length }, facts: [fact('agreement.ended', { lot: lot.id }, { summary })] };
  },
});
