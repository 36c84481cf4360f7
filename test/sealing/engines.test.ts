import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ristretto255, ristretto255_FROST, ristretto255_oprf } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { batchHolds, proveBatch } from '../../src/sealing/dleq.ts';
import { combineAtZero, engine, type GroupEngine, interpolate, nobleEngine, pointAt, useEngine } from '../../src/sealing/group.ts';
import { useNative } from '../../src/sealing/native-node.ts';
import { schnorrHolds } from '../../src/sealing/schnorr.ts';

/*
 * Two engines of the group, script and libsodium, and what is built on them: both give the same bytes on every input, and both agree with the library,
 * proof for proof and signature for signature, in what they make, what they accept and what they refuse.
 */
const { Point } = ristretto255;
const { Fn } = Point;
let native: GroupEngine;
beforeAll(async () => {
  await useNative();
  native = engine();
});
afterAll(() => useEngine(nobleEngine));
const engines = (): readonly (readonly [string, GroupEngine])[] => [
  ['script', nobleEngine],
  ['libsodium', native],
];

const scalar = fc.bigInt({ min: 0n, max: Fn.ORDER - 1n });
const nonzero = fc.bigInt({ min: 1n, max: Fn.ORDER - 1n });
const bytesOf = (value: bigint): Uint8Array => Fn.toBytes(value);
const element = nonzero.map((value) => Point.BASE.multiply(value).toBytes());
const outcome = (work: () => Uint8Array): string => {
  try {
    return Buffer.from(work()).toString('hex');
  } catch {
    return 'refused';
  }
};
const twist = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, place) => (place === at % bytes.length ? byte ^ (1 << (at % 8)) : byte));

describe('libsodium and script are one group', () => {
  it('multiply and add to the same bytes, zero and the identity included', () => {
    fc.assert(
      fc.property(scalar, element, element, (factor, one, other) => {
        for (const value of [factor, 0n, 1n, Fn.ORDER - 1n]) {
          expect(outcome(() => native.multiply(bytesOf(value), one))).toBe(outcome(() => nobleEngine.multiply(bytesOf(value), one)));
          expect(outcome(() => native.multiplyBase(bytesOf(value)))).toBe(outcome(() => nobleEngine.multiplyBase(bytesOf(value))));
        }
        expect([native.isElement(one), nobleEngine.isElement(one)]).toEqual([true, true]);
        expect(outcome(() => native.add(one, other))).toBe(outcome(() => nobleEngine.add(one, other)));
        const opposite = Point.fromBytes(one).negate().toBytes();
        expect(outcome(() => native.add(one, opposite))).toBe(outcome(() => nobleEngine.add(one, opposite)));
      }),
      { numRuns: 40 },
    );
  });

  it('refuse the same encodings: those that RFC 9496 rejects', () => {
    const odd = [
      new Uint8Array(32),
      new Uint8Array(32).fill(255),
      Uint8Array.of(1, ...new Uint8Array(31)),
      new Uint8Array(31),
      new Uint8Array(33),
    ];
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.constantFrom(...odd)), nonzero, (bytes, factor) => {
        expect(outcome(() => native.multiply(bytesOf(factor), bytes))).toBe(outcome(() => nobleEngine.multiply(bytesOf(factor), bytes)));
        expect(native.isElement(bytes)).toBe(nobleEngine.isElement(bytes));
        expect(outcome(() => native.add(bytes, bytes))).toBe(outcome(() => nobleEngine.add(bytes, bytes)));
      }),
      { numRuns: 150 },
    );
  });

  it('combine answers to the value that the polynomial has at zero', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 255 }), { minLength: 2, maxLength: 4 }),
        fc.array(element, { minLength: 4, maxLength: 4 }),
        (xs, points) => {
          const values = xs.map((x, at) => ({ x, element: points[at] ?? new Uint8Array() }));
          const expected = Buffer.from(interpolate(values.map(pointAt), 0).toBytes()).toString('hex');
          for (const [, each] of engines()) {
            useEngine(each);
            expect(outcome(() => combineAtZero(values))).toBe(expected);
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('RFC 9497 §2.2, batched: our proof is the library’s', () => {
  const { voprf } = ristretto255_oprf;
  const accepted = (key: Uint8Array, inputs: readonly Uint8Array[], outputs: readonly Uint8Array[], proof: Uint8Array): boolean => {
    const items = inputs.map((blinded, at) => ({
      input: new Uint8Array(),
      blind: bytesOf(1n),
      blinded,
      evaluated: outputs[at] ?? new Uint8Array(),
    }));
    try {
      voprf.finalizeBatch(items, key, proof);
      return true;
    } catch {
      return false;
    }
  };
  const batches = fc.record({ secret: nonzero, inputs: fc.array(element, { minLength: 1, maxLength: 6 }) });

  it('each accepts what the other proves', () => {
    fc.assert(
      fc.property(batches, ({ secret, inputs }) => {
        const [x, key] = [bytesOf(secret), Point.BASE.multiply(secret).toBytes()];
        for (const [, each] of engines()) {
          useEngine(each);
          const outputs = inputs.map((input) => each.multiply(x, input));
          expect(accepted(key, inputs, outputs, proveBatch(x, { key, inputs, outputs }))).toBe(true);
          const theirs = voprf.blindEvaluateBatch(x, key, [...inputs]);
          expect(theirs.evaluated.map((one) => Buffer.from(one).toString('hex'))).toEqual(
            outputs.map((one) => Buffer.from(one).toString('hex')),
          );
          expect(batchHolds({ key, inputs, outputs }, theirs.proof)).toBe(true);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('both refuse the same altered proofs, points, orders and keys', () => {
    fc.assert(
      fc.property(batches, fc.nat({ max: 511 }), element, ({ secret, inputs }, at, stranger) => {
        const [x, key] = [bytesOf(secret), Point.BASE.multiply(secret).toBytes()];
        const outputs = inputs.map((input) => native.multiply(x, input));
        const proof = proveBatch(x, { key, inputs, outputs });
        const place = at % inputs.length;
        // a stranger that is the true element by chance is rightly accepted
        fc.pre([key, outputs[place]].every((own) => own !== undefined && !Buffer.from(stranger).equals(Buffer.from(own))));
        const swapped = outputs.map((one, index) => (index === place ? stranger : one));
        for (const [k, o, p] of [
          [key, outputs, twist(proof, at)],
          [key, swapped, proof],
          [stranger, outputs, proof],
          [key, outputs.map((one, index) => (index === place ? twist(one, at) : one)), proof],
          [key, outputs, proof.subarray(1)],
        ] as const) {
          expect(batchHolds({ key: k, inputs, outputs: o }, p)).toBe(false);
          expect(accepted(k, inputs, o, p)).toBe(false);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('Schnorr signatures of FROST’s ciphersuite: what we accept is what the library accepts', () => {
  const theirs = (signature: Uint8Array, message: Uint8Array, key: Uint8Array): boolean => {
    try {
      return ristretto255_FROST.verify(signature, message, key);
    } catch {
      return false;
    }
  };
  it('true ones, altered ones, and any bytes at all', () => {
    fc.assert(
      fc.property(
        nonzero,
        fc.uint8Array({ maxLength: 80 }),
        fc.nat({ max: 511 }),
        fc.uint8Array({ minLength: 64, maxLength: 64 }),
        (secret, message, at, any) => {
          const key = Point.BASE.multiply(secret).toBytes();
          const signature = ristretto255_FROST.sign(message, bytesOf(secret));
          for (const [, each] of engines()) {
            useEngine(each);
            expect(schnorrHolds(signature, message, key)).toBe(true);
            for (const [s, m, k] of [
              [twist(signature, at), message, key],
              [signature, Uint8Array.of(...message, 1), key],
              [signature, message, Point.BASE.toBytes()],
              [signature, message, twist(key, at)],
              [any, message, key],
              [signature.subarray(0, 63), message, key],
            ] as const)
              expect(schnorrHolds(s, m, k)).toBe(theirs(s, m, k));
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it('a response of zero, which libsodium itself would not multiply with', () => {
    const secret = 123_456_789n;
    const key = Point.BASE.multiply(secret).toBytes();
    for (const [, each] of engines()) {
      useEngine(each);
      const zero = new Uint8Array([...Point.BASE.toBytes(), ...new Uint8Array(32)]);
      expect(schnorrHolds(zero, new Uint8Array(), key)).toBe(theirs(zero, new Uint8Array(), key));
    }
  });
});
