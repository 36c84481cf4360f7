import { z } from 'zod';
import { act } from '../kernel/act.ts';
import { noteKeyTypes, parseVerifierKey } from './checkpoint.ts';
import { fact } from './event.ts';
import { notAWitnessKey, witnessKnown } from './witness-problems.ts';

/**
 * Admits an independent witness (a regulator's, a higher node's): its cosignatures are taken and shown from now on. It holds no share: no opening waits
 * for it, and it is asked about no envelope.
 */
export const registerWitness = act({
  name: 'register-witness',
  by: ['administrator', 'system'],
  says: { zh: '登记独立见证方', en: 'Register an independent witness' },
  takes: z.object({ vkey: z.string().trim().min(1).max(300) }),
  async run({ em }, { vkey }) {
    const key = parseVerifierKey(vkey);
    if (key?.type !== noteKeyTypes.cosignature || key.name.length > 128) throw notAWitnessKey();
    // a name that comes back with its old key was removed before; with another key it would put on what the first one signed
    const rows = await em.execute<{ name: string }[]>(
      `insert into journal_witness (name, vkey, independent, since) values (?, ?, true, clock_timestamp())
       on conflict (name) do update set removed_at = null, since = clock_timestamp()
       where journal_witness.vkey = excluded.vkey and journal_witness.independent and journal_witness.removed_at is not null returning name`,
      [key.name, vkey],
    );
    if (rows.length === 0) throw witnessKnown();
    return { result: { name: key.name }, facts: [fact('witness.registered', {}, { name: key.name, vkey })] };
  },
});
