import { base64url, fromBase64url, utf8 } from '../kernel/bytes.ts';
import { hmacSha256, keyedSha256, sha256 } from '../sealing/digest.ts';
import {
  type AnyDrawRequest,
  type Candidate,
  type DrawLists,
  type ExpertIdentity,
  employerTag,
  expertCommitment,
  sortedCandidates,
} from '../sealing/draw.ts';
import { ascending, candidateBytes, candidatesIn, commitmentAt, employerAt } from '../sealing/draw-list.ts';
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

/** The experts of a pool who may be drawn for the same of the asked seats: canonical identities, one a line. */
export interface EligibleGroup {
  readonly seats: readonly string[];
  readonly count: number;
  readonly identities: string;
}

/** One seat's list as a draw keeps it: the candidates, and the ids of the people behind them in the same order. */
export interface PooledList {
  readonly candidates: Uint8Array;
  /** 16 bytes each */
  readonly people: Uint8Array;
}

const personBytes = 16;

/** The list of each seat, ascending by commitment. Made for a million: identities are taken as the text that is hashed, and nothing is parsed twice. */
export function pooledLists(
  groups: readonly EligibleGroup[],
  seats: readonly { readonly specialty: string }[],
  keys: DrawKeys,
): Record<string, PooledList> {
  const filling = new Map(seats.map(({ specialty }) => [specialty, new Filling(sizeOf(groups, specialty))]));
  const committed = committing(keys);
  for (const group of groups) {
    const into = group.seats.flatMap((specialty) => filling.get(specialty) ?? []);
    for (const identity of group.identities.split('\n')) {
      const { candidate, person } = committed(identity);
      for (const each of into) each.add(candidate, person);
    }
  }
  return Object.fromEntries([...filling].map(([specialty, each]) => [specialty, each.sorted()]));
}

const sizeOf = (groups: readonly EligibleGroup[], specialty: string): number =>
  groups.reduce((all, group) => all + (group.seats.includes(specialty) ? group.count : 0), 0);

class Filling {
  private readonly candidates: Uint8Array;
  private readonly people: Uint8Array;
  private taken = 0;

  constructor(size: number) {
    this.candidates = new Uint8Array(size * candidateBytes);
    this.people = new Uint8Array(size * personBytes);
  }

  add(candidate: Uint8Array, person: Uint8Array): void {
    this.candidates.set(candidate, this.taken * candidateBytes);
    this.people.set(person, this.taken * personBytes);
    this.taken += 1;
  }

  sorted(): PooledList {
    const [candidates, people] = [new Uint8Array(this.candidates.length), new Uint8Array(this.people.length)];
    let to = 0;
    for (const place of ascending(this.candidates, candidateBytes)) {
      candidates.set(this.candidates.subarray(place * candidateBytes, (place + 1) * candidateBytes), to * candidateBytes);
      people.set(this.people.subarray(place * personBytes, (place + 1) * personBytes), to * personBytes);
      to += 1;
    }
    return { candidates, people };
  }
}

const opening = '{"employer":"';
const beforeId = '","id":"';

/** Identity text → commitment || employer tag, and the id as bytes. The arrays that come back are used again for the next. */
function committing({
  drawSalt,
  saltKey,
}: DrawKeys): (identity: string) => { readonly candidate: Uint8Array; readonly person: Uint8Array } {
  const salted = keyedSha256(saltKey);
  const tags = new Map<string, Uint8Array>();
  const encoder = new TextEncoder();
  const [id, candidate, person] = [new Uint8Array(36), new Uint8Array(candidateBytes), new Uint8Array(personBytes)];
  const bound = new Uint8Array(32 + 8192);
  return (identity) => {
    // codes of organisations hold no quotation mark, so the text may be cut where the canonical form says
    const codeEnds = identity.indexOf(beforeId, opening.length);
    const employer = identity.slice(opening.length, codeEnds);
    encoder.encodeInto(identity.slice(codeEnds + beforeId.length, codeEnds + beforeId.length + 36), id);
    salted(id, bound);
    const { read, written } = encoder.encodeInto(identity, bound.subarray(32));
    if (codeEnds < 0 || read !== identity.length) throw new Error('an identity of the pool is not in its canonical form');
    candidate.set(sha256(bound.subarray(0, 32 + written)));
    let tag = tags.get(employer);
    if (tag === undefined) {
      tag = fromBase64url(employerTag(drawSalt, employer)) ?? new Uint8Array(0);
      tags.set(employer, tag);
    }
    candidate.set(tag, 32);
    readId(id, person);
    return { candidate, person };
  };
}

/** The 16 bytes of a written id. */
function readId(text: Uint8Array, into: Uint8Array): void {
  let at = 0;
  for (let from = 0; from < 36; from += 2) {
    if (text[from] === 45) from += 1;
    into[at++] = (nibble(text[from] ?? 0) << 4) | nibble(text[from + 1] ?? 0);
  }
}
const nibble = (character: number): number => (character < 58 ? character - 48 : character - 87);

/** The id that 16 bytes stand for. */
export function writtenId(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}

/** Requests of up to this many candidates hold them; above it they hold their digests, and the lists stand beside the journal. */
export const shortUpTo = 10_000;

/** How a request names who may be drawn. */
export function listedIn(lists: DrawLists): Pick<AnyDrawRequest, 'format' | 'eligible'> {
  const entries = Object.entries(lists);
  if (entries.reduce((all, [, list]) => all + candidatesIn(list), 0) > shortUpTo)
    return {
      format: 'yangguang/draw/v2',
      eligible: Object.fromEntries(
        entries.map(([specialty, list]) => [specialty, { size: candidatesIn(list), sha256: base64url(sha256(list)) }]),
      ),
    };
  return {
    format: 'yangguang/draw/v1',
    eligible: Object.fromEntries(entries.map(([specialty, list]) => [specialty, sortedCandidates(unpacked(list))])),
  };
}

const unpacked = (list: Uint8Array): Candidate[] =>
  Array.from({ length: candidatesIn(list) }, (_, place) => ({
    expert: base64url(commitmentAt(list, place)),
    employer: base64url(employerAt(list, place)),
  }));
