import { z } from 'zod';
import { act } from '../kernel/act.ts';
import { fact } from './event.ts';
import { witnessUnknown } from './witness-problems.ts';

/** Lets an independent witness go, with a reason that everybody reads. What it cosigned keeps its worth; a trustee's witness goes with its council only. */
export const removeWitness = act({
  name: 'remove-witness',
  by: ['administrator', 'system'],
  says: { zh: '撤销独立见证方', en: 'Remove an independent witness' },
  takes: z.object({ name: z.string().min(1).max(128), reason: z.string().trim().min(2).max(500) }),
  async run({ em, now }, { name, reason }) {
    const rows = await em.execute<{ vkey: string }[]>(
      'update journal_witness set removed_at = ? where name = ? and independent and removed_at is null returning vkey',
      [now, name],
    );
    const vkey = rows[0]?.vkey;
    if (vkey === undefined) throw witnessUnknown();
    return { result: { name }, facts: [fact('witness.removed', {}, { name, vkey, reason })] };
  },
});
