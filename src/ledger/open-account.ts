import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { Organisation } from '../parties/schema.ts';
import { accountOpen, notABank } from './problems.ts';
import { collectingAccount } from './reads.ts';
import { CollectingAccount } from './schema.ts';
import { prefixShape } from './virtual-account.ts';

export const accountFields = z.object({
  /** code of the bank's organisation */
  bank: z.string().trim().length(18),
  holder: z.string().trim().min(2).max(200),
  number: z
    .string()
    .transform((text) => text.replace(/\s/g, ''))
    .pipe(z.string().regex(/^\d{8,32}$/, '请填写账号（8 至 32 位数字）。 | An account number of 8 to 32 digits.')),
  prefix: z.string().trim().regex(prefixShape, '请填写银行分配的 4 至 8 位号段。 | The 4 to 8 digits that the bank assigned.'),
});

/** Opens the account on which securities come in. Its bank's users hand in its statements from now on. */
export const openAccount = act({
  name: 'open-account',
  by: ['administrator'],
  says: { zh: '开立保证金专户', en: 'Open the account for securities' },
  takes: accountFields,
  async run(call, { bank: code, holder, number, prefix }) {
    if (await collectingAccount(call.em)) throw accountOpen();
    const bank = await call.em.findOne(Organisation, { code });
    if (!bank?.kinds.includes('bank')) throw notABank({ fields: [{ path: 'bank', says: notABank().title }] });
    const id = newId(call.now);
    call.em.create(CollectingAccount, { id, bank: code, bankName: bank.name, holder, number, prefix, openedAt: call.now });
    return {
      result: { account: id },
      facts: [fact('collection.opened', {}, { account: id, bank: code, bankName: bank.name, holder, number, prefix })],
    };
  },
});
