import * as z from 'zod';
import { base64url, canonicalBytes } from '../kernel/bytes.ts';
import { ceremonyPackageShape } from './ceremony.ts';
import { councilShape } from './council.ts';
import { sha256 } from './digest.ts';
import { bytesShape, codeShape, idShape, instantShape } from './shapes.ts';

/**
 * What is said in a key ceremony (protocol §15). Each message is a statement that its trustee signs (CMS) with its institution's certificate, and
 * each names the digest of everything said in the rounds before it: whoever was shown other messages than the rest signs another digest, and is met
 * by a refusal. The platform carries these messages and can neither write nor change one.
 */
export const mostTrustees = 9;

const place = z.int().min(1).max(mostTrustees);

/** Who is called together, by whom it is carried, and how many will be needed to open. */
export const ceremonyCallShape = z.strictObject({
  format: z.literal('yangguang/ceremony-call/v1'),
  /** becomes the id of the council */
  id: idShape,
  name: z.string().min(1).max(100),
  threshold: z.int().min(2).max(mostTrustees),
  /** verifier key of the platform's journal: every trustee signs which journal it means */
  platform: z.string().min(1).max(300),
  trustees: z
    .array(z.strictObject({ index: place, name: z.string().min(1).max(200), code: codeShape }))
    .min(2)
    .max(mostTrustees),
  at: instantShape,
});
export type CeremonyCall = z.infer<typeof ceremonyCallShape>;

const spoken = {
  format: z.literal('yangguang/ceremony-message/v1'),
  ceremony: idShape,
  index: place,
  /** digest of the call and of every statement of the rounds before (`transcriptDigest`) */
  transcript: bytesShape(32),
};
export const identityPattern = /^AGE-SECRET-KEY-1[0-9A-Z]{58}$/;
/** A sealed share is an age file of some three hundred bytes. */
export const sealedShape = z
  .string()
  .min(1)
  .max(4000)
  .regex(/^[A-Za-z0-9_-]+$/);

/** Round 1: the hash of the package, and to whom shares for this trustee are to be sealed. */
const hashShape = z.strictObject({
  ...spoken,
  kind: z.literal('hash'),
  packageHash: bytesShape(32),
  recipient: z.string().regex(/^age1[0-9a-z]{58}$/),
  /** verifier key with which this trustee's custodian will cosign the journal */
  witness: z.string().min(1).max(300),
});
/** Round 2, when every hash stands: the package itself. */
const packageShape = z.strictObject({ ...spoken, kind: z.literal('package'), package: ceremonyPackageShape });
/** Round 3: which sealed shares were dealt, by digest. The shares themselves go to their receivers alone. */
const sharesShape = z.strictObject({
  ...spoken,
  kind: z.literal('shares'),
  shares: z.array(z.strictObject({ to: place, sha256: bytesShape(32) })),
});
/** Round 4: the council this trustee arrived at. */
const confirmationShape = z.strictObject({ ...spoken, kind: z.literal('confirmation'), council: councilShape });
/**
 * Round 4, instead: the share from one trustee is wrong. The complainer opens what it was dealt before everybody, with the identity of this ceremony;
 * no key comes of the ceremony any more, so the identity has nothing left to guard.
 */
const complaintShape = z.strictObject({
  ...spoken,
  kind: z.literal('complaint'),
  against: place,
  sealed: sealedShape,
  identity: z.string().regex(identityPattern),
});

export const ceremonyStatementShape = z.discriminatedUnion('kind', [
  hashShape,
  packageShape,
  sharesShape,
  confirmationShape,
  complaintShape,
]);
export type CeremonyStatement = z.infer<typeof ceremonyStatementShape>;
export type CeremonyKind = CeremonyStatement['kind'];
export type StatementOf<Kind extends CeremonyKind> = Extract<CeremonyStatement, { kind: Kind }>;

/** A statement with the detached CMS (base64 of the DER) over its canonical bytes. */
export const signedStatementShape = z.strictObject({ statement: ceremonyStatementShape, signature: z.base64().min(1).max(30_000) });
export type SignedStatement = z.infer<typeof signedStatementShape>;

/** The public transcript: everything said, in the order in which it was journalled. */
export const ceremonyTranscriptShape = z.strictObject({
  format: z.literal('yangguang/ceremony/v1'),
  call: ceremonyCallShape,
  messages: z.array(signedStatementShape).max(mostTrustees * 5),
  /** trust anchors (PEM) of the signers' certificates */
  anchors: z.array(z.string().max(20_000)).max(20),
});
export type CeremonyTranscript = z.infer<typeof ceremonyTranscriptShape>;

/** The rounds in order; each begins when the one before it is whole. A complaint takes the place of a confirmation. */
export const ceremonyRounds = ['hash', 'package', 'shares', 'confirmation'] as const;
export type CeremonyRound = (typeof ceremonyRounds)[number];
export const roundOf = (kind: CeremonyKind): CeremonyRound => (kind === 'complaint' ? 'confirmation' : kind);

/** The statements of one kind, by place. */
export function saidOf<Kind extends CeremonyKind>(statements: readonly CeremonyStatement[], kind: Kind): readonly StatementOf<Kind>[] {
  return statements.filter((each): each is StatementOf<Kind> => each.kind === kind).sort((a, b) => a.index - b.index);
}

/** The digest that every message of a round names: H(JCS of the call and of all statements of the rounds before, by round and place). */
export function transcriptDigest(call: CeremonyCall, statements: readonly CeremonyStatement[], round: CeremonyRound): string {
  const before = ceremonyRounds.slice(0, ceremonyRounds.indexOf(round)).flatMap((each) => saidOf(statements, each));
  return base64url(sha256(canonicalBytes({ call, statements: before })));
}

/** The bytes that a trustee signs. */
export const statementBytes = (statement: CeremonyStatement): Uint8Array => canonicalBytes(statement);

/**
 * Sixteen digits that trustees read to each other by telephone before they confirm. They come from the digest of call, hashes and packages: by the time
 * a package is shown every other one is fixed by its hash, so nobody can try until the digits of two different transcripts agree.
 */
export function comparisonCode(call: CeremonyCall, statements: readonly CeremonyStatement[]): string {
  const digest = sha256(canonicalBytes({ code: transcriptDigest(call, statements, 'shares') }));
  const number = digest.slice(0, 16).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) % 10n ** 16n;
  return (number.toString().padStart(16, '0').match(/.{4}/g) ?? []).join(' ');
}
