import type { Call } from '../kernel/act.ts';
import type { AgreementPlan } from '../tenders/agreement.ts';
import { type LotTerms, termsOf } from '../tenders/lot.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { allow, type PhasedAct } from '../tenders/phases.ts';
import { lockHostedLot } from '../tenders/reads.ts';
import type { Lot, Project } from '../tenders/schema.ts';
import { noAgreement } from './problems.ts';
import { Agreement, Entrant } from './schema.ts';

export interface Agreed {
  readonly lot: Lot;
  readonly project: Project;
  readonly plan: AgreementPlan;
  readonly terms: NonNullable<LotTerms['agreement']>;
}

/** Locks a lot of the host's own for an act about its agreement. */
export async function lockAgreed(call: Call, id: string, act: PhasedAct): Promise<Agreed> {
  const { lot, project } = await lockHostedLot(call, id);
  allow(act, lot.phase);
  const plan = editionOf(lot, project, call.now).agreement;
  const terms = termsOf(lot).agreement;
  if (plan === undefined || terms === undefined) throw noAgreement();
  return { lot, project, plan, terms };
}

/** The agreement in force, and all that entered it, by rank. */
export async function agreementOf(call: Call, lot: string): Promise<{ agreement: Agreement; entrants: Entrant[] }> {
  const agreement = await call.em.findOneOrFail(Agreement, { lot });
  return { agreement, entrants: await call.em.find(Entrant, { lot }, { orderBy: { rank: 'asc' } }) };
}
