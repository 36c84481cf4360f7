import { fact } from '../journal/event.ts';
import { act, type Call, type Facts } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { storeUser } from '../parties/enrol-user.ts';
import { Membership } from '../parties/schema.ts';
import { normalLogin } from '../parties/throttle.ts';
import type { Tree } from './classification.ts';
import { type ExpertFields, expertFields, maskedName } from './expert.ts';
import { refuseUnknownSpecialties } from './judge-application.ts';
import { keepIdentity } from './keep-identity.ts';
import { Expert, ExpertMembership, Relation } from './schema.ts';
import { specialtyTree } from './specialty-reads.ts';
import { transferred } from './transfer.ts';

/** Takes an expert into the pool, with an account to answer calls where a login is given. */
export const enrolExpert = act({
  name: 'enrol-expert',
  by: ['administrator', 'system'],
  says: { zh: '专家入库', en: 'Admit an expert to the pool' },
  takes: expertFields,
  async run(call, command) {
    const admitted = await admit(call, command, await specialtyTree(call.em));
    return { result: { expert: admitted.expert, user: admitted.user }, facts: admitted.facts };
  },
});

/** Adds one expert's record and account. Guardians read a masked name in the journal: who is in the pool is no secret, who is drawn is. */
export async function admit(
  call: Call,
  given: ExpertFields,
  tree: Tree,
): Promise<{ readonly expert: string; readonly user: string | null; readonly facts: Facts }> {
  refuseUnknownSpecialties(tree, given.specialties);
  const id = newId(call.now);
  const rows = transferred(id, given, call.now);
  const row = call.em.create(Expert, rows.expert);
  for (const membership of rows.memberships) call.em.create(ExpertMembership, membership);
  for (const relation of rows.relations) call.em.create(Relation, relation);
  await keepIdentity(call, id, given);
  const admitted = fact(
    'expert.admitted',
    { expert: row.id },
    { expert: row.id, name: maskedName(row.name), specialties: row.specialties, lines: row.memberships, region: row.region },
  );
  if (!given.login) return { expert: row.id, user: null, facts: [admitted] };
  const user = await storeUser(call, {
    login: normalLogin(given.login),
    password: given.password ?? '',
    userName: given.name,
    demonstration: given.demonstration,
  });
  call.em.create(Membership, { id: newId(call.now), user: user.id, organisation: null, role: 'expert', expert: row.id, region: null });
  return {
    expert: row.id,
    user: user.id,
    facts: [admitted, fact('user.enrolled', { actor: user.id }, { user: user.id, role: 'expert' })],
  };
}
