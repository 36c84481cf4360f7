import { createDecipheriv, hkdfSync } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { Decrypter } from 'age-encryption';
import { type EnvelopeHeader, envelopeAltered, headerLength, longestHeader, readEnvelopeHeader } from './envelope.ts';
import { bytesAt } from './file-node.ts';
import { coverOf } from './layer.ts';
import type { Verdict } from './verdict.ts';

/**
 * The server's way to open an envelope: the same STREAM as `decryptStream` of envelope.ts (a test compares them), but
 * with OpenSSL's ChaCha20-Poly1305, some twenty times faster than script. Two megabytes are held at a time.
 */
const chunkBytes = 65_536;
const tagBytes = 16;
const nonceBytes = 16;
const sealedChunk = chunkBytes + tagBytes;
const pieceBytes = 16 * sealedChunk;

/** Reads the head of an envelope on disk without reading the rest. */
export async function readHeaderOf(file: FileHandle): Promise<Verdict<{ readonly header: EnvelopeHeader }, 'envelope-malformed'>> {
  return readEnvelopeHeader(await bytesAt(file, 0, longestHeader));
}

/** Reads the head of the envelope at this path. */
export async function readHeaderOfFile(path: string): Promise<Verdict<{ readonly header: EnvelopeHeader }, 'envelope-malformed'>> {
  const file = await open(path);
  try {
    return await readHeaderOf(file);
  } finally {
    await file.close();
  }
}

/** The head of the bidder's own layer at this path (layer.ts); undefined where the file does not begin with one. */
export async function readCoverOfFile(path: string): Promise<Uint8Array | undefined> {
  const file = await open(path);
  try {
    return coverOf(await bytesAt(file, 0, longestHeader));
  } finally {
    await file.close();
  }
}

/**
 * The plaintext of an envelope, 64 KiB at a time. Throws `envelope-altered` when any byte is not as it was sealed;
 * what was yielded before is authentic, but nothing may be believed complete before the generator ends.
 */
export async function* decryptChunks(file: FileHandle, fileKey: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  const { size } = await file.stat();
  const start = await authenticHeaderLength(file, fileKey);
  const nonce = await bytesAt(file, start, nonceBytes);
  const payloadStart = start + nonceBytes;
  if (nonce.length < nonceBytes || size < payloadStart + tagBytes) throw envelopeAltered();
  const key = new Uint8Array(hkdfSync('sha256', fileKey, nonce, 'payload', 32));
  const chunks = Math.ceil((size - payloadStart) / sealedChunk);
  let counter = 0;
  for await (const piece of piecesFrom(file, payloadStart, size)) {
    for (let from = 0; from < piece.length; from += sealedChunk, counter++) {
      const sealed = piece.subarray(from, from + sealedChunk);
      // Only an empty file may end in an empty chunk: otherwise a file cut at a chunk's edge would have two encodings.
      if (sealed.length < tagBytes || (counter > 0 && sealed.length === tagBytes)) throw envelopeAltered();
      yield openChunk(key, counter, counter === chunks - 1, sealed);
    }
  }
  if (counter !== chunks) throw envelopeAltered(); // the file became shorter while it was read
}

/** Whole chunks from a file, sixteen at a time: while one piece is being decrypted the next is read. A piece is only good until the one after the next. */
async function* piecesFrom(file: FileHandle, from: number, size: number): AsyncGenerator<Uint8Array, void, undefined> {
  // a small envelope needs little room, and only one of the two: hundreds of them are opened at once
  const first = Buffer.allocUnsafeSlow(Math.min(pieceBytes, size - from + 1));
  const room = [first, from + pieceBytes < size ? Buffer.allocUnsafeSlow(pieceBytes) : first] as const;
  const read = (position: number, turn: number) => readInto(room[turn % 2 === 0 ? 0 : 1], file, position);
  let next = read(from, 0);
  for (let turn = 0, position = from; position < size; turn++, position += pieceBytes) {
    const piece = await next;
    next = position + pieceBytes < size ? read(position + pieceBytes, turn + 1) : Promise.resolve(piece);
    // should the reader stop here, the piece that is on its way concerns nobody any more
    next.catch(() => undefined);
    yield piece;
  }
}

async function readInto(buffer: Uint8Array, file: FileHandle, position: number): Promise<Uint8Array> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** The plaintext of the envelope at this path as a stream that reads only as fast as it is read. */
export function decryptFile(path: string, fileKey: Uint8Array): ReadableStream<Uint8Array> {
  let chunks: AsyncGenerator<Uint8Array, void, undefined> | undefined;
  let file: FileHandle | undefined;
  const close = async (): Promise<void> => {
    await file?.close();
    file = undefined;
  };
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        file ??= await open(path);
        chunks ??= decryptChunks(file, fileKey);
        const next = await chunks.next();
        if (!next.done) return controller.enqueue(next.value);
        await close();
        controller.close();
      } catch (error) {
        await close();
        throw error;
      }
    },
    cancel: close,
  });
}

/** Checks the header's authentication code with the file key (by the library), and says where the header ends. */
async function authenticHeaderLength(file: FileHandle, fileKey: Uint8Array): Promise<number> {
  const head = await bytesAt(file, 0, longestHeader);
  const length = headerLength(head);
  if (length === undefined) throw envelopeAltered();
  const decrypter = new Decrypter();
  decrypter.addIdentity({ unwrapFileKey: () => fileKey });
  await decrypter.decryptHeader(head.slice(0, length)).catch(() => {
    throw envelopeAltered();
  });
  return length;
}

/** age STREAM: nonce = counter (11 bytes, big-endian) || last-chunk flag. */
function openChunk(key: Uint8Array, counter: number, last: boolean, sealed: Uint8Array): Uint8Array {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(counter, 5, 6);
  nonce[11] = last ? 1 : 0;
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: tagBytes });
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  const plain = decipher.update(sealed.subarray(0, sealed.length - tagBytes));
  try {
    decipher.final();
  } catch {
    throw envelopeAltered(); // the only thing `final` checks is the tag
  }
  return plain;
}
