import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { codeField } from '../parties/code.ts';
import { storeUser, userFields } from '../parties/enrol-user.ts';
import { bankAccountField, emailField, phoneField, residentNumberField } from '../parties/person.ts';
import { Membership } from '../parties/schema.ts';
import { employerFields, orNone } from './expert.ts';
import { keepIdentity } from './keep-identity.ts';
import { about } from './officials.ts';
import { Expert } from './schema.ts';

export const personFields = z.object({
  ...employerFields,
  ...userFields.shape,
  employer: codeField,
  name: z.string().trim().min(2).max(100),
  idNumber: residentNumberField,
  phone: phoneField,
  email: orNone(emailField),
  bankAccount: orNone(bankAccountField),
  /** separate consent to the keeping of identity data (个人信息保护法 §29) */
  consents: z.preprocess(
    (given) => given === true || given === 'true',
    z.literal(
      true,
      '须同意平台为入库和评标联络处理您的身份信息。 | Without consent to the handling of identity data no record can be opened.',
    ),
  ),
});

/**
 * A person opens a record, with an account: the first step on the way into the pool. It is in no line yet and can be drawn for nothing; what names or
 * reaches it is kept sealed.
 */
export const registerPerson = act({
  name: 'register-person',
  by: ['public', 'system'],
  says: { zh: '申请人建档', en: 'Open a record as an applicant' },
  takes: personFields,
  async run(call, given) {
    const expert = newId(call.now);
    call.em.create(Expert, {
      id: expert,
      name: given.name,
      employer: given.employer,
      employerName: given.employerName,
      formerEmployers: [],
      specialties: [],
      memberships: [],
      region: given.region,
      title: given.title,
      status: 'normal',
      interests: [],
      relatives: [],
      prepared: [],
      admittedAt: call.now,
    });
    await keepIdentity(call, expert, given);
    const user = await storeUser(call, {
      login: given.login,
      password: given.password,
      userName: given.name,
      demonstration: given.demonstration,
    });
    call.em.create(Membership, { id: newId(call.now), user: user.id, organisation: null, role: 'expert', expert, region: null });
    return {
      result: { expert, user: user.id, login: user.login },
      facts: [
        fact('expert.registered', { ...about(call, expert), actor: user.id }, { expert, region: given.region }),
        fact('user.enrolled', { actor: user.id }, { user: user.id, role: 'expert' }),
      ],
    };
  },
});
