import { mulAddUnsafe } from '@noble/curves/abstract/curve.js';
import { ristretto255, ristretto255_hasher, ristretto255_oprf } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { utf8 } from '../kernel/bytes.ts';
import { concat } from './digest.ts';
import { engine, type Point, readElement } from './group.ts';

/**
 * The batched proof of RFC 9497 §2.2 for the suite ristretto255-SHA512 in VOPRF mode: that the same secret lies between B and X and between every
 * C_i and D_i. It is the library's own proof, byte for byte (a test compares both ways); it stands here because the library only verifies it together
 * with an unblinding that costs one long multiplication a point, and because the engine that multiplies is ours to choose.
 */
const context = concat(utf8('OPRFV1-'), Uint8Array.of(1), utf8('-ristretto255-SHA512'));
const scalarDomain = concat(utf8('HashToScalar-'), context);
const seedDomain = concat(utf8('Seed-'), context);
const { Fn } = ristretto255.Point;

/** Two points lists of equal length, as encodings: D_i = x·C_i is what the proof is about. */
export interface Batch {
  /** X = x·B */
  readonly key: Uint8Array;
  readonly inputs: readonly Uint8Array[];
  readonly outputs: readonly Uint8Array[];
}

/** Proves a batch with its secret, 64 bytes. */
export function proveBatch(secret: Uint8Array, { key, inputs, outputs }: Batch): Uint8Array {
  const composite = mulAddUnsafe(ristretto255.Point, inputs.map(pointIn), weights(key, inputs, outputs)).toBytes();
  const shared = engine().multiply(secret, composite);
  const nonce = ristretto255_oprf.oprf.generateKeyPair();
  const challenge = challengeOf(key, composite, shared, nonce.publicKey, engine().multiply(nonce.secretKey, composite));
  const response = Fn.sub(Fn.fromBytes(nonce.secretKey), Fn.mul(challenge, Fn.fromBytes(secret)));
  nonce.secretKey.fill(0);
  return concat(Fn.toBytes(challenge), Fn.toBytes(response));
}

/** Whether the proof holds for this batch. False for whatever cannot be read. */
export function batchHolds({ key, inputs, outputs }: Batch, proof: Uint8Array): boolean {
  const points = [key, ...inputs, ...outputs].map(readElement);
  if (proof.length !== 64 || inputs.length !== outputs.length || !points.every((each) => each !== undefined)) return false;
  const [challenge, response] = [scalarIn(proof.subarray(0, 32)), scalarIn(proof.subarray(32))];
  const [keyPoint] = points;
  if (challenge === undefined || response === undefined || keyPoint === undefined) return false;
  const factors = weights(key, inputs, outputs);
  const composite = sum(points.slice(1, 1 + inputs.length), factors);
  const shared = sum(points.slice(1 + inputs.length), factors);
  const first = sum([ristretto255.Point.BASE, keyPoint], [response, challenge]);
  const second = sum([composite, shared], [response, challenge]);
  const [m, z, t2, t3] = [composite, shared, first, second].map((point) => point.toBytes());
  return m !== undefined && z !== undefined && t2 !== undefined && t3 !== undefined && challengeOf(key, m, z, t2, t3) === challenge;
}

/** Every input is public, so variable time is allowed. */
const sum = (points: readonly Point[], factors: readonly bigint[]): Point => mulAddUnsafe(ristretto255.Point, [...points], [...factors]);

const pointIn = (element: Uint8Array): Point => ristretto255.Point.fromBytes(element);

function scalarIn(bytes: Uint8Array): bigint | undefined {
  try {
    return Fn.fromBytes(bytes);
  } catch {
    return undefined; // not a scalar below the order
  }
}

/** d_i = HashToScalar(seed, i, C_i, D_i) (ComputeComposites). */
function weights(key: Uint8Array, inputs: readonly Uint8Array[], outputs: readonly Uint8Array[]): bigint[] {
  const seed = sha512(encoded(key, seedDomain));
  return inputs.map((input, at) => scalarOf(encoded(seed, at, input, outputs[at] ?? new Uint8Array(), 'Composite')));
}

const challengeOf = (...points: readonly Uint8Array[]): bigint => scalarOf(encoded(...points, 'Challenge'));
const scalarOf = (message: Uint8Array): bigint => ristretto255_hasher.hashToScalar(message, { DST: scalarDomain });

/** Numbers and lengths in two bytes; a text stands bare. */
function encoded(...parts: readonly (Uint8Array | number | string)[]): Uint8Array {
  return concat(
    ...parts.flatMap((part) => {
      if (typeof part === 'string') return [utf8(part)];
      return typeof part === 'number' ? [twoBytes(part)] : [twoBytes(part.length), part];
    }),
  );
}
const twoBytes = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 255);
