import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { base64, fromBase64, utf8 } from '../kernel/bytes.ts';
import { type Hash, sameBytes } from './merkle.ts';

/**
 * C2SP signed notes and tlog-checkpoints. A note is a body of lines, an empty line, and signature lines
 * `— <name> <base64(keyId4 || signature)>`. Signatures by keys a reader does not know are ignored, as the standard says.
 */

/** Signature types of C2SP note keys: the log's own signature, and a witness's cosignature. */
export const noteKeyTypes = { ed25519: 0x01, cosignature: 0x04 } as const;
export type NoteKeyType = (typeof noteKeyTypes)[keyof typeof noteKeyTypes];

export interface NoteVerifier {
  readonly name: string;
  readonly type: NoteKeyType;
  readonly publicKey: Uint8Array;
  /** first 4 bytes of SHA-256(name || 0x0A || type || publicKey) */
  readonly keyId: Uint8Array;
}
export interface NoteSigner extends NoteVerifier {
  /** the 32-byte Ed25519 seed */
  readonly secretKey: Uint8Array;
}

export interface NoteSignature {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}
export interface Note {
  /** ends with a newline: exactly the signed text */
  readonly body: string;
  readonly signatures: readonly NoteSignature[];
}

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
}

/** A new key pair; `random` are 32 secret random bytes (the caller's platform makes them). */
export function noteSigner(name: string, seed: Uint8Array, type: NoteKeyType = noteKeyTypes.ed25519): NoteSigner {
  if (!isKeyName(name)) throw new RangeError('a note key name holds no blanks and no plus sign');
  if (seed.length !== 32) throw new RangeError('an Ed25519 seed has 32 bytes');
  return { ...noteVerifier(name, type, ed25519.getPublicKey(seed)), secretKey: seed };
}

function noteVerifier(name: string, type: NoteKeyType, publicKey: Uint8Array): NoteVerifier {
  return { name, type, publicKey, keyId: sha256(concatBytes(utf8(name), Uint8Array.of(0x0a, type), publicKey)).slice(0, 4) };
}

/** `name+hash+base64(type || publicKey)`: how a verifier key is printed, published and pinned (`--key`). */
export const printVerifierKey = (key: NoteVerifier): string =>
  `${key.name}+${hex(key.keyId)}+${base64(concatBytes(Uint8Array.of(key.type), key.publicKey))}`;

/**
 * Keys read before, by their text: whether a key is a point of the curve takes a square root, and a platform reads the same few keys with every question of a
 * custodian. Few are kept, whoever sends how many.
 */
const keysRead = new Map<string, NoteVerifier | undefined>();
const keysKept = 64;

/** Reads a verifier key; undefined when its form or its hash is wrong. */
export function parseVerifierKey(text: string): NoteVerifier | undefined {
  if (!keysRead.has(text)) {
    if (keysRead.size >= keysKept) keysRead.clear();
    keysRead.set(text, readVerifierKey(text));
  }
  return keysRead.get(text);
}

function readVerifierKey(text: string): NoteVerifier | undefined {
  const parts = splitKey(text.trim());
  if (parts === undefined) return undefined;
  const key = noteVerifier(parts.name, parts.type, parts.bytes);
  return hex(key.keyId) === parts.hash && isPoint(parts.bytes) ? key : undefined;
}

/** `PRIVATE+KEY+name+hash+base64(type || seed)`: how the secret half is kept in a file. */
export const printSignerKey = (key: NoteSigner): string =>
  `PRIVATE+KEY+${key.name}+${hex(key.keyId)}+${base64(concatBytes(Uint8Array.of(key.type), key.secretKey))}`;

/** Reads a signer key; undefined when its form or its hash is wrong. */
export function parseSignerKey(text: string): NoteSigner | undefined {
  const prefix = 'PRIVATE+KEY+';
  const parts = text.startsWith(prefix) ? splitKey(text.trim().slice(prefix.length)) : undefined;
  if (parts === undefined) return undefined;
  const key = noteSigner(parts.name, parts.bytes, parts.type);
  return hex(key.keyId) === parts.hash ? key : undefined;
}

/** Body of a tlog-checkpoint: origin, size, root, one line each. */
export function checkpointBody(checkpoint: Checkpoint): string {
  if (checkpoint.origin === '' || /[\n\r]/.test(checkpoint.origin)) throw new RangeError('an origin is one line of text');
  return `${checkpoint.origin}\n${checkpoint.size}\n${base64(checkpoint.root)}\n`;
}

/** A checkpoint signed by the platform: the text served at /journal/checkpoint and put into receipts. */
export function signCheckpoint(checkpoint: Checkpoint, key: NoteSigner): string {
  const body = checkpointBody(checkpoint);
  return `${body}\n${signatureLine(key, ed25519.sign(utf8(body), key.secretKey))}`;
}

/** The note with one signature line more (a witness's cosignature). */
export const withSignatureLine = (note: string, line: string): string => `${note}${line}`;

export const signatureLine = (key: NoteVerifier, signature: Uint8Array): string =>
  `— ${key.name} ${base64(concatBytes(key.keyId, signature))}\n`;

/** Takes a note apart; undefined when it is not exactly of the standard's form. */
export function parseNote(text: string): Note | undefined {
  const end = text.lastIndexOf('\n\n');
  if (end < 0 || !text.endsWith('\n') || hasControlCharacter(text) || !text.isWellFormed()) return undefined;
  const lines = text.slice(end + 2, -1).split('\n');
  const signatures = lines.map(parseSignatureLine);
  if (lines.length > 64 || !signatures.every((each) => each !== undefined)) return undefined;
  const keys = signatures.map((each) => `${each.name}+${hex(each.keyId)}`);
  return new Set(keys).size === keys.length ? { body: text.slice(0, end + 1), signatures } : undefined;
}

/** Reads the body of a checkpoint note; undefined when a line is not as the standard says. Extension lines are refused: we make none. */
export function parseCheckpoint(note: Note): Checkpoint | undefined {
  const [origin = '', size = '', root = '', ...rest] = note.body.split('\n');
  const hash = fromBase64(root);
  const count = Number(size);
  const wellFormed = origin !== '' && /^(0|[1-9]\d*)$/.test(size) && Number.isSafeInteger(count) && rest.length === 1 && rest[0] === '';
  return wellFormed && hash?.length === 32 ? { origin, size: count, root: hash } : undefined;
}

/** Whether the note bears a valid signature of this log key. */
export function noteIsSignedBy(note: Note, key: NoteVerifier): boolean {
  const found = signatureOf(note, key);
  return key.type === noteKeyTypes.ed25519 && found !== undefined && verifyEd25519(found, utf8(note.body), key);
}

/** The signature line that claims to be by this key. */
export function signatureOf(note: Note, key: NoteVerifier): Uint8Array | undefined {
  return note.signatures.find((each) => each.name === key.name && sameBytes(each.keyId, key.keyId))?.signature;
}

export type CheckpointFault = 'malformed' | 'wrong-origin' | 'bad-signature';

/** Reads a checkpoint and checks the platform's signature. The origin must be the key's name: a node signs its own journal only. */
export function openCheckpoint(
  text: string,
  key: NoteVerifier,
): { readonly note: Note; readonly checkpoint: Checkpoint } | CheckpointFault {
  const note = parseNote(text);
  const checkpoint = note === undefined ? undefined : parseCheckpoint(note);
  if (note === undefined || checkpoint === undefined) return 'malformed';
  if (checkpoint.origin !== key.name) return 'wrong-origin';
  return noteIsSignedBy(note, key) ? { note, checkpoint } : 'bad-signature';
}

/** A plain Ed25519 signature by a note key over a message that its maker separates by a prefix of its own. */
export const signEd25519 = (message: Uint8Array, key: NoteSigner): Uint8Array => ed25519.sign(message, key.secretKey);

/** RFC 8032 verification without the looser rules of ZIP-215: every verifier must agree on what is valid. */
export function verifyEd25519(signature: Uint8Array, message: Uint8Array, key: NoteVerifier): boolean {
  if (signature.length !== 64) return false;
  return ed25519.verify(signature, message, key.publicKey, { zip215: false });
}

function parseSignatureLine(line: string): NoteSignature | undefined {
  const [, name, encoded] = /^— ([^ ]+) ([^ ]+)$/.exec(line) ?? [];
  const bytes = encoded === undefined ? undefined : fromBase64(encoded);
  if (name === undefined || !isKeyName(name) || bytes === undefined || bytes.length < 5) return undefined;
  return { name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) };
}

function splitKey(text: string): { name: string; hash: string; type: NoteKeyType; bytes: Uint8Array } | undefined {
  const [, name, hash, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  const bytes = encoded === undefined ? undefined : fromBase64(encoded);
  if (name === undefined || hash === undefined || bytes?.length !== 33 || !isKeyName(name)) return undefined;
  const type = Object.values(noteKeyTypes).find((each) => each === bytes[0]);
  return type === undefined ? undefined : { name, hash, type, bytes: bytes.slice(1) };
}

function isPoint(publicKey: Uint8Array): boolean {
  try {
    ed25519.Point.fromBytes(publicKey);
    return true;
  } catch {
    return false;
  }
}

const isKeyName = (name: string): boolean => name !== '' && !/[\s+]/u.test(name);
const hasControlCharacter = (text: string): boolean => [...text].some((each) => each < ' ' && each !== '\n');
const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
