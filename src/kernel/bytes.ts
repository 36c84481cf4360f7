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
export const base64 = (bytes: Uint8Array): string => written(bytes, standard) + '='.repeat((3 - (bytes.length % 3)) % 3);
export function fromBase64(text: string): Uint8Array | undefined {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return text.length % 4 === 0 ? read(text, text.length - padding, standard) : undefined;
}

/** base64url without padding: bytes in every JSON of the platform. */
export const base64url = (bytes: Uint8Array): string => written(bytes, forUrls);
export const fromBase64url = (text: string): Uint8Array | undefined => read(text, text.length, forUrls);

interface Alphabet {
  /** six bits → code of the character */
  readonly codes: Uint8Array;
  /** code of a character → six bits, 255 for one that is not of the alphabet */
  readonly values: Uint8Array;
}
function alphabet(last: string): Alphabet {
  const characters = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789${last}`;
  const [codes, values] = [new Uint8Array(64), new Uint8Array(128).fill(255)];
  for (let value = 0; value < 64; value += 1) {
    codes[value] = characters.charCodeAt(value);
    values[characters.charCodeAt(value)] = value;
  }
  return { codes, values };
}
const standard = alphabet('+/');
const forUrls = alphabet('-_');
const latin = new TextDecoder('latin1');

// by hand: what Node and browsers share goes by way of a string of a character for each byte, which a list of a million experts does not bear
function written(bytes: Uint8Array, { codes }: Alphabet): string {
  const text = new Uint8Array(Math.ceil((bytes.length * 4) / 3));
  for (let from = 0, to = 0; from < bytes.length; from += 3) {
    const word = ((bytes[from] ?? 0) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0);
    for (let shift = 18; shift >= 0 && to < text.length; shift -= 6) text[to++] = codes[(word >>> shift) & 63] ?? 0;
  }
  return latin.decode(text);
}

function read(text: string, length: number, { values }: Alphabet): Uint8Array | undefined {
  if (length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let [held, bits, to] = [0, 0, 0];
  for (let at = 0; at < length; at += 1) {
    const value = values[text.charCodeAt(at)] ?? 255;
    if (value === 255) return undefined;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[to++] = held >>> bits;
    }
  }
  // bits that belong to no byte must be zero, or two texts would stand for the same bytes
  return (held & ((1 << bits) - 1)) === 0 ? bytes : undefined;
}

/** RFC 8785 canonical JSON. A value JSON cannot carry (undefined, NaN, a lone surrogate) throws. */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}
/** The bytes that are hashed or signed for a JSON value: UTF-8 of its canonical form. */
export const canonicalBytes = (value: unknown): Uint8Array => utf8(canonical(value));
