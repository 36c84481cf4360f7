/**
 * The objects of a PDF (ISO 32000-1, 7.3), read as far as a check needs them. Files come from bidders: whatever stands in them, reading goes forward only, to
 * a depth and for an effort that are limited, and what was left is said (`Effort.cut`). Runs in browsers and in Node alike.
 */
export type PdfValue = null | boolean | number | PdfName | PdfText | PdfRef | PdfWord | PdfDict | readonly PdfValue[];
export interface PdfName {
  readonly name: string;
}
/** A string, its bytes as characters, and where its inside stands. */
export interface PdfText {
  readonly text: string;
  readonly from: number;
  readonly until: number;
}
export interface PdfRef {
  readonly ref: number;
}
/** An operator of a content stream, or a keyword. */
export interface PdfWord {
  readonly word: string;
}
export type PdfDict = ReadonlyMap<string, PdfValue>;

export interface PdfObject {
  readonly number: number;
  readonly value: PdfValue;
  readonly stream: { readonly from: number; readonly until: number } | null;
  /** it lies in a packed stream: places of its strings are not places of the file */
  readonly packed: boolean;
}

/** How much is still done for one file; counts down. */
export interface Effort {
  /** bytes looked at; a value and an object cost more than their bytes, for what is made of them is kept */
  reading: number;
  /** bytes unpacked */
  unpacking: number;
  /** something was left */
  cut: boolean;
}
export const newEffort = (): Effort => ({ reading: 300_000_000, unpacking: 64_000_000, cut: false });

export const isDict = (value: PdfValue | undefined): value is PdfDict => value instanceof Map;
export const isList = (value: PdfValue | undefined): value is readonly PdfValue[] => Array.isArray(value);
export const isText = (value: PdfValue | undefined): value is PdfText => has(value, 'text');
export const isRef = (value: PdfValue | undefined): value is PdfRef => has(value, 'ref');
export const isWord = (value: PdfValue | undefined): value is PdfWord => has(value, 'word');
export const nameOf = (value: PdfValue | undefined): string => (has(value, 'name') ? (value as PdfName).name : '');
const has = (value: PdfValue | undefined, key: string): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map) && key in value;

export const latin = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return text;
};

const mostNested = 60;
/** Longer strings are none that a program writes. */
const mostString = 500_000;
const valueCost = 24;
const objectCost = 200;
const white = new Set([0, 9, 10, 12, 13, 32]);
const delimiters = new Set([...'()<>[]{}/%'].map((each) => each.charCodeAt(0)));
const isRegular = (byte: number | undefined): byte is number => byte !== undefined && !white.has(byte) && !delimiters.has(byte);
const code = { open: 0x28, close: 0x29, less: 0x3c, more: 0x3e, list: 0x5b, listEnd: 0x5d, slash: 0x2f, comment: 0x25, escape: 0x5c };

/** Reads value after value. */
export class PdfReader {
  readonly bytes: Uint8Array;
  readonly #effort: Effort;
  at: number;

  constructor(bytes: Uint8Array, effort: Effort, from = 0) {
    this.bytes = bytes;
    this.#effort = effort;
    this.at = from;
  }

  /** The next value or word; undefined at the end, or when the effort is spent. */
  next(depth = 0): PdfValue | undefined {
    const from = this.at;
    const value = this.#value(depth);
    if (depth === 0) this.#effort.reading -= this.at - from + 1;
    if (this.#effort.reading > 0) return value;
    this.#effort.cut = true;
    return undefined;
  }

  skipWhite(): void {
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === code.comment)
        while (this.at < this.bytes.length && this.bytes[this.at] !== 10 && this.bytes[this.at] !== 13) this.at += 1;
      else if (byte !== undefined && white.has(byte)) this.at += 1;
      else return;
    }
  }

  /** Goes behind the data of an inline image, which begins here. */
  skipImage(): void {
    const from = this.at;
    for (let end = this.bytes.indexOf(0x45, from); end >= 0; end = this.bytes.indexOf(0x45, end + 1))
      if (this.bytes[end + 1] === 0x49 && white.has(this.bytes[end - 1] ?? 0) && !isRegular(this.bytes[end + 2])) {
        this.at = end + 2;
        this.#effort.reading -= this.at - from;
        return;
      }
    this.#effort.reading -= this.bytes.length - from;
    this.at = this.bytes.length;
  }

  #value(depth: number): PdfValue | undefined {
    this.skipWhite();
    const byte = this.bytes[this.at];
    this.#effort.reading -= valueCost;
    if (byte === undefined || this.#effort.reading <= 0) return undefined;
    if (byte === code.slash) return this.#name();
    if (byte === code.open) return this.#string();
    if (byte === code.less) return this.bytes[this.at + 1] === code.less ? this.#dict(depth) : this.#hex();
    if (byte === code.list) return this.#list(depth);
    if (!isRegular(byte)) {
      this.at += byte === code.more && this.bytes[this.at + 1] === code.more ? 2 : 1;
      return { word: byte === code.more ? '>>' : String.fromCharCode(byte) };
    }
    return this.#regular();
  }

  #run(): string {
    const from = this.at;
    while (isRegular(this.bytes[this.at])) this.at += 1;
    return latin(this.bytes.subarray(from, this.at));
  }

  #name(): PdfName {
    this.at += 1;
    return { name: this.#run().replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) };
  }

  #regular(): PdfValue {
    const word = this.#run();
    if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) return /^\d+$/.test(word) ? this.#numberOrRef(Number(word)) : Number(word);
    if (word === 'true' || word === 'false') return word === 'true';
    return word === 'null' ? null : { word };
  }

  #numberOrRef(number: number): number | PdfRef {
    const near = /^\s+\d{1,5}\s+R(?![^\s()<>[\]{}/%])/.exec(latin(this.bytes.subarray(this.at, this.at + 16)));
    if (!near) return number;
    this.at += near[0].length;
    return { ref: number };
  }

  #string(): PdfText {
    this.at += 1;
    const from = this.at;
    const most = Math.min(this.bytes.length, from + mostString);
    let open = 1;
    for (; this.at < most; this.at += 1) {
      const byte = this.bytes[this.at];
      if (byte === code.escape) this.at += 1;
      else if (byte === code.open) open += 1;
      else if (byte === code.close) open -= 1;
      if (open === 0) break;
    }
    if (open > 0) return this.#endless(from);
    this.at += 1;
    return { text: unescaped(latin(this.bytes.subarray(from, this.at - 1))), from, until: this.at - 1 };
  }

  /** A string without an end would swallow all that follows: it is left, and reading goes on behind where it began. */
  #endless(from: number): PdfText {
    this.#effort.reading -= mostString;
    this.#effort.cut = true;
    this.at = from;
    return { text: '', from, until: from };
  }

  #hex(): PdfText {
    const from = this.at + 1;
    const until = this.bytes.subarray(0, from + mostString).indexOf(code.more, from);
    if (until < 0) return this.#endless(from);
    this.at = until + 1;
    const digits = latin(this.bytes.subarray(from, until)).replace(/[^0-9A-Fa-f]/g, '');
    const pairs = (digits.length % 2 === 0 ? digits : `${digits}0`).match(/../g) ?? [];
    return { text: pairs.map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join(''), from, until };
  }

  /** Values up to the word that ends them; nothing of what is nested too deep. */
  #until(end: string, depth: number): PdfValue[] {
    const values: PdfValue[] = [];
    if (depth >= mostNested) {
      this.#effort.cut = true;
      return values;
    }
    for (let value = this.#value(depth + 1); value !== undefined; value = this.#value(depth + 1)) {
      if (isWord(value) && (value.word === end || value.word === 'endobj')) break;
      values.push(value);
    }
    return values;
  }

  #list(depth: number): readonly PdfValue[] {
    this.at += 1;
    return this.#until(']', depth);
  }

  #dict(depth: number): PdfDict {
    this.at += 2;
    const values = this.#until('>>', depth);
    const entries = new Map<string, PdfValue>();
    for (let at = 0; at + 1 < values.length; ) {
      const key = nameOf(values[at]);
      if (key !== '') entries.set(key, values[at + 1] ?? null);
      at += key === '' ? 1 : 2;
    }
    return entries;
  }
}

const unescaped = (text: string): string =>
  text.includes('\\')
    ? text.replace(/\\([0-7]{1,3}|\r\n|[\s\S])/g, (_, each: string) =>
        /^[0-7]/.test(each) ? String.fromCharCode(Number.parseInt(each, 8) & 255) : (escapes[each] ?? each),
      )
    : text;
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '\n': '', '\r': '', '\r\n': '' };

/** The objects that stand in the file unpacked, earlier versions of them too, and its trailers. */
export function scanObjects(
  bytes: Uint8Array,
  effort: Effort,
): { readonly objects: readonly PdfObject[]; readonly trailers: readonly PdfDict[] } {
  const objects: PdfObject[] = [];
  const trailers: PdfDict[] = [];
  const ends = new StreamEnds(bytes);
  for (let at = 0; at < bytes.length && effort.reading > 0; ) {
    const place = nextOf(bytes, effort, at);
    if (place === null) break;
    const reader = new PdfReader(bytes, effort, place.at);
    const value = reader.next();
    if (value === undefined) break;
    if (place.number === null) {
      if (isDict(value)) trailers.push(value);
    } else {
      const stream = isDict(value) ? streamBehind(reader, value, ends) : null;
      if (stream) reader.at = stream.until;
      objects.push({ number: place.number, value, stream, packed: false });
      if (stream && isDict(value) && nameOf(value.get('Type')) === 'XRef') trailers.push(value);
    }
    at = reader.at;
  }
  return { objects, trailers };
}

/** Where the next object or trailer begins: `12 0 obj`, `trailer`. */
function nextOf(bytes: Uint8Array, effort: Effort, from: number): { readonly at: number; readonly number: number | null } | null {
  for (let at = from; at < bytes.length && effort.reading > 0; at += 1) {
    const byte = bytes[at];
    if (byte === 0x6a && bytes[at - 1] === 0x62 && bytes[at - 2] === 0x6f && !isRegular(bytes[at + 1])) {
      effort.reading -= objectCost;
      const head = /(\d{1,10})\s+\d{1,5}\s+obj$/.exec(latin(bytes.subarray(Math.max(from, at - 24), at + 1)));
      if (head) return { at: at + 1, number: Number(head[1]) };
    }
    if (byte === 0x72 && bytes[at - 6] === 0x74 && latin(bytes.subarray(at - 6, at + 1)) === 'trailer') return { at: at + 1, number: null };
  }
  effort.cut ||= effort.reading <= 0;
  return null;
}

/** Finds `endstream`, and once there is none any more does not look for it again. */
class StreamEnds {
  readonly #bytes: Uint8Array;
  #none = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  from(at: number): number {
    for (let found = this.#none ? -1 : this.#bytes.indexOf(0x64, at); found >= 0; found = this.#bytes.indexOf(0x64, found + 1))
      if (this.isAt(found - 2)) return found - 2;
    this.#none = true;
    return this.#bytes.length;
  }

  isAt = (at: number): boolean => latin(this.#bytes.subarray(at, at + 9)) === 'endstream';
}

function streamBehind(reader: PdfReader, dict: PdfDict, ends: StreamEnds): PdfObject['stream'] {
  const { bytes } = reader;
  reader.skipWhite();
  if (latin(bytes.subarray(reader.at, reader.at + 6)) !== 'stream') return null;
  let from = reader.at + 6;
  if (bytes[from] === 13) from += 1;
  if (bytes[from] === 10) from += 1;
  const length = dict.get('Length');
  const stated = typeof length === 'number' ? from + length : -1;
  const near = [0, 1, 2].find((more) => stated >= from && ends.isAt(stated + more));
  return { from, until: near === undefined ? ends.from(from) : stated };
}
