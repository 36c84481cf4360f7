import { z } from 'zod';
import { base64, base64url, canonical, canonicalBytes, fromBase64, utf8 } from '../kernel/bytes.ts';
import { dateOf, type Instant, instantOf, later } from '../kernel/clock.ts';
import { sha256 } from '../sealing/digest.ts';
import { type NoteSigner, type NoteVerifier, signEd25519, verifyEd25519 } from './checkpoint.ts';

/**
 * What an independent probe says about the intake, minute by minute (docs/protocol.md §13): whether a file could be handed in as a bidder hands one
 * in. A statement is signed by the probe alone and numbered, so that one that is missing is missed, and two that differ accuse their signer.
 */
export const minuteMilliseconds = 60_000;
/** A statement covers no more minutes than this. */
export const mostMinutes = 240;

/** `u` the intake took the file, `d` it did not, `-` the probe did not look, or could not trust its own clock. */
export type MinuteState = 'u' | 'd' | '-';

export const probeStatementShape = z.strictObject({
  format: z.literal('yangguang/probe-report/v1'),
  /** the journal's name: a statement about one platform says nothing about another */
  platform: z.string().min(1).max(200),
  probe: z.string().min(1).max(128),
  /** from 1; each statement one more */
  number: z.int().min(1),
  /** digest of the statement before it, base64url; empty for the first */
  previous: z.string().max(43),
  /** the first minute, a whole one */
  from: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:00\.000Z$/),
  /** one letter a minute */
  states: z.string().regex(new RegExp(`^[ud-]{1,${mostMinutes}}$`)),
  /** how long the slowest successful look took, milliseconds; null when none succeeded */
  slowest: z.int().min(0).nullable(),
});
export type ProbeStatement = z.infer<typeof probeStatementShape>;

export const signedStatementShape = z.strictObject({ statement: probeStatementShape, signature: z.base64().max(100) });
export type SignedStatement = z.infer<typeof signedStatementShape>;

/** The digest by which a statement is named. */
export const statementDigest = (statement: ProbeStatement): string => base64url(sha256(canonicalBytes(statement)));

const messageOf = (statement: ProbeStatement): Uint8Array => utf8(`yangguang-probe-report/1//${canonical(statement)}`);

export const signStatement = (statement: ProbeStatement, key: NoteSigner): SignedStatement => ({
  statement,
  signature: base64(signEd25519(messageOf(statement), key)),
});

/** Whether this key, under its own name, signed exactly this statement. */
export function statementIsBy({ statement, signature }: SignedStatement, key: NoteVerifier): boolean {
  const bytes = fromBase64(signature);
  return bytes !== undefined && statement.probe === key.name && verifyEd25519(bytes, messageOf(statement), key);
}

/** The moment after the last minute of a statement. */
export const statedUntil = ({ from, states }: Pick<ProbeStatement, 'from' | 'states'>): Instant =>
  later(from as Instant, states.length * minuteMilliseconds);

/** The minute that a moment lies in, by its start. */
export const minuteOf = (at: Instant): Instant =>
  instantOf(new Date(Math.floor(dateOf(at).getTime() / minuteMilliseconds) * minuteMilliseconds));

/** What a probe signs to try the intake: this request, at this second of real time. */
export const trialMessage = (method: string, path: string, seconds: number): string =>
  `yangguang-probe-trial/1//${method}//${path}//${seconds}`;
