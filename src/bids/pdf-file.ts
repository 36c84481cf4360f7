import { concat } from '../sealing/digest.ts';
import {
  type Effort,
  isDict,
  isList,
  isRef,
  latin,
  nameOf,
  type PdfDict,
  type PdfObject,
  PdfReader,
  type PdfValue,
  scanObjects,
} from './pdf-objects.ts';

/** A PDF whose objects can be asked for by number, packed ones too, and whose streams can be unpacked, all within one effort. */
export class PdfFile {
  readonly bytes: Uint8Array;
  readonly effort: Effort;
  /** in the order of the file; where it was saved again, earlier versions as well */
  readonly objects: readonly PdfObject[];
  readonly trailers: readonly PdfDict[];
  readonly #newest: ReadonlyMap<number, PdfObject>;

  private constructor(bytes: Uint8Array, effort: Effort, objects: readonly PdfObject[], trailers: readonly PdfDict[]) {
    this.bytes = bytes;
    this.effort = effort;
    this.objects = objects;
    this.trailers = trailers;
    this.#newest = new Map(objects.map((each) => [each.number, each]));
  }

  static async open(bytes: Uint8Array, effort: Effort): Promise<PdfFile> {
    const { objects, trailers } = scanObjects(bytes, effort);
    const all: PdfObject[] = [];
    for (const object of objects) {
      all.push(object);
      if (isDict(object.value) && nameOf(object.value.get('Type')) === 'ObjStm') all.push(...(await packedIn(bytes, effort, object)));
    }
    return new PdfFile(bytes, effort, all, trailers);
  }

  /** The object a reference leads to. */
  object(value: PdfValue | undefined): PdfObject | undefined {
    return isRef(value) ? this.#newest.get(value.ref) : undefined;
  }

  /** A value, behind whatever references lead to it. */
  value(value: PdfValue | undefined): PdfValue | undefined {
    let found = value;
    for (let steps = 0; isRef(found) && steps < 20; steps += 1) found = this.#newest.get(found.ref)?.value;
    return found;
  }

  dict(value: PdfValue | undefined): PdfDict | undefined {
    const found = this.value(value);
    return isDict(found) ? found : undefined;
  }

  list(value: PdfValue | undefined): readonly PdfValue[] {
    const found = this.value(value);
    return isList(found) ? found : [];
  }

  /** What a stream holds, unpacked; null where it is packed in a way that is not read here. */
  content = (object: PdfObject): Promise<Uint8Array | null> => contentOf(this.bytes, this.effort, object);
}

async function contentOf(bytes: Uint8Array, effort: Effort, { stream, value }: PdfObject): Promise<Uint8Array | null> {
  if (!stream || !isDict(value)) return null;
  const filter = value.get('Filter') ?? [];
  let content: Uint8Array | null = bytes.subarray(stream.from, stream.until);
  for (const each of isList(filter) ? filter : [filter]) {
    if (content === null) return null;
    content = await unpacked(content, nameOf(each), effort);
  }
  return content;
}

async function unpacked(packed: Uint8Array, filter: string, effort: Effort): Promise<Uint8Array | null> {
  if (filter === 'ASCIIHexDecode' || filter === 'AHx') return hexBytes(packed);
  if (filter === 'ASCII85Decode' || filter === 'A85') return bytesOf85(packed);
  if (filter !== 'FlateDecode' && filter !== 'Fl') return null;
  const content = await inflated(packed, effort.unpacking).catch(() => null);
  if (content === null) return null;
  effort.unpacking -= content.length;
  if (effort.unpacking >= 0) return content;
  effort.cut = true;
  effort.unpacking = 0;
  return null;
}

/** Stops at the first piece beyond `most`: what comes back is then longer than that. */
export async function inflated(packed: Uint8Array, most: number, format: CompressionFormat = 'deflate'): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const unpacking = new DecompressionStream(format);
  const writer = unpacking.writable.getWriter();
  // line ends behind the data are no part of it: what was unpacked before counts
  void writer
    .write(new Uint8Array(packed))
    .then(() => writer.close())
    .catch(() => undefined);
  const reader = unpacking.readable.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      pieces.push(next.value);
      size += next.value.length;
      if (size <= most) continue;
      void reader.cancel().catch(() => undefined);
      break;
    }
  } catch (error) {
    if (pieces.length === 0) throw error;
  }
  return concat(...pieces);
}

const hexBytes = (packed: Uint8Array): Uint8Array =>
  Uint8Array.from(
    latin(packed)
      .replace(/>[\s\S]*$/, '')
      .replace(/[^0-9A-Fa-f]/g, '')
      .match(/../g) ?? [],
    (hex) => Number.parseInt(hex, 16),
  );

function bytesOf85(packed: Uint8Array): Uint8Array {
  const out: number[] = [];
  let group: number[] = [];
  const flush = (digits: number): void => {
    const value = group.reduce((sum, digit) => sum * 85 + digit, 0);
    for (let at = 0; at < digits; at += 1) out.push(Math.floor(value / 256 ** (3 - at)) % 256);
    group = [];
  };
  for (const byte of packed) {
    if (byte === 0x7e) break;
    if (byte === 0x7a && group.length === 0) out.push(0, 0, 0, 0);
    if (byte < 0x21 || byte > 0x75) continue;
    group.push(byte - 0x21);
    if (group.length === 5) flush(4);
  }
  const left = group.length;
  if (left > 1) {
    while (group.length < 5) group.push(84);
    flush(left - 1);
  }
  return Uint8Array.from(out);
}

/** The objects in a stream of objects (7.5.7): pairs of number and place, then the objects. */
async function packedIn(bytes: Uint8Array, effort: Effort, object: PdfObject): Promise<PdfObject[]> {
  const content = await contentOf(bytes, effort, object);
  const first = isDict(object.value) ? object.value.get('First') : undefined;
  const count = isDict(object.value) ? object.value.get('N') : undefined;
  if (content === null || typeof first !== 'number' || typeof count !== 'number') return [];
  const heads = new PdfReader(content, effort);
  const places: { number: number; at: number }[] = [];
  for (let each = 0; each < count && heads.at < first; each += 1) {
    const [number, at] = [heads.next(), heads.next()];
    if (typeof number !== 'number' || typeof at !== 'number') break;
    places.push({ number, at: first + at });
  }
  const objects: PdfObject[] = [];
  for (const { number, at } of places) {
    const value = new PdfReader(content, effort, at).next();
    if (value === undefined) break;
    objects.push({ number, value, stream: null, packed: true });
  }
  return objects;
}
