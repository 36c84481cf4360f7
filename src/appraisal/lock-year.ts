import type { Expert } from '../experts/schema.ts';
import { type Call, lock } from '../kernel/act.ts';
import { notFound } from '../kernel/problem.ts';
import { lockedExpert } from './apply-consequence.ts';
import { AnnualReview, ExpertYear } from './schema.ts';

export interface LockedYear {
  readonly entry: ExpertYear;
  readonly expert: Expert;
  readonly review: AnnualReview;
}

/** One expert's entry of a review, locked after the expert itself, as everything is that may change a standing. */
export async function lockYear(call: Call, id: string): Promise<LockedYear> {
  const found = await call.em.findOne(ExpertYear, { id });
  if (!found) throw notFound();
  const expert = await lockedExpert(call, found.expert);
  const entry = await lock(call, ExpertYear, id);
  return { entry, expert, review: await call.em.findOneOrFail(AnnualReview, { id: entry.review }) };
}

/** What every event about one expert's year names. */
export const ofYear = ({ entry, review }: LockedYear) => ({ entry: entry.id, expert: entry.expert, year: review.year });
