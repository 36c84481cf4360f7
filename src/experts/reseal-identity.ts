import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { keyNumberInUse, sealIdentity } from './identity.ts';
import { clearIdentityOf } from './identity-reads.ts';
import { nothingToChange } from './problems.ts';
import { IdentityRecord } from './schema.ts';

/** So many records are sealed anew in one transaction. */
const batch = 500;

/** Seals records that lie under an older key under the newest: some hundred at a time, until none is left (`yangguang rotate-identity-key`). */
export const resealIdentity = act({
  name: 'reseal-identity',
  by: ['system'],
  says: { zh: '身份信息换用新密钥', en: 'Seal identity data under the newest key' },
  takes: z.object({}),
  async run(call) {
    const key = await keyNumberInUse();
    const rows = await call.em.find(IdentityRecord, { keyNumber: { $ne: key } }, { limit: batch, orderBy: { expert: 'asc' } });
    if (rows.length === 0) throw nothingToChange();
    for (const row of rows) Object.assign(row, await sealIdentity(row.expert, await clearIdentityOf(call.em, row.expert)));
    return { result: { key, records: rows.length }, facts: [fact('identity.resealed', {}, { key, records: rows.length })] };
  },
});
