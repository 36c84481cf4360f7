import { sm3 as hash, sm2 } from 'sm-crypto-v2';
import { encode, integer, sequence } from './der.ts';
import { concat, hex, sameBytes } from './digest.ts';

/**
 * SM2 signatures with SM3 (GB/T 32918.2 and .5, GB/T 32905) on the recommended curve sm2p256v1. The arithmetic is the library's; what stands here
 * is that every key and signature has one form, and that the numbers are in their ranges before the library sees them.
 */
export const sm2Oids = {
  curve: '1.2.156.10197.1.301',
  /** SM2 with SM3, as certificates, requests and CMS name it */
  signature: '1.2.156.10197.1.501',
  /** the bare signature algorithm, as GB/T 35275 writes it in a signer info beside the digest algorithm */
  bareSignature: '1.2.156.10197.1.301.1',
} as const;

/** The signer's ID that goes into every signature: the one GM/T 0009 and RFC 8998 agree on. Another ID is another signature. */
export const sm2Id = '1234567812345678';

/** An SM2 key in this program's memory: WebCrypto has none. */
export interface Sm2PrivateKey {
  readonly kind: 'sm2';
  /** d, 32 bytes */
  readonly secret: Uint8Array;
  readonly point: Uint8Array;
}
export interface Sm2PublicKey {
  readonly kind: 'sm2';
  /** 0x04 || x || y, 65 bytes */
  readonly point: Uint8Array;
}
export interface Sm2KeyPair {
  readonly privateKey: Sm2PrivateKey;
  readonly publicKey: Sm2PublicKey;
}

/** Order of the curve (GB/T 32918.5). */
const order = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const coordinate = 32;

/** SM3 (GB/T 32905), 32 bytes. */
export const sm3 = (bytes: Uint8Array): Uint8Array => fromHex(hash(bytes));

/** A fresh key pair from the operating system's randomness. */
export function newSm2KeyPair(): Sm2KeyPair {
  const { privateKey } = sm2.generateKeyPairHex();
  const key = sm2PrivateKey(fromHex(privateKey.padStart(2 * coordinate, '0')));
  if (key === undefined) return newSm2KeyPair(); // d = n - 1, which nobody will live to see
  return { privateKey: key, publicKey: { kind: 'sm2', point: key.point } };
}

/** The key of this secret; undefined when it is no number from 1 to n - 2 (GB/T 32918.1 §6.1). */
export function sm2PrivateKey(secret: Uint8Array): Sm2PrivateKey | undefined {
  const d = numberOf(secret);
  if (secret.length !== coordinate || d < 1n || d > order - 2n) return undefined;
  return { kind: 'sm2', secret, point: fromHex(sm2.getPublicKeyFromPrivateKey(hex(secret))) };
}

/** The DER signature `SEQUENCE { r, s }` of these bytes, under the default ID. */
export function sm2Sign(key: Sm2PrivateKey, bytes: Uint8Array): Uint8Array {
  const plain = fromHex(sm2.doSignature(bytes, hex(key.secret), { hash: true, publicKey: hex(key.point), userId: sm2Id }));
  return encode(sequence(integer(plain.slice(0, coordinate)), integer(plain.slice(coordinate))));
}

/**
 * Whether this DER signature of these bytes is by the key at this point, under the default ID. A signature has one form: canonical DER, r and s
 * from 1 to n - 1; unlike ECDSA there is no second s for the same r.
 */
export function sm2Verifies(point: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  const plain = plainSignature(signature);
  if (plain === undefined) return false;
  return sm2.doVerifySignature(bytes, hex(plain), known(hex(point)), { hash: true, userId: sm2Id });
}

type Point = Parameters<typeof sm2.doVerifySignature>[2];
/** Keys that were asked for before, newest last; from its second use on a key has its multiples at hand, which makes it some five times faster. */
const recent = new Map<string, Point>();
const mostRecent = 32;
const window = 4;

function known(point: string): Point {
  const before = recent.get(point);
  const now = typeof before === 'string' ? sm2.precomputePublicKey(point, window) : (before ?? point);
  recent.delete(point);
  recent.set(point, now);
  const [oldest] = recent.keys();
  if (recent.size > mostRecent && oldest !== undefined) recent.delete(oldest);
  return now;
}

/** r || s of a canonical DER signature with both in range; undefined for anything else. */
function plainSignature(der: Uint8Array): Uint8Array | undefined {
  const first = der[3] ?? 0;
  const [r, s] = [der.subarray(4, 4 + first), der.subarray(6 + first)];
  // Written again from its numbers it must be the same bytes: that settles tags, lengths, leading zeros and trailing bytes at once.
  if (der.length > 72 || !sameBytes(der, encode(sequence(integer(r), integer(s))))) return undefined;
  const inRange = [r, s].every((part) => numberOf(part) >= 1n && numberOf(part) < order);
  return inRange ? concat(padded(r), padded(s)) : undefined;
}

/** SubjectPublicKeyInfo of an SM2 key up to its point: id-ecPublicKey on sm2p256v1 by name, uncompressed; nothing else is taken. */
const spkiHead = fromHex('3059301306072a8648ce3d020106082a811ccf5501822d034200');

export const sm2Spki = ({ point }: { readonly point: Uint8Array }): Uint8Array => concat(spkiHead, point);

/** The point of an SM2 public key in SubjectPublicKeyInfo; undefined when it is another kind of key, or no point of the curve. */
export function sm2PointIn(spki: Uint8Array): Uint8Array | undefined {
  const point = spki.slice(spkiHead.length);
  const isSm2 = point.length === 1 + 2 * coordinate && point[0] === 0x04 && sameBytes(spki.slice(0, spkiHead.length), spkiHead);
  return isSm2 && onCurve(point) ? point : undefined;
}

function onCurve(point: Uint8Array): boolean {
  try {
    return sm2.verifyPublicKey(hex(point));
  } catch {
    return false; // the library throws on coordinates that are no field elements
  }
}

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${hex(bytes) || '0'}`);
/** A positive number's bytes at the width of a coordinate. */
const padded = (bytes: Uint8Array): Uint8Array =>
  fromHex(
    numberOf(bytes)
      .toString(16)
      .padStart(2 * coordinate, '0'),
  );

function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}
