import canonicalize from 'canonicalize';

/**
 * Bytes and their texts (protocol §0). Decoders are strict: one text per value, so that no altered character can stand
 * for the same bytes. They answer undefined instead of throwing, because their input is what an attacker sent.
 */

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Text of well-formed UTF-8; undefined for anything else. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Standard base64 with padding: C2SP notes and keys only. */
export function base64(bytes: Uint8Array): string {
  let binary = '';
  for (let from = 0; from < bytes.length; from += 8192) binary += String.fromCharCode(...bytes.subarray(from, from + 8192));
  return btoa(binary);
}
export function fromBase64(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return undefined;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return base64(bytes) === text ? bytes : undefined;
}

/** base64url without padding: bytes in every JSON of the platform. */
export const base64url = (bytes: Uint8Array): string => base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
export function fromBase64url(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return undefined;
  const padded = text.replaceAll('-', '+').replaceAll('_', '/') + '='.repeat((4 - (text.length % 4)) % 4);
  return fromBase64(padded);
}

/** RFC 8785 canonical JSON. A value JSON cannot carry (undefined, NaN, a lone surrogate) throws. */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}
/** The bytes that are hashed or signed for a JSON value: UTF-8 of its canonical form. */
export const canonicalBytes = (value: unknown): Uint8Array => utf8(canonical(value));
