import { ristretto255_hasher } from '@noble/curves/ed25519.js';
import * as z from 'zod';
import { base64url, canonical, canonicalBytes, fromBase64url, utf8 } from '../kernel/bytes.ts';
import {
  type CombiningFlaw,
  type Council,
  type CouncilFlaw,
  combine,
  councilShape,
  type Share,
  shareShape,
  verifyCouncil,
} from './council.ts';
import { concat, hkdfSha256, hmacSha256, sha256 } from './digest.ts';
import {
  agreeOnEmployers,
  candidateAt,
  candidateBytes,
  candidatesIn,
  commitmentAt,
  employerAt,
  employersOf,
  inTicketOrder,
  isAscending,
  packedCandidates,
} from './draw-list.ts';
import { bytesShape, idShape, instantShape } from './shapes.ts';
import { reasons, type Verdict } from './verdict.ts';

/** The verifiable draw (protocol §7): experts, substitutes, parameters, order, ties. */
// Names become keys of JSON objects; this one would vanish there.
const nameShape = z
  .string()
  .min(1)
  .refine((name) => name !== '__proto__');
const candidateShape = z.strictObject({ expert: bytesShape(32), employer: bytesShape(32) });
const common = {
  id: idShape,
  lot: idShape,
  at: instantShape,
  seats: z.array(z.strictObject({ specialty: nameShape, count: z.int().min(0).max(1000), reserve: z.int().min(0).max(1000) })),
  parameters: z.array(z.strictObject({ name: nameShape, choices: z.array(z.string()).min(1) })),
};
const shortRequestShape = z.strictObject({
  format: z.literal('yangguang/draw/v1'),
  ...common,
  eligible: z.record(z.string(), z.array(candidateShape)),
});
/** A request whose lists are too long to stand in it: it holds their digests and sizes, and the lists go beside it (draw-list.ts). */
const longRequestShape = z.strictObject({
  format: z.literal('yangguang/draw/v2'),
  ...common,
  eligible: z.record(z.string(), z.strictObject({ size: z.int().min(0), sha256: bytesShape(32) })),
});
export const drawRequestShape = z.discriminatedUnion('format', [shortRequestShape, longRequestShape]);
export type DrawRequest = z.infer<typeof shortRequestShape>;
export type LongDrawRequest = z.infer<typeof longRequestShape>;
export type AnyDrawRequest = DrawRequest | LongDrawRequest;
export type Candidate = z.infer<typeof candidateShape>;
/** The lists of a long request by specialty, 64 bytes a candidate, ascending by commitment. */
export type DrawLists = Readonly<Record<string, Uint8Array>>;

const listShape = z.record(z.string(), z.array(z.string()));
export const drawTranscriptShape = z.strictObject({
  format: z.literal('yangguang/draw-transcript/v1'),
  request: drawRequestShape,
  council: councilShape,
  shares: z.array(shareShape),
  called: listShape,
  reserve: listShape,
  parameters: z.record(z.string(), z.string()),
  /** the lists of a long request, base64url: in a file that is to be checked by itself, never in the journal */
  lists: z.record(z.string(), z.string()).optional(),
});
export type DrawTranscript = z.infer<typeof drawTranscriptShape>;

/** A transcript as the journal holds it, without the lists that a file may carry along. */
export function bareTranscript(transcript: DrawTranscript): DrawTranscript {
  const { lists: _, ...bare } = transcript;
  return bare;
}
/** A transcript that can be checked by itself: that of a long request takes its lists along. */
export const wholeTranscript = (transcript: DrawTranscript, lists: DrawLists): DrawTranscript =>
  transcript.request.format === 'yangguang/draw/v1'
    ? transcript
    : { ...transcript, lists: Object.fromEntries(Object.entries(lists).map(([specialty, list]) => [specialty, base64url(list)])) };
/** The lists that came with a transcript. */
export const listsOf = (transcript: DrawTranscript): DrawLists =>
  Object.fromEntries(Object.entries(transcript.lists ?? {}).map(([specialty, text]) => [specialty, decoded(text)]));
export type DrawResult = Pick<DrawTranscript, 'called' | 'reserve' | 'parameters'>;

const refute = reasons({
  'draw-malformed': { zh: '抽取记录格式不符。', en: 'This is not a draw in the published format.' },
  'draw-seats-repeat': { zh: '同一专业的席位重复出现。', en: 'A specialty has seats twice.' },
  'draw-pool-missing': { zh: '席位没有对应的专家名单。', en: 'A seat has no list of eligible experts.' },
  'draw-pool-unsorted': { zh: '专家名单未按承诺值排序或有重复。', en: 'A list of eligible experts is not sorted, or holds one twice.' },
  'draw-lists-missing': { zh: '缺少专家名单文件。', en: 'The lists of eligible experts are not there.' },
  'draw-list-differs': { zh: '专家名单与申请中的摘要不符。', en: 'A list of eligible experts is not the one that was asked about.' },
  'draw-employer-differs': { zh: '同一专家的单位标识前后不一致。', en: 'One expert bears two employers.' },
  'draw-parameters-repeat': { zh: '参数名称重复。', en: 'A parameter is named twice.' },
  'draw-result-differs': { zh: '抽取结果与种子推出的结果不符。', en: 'The result is not the one that the seed gives.' },
});

/** Who an expert is; only its commitment stands in a request. */
export interface ExpertIdentity {
  readonly id: string;
  readonly name: string;
  /** unified social credit code of the employer */
  readonly employer: string;
  readonly specialties: readonly string[];
}

/** H(salt(32) || JCS(identity)): hides the expert until the salt is published, binds the platform to the person. */
export function expertCommitment(expert: ExpertIdentity, salt: Uint8Array): string {
  const { id, name, employer, specialties } = expert;
  return base64url(sha256(concat(salt, canonicalBytes({ id, name, employer, specialties }))));
}

/** HMAC-SHA256(drawSalt, employer code): tells same from different employers within one draw, and nothing else. */
export const employerTag = (drawSalt: Uint8Array, employer: string): string => base64url(hmacSha256(drawSalt, utf8(employer)));

/** Ascending by the text of the commitment, as a request lists them. */
export const sortedCandidates = (candidates: readonly Candidate[]): Candidate[] =>
  [...candidates].sort((a, b) => (a.expert < b.expert ? -1 : a.expert > b.expert ? 1 : 0));

export type DrawRequestFlaw =
  | 'draw-malformed'
  | 'draw-seats-repeat'
  | 'draw-pool-missing'
  | 'draw-pool-unsorted'
  | 'draw-lists-missing'
  | 'draw-list-differs'
  | 'draw-employer-differs'
  | 'draw-parameters-repeat';
/**
 * Checks that a request has one meaning only; the platform asks before it journals it, a custodian before it answers. Of a long request it looks at
 * what stands in it: its digests fix the lists before anyone knows the seed, and `checkDrawLists` says whether they are in order.
 */
export function checkDrawRequest(input: unknown): Verdict<{ readonly request: AnyDrawRequest }, DrawRequestFlaw> {
  const read = drawRequestShape.safeParse(input);
  if (!read.success) return refute('draw-malformed');
  const request = read.data;
  if (new Set(request.seats.map((seat) => seat.specialty)).size !== request.seats.length) return refute('draw-seats-repeat');
  if (new Set(request.parameters.map((each) => each.name)).size !== request.parameters.length) return refute('draw-parameters-repeat');
  if (request.seats.some((seat) => !Object.hasOwn(request.eligible, seat.specialty))) return refute('draw-pool-missing');
  if (request.format === 'yangguang/draw/v2') return { ok: true, request };
  const employers = new Map<string, string>();
  for (const pool of Object.values(request.eligible)) {
    for (const [at, candidate] of pool.entries()) {
      const before = pool[at - 1];
      if (before !== undefined && before.expert >= candidate.expert) return refute('draw-pool-unsorted');
      if ((employers.get(candidate.expert) ?? candidate.employer) !== candidate.employer) return refute('draw-employer-differs');
      employers.set(candidate.expert, candidate.employer);
    }
  }
  return { ok: true, request };
}

/** Checks the lists of a long request: the very ones whose digests it holds, each sorted, with one employer for one expert. */
export function checkDrawLists(request: LongDrawRequest, lists: DrawLists): Verdict<object, DrawRequestFlaw> {
  const own: Uint8Array[] = [];
  for (const [specialty, { size, sha256: digest }] of Object.entries(request.eligible)) {
    const list = Object.hasOwn(lists, specialty) ? lists[specialty] : undefined;
    if (list === undefined) return refute('draw-lists-missing');
    if (list.length !== size * candidateBytes || base64url(sha256(list)) !== digest) return refute('draw-list-differs');
    if (!isAscending(list)) return refute('draw-pool-unsorted');
    if (own.some((other) => !agreeOnEmployers(other, list))) return refute('draw-employer-differs');
    own.push(list);
  }
  return { ok: true };
}

/** How many experts may be drawn for a seat. */
export function eligibleFor(request: AnyDrawRequest, specialty: string): number {
  const listed = Object.hasOwn(request.eligible, specialty) ? request.eligible[specialty] : undefined;
  return listed === undefined ? 0 : 'size' in listed ? listed.size : listed.length;
}

/** The lists as bytes, whichever way a request holds them. */
function packedLists(request: AnyDrawRequest, lists: DrawLists | undefined): ReadonlyMap<string, Uint8Array> {
  if (request.format === 'yangguang/draw/v1')
    return new Map(Object.entries(request.eligible).map(([specialty, pool]) => [specialty, packedCandidates(pool)]));
  if (lists === undefined) throw new Error(`the lists of draw ${request.id} are not there`);
  return new Map(Object.entries(lists));
}

const destination = 'yangguang-draw-v1-ristretto255_XMD:SHA-512_R255MAP_RO_';

/** H(JCS(request)), base64url. */
export const drawDigest = (request: AnyDrawRequest): string => base64url(digestOf(request));
const digestOf = (request: AnyDrawRequest): Uint8Array => sha256(canonicalBytes(request));

/** The one point the council evaluates for this request; every custodian computes it itself. */
export const drawPoint = (request: AnyDrawRequest): string =>
  base64url(ristretto255_hasher.hashToCurve(digestOf(request), { DST: destination }).toBytes());

/** The seed that the council's shared point V gives; 32 bytes. */
export function drawSeed(request: AnyDrawRequest, shared: string): Uint8Array {
  return hkdfSha256(decoded(shared), digestOf(request), utf8('yangguang-draw-v1'));
}

/** Seed, from the trustees' answers; refuses what `combine` refuses. */
export function openDraw(
  request: AnyDrawRequest,
  council: Council,
  shares: readonly Share[],
): Verdict<{ readonly seed: Uint8Array }, CombiningFlaw> {
  const combined = combine(council, [drawPoint(request)], shares);
  if (!combined.ok) return combined;
  const [shared] = combined.shared;
  if (shared === undefined) throw new Error('one point was asked, none was answered');
  return { ok: true, seed: drawSeed(request, shared) };
}

/** HMAC-SHA256(seed, specialty || 0x00 || commitment): the lower ticket is called first. */
export const ticket = (seed: Uint8Array, specialty: string, expert: string): Uint8Array =>
  hmacSha256(seed, concat(utf8(specialty), zero, decoded(expert)));

/** Everything a seed decides: who is called, who stands by (both in order), and each parameter's choice. A long request needs its lists. */
export function resolveDraw(request: AnyDrawRequest, seed: Uint8Array, lists?: DrawLists): DrawResult {
  const pools = packedLists(request, request.seats.length === 0 ? {} : lists);
  return resolved(request, seed, function* (specialty) {
    const list = pools.get(specialty) ?? new Uint8Array(0);
    for (const place of inTicketOrder(list, seed, specialty)) yield candidateAt(list, place);
  });
}

/** The candidates of one seat that come first in ticket order, 64 bytes each, and whether these are all. */
export interface FirstInOrder {
  readonly candidates: Uint8Array;
  readonly whole: boolean;
}

/**
 * What a seed decides, from the first candidates of each seat as whoever keeps the lists has found them. Undefined when they do not suffice: too many were
 * passed over, and more are to be brought.
 */
export function resolveFirst(
  request: AnyDrawRequest,
  seed: Uint8Array,
  first: Readonly<Record<string, FirstInOrder>>,
): DrawResult | undefined {
  let ended = false;
  const result = resolved(request, seed, function* (specialty) {
    const { candidates, whole } = first[specialty] ?? { candidates: new Uint8Array(0), whole: true };
    for (let place = 0; place < candidatesIn(candidates); place += 1) yield candidateAt(candidates, place);
    if (!whole) ended = true;
  });
  return ended ? undefined : result;
}

function resolved(request: AnyDrawRequest, seed: Uint8Array, inOrder: (specialty: string) => Iterable<Uint8Array>): DrawResult {
  const called: Record<string, string[]> = {};
  const reserve: Record<string, string[]> = {};
  const experts = new Set<string>();
  const employers = new Set<string>();
  for (const { specialty, count, reserve: standing } of request.seats) {
    const taken: string[] = [];
    for (const candidate of inOrder(specialty)) {
      if (taken.length === count + standing) break;
      const [expert, employer] = [base64url(commitmentAt(candidate, 0)), base64url(employerAt(candidate, 0))];
      if (experts.has(expert) || employers.has(employer)) continue;
      taken.push(expert);
      experts.add(expert);
      employers.add(employer);
    }
    called[specialty] = taken.slice(0, count);
    reserve[specialty] = taken.slice(count);
  }
  const parameters = Object.fromEntries(request.parameters.map(({ name, choices }) => [name, drawChoice(seed, name, choices)]));
  return { called, reserve, parameters };
}

/** The seats that a result leaves empty because the pool had too few employers; a larger pool needs a new request. */
export function emptySeats(
  request: AnyDrawRequest,
  result: DrawResult,
): readonly { readonly specialty: string; readonly missing: number }[] {
  return request.seats
    .map(({ specialty, count }) => ({ specialty, missing: count - (result.called[specialty]?.length ?? 0) }))
    .filter(({ missing }) => missing > 0);
}

/**
 * Who is called when someone of this specialty declines or does not answer: the first in ticket order whom the draw has
 * not called yet and whose employer it has not called yet; those who stand by come first by construction.
 * `called` are all experts called so far in this draw, every seat, those who declined included.
 * Undefined when the pool is exhausted.
 */
export function nextCalled(
  request: AnyDrawRequest,
  seed: Uint8Array,
  specialty: string,
  called: ReadonlySet<string>,
  lists?: DrawLists,
): string | undefined {
  const { reserve } = resolveDraw(request, seed, lists);
  const waiting = (reserve[specialty] ?? []).find((expert) => !called.has(expert));
  if (waiting !== undefined) return waiting;
  const pools = packedLists(request, lists);
  const bound = new Set([...called, ...Object.values(reserve).flat()]);
  const employers = new Set([...employersOf([...pools.values()], bound).values()].map(base64url));
  const list = pools.get(specialty) ?? new Uint8Array(0);
  for (const place of inTicketOrder(list, seed, specialty)) {
    const expert = base64url(commitmentAt(list, place));
    if (!bound.has(expert) && !employers.has(base64url(employerAt(list, place)))) return expert;
  }
  return undefined;
}

/** The employer tags under which some experts stand in a draw. */
export const employerTagsIn = (request: AnyDrawRequest, experts: Iterable<string>, lists?: DrawLists): ReadonlyMap<string, string> =>
  new Map([...employersOf([...packedLists(request, lists).values()], experts)].map(([expert, tag]) => [expert, base64url(tag)]));

/** One of the choices, each equally likely: rejection sampling over 64-bit words. Throws on an empty list. */
export function drawChoice(seed: Uint8Array, name: string, choices: readonly string[]): string {
  const size = BigInt(choices.length);
  const limit = (2n ** 64n / size) * size;
  for (let counter = 0; ; counter++) {
    const word = firstWord(hmacSha256(seed, concat(utf8(name), zero, bigEndian(counter))));
    const choice = choices[Number(word % size)];
    if (word < limit && choice !== undefined) return choice;
  }
}

/** Puts a transcript together from a request, the council and its answers; throws what `openDraw` refuses. */
export function drawTranscript(request: AnyDrawRequest, council: Council, shares: readonly Share[], lists?: DrawLists): DrawTranscript {
  const opened = openDraw(request, council, shares);
  if (!opened.ok) throw opened.problem;
  const { called, reserve, parameters } = resolveDraw(request, opened.seed, lists);
  return { format: 'yangguang/draw-transcript/v1', request, council, shares: [...shares], called, reserve, parameters };
}

export type DrawFlaw = DrawRequestFlaw | CouncilFlaw | CombiningFlaw | 'draw-result-differs';
/** Rechecks a whole draw, from its request to its result; that of a long request with the lists it carries. */
export function verifyDraw(input: unknown): Verdict<{ readonly transcript: DrawTranscript; readonly seed: Uint8Array }, DrawFlaw> {
  const read = drawTranscriptShape.safeParse(input);
  if (!read.success) return refute('draw-malformed');
  const transcript = read.data;
  const council = verifyCouncil(transcript.council);
  if (!council.ok) return council;
  const request = checkDrawRequest(transcript.request);
  if (!request.ok) return request;
  if (transcript.lists !== undefined && Object.values(transcript.lists).some((text) => fromBase64url(text) === undefined))
    return refute('draw-malformed');
  const lists = listsOf(transcript);
  const listed = transcript.request.format === 'yangguang/draw/v2' ? checkDrawLists(transcript.request, lists) : undefined;
  if (listed && !listed.ok) return listed;
  const opened = openDraw(transcript.request, transcript.council, transcript.shares);
  if (!opened.ok) return opened;
  const { called, reserve, parameters } = transcript;
  if (canonical(resolveDraw(transcript.request, opened.seed, lists)) !== canonical({ called, reserve, parameters }))
    return refute('draw-result-differs');
  return { ok: true, transcript, seed: opened.seed };
}

const zero = Uint8Array.of(0);

function decoded(text: string): Uint8Array {
  const bytes = fromBase64url(text);
  if (bytes === undefined) throw new TypeError('not base64url');
  return bytes;
}

function bigEndian(counter: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, counter);
  return bytes;
}

const firstWord = (bytes: Uint8Array): bigint => new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
