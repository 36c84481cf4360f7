import { fromBase64url, utf8 } from '../kernel/bytes.ts';
import { concat, keyedSha256 } from './digest.ts';

/**
 * A list of candidates as bytes, 64 for each: commitment(32) || employer tag(32). A pool of a million is 64 MB so, and one digest in the
 * request; as JSON it would be twice that, in every place where the request stands.
 */
export const candidateBytes = 64;
const wordBytes = 32;

/** What a list is made of, by place. */
export const candidateAt = (list: Uint8Array, place: number): Uint8Array =>
  list.subarray(place * candidateBytes, (place + 1) * candidateBytes);
export const commitmentAt = (list: Uint8Array, place: number): Uint8Array =>
  list.subarray(place * candidateBytes, place * candidateBytes + wordBytes);
export const employerAt = (list: Uint8Array, place: number): Uint8Array =>
  list.subarray(place * candidateBytes + wordBytes, (place + 1) * candidateBytes);
export const candidatesIn = (list: Uint8Array): number => list.length / candidateBytes;

/** The candidates of a short request as bytes, in the order in which it lists them. */
export function packedCandidates(candidates: readonly { readonly expert: string; readonly employer: string }[]): Uint8Array {
  const list = new Uint8Array(candidates.length * candidateBytes);
  for (const [place, { expert, employer }] of candidates.entries()) {
    list.set(decoded(expert), place * candidateBytes);
    list.set(decoded(employer), place * candidateBytes + wordBytes);
  }
  return list;
}

/** Places of the candidates, lowest ticket first. Lazy: whoever wants the first twenty of a million sorts no more than they stand among. */
export function inTicketOrder(list: Uint8Array, seed: Uint8Array, specialty: string): Iterable<number> {
  const size = candidatesIn(list);
  const tickets = new Uint8Array(size * wordBytes);
  const ticket = keyedSha256(seed);
  const head = concat(utf8(specialty), Uint8Array.of(0));
  const message = new Uint8Array(head.length + wordBytes);
  message.set(head);
  for (let place = 0; place < size; place += 1) {
    message.set(commitmentAt(list, place), head.length);
    ticket(message, tickets.subarray(place * wordBytes, (place + 1) * wordBytes));
  }
  return ascending(tickets, wordBytes);
}

/**
 * Places of the words of 32 bytes that begin each stretch of `stride` bytes, lowest first. Words are hashes and spread evenly, so they are dealt
 * by their first bits into boxes of a few dozen, and a box is sorted when its turn comes. Any words come out right, only slower.
 */
export function* ascending(bytes: Uint8Array, stride: number): Generator<number> {
  const size = bytes.length / stride;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bits = Math.max(0, Math.min(20, Math.floor(Math.log2(Math.max(1, size))) - 5));
  const boxOf = (place: number): number => (bits === 0 ? 0 : view.getUint32(place * stride) >>> (32 - bits));
  const ends = new Uint32Array(2 ** bits + 1);
  for (let place = 0; place < size; place += 1) ends[boxOf(place) + 1] = (ends[boxOf(place) + 1] ?? 0) + 1;
  for (let box = 1; box < ends.length; box += 1) ends[box] = (ends[box] ?? 0) + (ends[box - 1] ?? 0);
  const next = ends.slice(0, -1);
  const dealt = new Uint32Array(size);
  for (let place = 0; place < size; place += 1) {
    const box = boxOf(place);
    const at = next[box] ?? 0;
    dealt[at] = place;
    next[box] = at + 1;
  }
  for (let box = 0; box < ends.length - 1; box += 1)
    yield* dealt.subarray(ends[box], ends[box + 1]).sort((a, b) => compareWords(view, a * stride, view, b * stride));
}

/** Ascending by commitment and none twice: one list has one text. */
export function isAscending(list: Uint8Array): boolean {
  if (list.length % candidateBytes !== 0) return false;
  const view = new DataView(list.buffer, list.byteOffset, list.byteLength);
  for (let at = candidateBytes; at < list.length; at += candidateBytes)
    if (compareWords(view, at - candidateBytes, view, at) >= 0) return false;
  return true;
}

/** Do two ascending lists name the same employer for each candidate that stands in both? */
export function agreeOnEmployers(one: Uint8Array, other: Uint8Array): boolean {
  const [first, second] = [one, other].map((list) => new DataView(list.buffer, list.byteOffset, list.byteLength));
  if (!first || !second) return true;
  for (let a = 0, b = 0; a < one.length && b < other.length; ) {
    const order = compareWords(first, a, second, b);
    if (order === 0 && compareWords(first, a + wordBytes, second, b + wordBytes) !== 0) return false;
    if (order <= 0) a += candidateBytes;
    if (order >= 0) b += candidateBytes;
  }
  return true;
}

/** The employer tags of some candidates, wherever in these lists they stand. */
export function employersOf(lists: readonly Uint8Array[], experts: Iterable<string>): ReadonlyMap<string, Uint8Array> {
  const wanted = new Map<number, [string, DataView][]>();
  for (const expert of experts) {
    const bytes = decoded(expert);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    wanted.set(view.getUint32(0), [...(wanted.get(view.getUint32(0)) ?? []), [expert, view]]);
  }
  const found = new Map<string, Uint8Array>();
  for (const list of lists) {
    const view = new DataView(list.buffer, list.byteOffset, list.byteLength);
    for (let at = 0; at < list.length; at += candidateBytes)
      for (const [expert, word] of wanted.get(view.getUint32(at)) ?? [])
        if (compareWords(view, at, word, 0) === 0) found.set(expert, list.subarray(at + wordBytes, at + candidateBytes));
  }
  return found;
}

function compareWords(a: DataView, atA: number, b: DataView, atB: number): number {
  for (let at = 0; at < wordBytes; at += 4) {
    const difference = a.getUint32(atA + at) - b.getUint32(atB + at);
    if (difference !== 0) return difference;
  }
  return 0;
}

function decoded(text: string): Uint8Array {
  const bytes = fromBase64url(text);
  if (bytes === undefined || bytes.length !== wordBytes) throw new TypeError('not 32 bytes in base64url');
  return bytes;
}
