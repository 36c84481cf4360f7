import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { base64url, fromBase64url, textOf, utf8 } from '../kernel/bytes.ts';
import { concat } from './digest.ts';

/**
 * A text for the database whose key does not lie in it: whoever reads or copies the tables reads nothing. XChaCha20-Poly1305 with a random nonce; `place`
 * says where it belongs, so that one row's text cannot be put into another.
 */
export function sealedAtRest(text: string, key: Uint8Array, place: string): string {
  const nonce = crypto.getRandomValues(new Uint8Array(24));
  return base64url(concat(nonce, xchacha20poly1305(key, nonce, utf8(place)).encrypt(utf8(text))));
}

/** The text again; undefined when it was sealed under another key, for another place, or has been changed. */
export function readAtRest(sealed: string, key: Uint8Array, place: string): string | undefined {
  const bytes = fromBase64url(sealed);
  if (bytes === undefined || bytes.length < 40) return undefined;
  try {
    return textOf(xchacha20poly1305(key, bytes.subarray(0, 24), utf8(place)).decrypt(bytes.subarray(24)));
  } catch {
    return undefined; // the tag does not fit
  }
}
