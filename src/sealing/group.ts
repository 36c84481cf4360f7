import { ristretto255 } from '@noble/curves/ed25519.js';
import { base64url, fromBase64url } from '../kernel/bytes.ts';

/** The group G of the protocol: ristretto255, 32-byte encodings, scalars 32 bytes little-endian. */
export type Point = InstanceType<typeof ristretto255.Point>;

/** The operations that bulk work is made of, on encodings. Scalars have 32 bytes and are below the order. */
export interface GroupEngine {
  /** s·P, in constant time: s may be secret. Throws when the element is none. */
  multiply(scalar: Uint8Array, element: Uint8Array): Uint8Array;
  /** s·B, likewise */
  multiplyBase(scalar: Uint8Array): Uint8Array;
  add(a: Uint8Array, b: Uint8Array): Uint8Array;
  /** whether these 32 bytes are the canonical encoding of an element other than the identity */
  isElement(bytes: Uint8Array): boolean;
}

/** The engine that runs everywhere, the browser included. */
export const nobleEngine: GroupEngine = {
  multiply: (scalar, element) => times(ristretto255.Point.fromBytes(element), scalar).toBytes(),
  multiplyBase: (scalar) => times(ristretto255.Point.BASE, scalar).toBytes(),
  add: (a, b) => ristretto255.Point.fromBytes(a).add(ristretto255.Point.fromBytes(b)).toBytes(),
  isElement: (bytes) => readElement(bytes) !== undefined,
};

function times(point: Point, scalar: Uint8Array): Point {
  const { Fn, ZERO } = ristretto255.Point;
  const factor = Fn.fromBytes(scalar);
  return Fn.is0(factor) ? ZERO : point.multiply(factor);
}

let inUse: GroupEngine = nobleEngine;
export const engine = (): GroupEngine => inUse;
/** A program chooses its engine when it starts (group-node.ts); every engine gives the same bytes. */
export function useEngine(chosen: GroupEngine): void {
  inUse = chosen;
}

/** Reads an element; undefined for anything that is not the canonical encoding of a non-identity element. */
export function readPoint(text: string): Point | undefined {
  const bytes = fromBase64url(text);
  return bytes === undefined ? undefined : readElement(bytes);
}

/** The same from bytes. */
export function readElement(bytes: Uint8Array): Point | undefined {
  if (bytes.length !== 32) return undefined;
  try {
    const point = ristretto255.Point.fromBytes(bytes);
    return point.is0() ? undefined : point;
  } catch {
    return undefined; // the library throws on every encoding RFC 9496 rejects; nothing else can fail here
  }
}

/** Whether a text is one: as `readPoint`, by the engine in use, which need not make a point of it. */
export function isElementText(text: string): boolean {
  const bytes = fromBase64url(text);
  return bytes?.length === 32 && engine().isElement(bytes);
}

/** Reads an element that a shape has already accepted. */
export function pointOf(text: string): Point {
  const point = readPoint(text);
  if (point === undefined) throw new TypeError('not a ristretto255 element');
  return point;
}
/** The 32 bytes of an element that a shape has already accepted. */
export function elementBytes(text: string): Uint8Array {
  const bytes = fromBase64url(text);
  if (bytes?.length !== 32) throw new TypeError('not a ristretto255 element');
  return bytes;
}
export const elementOf = (point: Point): string => base64url(point.toBytes());

/** One value of a polynomial in the exponent: f(x)·B at a small whole x. */
export interface PolynomialValue {
  readonly x: number;
  readonly point: Point;
}

/** A value on encodings, for sums of its points. */
export const pointAt = ({ x, element }: { readonly x: number; readonly element: Uint8Array }): PolynomialValue => ({
  x,
  point: ristretto255.Point.fromBytes(element),
});

/** f(0)·B of the polynomial through these values, on encodings: what t trustees' answers combine to. Throws when two values share an x. */
export function combineAtZero(values: readonly { readonly x: number; readonly element: Uint8Array }[]): Uint8Array {
  const { Fn, ZERO } = ristretto255.Point;
  const xs = values.map(({ x }) => x);
  return values
    .map(({ element }, place) => engine().multiply(Fn.toBytes(weightAt(xs, place, 0)), element))
    .reduce((sum, each) => engine().add(sum, each), ZERO.toBytes());
}

/** The Lagrange coefficient of the value at `place`, for the polynomial's value at `at`. */
function weightAt(xs: readonly number[], place: number, at: number): bigint {
  const { Fn } = ristretto255.Point;
  let numerator = Fn.ONE;
  let denominator = Fn.ONE;
  for (const [otherPlace, other] of xs.entries()) {
    if (otherPlace === place) continue;
    numerator = Fn.mul(numerator, Fn.create(BigInt(at - other)));
    denominator = Fn.mul(denominator, Fn.create(BigInt((xs[place] ?? 0) - other)));
  }
  return Fn.div(numerator, denominator);
}

/**
 * f(at)·B of the polynomial through these values (Lagrange). All inputs are public, so variable time is allowed.
 * Throws when two values share an x.
 */
export function interpolate(values: readonly PolynomialValue[], at: number): Point {
  const xs = values.map(({ x }) => x);
  return values.reduce((sum, { point }, place) => sum.add(point.multiplyUnsafe(weightAt(xs, place, at))), ristretto255.Point.ZERO);
}

/** f(x)·B of the polynomial with these coefficients in the exponent, the constant first; all of it public. */
export function polynomialAt(coefficients: readonly Point[], x: number): Point {
  return coefficients.reduceRight(
    (sum, coefficient) => (x === 0 ? ristretto255.Point.ZERO : sum.multiplyUnsafe(BigInt(x))).add(coefficient),
    ristretto255.Point.ZERO,
  );
}

/**
 * Whether all values lie on one polynomial of degree < `threshold`. This is the same as asking that every choice of
 * `threshold` of them agrees everywhere, without walking through the choices.
 */
export function onOnePolynomial(values: readonly PolynomialValue[], threshold: number): boolean {
  const base = values.slice(0, threshold);
  return values.slice(threshold).every(({ x, point }) => interpolate(base, x).equals(point));
}
