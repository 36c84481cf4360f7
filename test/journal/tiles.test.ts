import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  consistencyProof,
  type Hash,
  inclusionProof,
  leafHash,
  nodesForConsistency,
  nodesForInclusion,
  nodesOver,
  rootAt,
} from '../../src/journal/merkle.ts';
import {
  entryBundle,
  isServed,
  nodesFromTiles,
  parseEntryBundle,
  parseTilePath,
  type Tile,
  tileBytes,
  tilePath,
  tilesAt,
  tilesBetween,
  tilesFor,
} from '../../src/journal/tiles.ts';

const leaves = Array.from({ length: 70_000 }, (_, i): Hash => leafHash(Uint8Array.of(i, i >> 8, i >> 16)));
const paths = (size: number): string[] => tilesAt(size).map(tilePath);

describe('C2SP tlog-tiles', () => {
  it('names tiles as the standard does', () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(tilePath({ level: 1, index: 0, width: 17 })).toBe('tile/1/000.p/17');
    expect(tilePath({ level: 'entries', index: 1000, width: 1 })).toBe('tile/entries/x001/000.p/1');
  });

  it('reads only the one spelling of each path', () => {
    fc.assert(
      fc.property(
        fc.nat(1e9),
        fc.integer({ min: 1, max: 256 }),
        fc.constantFrom<Tile['level']>('entries', 0, 1, 2, 5),
        (index, width, level) => {
          const tile = { level, index, width };
          expect(parseTilePath(tilePath(tile))).toEqual(tile);
        },
      ),
    );
    for (const odd of [
      'tile/0/0',
      'tile/00/000',
      'tile/0/x000/001',
      'tile/0/000.p/256',
      'tile/0/000.p/0',
      'tile/0/000.p/01',
      'tile/x/000',
      'tile/0/001/000',
      'tile/0/../000',
    ]) {
      expect(parseTilePath(odd)).toBeUndefined();
    }
  });

  it('serves the full tiles and the one partial tile of each level', () => {
    expect(paths(0)).toEqual([]);
    expect(paths(1)).toEqual(['tile/entries/000.p/1', 'tile/0/000.p/1']);
    expect(paths(256)).toEqual(['tile/entries/000', 'tile/0/000', 'tile/1/000.p/1']);
    expect(paths(257)).toEqual(['tile/entries/000', 'tile/entries/001.p/1', 'tile/0/000', 'tile/0/001.p/1', 'tile/1/000.p/1']);
    const big = paths(70_000);
    expect(big).toContain('tile/0/273.p/112');
    expect(big).toContain('tile/1/001.p/17');
    expect(big).toContain('tile/2/000.p/1');
    expect(tilesBetween(256, 257).map(tilePath)).toEqual(['tile/entries/001.p/1', 'tile/0/001.p/1']);
    expect(isServed({ level: 0, index: 0, width: 200 }, 300)).toBe(true);
    expect(isServed({ level: 0, index: 1, width: 45 }, 300)).toBe(false);
  });

  it('gives the same proofs from tiles as from leaves', () => {
    const all = nodesOver(leaves);
    const sizes = [1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 70_000];
    fc.assert(
      fc.property(fc.constantFrom(...sizes), fc.nat(), fc.nat(), (size, a, b) => {
        const [index, from] = [a % size, 1 + (b % size)];
        const announced = new Set(tilesFor([...nodesForInclusion(index, size), ...nodesForConsistency(from, size)], size).map(tilePath));
        const served = new Set(tilesAt(size).map(tilePath));
        const read = nodesFromTiles(size, (tile) => {
          expect(announced.has(tilePath(tile)) && served.has(tilePath(tile))).toBe(true);
          return tileBytes(tile, all);
        });
        expect(inclusionProof(index, size, read)).toEqual(inclusionProof(index, size, all));
        expect(consistencyProof(from, size, read)).toEqual(consistencyProof(from, size, all));
      }),
      { numRuns: 60 },
    );
    expect(
      rootAt(
        70_000,
        nodesFromTiles(70_000, (tile) => tileBytes(tile, all)),
      ),
    ).toEqual(rootAt(70_000, all));
  });

  it('refuses a tile of the wrong length', () => {
    const read = nodesFromTiles(300, () => new Uint8Array(31));
    expect(() => inclusionProof(3, 300, read)).toThrow(RangeError);
  });

  it('bundles entries with their lengths', () => {
    const entries = [Uint8Array.of(1, 2, 3), new Uint8Array(32).fill(7), new Uint8Array(0)];
    expect(parseEntryBundle(entryBundle(entries))).toEqual(entries);
    expect(parseEntryBundle(entryBundle(entries).slice(0, -3))).toBeUndefined();
    expect(parseEntryBundle(Uint8Array.of(0))).toBeUndefined();
  });
});
