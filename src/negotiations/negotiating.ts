import type { Call } from '../kernel/act.ts';
import { lock } from '../kernel/act.ts';
import type { NegotiationPlan } from '../tenders/line.ts';
import { termsOf } from '../tenders/lot.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allow, type PhasedAct } from '../tenders/phases.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { notNegotiated } from './problems.ts';

/** Locks the lot of the responses for an act of its negotiation, with what its line says of it. */
export async function lockNegotiated(
  call: Call,
  id: string,
  act: PhasedAct,
): Promise<{ readonly lot: Lot; readonly project: Project; readonly plan: NegotiationPlan }> {
  const lot = await lock<Lot>(call, Lot, id);
  allow(act, lot.phase);
  const project = await call.em.findOneOrFail(Project, { id: lot.project });
  const plan = editionOf(lot, project, call.now).negotiation;
  if (plan === undefined || termsOf(lot).round !== 'responses') throw notNegotiated();
  return { lot, project, plan };
}
