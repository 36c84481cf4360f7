import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { ownSeat } from './member.ts';
import { reasonNeeded } from './problems.ts';

export const declaration = {
  zh: '本人与本标段各投标人不存在应当回避的情形，独立、客观、公正地评审并承担个人责任。',
  en: 'I have no tie to any bidder of this lot that would require me to withdraw; I will judge independently and answer for it personally.',
};

/** Each member declares, the bidders being named, that nothing binds it to one of them; or withdraws. Only then does it see the bids (XR-10). */
export const declareRecusal = act({
  name: 'declare-recusal',
  by: ['expert', 'tenderee', 'agent'],
  says: { zh: '签署回避声明', en: 'Declare recusal or its absence' },
  takes: z.object({
    lot: idField,
    recuses: z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]),
    ground: z.string().trim().max(500).optional(),
  }),
  async run(call, { lot: lotId, recuses, ground }) {
    const lot = await lock(call, Lot, lotId);
    allow('declare-recusal', lot.phase);
    const member = await ownSeat(call.em, call.by, lot.id);
    if (recuses && !ground)
      throw reasonNeeded({ fields: [{ path: 'ground', says: { zh: '请写明回避理由。', en: 'Please state the ground.' } }] });
    member.declaredAt = recuses ? null : call.now;
    member.recusedFor = recuses ? (ground ?? null) : null;
    const subject = { lot: lot.id, ...(member.expert ? { expert: member.expert } : {}), ...(call.by.user ? { actor: call.by.user } : {}) };
    const facts = [
      fact('recusal.declared', subject, { member: member.id, statement: declaration.zh, recuses, ground: ground ?? null }),
    ] as const;
    return { result: { recuses }, facts };
  },
});
