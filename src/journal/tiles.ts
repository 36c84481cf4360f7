import { concatBytes } from '@noble/hashes/utils.js';
import { type Hash, type NodeAt, type NodeReader, nodeHash } from './merkle.ts';

/**
 * C2SP tlog-tiles: the tree cut into files of up to 256 hashes, so that anyone can follow the journal with plain GETs and a cache.
 * Tile (level, index) holds the tree's nodes of level 8·level from index·256 on; entry bundles hold the leaf data themselves.
 */
export const tileWidth = 256;
const tileHeight = 8;

export interface Tile {
  readonly level: number | 'entries';
  readonly index: number;
  /** number of hashes or entries, 1 to 256; below 256 the tile is partial */
  readonly width: number;
}

/** Every tile a log of this size serves, entry bundles included: the full ones and at most one partial one per level. */
export function tilesAt(size: number): Tile[] {
  const tiles: Tile[] = row('entries', size);
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / tileWidth)) tiles.push(...row(level, count));
  return tiles;
}

/** The tiles that are new at `to` for somebody who has all tiles of `from`. */
export function tilesBetween(from: number, to: number): Tile[] {
  const before = new Set(tilesAt(from).map(tilePath));
  return tilesAt(to).filter((tile) => !before.has(tilePath(tile)));
}

/** Whether a log of this size serves this tile. A width below what the log could serve is fine: it once did. */
export function isServed(tile: Tile, size: number): boolean {
  const count = tile.level === 'entries' ? size : Math.floor(size / tileWidth ** tile.level);
  return tile.width >= 1 && tile.width <= tileWidth && tile.index * tileWidth + tile.width <= count;
}

/** `tile/<L>/<N>[.p/<W>]`, with N in groups of three digits, all but the last marked by x: `tile/0/x001/x234/067`. */
export function tilePath(tile: Tile): string {
  const digits = tile.index.toString();
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  const number = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${tile.level}/${number}${tile.width < tileWidth ? `.p/${tile.width}` : ''}`;
}

/** Reads a tile path; undefined for any text that `tilePath` would not print. */
export function parseTilePath(path: string): Tile | undefined {
  const [, level, number, width] = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? [];
  if (level === undefined || number === undefined) return undefined;
  const index = Number(number.replaceAll(/[x/]/g, ''));
  const tile: Tile = { level: level === 'entries' ? level : Number(level), index, width: width === undefined ? tileWidth : Number(width) };
  const sensible =
    Number.isSafeInteger(index * tileWidth) && tile.width >= 1 && tile.width <= tileWidth && (level === 'entries' || Number(level) < 64);
  return sensible && tilePath(tile) === path ? tile : undefined;
}

/** The nodes whose hashes a tile holds, in order. */
export function nodesOfTile(tile: Tile): NodeAt[] {
  if (tile.level === 'entries') throw new RangeError('an entry bundle holds entries, not hashes');
  const level = tile.level * tileHeight;
  return Array.from({ length: tile.width }, (_, i) => ({ level, index: tile.index * tileWidth + i }));
}

/** The bytes of a tile: its hashes, one after the other. */
export const tileBytes = (tile: Tile, read: NodeReader): Uint8Array => concatBytes(...nodesOfTile(tile).map(read));

/** The bytes of an entry bundle: each entry with its length as two bytes, most significant first. */
export function entryBundle(entries: readonly Uint8Array[]): Uint8Array {
  return concatBytes(...entries.flatMap((entry) => [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry]));
}

/** Reads an entry bundle; undefined when the lengths do not add up. */
export function parseEntryBundle(bytes: Uint8Array): Uint8Array[] | undefined {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    if (at + 2 + length > bytes.length) return undefined;
    entries.push(bytes.slice(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return entries;
}

/** The tile that tells a node, in a log of this size (a node inside a tile is computed from the tile's hashes). */
export function tileOf(node: NodeAt, size: number): Tile {
  const level = Math.floor(node.level / tileHeight);
  const index = Math.floor((node.index * 2 ** (node.level % tileHeight)) / tileWidth);
  const count = Math.floor(size / tileWidth ** level);
  const tile: Tile = { level, index, width: Math.min(tileWidth, count - index * tileWidth) };
  if (tile.width < 1) throw new RangeError(`no node ${node.level}/${node.index} in a tree of ${size}`);
  return tile;
}

/** The tiles to fetch before `nodesFromTiles` can read these nodes. */
export function tilesFor(nodes: readonly NodeAt[], size: number): Tile[] {
  const tiles = new Map(nodes.map((node) => tileOf(node, size)).map((tile) => [tilePath(tile), tile]));
  return [...tiles.values()];
}

/** Looks nodes up in tiles: proofs made with this reader need no server but a file host. `tile` answers the bytes of a tile. */
export function nodesFromTiles(size: number, tile: (tile: Tile) => Uint8Array): NodeReader {
  return (node) => {
    const place = tileOf(node, size);
    const bytes = tile(place);
    const count = 2 ** (node.level % tileHeight);
    const first = node.index * count - place.index * tileWidth;
    if (bytes.length !== place.width * 32 || first + count > place.width)
      throw new RangeError(`tile ${tilePath(place)} is not what it should be`);
    return fold(Array.from({ length: count }, (_, i) => bytes.slice((first + i) * 32, (first + i + 1) * 32)));
  };
}

function fold(hashes: readonly Hash[]): Hash {
  const [first, ...rest] = hashes;
  if (first === undefined) throw new RangeError('no hashes');
  if (rest.length === 0) return first;
  const middle = hashes.length / 2;
  return nodeHash(fold(hashes.slice(0, middle)), fold(hashes.slice(middle)));
}

function row(level: Tile['level'], count: number): Tile[] {
  const tiles = Array.from({ length: Math.floor(count / tileWidth) }, (_, index) => ({ level, index, width: tileWidth }));
  return count % tileWidth === 0 ? tiles : [...tiles, { level, index: tiles.length, width: count % tileWidth }];
}
