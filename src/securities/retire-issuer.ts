import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { stateMovedOn } from '../kernel/problem.ts';
import { GuaranteeIssuer } from './schema.ts';

/** Takes an issuer out of use. Guarantees that were lodged before stay what they are. */
export const retireIssuer = act({
  name: 'retire-issuer',
  by: ['administrator'],
  says: { zh: '停用保函出具机构', en: 'Retire an issuer of guarantees' },
  takes: z.object({ issuer: idField, reason: z.string().trim().min(2).max(500) }),
  async run(call, { issuer: id, reason }) {
    const issuer = await lock(call, GuaranteeIssuer, id);
    if (issuer.retiredAt) throw stateMovedOn();
    issuer.retiredAt = call.now;
    return { result: { issuer: id }, facts: [fact('issuer.retired', {}, { issuer: id, name: issuer.name, reason })] };
  },
});
