import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  append,
  commit,
  compactRoot,
  compactTreeAt,
  consistencyProof,
  emptyRoot,
  emptyTree,
  type Hash,
  inclusionProof,
  leafHash,
  nodesForConsistency,
  nodesForInclusion,
  nodesOver,
  rootAt,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from '../../src/journal/merkle.ts';
import { base64url, fromBase64url } from '../../src/kernel/bytes.ts';

const vectors = JSON.parse(readFileSync(new URL('../vectors/journal.json', import.meta.url), 'utf8')) as {
  events: unknown[];
  salts: string[];
  commitments: string[];
  roots: string[];
  inclusion: string[][];
  consistency: { from: number; to: number; proof: string[] }[];
};
const bytes = (text: string): Uint8Array => fromBase64url(text) ?? new Uint8Array();
const leaves = (count: number): Hash[] => Array.from({ length: count }, (_, i) => leafHash(Uint8Array.of(i, i >> 8)));
const flip = (hash: Hash, bit: number): Hash => hash.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));

describe('protocol §1: the independent vectors', () => {
  const hashes = vectors.commitments.map((each) => leafHash(bytes(each)));
  const read = nodesOver(hashes);

  it('commits to events as SHA-256(salt || JCS(event))', () => {
    const made = vectors.events.map((event, i) => base64url(commit(event, bytes(vectors.salts[i] ?? '')).commitment));
    expect(made).toEqual(vectors.commitments);
  });
  it('reproduces the root at every size', () => {
    expect(vectors.roots.map((_, i) => base64url(rootAt(i + 1, read)))).toEqual(vectors.roots);
  });
  it('reproduces every inclusion and consistency proof', () => {
    expect(vectors.inclusion.map((_, i) => inclusionProof(i, 11, read).map(base64url))).toEqual(vectors.inclusion);
    for (const { from, to, proof } of vectors.consistency) expect(consistencyProof(from, to, read).map(base64url)).toEqual(proof);
  });
});

describe('inclusion proofs', () => {
  it('verify for every leaf of every tree up to 70 leaves, and refuse a flipped bit anywhere', () => {
    for (let size = 1; size <= 70; size++) {
      const hashes = leaves(size);
      const read = nodesOver(hashes);
      const root = rootOf(hashes);
      for (let index = 0; index < size; index++) {
        const leaf = hashes[index] as Hash;
        const proof = inclusionProof(index, size, read);
        expect(verifyInclusion(index, size, leaf, proof, root)).toBe(true);
        const bit = (index * 37 + size * 11) % 256;
        expect(verifyInclusion(index, size, flip(leaf, bit), proof, root)).toBe(false);
        expect(verifyInclusion(index, size, leaf, proof, flip(root, bit))).toBe(false);
        const part = (index + size) % Math.max(1, proof.length);
        const bent = proof.map((hash, i) => (i === part ? flip(hash, bit) : hash));
        if (proof.length > 0) expect(verifyInclusion(index, size, leaf, bent, root)).toBe(false);
      }
    }
  });

  it('refuse another index, a longer and a shorter proof, and an index outside the tree', () => {
    const hashes = leaves(13);
    const read = nodesOver(hashes);
    const root = rootOf(hashes);
    for (let index = 0; index < 13; index++) {
      const leaf = hashes[index] as Hash;
      const proof = inclusionProof(index, 13, read);
      for (let other = 0; other < 16; other++) if (other !== index) expect(verifyInclusion(other, 13, leaf, proof, root)).toBe(false);
      expect(verifyInclusion(index, 13, leaf, [...proof, leaf], root)).toBe(false);
      expect(verifyInclusion(index, 13, leaf, proof.slice(0, -1), root)).toBe(false);
      expect(verifyInclusion(index + 0.5, 13, leaf, proof, root)).toBe(false);
    }
    expect(() => inclusionProof(13, 13, read)).toThrow(RangeError);
  });

  it('look up only the nodes they announce', () => {
    for (let size = 1; size <= 40; size++) {
      const all = nodesOver(leaves(size));
      for (let index = 0; index < size; index++) {
        const announced = new Set(nodesForInclusion(index, size).map((node) => JSON.stringify(node)));
        inclusionProof(index, size, (node) => {
          expect(announced.has(JSON.stringify(node))).toBe(true);
          return all(node);
        });
      }
    }
  });
});

describe('consistency proofs', () => {
  it('verify for every pair up to 40, and refuse a flipped bit anywhere', () => {
    const hashes = leaves(40);
    const read = nodesOver(hashes);
    const roots = Array.from({ length: 41 }, (_, size) => rootAt(size, read));
    for (let to = 1; to <= 40; to++) {
      for (let from = 1; from <= to; from++) {
        const proof = consistencyProof(from, to, read);
        const [old, now] = [roots[from] as Hash, roots[to] as Hash];
        expect(verifyConsistency(from, to, old, now, proof)).toBe(true);
        const bit = (from * 13 + to * 7) % 256;
        expect(verifyConsistency(from, to, flip(old, bit), now, proof)).toBe(false);
        expect(verifyConsistency(from, to, old, flip(now, bit), proof)).toBe(false);
        proof.forEach((_, part) => {
          const bent = proof.map((hash, i) => (i === part ? flip(hash, bit) : hash));
          expect(verifyConsistency(from, to, old, now, bent)).toBe(false);
        });
        expect(verifyConsistency(from, to, old, now, [...proof, old])).toBe(false);
        if (from < to) expect(verifyConsistency(from, to, old, now, [])).toBe(false);
      }
    }
  });

  it('refuse a rewritten past: a tree whose old leaf was exchanged', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.nat(), fc.nat(), (to, a, b) => {
        const from = 1 + (a % (to - 1));
        const honest = leaves(to);
        const forged = honest.map((hash, i) => (i === b % from ? leafHash(Uint8Array.of(0xff, 0xff, 0xff)) : hash));
        const proof = consistencyProof(from, to, nodesOver(forged));
        return !verifyConsistency(from, to, rootOf(honest.slice(0, from)), rootOf(forged), proof);
      }),
    );
  });

  it('hold from the empty tree, and never backwards', () => {
    expect(verifyConsistency(0, 5, emptyRoot(), rootOf(leaves(5)), [])).toBe(true);
    expect(verifyConsistency(0, 5, leafHash(Uint8Array.of(1)), rootOf(leaves(5)), [])).toBe(false);
    expect(verifyConsistency(5, 4, rootOf(leaves(5)), rootOf(leaves(4)), [])).toBe(false);
    expect(() => consistencyProof(5, 4, nodesOver(leaves(5)))).toThrow(RangeError);
  });

  it('look up only the nodes they announce', () => {
    const read = nodesOver(leaves(40));
    for (let from = 1; from <= 40; from++) {
      const announced = new Set(nodesForConsistency(from, 40).map((node) => JSON.stringify(node)));
      consistencyProof(from, 40, (node) => {
        expect(announced.has(JSON.stringify(node))).toBe(true);
        return read(node);
      });
    }
  });
});

describe('appending one leaf at a time', () => {
  it('gives the same root as the whole tree, completes each node once, and can start again anywhere', () => {
    const hashes = leaves(150);
    const stored = new Map<string, Hash>();
    const read = ({ level, index }: { level: number; index: number }): Hash => {
      const hash = stored.get(`${level}/${index}`);
      if (hash === undefined) throw new Error(`node ${level}/${index} was never completed`);
      return hash;
    };
    let tree = emptyTree;
    hashes.forEach((leaf, i) => {
      const step = append(i % 7 === 0 ? compactTreeAt(i, read) : tree, leaf);
      for (const { level, index, hash } of step.completed) {
        expect(stored.has(`${level}/${index}`)).toBe(false);
        stored.set(`${level}/${index}`, hash);
      }
      tree = step.tree;
      expect(tree.size).toBe(i + 1);
      const root = rootOf(hashes.slice(0, i + 1));
      expect(base64url(compactRoot(tree))).toBe(base64url(root));
      expect(base64url(rootAt(i + 1, read))).toBe(base64url(root));
    });
    expect(base64url(compactRoot(emptyTree))).toBe(base64url(emptyRoot()));
  });
});
