import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { canonical, utf8 } from '../kernel/bytes.ts';

/**
 * The RFC 6962 tree. Trees, proofs and tiles all speak of *nodes*: node (level, index) is the root of the full subtree over
 * the leaves [index·2^level, (index+1)·2^level). Whoever can look up nodes (from leaves, table rows or tiles) can make any proof.
 */
export type Hash = Uint8Array;

export interface NodeAt {
  /** 0 = leaf hashes */
  readonly level: number;
  readonly index: number;
}
export type NodeReader = (node: NodeAt) => Hash;

/** A run of leaves [from, to). */
interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * What the public tree holds of an event: commitment = SHA-256(salt || JCS(event)), the leaf's data (protocol §1). `body` is the
 * exact text that was hashed. The salt has 32 random bytes, so nobody can guess an event from its leaf.
 */
export function commit(event: unknown, salt: Uint8Array): { readonly body: string; readonly commitment: Hash } {
  if (salt.length !== 32) throw new RangeError('a salt has 32 bytes');
  const body = canonical(event);
  return { body, commitment: sha256(concatBytes(salt, utf8(body))) };
}

export const leafHash = (data: Uint8Array): Hash => sha256(concatBytes(Uint8Array.of(0), data));
export const nodeHash = (left: Hash, right: Hash): Hash => sha256(concatBytes(Uint8Array.of(1), left, right));
/** The root of the tree without leaves. */
export const emptyRoot = (): Hash => sha256(new Uint8Array(0));

/** Root over these leaf hashes (RFC 6962 §2.1). */
export function rootOf(leafHashes: readonly Hash[]): Hash {
  return rootAt(leafHashes.length, nodesOver(leafHashes));
}

/** Looks nodes up in a list of leaf hashes. */
export function nodesOver(leafHashes: readonly Hash[]): NodeReader {
  const levels: Hash[][] = [[...leafHashes]];
  for (let below = levels[0] ?? []; below.length > 1; ) {
    const level: Hash[] = [];
    for (let index = 0; index + 1 < below.length; index += 2) level.push(nodeHash(at(below, index), at(below, index + 1)));
    levels.push(level);
    below = level;
  }
  return ({ level, index }) => at(levels[level] ?? [], index);
}

/** Root of the tree of `size` leaves. */
export const rootAt = (size: number, read: NodeReader): Hash => (size === 0 ? emptyRoot() : rangeHash({ from: 0, to: size }, read));

/** The nodes one must look up to learn the root at `size`. */
export const nodesForRoot = (size: number): NodeAt[] => fullSubtrees({ from: 0, to: size });

/** Inclusion proof of leaf `index` in the tree of `size` leaves (RFC 6962 §2.1.1), nearest sibling first. */
export const inclusionProof = (index: number, size: number, read: NodeReader): Hash[] =>
  inclusionPath(index, size).map((range) => rangeHash(range, read));
/** The nodes one must look up for that proof. */
export const nodesForInclusion = (index: number, size: number): NodeAt[] => inclusionPath(index, size).flatMap(fullSubtrees);

/** Consistency proof between the trees of `from` and `to` leaves (RFC 6962 §2.1.2); empty when either is trivial. */
export const consistencyProof = (from: number, to: number, read: NodeReader): Hash[] =>
  consistencyPath(from, to).map((range) => rangeHash(range, read));
/** The nodes one must look up for that proof. */
export const nodesForConsistency = (from: number, to: number): NodeAt[] => consistencyPath(from, to).flatMap(fullSubtrees);

/** Whether `proof` leads from the leaf hash at `index` to `root` (RFC 9162 §2.1.3.2). */
export function verifyInclusion(index: number, size: number, leaf: Hash, proof: readonly Hash[], root: Hash): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0 || sibling.length !== 32) return false;
    if (isOdd(node) || node === last) {
      hash = nodeHash(sibling, hash);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameBytes(hash, root);
}

/** Whether the tree (`to`, `toRoot`) extends the tree (`from`, `fromRoot`) (RFC 9162 §2.1.4.2). */
export function verifyConsistency(from: number, to: number, fromRoot: Hash, toRoot: Hash, proof: readonly Hash[]): boolean {
  if (!isCount(from) || !isCount(to) || from > to) return false;
  if (from === 0) return proof.length === 0 && sameBytes(fromRoot, emptyRoot());
  if (from === to) return proof.length === 0 && sameBytes(fromRoot, toRoot);
  if (proof.some((hash) => hash.length !== 32)) return false;
  let [node, last] = [from - 1, to - 1];
  while (isOdd(node)) [node, last] = [half(node), half(last)];
  // A power of two is a full subtree: its root is the old root itself and is left out of the proof.
  const path = node === 0 ? [fromRoot, ...proof] : [...proof];
  const first = path.shift();
  if (first === undefined) return false;
  let [old, now] = [first, first];
  for (const hash of path) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      [old, now] = [nodeHash(hash, old), nodeHash(hash, now)];
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      now = nodeHash(now, hash);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameBytes(old, fromRoot) && sameBytes(now, toRoot);
}

/** What an appender keeps: the size and the roots of the full subtrees from left (largest) to right. Never more than 53 hashes. */
export interface CompactTree {
  readonly size: number;
  readonly peaks: readonly Hash[];
}
export const emptyTree: CompactTree = { size: 0, peaks: [] };

/** The tree with one leaf more, and the nodes that this leaf completed (the leaf itself first): what a store must add. */
export function append(tree: CompactTree, leaf: Hash): { tree: CompactTree; completed: (NodeAt & { hash: Hash })[] } {
  const peaks = [...tree.peaks];
  const completed = [{ level: 0, index: tree.size, hash: leaf }];
  let [hash, level, index] = [leaf, 0, tree.size];
  while (isOdd(index)) {
    const left = peaks.pop();
    if (left === undefined) throw new RangeError('a compact tree lacks a peak');
    [hash, level, index] = [nodeHash(left, hash), level + 1, half(index)];
    completed.push({ level, index, hash });
  }
  return { tree: { size: tree.size + 1, peaks: [...peaks, hash] }, completed };
}

/** Root of a compact tree. */
export function compactRoot(tree: CompactTree): Hash {
  const last = tree.peaks.at(-1);
  return last === undefined ? emptyRoot() : tree.peaks.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
}

/** The compact tree at `size`, from stored nodes (an appender that starts again). */
export const compactTreeAt = (size: number, read: NodeReader): CompactTree => ({ size, peaks: nodesForRoot(size).map(read) });

/** Equal content, compared without an early exit. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < Math.min(a.length, b.length); i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

function inclusionPath(index: number, size: number): Range[] {
  if (!isCount(index) || !isCount(size) || index >= size) throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  const path: Range[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      path.unshift({ from: middle, to });
      to = middle;
    } else {
      path.unshift({ from, to: middle });
      from = middle;
    }
  }
  return path;
}

function consistencyPath(old: number, size: number): Range[] {
  if (!isCount(old) || !isCount(size) || old > size) throw new RangeError(`a tree of ${size} cannot extend one of ${old}`);
  if (old === 0 || old === size) return [];
  const path: Range[] = [];
  let [from, to] = [0, size];
  while (old !== to) {
    const middle = from + splitOf(to - from);
    if (old <= middle) {
      path.unshift({ from: middle, to });
      to = middle;
    } else {
      path.unshift({ from, to: middle });
      from = middle;
    }
  }
  // The subtree both trees share in full: known to the verifier (as the old root) only when it starts at 0.
  return from === 0 ? path : [{ from, to }, ...path];
}

/** Ranges in these trees start at a multiple of their largest full subtree, so they fall apart from the left. */
function fullSubtrees(range: Range): NodeAt[] {
  const nodes: NodeAt[] = [];
  let from = range.from;
  while (from < range.to) {
    let [width, level] = [1, 0];
    while (width * 2 <= range.to - from && from % (width * 2) === 0) [width, level] = [width * 2, level + 1];
    nodes.push({ level, index: from / width });
    from += width;
  }
  return nodes;
}

function rangeHash(range: Range, read: NodeReader): Hash {
  const hashes = fullSubtrees(range).map(read);
  const last = hashes.pop();
  if (last === undefined) throw new RangeError('an empty range has no hash');
  return hashes.reduceRight((right, left) => nodeHash(left, right), last);
}

/** The largest power of two below n (n ≥ 2). Sizes pass 2^31, so no bit operators here. */
function splitOf(n: number): number {
  let width = 1;
  while (width * 2 < n) width *= 2;
  return width;
}

const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
const isOdd = (n: number): boolean => n % 2 === 1;
const half = (n: number): number => Math.floor(n / 2);

function at(hashes: readonly Hash[], index: number): Hash {
  const hash = hashes[index];
  if (hash === undefined) throw new RangeError(`no node ${index}`);
  return hash;
}
