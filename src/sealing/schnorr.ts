import { ristretto255 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { utf8 } from '../kernel/bytes.ts';
import { concat, sameBytes } from './digest.ts';
import { engine } from './group.ts';

/** H2 of RFC 9591 for FROST(ristretto255, SHA-512). */
const challengeDomain = utf8('FROST-RISTRETTO255-SHA512-v1chal');

/**
 * Whether a Schnorr signature `R || z` of FROST's ciphersuite holds: z·B = R + c·P. It accepts exactly what the library's `verify` accepts (a test compares
 * them); it stands here because an opening checks hundreds, and the engine that multiplies is ours to choose.
 */
export function schnorrHolds(signature: Uint8Array, message: Uint8Array, key: Uint8Array): boolean {
  const [commitment, response] = [signature.subarray(0, 32), signature.subarray(32)];
  if (signature.length !== 64 || !engine().isElement(commitment) || !engine().isElement(key)) return false;
  const { Fn } = ristretto255.Point;
  const challenge = Fn.toBytes(scalarOf(sha512(concat(challengeDomain, commitment, key, message))));
  try {
    Fn.fromBytes(response);
  } catch {
    return false; // not a scalar below the order
  }
  const { multiply, multiplyBase, add } = engine();
  return sameBytes(multiplyBase(response), add(commitment, multiply(challenge, key)));
}

/** 64 bytes, little-endian, modulo the order. */
function scalarOf(wide: Uint8Array): bigint {
  return ristretto255.Point.Fn.create(wide.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n));
}
