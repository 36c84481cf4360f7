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
import { bytesShape, idShape, instantShape } from './shapes.ts';
import { reasons, type Verdict } from './verdict.ts';

/** The verifiable draw (protocol §7): experts, substitutes, parameters, order, ties. */
// Names become keys of JSON objects; this one would vanish there.
const nameShape = z
  .string()
  .min(1)
  .refine((name) => name !== '__proto__');
const candidateShape = z.strictObject({ expert: bytesShape(32), employer: bytesShape(32) });
export const drawRequestShape = z.strictObject({
  format: z.literal('yangguang/draw/v1'),
  id: idShape,
  lot: idShape,
  at: instantShape,
  seats: z.array(z.strictObject({ specialty: nameShape, count: z.int().min(0).max(1000), reserve: z.int().min(0).max(1000) })),
  eligible: z.record(z.string(), z.array(candidateShape)),
  parameters: z.array(z.strictObject({ name: nameShape, choices: z.array(z.string()).min(1) })),
});
export type DrawRequest = z.infer<typeof drawRequestShape>;
export type Candidate = z.infer<typeof candidateShape>;

const listShape = z.record(z.string(), z.array(z.string()));
export const drawTranscriptShape = z.strictObject({
  format: z.literal('yangguang/draw-transcript/v1'),
  request: drawRequestShape,
  council: councilShape,
  shares: z.array(shareShape),
  called: listShape,
  reserve: listShape,
  parameters: z.record(z.string(), z.string()),
});
export type DrawTranscript = z.infer<typeof drawTranscriptShape>;
export type DrawResult = Pick<DrawTranscript, 'called' | 'reserve' | 'parameters'>;

const refute = reasons({
  'draw-malformed': { zh: '抽取记录格式不符。', en: 'This is not a draw in the published format.' },
  'draw-seats-repeat': { zh: '同一专业的席位重复出现。', en: 'A specialty has seats twice.' },
  'draw-pool-missing': { zh: '席位没有对应的专家名单。', en: 'A seat has no list of eligible experts.' },
  'draw-pool-unsorted': { zh: '专家名单未按承诺值排序或有重复。', en: 'A list of eligible experts is not sorted, or holds one twice.' },
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
  | 'draw-employer-differs'
  | 'draw-parameters-repeat';
/** Checks that a request has one meaning only; the platform asks before it journals it, a custodian before it answers. */
export function checkDrawRequest(input: unknown): Verdict<{ readonly request: DrawRequest }, DrawRequestFlaw> {
  const read = drawRequestShape.safeParse(input);
  if (!read.success) return refute('draw-malformed');
  const request = read.data;
  if (new Set(request.seats.map((seat) => seat.specialty)).size !== request.seats.length) return refute('draw-seats-repeat');
  if (new Set(request.parameters.map((each) => each.name)).size !== request.parameters.length) return refute('draw-parameters-repeat');
  if (request.seats.some((seat) => !Object.hasOwn(request.eligible, seat.specialty))) return refute('draw-pool-missing');
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

const destination = 'yangguang-draw-v1-ristretto255_XMD:SHA-512_R255MAP_RO_';

/** H(JCS(request)), base64url. */
export const drawDigest = (request: DrawRequest): string => base64url(digestOf(request));
const digestOf = (request: DrawRequest): Uint8Array => sha256(canonicalBytes(request));

/** The one point the council evaluates for this request; every custodian computes it itself. */
export const drawPoint = (request: DrawRequest): string =>
  base64url(ristretto255_hasher.hashToCurve(digestOf(request), { DST: destination }).toBytes());

/** The seed that the council's shared point V gives; 32 bytes. */
export function drawSeed(request: DrawRequest, shared: string): Uint8Array {
  return hkdfSha256(decoded(shared), digestOf(request), utf8('yangguang-draw-v1'));
}

/** Seed, from the trustees' answers; refuses what `combine` refuses. */
export function openDraw(
  request: DrawRequest,
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

/** Everything a seed decides: who is called, who stands by (both in order), and each parameter's choice. */
export function resolveDraw(request: DrawRequest, seed: Uint8Array): DrawResult {
  const called: Record<string, string[]> = {};
  const reserve: Record<string, string[]> = {};
  const experts = new Set<string>();
  const employers = new Set<string>();
  for (const { specialty, count, reserve: standing } of request.seats) {
    const taken: string[] = [];
    for (const { expert, employer } of inTicketOrder(request, seed, specialty)) {
      if (taken.length === count + standing) break;
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
export function emptySeats(request: DrawRequest, result: DrawResult): readonly { readonly specialty: string; readonly missing: number }[] {
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
export function nextCalled(request: DrawRequest, seed: Uint8Array, specialty: string, called: ReadonlySet<string>): string | undefined {
  const { reserve } = resolveDraw(request, seed);
  const waiting = (reserve[specialty] ?? []).find((expert) => !called.has(expert));
  if (waiting !== undefined) return waiting;
  const bound = new Set([...called, ...Object.values(reserve).flat()]);
  const employers = new Set(
    Object.values(request.eligible)
      .flat()
      .filter(({ expert }) => bound.has(expert))
      .map(({ employer }) => employer),
  );
  return inTicketOrder(request, seed, specialty).find(({ expert, employer }) => !bound.has(expert) && !employers.has(employer))?.expert;
}

function inTicketOrder(request: DrawRequest, seed: Uint8Array, specialty: string): Candidate[] {
  const pool = (request.eligible[specialty] ?? []).map((candidate) => ({ candidate, ticket: ticket(seed, specialty, candidate.expert) }));
  return pool.sort((a, b) => compareBytes(a.ticket, b.ticket)).map(({ candidate }) => candidate);
}

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
export function drawTranscript(request: DrawRequest, council: Council, shares: readonly Share[]): DrawTranscript {
  const opened = openDraw(request, council, shares);
  if (!opened.ok) throw opened.problem;
  const { called, reserve, parameters } = resolveDraw(request, opened.seed);
  return { format: 'yangguang/draw-transcript/v1', request, council, shares: [...shares], called, reserve, parameters };
}

export type DrawFlaw = DrawRequestFlaw | CouncilFlaw | CombiningFlaw | 'draw-result-differs';
/** Rechecks a whole draw, from its request to its result. */
export function verifyDraw(input: unknown): Verdict<{ readonly transcript: DrawTranscript; readonly seed: Uint8Array }, DrawFlaw> {
  const read = drawTranscriptShape.safeParse(input);
  if (!read.success) return refute('draw-malformed');
  const transcript = read.data;
  const council = verifyCouncil(transcript.council);
  if (!council.ok) return council;
  const request = checkDrawRequest(transcript.request);
  if (!request.ok) return request;
  const opened = openDraw(transcript.request, transcript.council, transcript.shares);
  if (!opened.ok) return opened;
  const { called, reserve, parameters } = transcript;
  if (canonical(resolveDraw(transcript.request, opened.seed)) !== canonical({ called, reserve, parameters }))
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

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (const [at, byte] of a.entries()) {
    const difference = byte - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
