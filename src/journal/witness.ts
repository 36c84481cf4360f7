import { ed25519 } from '@noble/curves/ed25519.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { fromBase64, utf8 } from '../kernel/bytes.ts';
import { type Note, type NoteSigner, type NoteVerifier, noteKeyTypes, signatureLine, signatureOf, verifyEd25519 } from './checkpoint.ts';

/**
 * C2SP tlog-cosignature v1: a witness says "at this time the largest tree I have seen of this log is this one, and it extends
 * all I saw before". It signs only after checking the consistency proof from the size it saw last.
 */

/** The cosignature line over a checkpoint's body. `seconds` is POSIX time; the standard reserves 0. */
export function cosign(body: string, seconds: number, key: NoteSigner): string {
  if (key.type !== noteKeyTypes.cosignature) throw new RangeError('a witness signs with a cosignature key');
  if (!Number.isSafeInteger(seconds) || seconds <= 0) throw new RangeError('a cosignature bears whole POSIX seconds');
  const signature = ed25519.sign(cosignedMessage(body, BigInt(seconds)), key.secretKey);
  return signatureLine(key, concatBytes(bigEndian(BigInt(seconds)), signature));
}

/** When this witness cosigned the note (POSIX seconds); undefined when it did not, or not validly. */
export function cosignedAt(note: Note, key: NoteVerifier): number | undefined {
  const found = signatureOf(note, key);
  if (key.type !== noteKeyTypes.cosignature || found?.length !== 72) return undefined;
  const seconds = new DataView(found.buffer, found.byteOffset, 8).getBigUint64(0);
  if (seconds === 0n || seconds > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return verifyEd25519(found.slice(8), cosignedMessage(note.body, seconds), key) ? Number(seconds) : undefined;
}

/** The time that a cosignature line states (POSIX seconds), whether or not it is true; undefined when the line is none. */
export function claimedSeconds(line: string): number | undefined {
  const bytes = fromBase64(line.trim().split(' ').at(-1) ?? '');
  return bytes?.length === 76 ? Number(new DataView(bytes.buffer, bytes.byteOffset + 4, 8).getBigUint64(0)) : undefined;
}

const cosignedMessage = (body: string, seconds: bigint): Uint8Array => utf8(`cosignature/v1\ntime ${seconds}\n${body}`);

function bigEndian(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value);
  return bytes;
}
