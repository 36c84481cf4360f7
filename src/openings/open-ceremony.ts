import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { journalKeys } from '../journal/reads.ts';
import { act } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { Organisation } from '../parties/schema.ts';
import type { CeremonyCall } from '../sealing/ceremony-messages.ts';
import { checkCall } from '../sealing/ceremony-verify.ts';
import { notTrustees } from './ceremony-problems.ts';
import { snapshotNotReady } from './problems.ts';
import { Ceremony } from './schema.ts';

const codes = z.preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(z.string().length(18)).min(2).max(9));

export const ceremonyFields = z.object({
  name: z.string().trim().min(1).max(100),
  threshold: z.coerce.number().int().min(2).max(9),
  /** codes of the institutions, in the order of their places */
  trustees: codes,
});

/** Calls institutions together to make the key of a new opening council. The platform carries their messages and makes none. */
export const openCeremony = act({
  name: 'open-ceremony',
  by: ['administrator'],
  says: { zh: '召集密钥仪式', en: 'Call a key ceremony' },
  takes: ceremonyFields,
  async run({ em, now }, { name, threshold, trustees }) {
    const found = new Map((await em.find(Organisation, { code: { $in: trustees } })).map((each) => [each.code, each]));
    const called = trustees.map((code, at) => ({ index: at + 1, name: found.get(code)?.name ?? '', code }));
    if (!called.every(({ code }) => found.get(code)?.kinds.includes('trustee'))) throw notTrustees();
    const [platform] = await journalKeys(em);
    if (platform === undefined) throw snapshotNotReady();
    const call: CeremonyCall = {
      format: 'yangguang/ceremony-call/v1',
      id: newId(now),
      name,
      threshold,
      platform,
      trustees: called,
      at: now,
    };
    const fits = checkCall(call);
    if (!fits.ok) throw fits.problem;
    em.create(Ceremony, { id: call.id, call, state: 'open', calledAt: now });
    return { result: { ceremony: call.id }, facts: [fact('ceremony.called', {}, { call })] };
  },
});
