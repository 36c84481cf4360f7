import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { notPermitted } from '../kernel/problem.ts';
import { bankAccountField, emailField, phoneField, residentNumberField } from '../parties/person.ts';
import { orNone } from './expert.ts';
import { clearIdentityOf } from './identity-reads.ts';
import { keepIdentity } from './keep-identity.ts';
import { about } from './officials.ts';
import { nothingToChange, numberStands } from './problems.ts';
import { Expert } from './schema.ts';

/** What is left empty stays as it is: the page shows only masks, and nobody types everything again to change a telephone. */
export const identityChange = z.object({
  idNumber: orNone(residentNumberField),
  phone: orNone(phoneField),
  bankAccount: orNone(bankAccountField),
  email: orNone(emailField),
});

/** An expert changes its own identity data. The resident number is given once: a record does not pass to another person. */
export const changeIdentity = act({
  name: 'change-identity',
  by: ['expert'],
  says: { zh: '变更本人身份信息', en: 'Change one’s identity data' },
  takes: identityChange,
  async run(call, given) {
    if (call.by.expert === null) throw notPermitted();
    const expert = await lock<Expert>(call, Expert, call.by.expert);
    const { idNumber } = await clearIdentityOf(call.em, expert.id);
    if (idNumber !== null && given.idNumber !== undefined && given.idNumber !== idNumber)
      throw numberStands({ fields: [{ path: 'idNumber', says: numberStands().title }] });
    const fields = [...(await keepIdentity(call, expert.id, given))];
    if (fields.length === 0) throw nothingToChange();
    return { result: { fields }, facts: [fact('expert.identity.changed', about(call, expert.id), { expert: expert.id, fields })] };
  },
});
