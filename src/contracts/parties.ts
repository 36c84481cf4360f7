import { Award } from '../awards/schema.ts';
import { type Call, lock } from '../kernel/act.ts';
import type { Actor } from '../kernel/actor.ts';
import { notFound } from '../kernel/problem.ts';
import { Lot, Project } from '../tenders/schema.ts';
import type { Side } from './deed.ts';

/** Which side of the contract this actor is: the tenderee itself, whom no agent signs for, or the winner. */
export function sideOf(by: Actor, project: Pick<Project, 'tenderee'>, award: Pick<Award, 'bidder'>): Side | null {
  if (by.role === 'tenderee' && by.code === project.tenderee) return 'tenderee';
  return by.role === 'bidder' && by.code === award.bidder ? 'contractor' : null;
}

/** Locks an awarded lot for one side of its contract; for anybody else it is not there. */
export async function lockForSide(call: Call, id: string): Promise<{ lot: Lot; project: Project; award: Award; side: Side }> {
  const lot = await lock<Lot>(call, Lot, id);
  const project = await call.em.findOneOrFail(Project, { id: lot.project });
  const award = await call.em.findOne(Award, { lot: lot.id });
  const side = award && sideOf(call.by, project, award);
  if (!award || !side) throw notFound();
  return { lot, project, award, side };
}
