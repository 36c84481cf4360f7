import { ristretto255 } from '@noble/curves/ed25519.js';
import { base64url, fromBase64url } from '../kernel/bytes.ts';

/** The group G of the protocol: ristretto255, 32-byte encodings, scalars 32 bytes little-endian. */
export type Point = InstanceType<typeof ristretto255.Point>;

/** Reads an element; undefined for anything that is not the canonical encoding of a non-identity element. */
export function readPoint(text: string): Point | undefined {
  const bytes = fromBase64url(text);
  if (bytes?.length !== 32) return undefined;
  try {
    const point = ristretto255.Point.fromBytes(bytes);
    return point.is0() ? undefined : point;
  } catch {
    return undefined; // the library throws on every encoding RFC 9496 rejects; nothing else can fail here
  }
}

/** Reads an element that a shape has already accepted. */
export function pointOf(text: string): Point {
  const point = readPoint(text);
  if (point === undefined) throw new TypeError('not a ristretto255 element');
  return point;
}
export const elementOf = (point: Point): string => base64url(point.toBytes());

/** One value of a polynomial in the exponent: f(x)·B at a small whole x. */
export interface PolynomialValue {
  readonly x: number;
  readonly point: Point;
}

/**
 * f(at)·B of the polynomial through these values (Lagrange). All inputs are public, so variable time is allowed.
 * Throws when two values share an x.
 */
export function interpolate(values: readonly PolynomialValue[], at: number): Point {
  const { Fn, ZERO } = ristretto255.Point;
  let sum = ZERO;
  for (const [place, { x, point }] of values.entries()) {
    let numerator = Fn.ONE;
    let denominator = Fn.ONE;
    for (const [otherPlace, other] of values.entries()) {
      if (otherPlace === place) continue;
      numerator = Fn.mul(numerator, Fn.create(BigInt(at - other.x)));
      denominator = Fn.mul(denominator, Fn.create(BigInt(x - other.x)));
    }
    sum = sum.add(point.multiplyUnsafe(Fn.div(numerator, denominator)));
  }
  return sum;
}

/**
 * Whether all values lie on one polynomial of degree < `threshold`. This is the same as asking that every choice of
 * `threshold` of them agrees everywhere, without walking through the choices.
 */
export function onOnePolynomial(values: readonly PolynomialValue[], threshold: number): boolean {
  const base = values.slice(0, threshold);
  return values.slice(threshold).every(({ x, point }) => interpolate(base, x).equals(point));
}
