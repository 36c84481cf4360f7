import { crc32, deflateRawSync } from 'node:zlib';
import { utf8 } from '../../src/kernel/bytes.ts';
import { concat } from '../../src/sealing/digest.ts';

/**
 * An archive written byte by byte, so that every field of it can lie. With nothing changed it is a sound one: what the tests refuse is refused for
 * the one thing that they bent.
 */
export interface RawEntry {
  readonly path: string;
  readonly content: Uint8Array;
  /** deflated instead of stored */
  readonly deflated?: boolean;
  /** what both headers say of the size, when it is not the truth */
  readonly declared?: number;
  /** general purpose flags besides UTF-8 */
  readonly flags?: number;
  /** system that made it, and its attributes (Unix mode in the high half) */
  readonly system?: number;
  readonly attributes?: number;
  /** another name in the local header */
  readonly localPath?: string;
  /** extra field of the central header, and 32-bit fields that point to it */
  readonly zip64?: { readonly size?: bigint; readonly compressed?: bigint; readonly offset?: bigint };
  /** the local header of the entry with this number instead of one of its own */
  readonly sharing?: number;
  /** this place for its local header, instead of one of its own */
  readonly quoting?: number;
}

export interface RawEnd {
  /** what the end record says of the number of entries, of the directory's length and place */
  readonly count?: number;
  readonly length?: number;
  readonly offset?: number;
  readonly comment?: Uint8Array;
  /** a zip64 end record and its locator before the end record */
  readonly zip64?: { readonly count?: bigint; readonly length?: bigint; readonly offset?: bigint; readonly locator?: bigint };
}

type Field = readonly [bytes: 2 | 4 | 8, value: number | bigint];
/** These numbers, little-endian. */
function fields(...given: readonly Field[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(given.reduce((sum, [bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [bytes, value] of given) {
    if (bytes === 2) view.setUint16(at, Number(value), true);
    else if (bytes === 4) view.setUint32(at, Number(value), true);
    else view.setBigUint64(at, BigInt(value), true);
    at += bytes;
  }
  return new Uint8Array(view.buffer);
}

const full = 0xffffffff;
const date = 0x21; // 1980-01-01
const utf8Flag = 0x800;

/** What local and central header have in common, from the version to the length of the name. */
function shared(entry: RawEntry, data: Uint8Array, name: Uint8Array): Uint8Array<ArrayBuffer> {
  const { content, zip64 } = entry;
  const size = entry.declared ?? content.length;
  return fields(
    [2, 45],
    [2, utf8Flag | (entry.flags ?? 0)],
    [2, entry.deflated ? 8 : 0],
    [2, 0],
    [2, date],
    [4, crc32(content)],
    [4, zip64?.compressed === undefined ? data.length : full],
    [4, zip64?.size === undefined ? size : full],
    [2, name.length],
  );
}

function central(entry: RawEntry, data: Uint8Array, offset: number): Uint8Array<ArrayBuffer> {
  const name = utf8(entry.path);
  const { size, compressed, offset: place } = entry.zip64 ?? {};
  const values = [size, compressed, place].filter((each) => each !== undefined);
  const extra =
    values.length === 0 ? new Uint8Array() : concat(fields([2, 1], [2, 8 * values.length]), fields(...values.map((v) => [8, v] as const)));
  return concat(
    fields([4, 0x02014b50], [2, ((entry.system ?? 3) << 8) | 45]),
    shared(entry, data, name),
    fields([2, extra.length], [2, 0], [2, 0], [2, 0], [4, entry.attributes ?? 0], [4, place === undefined ? offset : full]),
    name,
    extra,
  );
}

/** The end record alone. */
export const endRecord = (count: number, length: number, offset: number, comment: Uint8Array = new Uint8Array()): Uint8Array<ArrayBuffer> =>
  concat(fields([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, length], [4, offset], [2, comment.length]), comment);

function zip64End(given: NonNullable<RawEnd['zip64']>, truth: { count: number; length: number; offset: number }): Uint8Array<ArrayBuffer> {
  const count = given.count ?? BigInt(truth.count);
  const record = fields([4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0], [8, count], [8, count]);
  const place = fields([8, given.length ?? BigInt(truth.length)], [8, given.offset ?? BigInt(truth.offset)]);
  const locator = fields([4, 0x07064b50], [4, 0], [8, given.locator ?? BigInt(truth.offset + truth.length)], [4, 1]);
  return concat(record, place, locator);
}

/** Writes the archive. */
export function rawContainer(entries: readonly RawEntry[], end: RawEnd = {}): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const offsets: number[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  const put = (...pieces: readonly Uint8Array[]): void => {
    parts.push(...pieces);
    at += pieces.reduce((sum, each) => sum + each.length, 0);
  };
  for (const entry of entries) {
    const data = entry.deflated ? deflateRawSync(entry.content, { level: 9 }) : entry.content;
    const offset = entry.sharing === undefined ? at : (offsets[entry.sharing] ?? 0);
    offsets.push(offset);
    directory.push(central(entry, data, entry.quoting ?? offset));
    if (entry.sharing !== undefined || entry.quoting !== undefined) continue;
    const name = utf8(entry.localPath ?? entry.path);
    put(fields([4, 0x04034b50]), shared({ ...entry, zip64: {} }, data, name), fields([2, 0]), name, data);
  }
  const listed = concat(...directory);
  const truth = { count: entries.length, length: listed.length, offset: at };
  const zip64 = end.zip64 === undefined ? new Uint8Array() : zip64End(end.zip64, truth);
  const last = endRecord(end.count ?? truth.count, end.length ?? truth.length, end.offset ?? truth.offset, end.comment);
  return concat(...parts, listed, zip64, last);
}
