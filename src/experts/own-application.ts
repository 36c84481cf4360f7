import { type Call, lock } from '../kernel/act.ts';
import { notFound } from '../kernel/problem.ts';
import { Expert, ExpertMembership } from './schema.ts';

export interface Applied {
  readonly expert: Expert;
  readonly application: ExpertMembership;
}

/** An application with the record it belongs to, both locked, the record first: two acts on one person wait for each other. */
export async function lockApplication(call: Call, id: string): Promise<Applied> {
  const found = await call.em.findOne(ExpertMembership, { id }, { fields: ['expert'] });
  if (!found) throw notFound();
  const expert = await lock<Expert>(call, Expert, found.expert);
  const application = await lock<ExpertMembership>(call, ExpertMembership, id);
  return { expert, application };
}

/** The same for whoever applied; somebody else's is not found. */
export async function ownApplication(call: Call, id: string): Promise<Applied> {
  const found = await lockApplication(call, id);
  if (found.expert.id !== call.by.expert) throw notFound();
  return found;
}
