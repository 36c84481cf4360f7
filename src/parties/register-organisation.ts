import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call } from '../kernel/act.ts';
import { later } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { notPermitted } from '../kernel/problem.ts';
import { uphold } from '../kernel/rule.ts';
import { codeIsRight, plainCode } from './code.ts';
import { personFields, storeUser, userFields } from './enrol-user.ts';
import { organisationKinds, selfRegisteredKinds } from './membership.ts';
import { organisationTaken } from './problems.ts';
import { regionIsKnown } from './region.ts';
import { Membership, Organisation } from './schema.ts';

const kinds = z.union([z.enum(organisationKinds).transform((kind) => [kind]), z.array(z.enum(organisationKinds)).min(1)]);

export const organisationFields = z.object({
  /** unified social credit code, GB 32100 */
  code: z.string().max(60).transform(plainCode),
  name: z.string().trim().min(2).max(200),
  nameEn: z.string().trim().max(200).optional(),
  kinds,
  /** GB/T 2260, six digits */
  region: z.string().max(6),
  legalRepresentative: z.string().trim().min(1).max(100),
  address: z.string().trim().max(300).optional(),
  phone: z.string().trim().max(40).optional(),
});

const registration = organisationFields.extend(userFields.shape).extend({
  userName: personFields.shape.userName,
});

/**
 * An organisation registers itself with its first user, free of charge and at once (Order 20 art. 9); the system and administrators also
 * enter the kinds that nobody may give himself. The first user holds one role for each kind.
 */
export const registerOrganisation = act({
  name: 'register-organisation',
  by: ['public', 'administrator', 'system'],
  says: { zh: '登记主体', en: 'Register an organisation' },
  takes: registration,
  async run(call, command) {
    const selfMade = call.by.role === 'public';
    if (selfMade && command.kinds.some((kind) => !(selfRegisteredKinds as readonly string[]).includes(kind))) throw notPermitted();
    uphold([codeIsRight, regionIsKnown], command);
    await refuseTakenCode(call, command.code);
    const organisation = call.em.create(Organisation, {
      id: newId(call.now),
      code: command.code,
      name: command.name,
      nameEn: command.nameEn || null,
      kinds: [...new Set(command.kinds)],
      region: command.region,
      legalRepresentative: command.legalRepresentative,
      address: command.address || null,
      phone: command.phone || null,
      registeredAt: call.now,
    });
    const user = await storeUser(call, command);
    for (const [at, role] of organisation.kinds.entries()) {
      // Ids a millisecond apart keep the order of the kinds: the first is the role one signs in with.
      const id = newId(later(call.now, at));
      call.em.create(Membership, {
        id,
        user: user.id,
        organisation: organisation.id,
        role,
        expert: null,
        region: role === 'regulator' ? command.region : null,
      });
    }
    const subject = { organisation: organisation.id, party: organisation.code };
    const { code, name, region } = organisation;
    return {
      result: { organisation: organisation.id, code, name, user: user.id, login: user.login },
      facts: [
        fact('organisation.registered', subject, { code, name, kinds: organisation.kinds, region }),
        ...organisation.kinds.map((role) => fact('user.enrolled', { ...subject, actor: user.id }, { user: user.id, role })),
      ],
    };
  },
});

async function refuseTakenCode(call: Call, code: string): Promise<void> {
  // Two registrations at the same moment meet at the unique constraint; this only gives the first sentence its field.
  if (await call.em.findOne(Organisation, { code }))
    throw organisationTaken({ fields: [{ path: 'code', says: organisationTaken().title }] });
}
