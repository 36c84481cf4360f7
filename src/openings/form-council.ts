import { z } from 'zod';
import { noteKeyTypes, parseVerifierKey } from '../journal/checkpoint.ts';
import { fact } from '../journal/event.ts';
import { notAWitnessKey, witnessKnown } from '../journal/witness-problems.ts';
import { act, type Call, type Fact } from '../kernel/act.ts';
import { type Council, councilShape, verifyCouncil } from '../sealing/council.ts';
import { CouncilRow } from './schema.ts';

const verifierKey = z.string().refine((text) => parseVerifierKey(text) !== undefined, '不是有效的验证公钥 | Not a verifier key');

/**
 * Puts a council into use whose key was made elsewhere (in one process, for a sandbox): new lots are sealed to it from now on. Its trustees' programs are
 * witnesses too. One made in a ceremony on this platform is formed by its last confirmation (speak-in-ceremony.ts).
 */
export const formCouncil = act({
  name: 'form-council',
  by: ['administrator', 'system'],
  says: { zh: '成立开标委员会', en: 'Form an opening council' },
  takes: z.object({ council: councilShape, witnesses: z.array(verifierKey).min(1) }),
  async run(call, { council, witnesses }) {
    return { result: { council: council.id }, facts: [await introduceCouncil(call, council, witnesses, null)] };
  },
});

/** The council and its witnesses enter the tables; the one in use until now goes on serving what was sealed to it. Throws what is wrong with either. */
export async function introduceCouncil(
  { em, now }: Pick<Call, 'em' | 'now'>,
  council: Council,
  witnesses: readonly string[],
  ceremony: string | null,
): Promise<Fact> {
  const verdict = verifyCouncil(council);
  if (!verdict.ok) throw verdict.problem;
  await em.nativeUpdate(CouncilRow, { inUse: true }, { inUse: false });
  em.create(CouncilRow, {
    id: council.id,
    name: council.name,
    body: council,
    formedAt: now,
    inUse: true,
    witnesses: [...witnesses],
    ceremony,
  });
  for (const vkey of witnesses) await admitWitness(em, vkey);
  return fact('council.formed', {}, { council, witnesses: [...witnesses], ...(ceremony === null ? {} : { ceremony }) });
}

/** A name is one key's for ever: another key under it would put on what the first one signed, and silence it. */
async function admitWitness(em: Call['em'], vkey: string): Promise<void> {
  const key = parseVerifierKey(vkey);
  if (key?.type !== noteKeyTypes.cosignature || key.name.length > 128) throw notAWitnessKey();
  const rows = await em.execute<unknown[]>(
    `insert into journal_witness (name, vkey) values (?, ?) on conflict (name) do update set removed_at = null, independent = false
     where journal_witness.vkey = excluded.vkey returning name`,
    [key.name, vkey],
  );
  if (rows.length === 0) throw witnessKnown();
}
