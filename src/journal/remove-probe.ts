import { z } from 'zod';
import { act } from '../kernel/act.ts';
import { fact } from './event.ts';
import { probeUnknown } from './probe-problems.ts';

/**
 * Lets a probe go, with a reason that everybody reads: notices from now on do not name it. Notices that do are not touched, and its statements are
 * taken as before: nobody silences a probe for a tender that counts on it.
 */
export const removeProbe = act({
  name: 'remove-probe',
  by: ['administrator', 'system'],
  says: { zh: '撤销独立探测方', en: 'Remove an independent probe' },
  takes: z.object({ name: z.string().min(1).max(128), reason: z.string().trim().min(2).max(500) }),
  async run({ em, now }, { name, reason }) {
    const rows = await em.execute<{ vkey: string }[]>(
      'update probe set removed_at = ? where name = ? and removed_at is null returning vkey',
      [now, name],
    );
    const vkey = rows[0]?.vkey;
    if (vkey === undefined) throw probeUnknown();
    return { result: { name }, facts: [fact('probe.removed', {}, { name, vkey, reason })] };
  },
});
