import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { notPermitted } from '../kernel/problem.ts';
import { collectingAccount } from '../ledger/reads.ts';
import { accountNumber } from '../ledger/virtual-account.ts';
import { accountOf, movementsOn } from './account-reads.ts';
import { type Holder, places } from './accounts.ts';
import { payerDigest } from './commitment.ts';
import { lodgingAt } from './lodging.ts';
import { noCollection, payerFixed } from './problems.ts';
import { SecurityAccount } from './schema.ts';
import { holderIndex, numberIndex, numbersKey, sealRow } from './secret.ts';

export const payerFields = z.object({
  /** the bidder's basic account, or where the line says so any in its name: from here money counts, and to here it goes back */
  payerAccount: z
    .string()
    .transform((text) => text.replace(/\s/g, ''))
    .pipe(z.string().regex(/^[0-9A-Za-z-]{6,40}$/, '请填写银行账号。 | Please give the account number.')),
  payerBank: z.string().trim().min(2).max(200),
});

/**
 * Gives a bidder its account number for a lot, or tells it again. Nobody else learns that it asked: the event is its own, and nothing that others read changes.
 * Asked again, it changes the paying account, until money has come.
 */
export const askAccount = act({
  name: 'ask-account',
  by: ['bidder'],
  says: { zh: '领取保证金专用账号', en: 'Ask for an account number for the security' },
  takes: payerFields.extend({ lot: idField }),
  async run(call, { lot: lotId, payerAccount, payerBank }) {
    const { lot } = await lodgingAt(call, 'ask-account', lotId);
    const { code, organisationName } = call.by;
    if (code === null) throw notPermitted();
    const collection = await collectingAccount(call.em);
    if (!collection) throw noCollection();
    const known = await accountOf(call.em, lot.id, code);
    if (known && ((await movementsOn(call.em, [known])).get(known.id)?.length ?? 0) > 0) throw payerFixed();
    const number = known?.holder.number ?? (await freshNumber(call, collection.prefix, `${lot.id}/${code}`));
    const id = known?.id ?? newId(call.now);
    const holder: Holder = { lot: lot.id, party: code, name: organisationName ?? code, number, payerAccount, payerBank, askedAt: call.now };
    const sealed = sealRow(holder, places.account(id));
    if (known) (await call.em.findOneOrFail(SecurityAccount, { id })).sealed = sealed;
    else call.em.create(SecurityAccount, { id, holderIndex: holderIndex(lot.id, code), numberIndex: numberIndex(number), sealed });
    const payer = payerDigest(number, payerAccount);
    return { result: { number }, facts: [fact('account.given', { lot: lot.id, party: code }, { number, payer })] };
  },
});

/** The first number of this holder that nobody has: of 10^12 two meet once in a great while, and then the next attempt is drawn. */
async function freshNumber({ em }: Call, prefix: string, holder: string): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    const number = accountNumber(numbersKey(), prefix, holder, attempt);
    if ((await em.count(SecurityAccount, { numberIndex: numberIndex(number) })) === 0) return number;
  }
}
