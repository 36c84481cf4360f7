import { utf8 } from '../kernel/bytes.ts';
import { hmacSha256 } from '../sealing/digest.ts';
import { type Candidate, type ExpertIdentity, employerTag, expertCommitment, sortedCandidates } from '../sealing/draw.ts';
import { type ExpertFacts, exclusions, type RecusalFacts } from './recusal.ts';

/** An expert of the pool, as the draw reads it. */
export interface PooledExpert extends ExpertFacts {
  readonly id: string;
  readonly name: string;
  readonly specialties: readonly string[];
}

export interface DrawKeys {
  readonly drawSalt: Uint8Array;
  readonly saltKey: Uint8Array;
}

/** The identity that a commitment binds; its member order does not matter, JCS sorts. */
export const identityOf = (expert: Pick<PooledExpert, 'id' | 'name' | 'employer' | 'specialties'>): ExpertIdentity => ({
  id: expert.id,
  name: expert.name,
  employer: expert.employer,
  specialties: [...expert.specialties],
});

/** A fresh salt for each expert in each draw: a name published after one draw tells nothing about another. */
export const saltOf = (keys: Pick<DrawKeys, 'saltKey'>, expert: string): Uint8Array => hmacSha256(keys.saltKey, utf8(expert));

export const commitmentOf = (
  keys: Pick<DrawKeys, 'saltKey'>,
  expert: Pick<PooledExpert, 'id' | 'name' | 'employer' | 'specialties'>,
): string => expertCommitment(identityOf(expert), saltOf(keys, expert.id));

/** A seat of specialty `A08` may be taken by any expert whose codes begin with it. */
export const masters = (expert: Pick<PooledExpert, 'specialties'>, specialty: string): boolean =>
  expert.specialties.some((code) => code.startsWith(specialty));

export interface Eligibility {
  readonly eligible: Record<string, Candidate[]>;
  /** how many of the specialties asked for were left out, by ground: numbers only, never who */
  readonly excluded: Record<string, number>;
}

/** Who may be drawn for each seat: everyone of the specialty whom no ground excludes. Pure, so that the regulator can run it again. */
export function eligibility(
  experts: readonly PooledExpert[],
  seats: readonly { readonly specialty: string }[],
  lot: Omit<RecusalFacts, 'expert'>,
  keys: DrawKeys,
): Eligibility {
  const excluded: Record<string, number> = {};
  const eligible: Record<string, Candidate[]> = {};
  const asked = experts.filter((expert) => seats.some(({ specialty }) => masters(expert, specialty)));
  const free = asked.filter((expert) => {
    const [first] = exclusions({ ...lot, expert });
    if (first) excluded[first.ground] = (excluded[first.ground] ?? 0) + 1;
    return first === undefined;
  });
  for (const { specialty } of seats) {
    const candidates = free
      .filter((expert) => masters(expert, specialty))
      .map((expert) => ({ expert: commitmentOf(keys, expert), employer: employerTag(keys.drawSalt, expert.employer) }));
    eligible[specialty] = sortedCandidates(candidates);
  }
  return { eligible, excluded };
}
