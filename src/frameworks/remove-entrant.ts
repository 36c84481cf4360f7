import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { agreementOf, lockAgreed } from './locking.ts';
import { amongEntrants, removedOnGround } from './rules.ts';

export const removalFields = z.object({
  bidder: z.string().max(18),
  /** id of one of the line's grounds */
  ground: z.string().max(40),
  reason: z
    .string()
    .trim()
    .min(10, '请写明事实和证明材料，至少十个字。 | State the facts and their proof, ten characters at least.')
    .max(1000),
});

/** Removes a supplier from the agreement, for good: nothing more is awarded to it, and what was awarded stands. */
export const removeEntrant = act({
  name: 'remove-entrant',
  by: ['agent', 'tenderee'],
  says: { zh: '清退入围供应商', en: 'Remove a supplier from the agreement' },
  takes: removalFields.extend({ lot: idField }),
  async run(call, { lot: id, bidder, ground, reason }) {
    const { lot, plan } = await lockAgreed(call, id, 'remove-entrant');
    const { entrants } = await agreementOf(call, lot.id);
    const entrant = entrants.find((each) => each.bidder === bidder && !each.removedAt);
    uphold([amongEntrants], { standing: entrant !== undefined });
    uphold([removedOnGround], { ground, known: plan.removals.map((each) => each.id) });
    if (entrant) Object.assign(entrant, { removedAt: call.now, removedFor: ground, removalReason: reason });
    const name = entrant?.name ?? '';
    return { result: { bidder }, facts: [fact('entrant.removed', { lot: lot.id, party: bidder }, { bidder, name, ground, reason })] };
  },
});
