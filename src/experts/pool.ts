import { base64url, utf8 } from '../kernel/bytes.ts';
import { concat, hmacSha256, sha256 } from '../sealing/digest.ts';
import {
  type AnyDrawRequest,
  type Candidate,
  type DrawLists,
  type ExpertIdentity,
  employerTag,
  expertCommitment,
  sortedCandidates,
} from '../sealing/draw.ts';
import { candidatesIn, commitmentAt, employerAt } from '../sealing/draw-list.ts';
import type { Reach } from './reach.ts';
import { type ExpertFacts, exclusions, type RecusalFacts } from './recusal.ts';

/** One seat, and how far its experts are looked for. */
export interface SeatAsked {
  readonly specialty: string;
  readonly reach: Reach;
}

/** An expert of the pool, as the draw reads it. */
export interface PooledExpert extends ExpertFacts {
  readonly id: string;
  readonly name: string;
  readonly specialties: readonly string[];
  readonly region: string;
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

/**
 * A fresh salt for each expert in each draw: a name published after one draw tells nothing about another. A secret before an id of fixed length, in one block
 * of one hash; an HMAC would take two, a million times over. Nobody outside works it out again: a salt is published as it is.
 */
export const saltOf = ({ saltKey }: Pick<DrawKeys, 'saltKey'>, expert: string): Uint8Array => sha256(concat(saltKey, idBytes(expert)));

/** How draws made their salts before: those that were asked for then are still called and published by it. */
const earlierSalt = ({ saltKey }: Pick<DrawKeys, 'saltKey'>, expert: string): Uint8Array => hmacSha256(saltKey, utf8(expert));

type Committed = Pick<PooledExpert, 'id' | 'name' | 'employer' | 'specialties'>;
export const commitmentOf = (keys: Pick<DrawKeys, 'saltKey'>, expert: Committed): string =>
  expertCommitment(identityOf(expert), saltOf(keys, expert.id));

/** The salt by which a commitment is this expert's; undefined where it is not theirs. */
export const saltBehind = (keys: Pick<DrawKeys, 'saltKey'>, expert: Committed, commitment: string): Uint8Array | undefined =>
  [saltOf, earlierSalt].map((salt) => salt(keys, expert.id)).find((salt) => expertCommitment(identityOf(expert), salt) === commitment);

/** A seat that reaches `A08` in `42` may be taken by any expert of that region whose codes begin with it. */
export const reached = (expert: Pick<PooledExpert, 'specialties' | 'region'>, { specialties, region }: Reach): boolean =>
  expert.region.startsWith(region) && expert.specialties.some((code) => specialties.some((each) => code.startsWith(each)));

export interface Eligibility {
  readonly eligible: Record<string, Candidate[]>;
  /** how many of the specialties asked for were left out, by ground: numbers only, never who */
  readonly excluded: Record<string, number>;
}

/** Who may be drawn for each seat: everyone of the specialty whom no ground excludes. Pure, so that the regulator can run it again. */
export function eligibility(
  experts: readonly PooledExpert[],
  seats: readonly SeatAsked[],
  lot: Omit<RecusalFacts, 'expert'>,
  keys: DrawKeys,
): Eligibility {
  const excluded: Record<string, number> = {};
  const eligible: Record<string, Candidate[]> = {};
  const asked = experts.filter((expert) => seats.some(({ reach }) => reached(expert, reach)));
  const free = asked.filter((expert) => {
    const [first] = exclusions({ ...lot, expert });
    if (first) excluded[first.ground] = (excluded[first.ground] ?? 0) + 1;
    return first === undefined;
  });
  for (const { specialty, reach } of seats) {
    const candidates = free
      .filter((expert) => reached(expert, reach))
      .map((expert) => ({ expert: commitmentOf(keys, expert), employer: employerTag(keys.drawSalt, expert.employer) }));
    eligible[specialty] = sortedCandidates(candidates);
  }
  return { eligible, excluded };
}

/** An id as the 16 bytes it stands for. */
const idBytes = (id: string): Uint8Array => Uint8Array.from(id.replaceAll('-', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** The id that 16 bytes stand for. */
export function writtenId(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}

/** Requests of up to this many candidates hold them; above it they hold their digests, and the lists stand beside the journal. */
export const shortUpTo = 10_000;

/** What stands of a long list in its request. */
export interface ListDigest {
  readonly size: number;
  readonly sha256: string;
}

/** How a request names who may be drawn: by the lists themselves, which are read only where they are short. */
export async function listedIn(
  digests: Readonly<Record<string, ListDigest>>,
  lists: () => Promise<DrawLists>,
): Promise<Pick<AnyDrawRequest, 'format' | 'eligible'>> {
  if (Object.values(digests).reduce((all, { size }) => all + size, 0) > shortUpTo)
    return { format: 'yangguang/draw/v2', eligible: { ...digests } };
  return {
    format: 'yangguang/draw/v1',
    eligible: Object.fromEntries(Object.entries(await lists()).map(([specialty, list]) => [specialty, sortedCandidates(unpacked(list))])),
  };
}

const unpacked = (list: Uint8Array): Candidate[] =>
  Array.from({ length: candidatesIn(list) }, (_, place) => ({
    expert: base64url(commitmentAt(list, place)),
    employer: base64url(employerAt(list, place)),
  }));
