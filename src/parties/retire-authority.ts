import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { authorityRetired } from './authority-problems.ts';
import { TrustedAuthority } from './schema.ts';

export const retireFields = z.object({ reason: z.string().trim().min(2).max(500) });

/** Takes no new signature of an authority's certificates any more. What was signed and received before stands. */
export const retireAuthority = act({
  name: 'retire-authority',
  by: ['administrator'],
  says: { zh: '停用签发机构', en: 'Retire an outside authority' },
  takes: retireFields.extend({ authority: idField }),
  async run(call, { authority, reason }) {
    const trusted = await lock(call, TrustedAuthority, authority);
    if (trusted.retiredAt) throw authorityRetired();
    Object.assign(trusted, { retiredAt: call.now, retiredFor: reason });
    return { result: { authority }, facts: [fact('authority.retired', {}, { authority, reason })] };
  },
});
