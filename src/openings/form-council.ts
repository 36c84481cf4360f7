import { z } from 'zod';
import { parseVerifierKey } from '../journal/checkpoint.ts';
import { fact } from '../journal/event.ts';
import { WitnessRow } from '../journal/schema.ts';
import { act } from '../kernel/act.ts';
import { councilShape, verifyCouncil } from '../sealing/council.ts';
import { CouncilRow } from './schema.ts';

const verifierKey = z.string().refine((text) => parseVerifierKey(text) !== undefined, '不是有效的验证公钥 | Not a verifier key');

/** Puts a council, born in a key ceremony, into use: new lots are sealed to it from now on. Its trustees' programs are witnesses too. */
export const formCouncil = act({
  name: 'form-council',
  by: ['administrator', 'system'],
  says: { zh: '成立开标委员会', en: 'Form an opening council' },
  takes: z.object({ council: councilShape, witnesses: z.array(verifierKey).min(1) }),
  async run({ em, now }, { council, witnesses }) {
    const verdict = verifyCouncil(council);
    if (!verdict.ok) throw verdict.problem;
    await em.nativeUpdate(CouncilRow, { inUse: true }, { inUse: false });
    em.create(CouncilRow, { id: council.id, name: council.name, body: council, formedAt: now, inUse: true });
    for (const vkey of witnesses) await em.upsert(WitnessRow, { name: parseVerifierKey(vkey)?.name ?? vkey, vkey });
    return { result: { council: council.id }, facts: [fact('council.formed', {}, { council, witnesses })] };
  },
});
