import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 as hash } from '@noble/hashes/sha2.js';

/** SHA-256 (the `H` of protocol §0), 32 bytes. */
export const sha256 = (bytes: Uint8Array): Uint8Array => whole(bytes);

let whole = (bytes: Uint8Array): Uint8Array => hash(bytes);

/** A program on Node lets OpenSSL do it too: a pool of a million is a million digests. */
export function useWholeSha256(native: (bytes: Uint8Array) => Uint8Array): void {
  whole = native;
}

/** A SHA-256 that takes its input piece by piece; WebCrypto has none, and a bid of 200 MB must not be held in memory. */
export interface RunningDigest {
  update(piece: Uint8Array): void;
  /** 32 bytes; to be called once */
  digest(): Uint8Array;
}
export const runningSha256 = (): RunningDigest => begin();

/** A program on Node lets OpenSSL do it (native-node.ts), seven times as fast as script: the digest is the same. */
export function useRunningSha256(native: () => RunningDigest): void {
  begin = native;
}

let begin = (): RunningDigest => {
  const running = hash.create();
  return {
    update: (piece) => {
      running.update(piece);
    },
    digest: () => running.digest(),
  };
};

/** SHA-256 of everything a stream carries, in constant memory. */
export async function sha256OfStream(stream: ReadableStream<Uint8Array>): Promise<{ readonly sha256: Uint8Array; readonly bytes: number }> {
  const running = runningSha256();
  let bytes = 0;
  for await (const piece of stream) {
    running.update(piece);
    bytes += piece.length;
  }
  return { sha256: running.digest(), bytes };
}

/**
 * HMAC-SHA256 under one key for many short messages, each written to `into`. The key is taken in once, which leaves two blocks to a message; that
 * is faster than a call into OpenSSL for each, and the same in the browser.
 */
export function keyedSha256(key: Uint8Array): (message: Uint8Array, into: Uint8Array) => void {
  const keyed = hmac.create(hash, key);
  const running = keyed.clone();
  return (message, into) => {
    keyed._cloneInto(running);
    running.update(message);
    running.digestInto(into);
  };
}

/** The two blocks that stand before the message of an HMAC-SHA256 (RFC 2104), for whoever has the hash alone; of keys that fit into a block. */
export function hmacPads(key: Uint8Array): { readonly inner: Uint8Array; readonly outer: Uint8Array } {
  if (key.length > 64) throw new RangeError('a key longer than a block is hashed first');
  const padded = (byte: number): Uint8Array => Uint8Array.from({ length: 64 }, (_, at) => (key[at] ?? 0) ^ byte);
  return { inner: padded(0x36), outer: padded(0x5c) };
}

export const hmacSha256 = (key: Uint8Array, message: Uint8Array): Uint8Array => hmac(hash, key, message);

/** HKDF-SHA256 (RFC 5869): 32 bytes of key. */
export const hkdfSha256 = (ikm: Uint8Array, salt: Uint8Array, info: Uint8Array): Uint8Array => hkdf(hash, ikm, salt, info, 32);

export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Fresh bytes from the operating system, in Node and in the browser (at most 65536). */
export const randomBytes = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

/** Lower-case hexadecimal. */
export const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Equal bytes, compared without stopping at the first difference. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  // by index: whole bundles are compared so, and an iterator's pairs would cost more than the rest of their verification
  for (let at = 0; at < a.length; at++) difference |= (a[at] ?? 0) ^ (b[at] ?? 0);
  return difference === 0;
}
