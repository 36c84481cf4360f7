import { z } from 'zod';
import { act } from '../kernel/act.ts';
import { noteKeyTypes, parseVerifierKey } from './checkpoint.ts';
import { fact } from './event.ts';
import { notAProbeKey, probeKnown } from './probe-problems.ts';

/** Admits an independent probe of the intake. Notices published from now on name it; those before it know nothing of it. */
export const registerProbe = act({
  name: 'register-probe',
  by: ['administrator', 'system'],
  says: { zh: '登记独立探测方', en: 'Register an independent probe' },
  takes: z.object({ vkey: z.string().trim().min(1).max(300), institution: z.string().trim().min(2).max(100) }),
  async run({ em, now }, { vkey, institution }) {
    const key = parseVerifierKey(vkey);
    if (key?.type !== noteKeyTypes.ed25519 || key.name.length > 128) throw notAProbeKey();
    const rows = await em.execute<{ name: string }[]>(
      `insert into probe (name, vkey, institution, since) values (?, ?, ?, ?)
       on conflict (name) do update set removed_at = null, since = excluded.since
       where probe.vkey = excluded.vkey and probe.institution = excluded.institution and probe.removed_at is not null returning name`,
      [key.name, vkey, institution, now],
    );
    if (rows.length === 0) throw probeKnown();
    return { result: { name: key.name }, facts: [fact('probe.registered', {}, { name: key.name, institution, vkey })] };
  },
});
