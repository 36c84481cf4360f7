import { commit, type Hash, inclusionProof, leafHash, nodesOver, rootOf } from '../journal/merkle.ts';
import { base64url, utf8 } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import type { DayString } from '../kernel/working-days.ts';
import { randomBytes, sha256 } from '../sealing/digest.ts';

/** What a movement on a number is committed to as, when the statement that tells of it is taken in: laid open with the opening of its lot. */
export interface CreditLeaf {
  readonly format: 'yangguang/credit/v2';
  readonly lot: string;
  readonly bidder: string;
  readonly amount: string;
  readonly bookedOn: DayString;
  readonly bookedAt: Instant | null;
  /** `payerDigest` of the account from which it came */
  readonly payer: string;
}

/** Tells one paying account from another, and which it is only to whoever knows the bidder's number. */
export const payerDigest = (number: string, payerAccount: string): string => base64url(sha256(utf8(`${number}/${payerAccount}`)));

/** Of so many leaves the tree of a statement has at least: with fewer movements, the rest is chance, which nobody can tell from them. */
const leastLeaves = 64;

export interface Commitment {
  readonly root: string;
  readonly size: number;
  /** for each leaf given, in order */
  readonly places: readonly { readonly place: number; readonly salt: string; readonly proof: readonly string[] }[];
}

/** Commits to movements under one root. The tree's size is a power of two and the places are drawn, so that neither tells their number. */
export function commitTo(leaves: readonly CreditLeaf[]): Commitment {
  let size = leastLeaves;
  while (size < leaves.length) size *= 2;
  const hashes: Hash[] = Array.from({ length: size }, () => leafHash(randomBytes(32)));
  const free = drawnPlaces(size);
  const placed = leaves.map((leaf, at) => {
    const salt = randomBytes(32);
    const place = free[at] ?? 0;
    hashes[place] = leafHash(commit(leaf, salt).commitment);
    return { place, salt: base64url(salt) };
  });
  const nodes = nodesOver(hashes);
  return {
    root: base64url(rootOf(hashes)),
    size,
    places: placed.map(({ place, salt }) => ({ place, salt, proof: inclusionProof(place, size, nodes).map(base64url) })),
  };
}

/** The places of the tree in an order of chance. */
function drawnPlaces(size: number): readonly number[] {
  return Array.from({ length: size }, (_, place) => ({ place, ticket: base64url(randomBytes(16)) }))
    .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
    .map(({ place }) => place);
}
