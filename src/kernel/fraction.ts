/**
 * Exact rational numbers. Award methods are published as arithmetic and recomputed by strangers, so nothing between
 * two named roundings may be approximate: decimal libraries round a division, fractions of bigints do not.
 */
export class Fraction {
  /** in lowest terms; carries the sign */
  readonly numerator: bigint;
  /** always positive */
  readonly denominator: bigint;

  private constructor(numerator: bigint, denominator: bigint) {
    this.numerator = numerator;
    this.denominator = denominator;
  }

  /** A fraction in lowest terms. A zero denominator is a RangeError: callers rule it out by name first. */
  static of(numerator: bigint | number, denominator: bigint | number = 1n): Fraction {
    const top = BigInt(numerator);
    const bottom = BigInt(denominator);
    if (bottom === 0n) throw new RangeError('division by zero');
    const sign = bottom < 0n ? -1n : 1n;
    const divisor = greatestCommonDivisor(top < 0n ? -top : top, sign * bottom);
    return new Fraction((sign * top) / divisor, (sign * bottom) / divisor);
  }

  /** Reads a plain decimal such as "-12.50"; undefined for anything else (signs, exponents, blanks, leading zeros). */
  static parse(text: string): Fraction | undefined {
    const match = decimalText.exec(text);
    if (match === null || text.length > longestDecimal) return undefined;
    const [, minus = '', whole = '0', places = ''] = match;
    return Fraction.of(BigInt(`${minus}${whole}${places}`), 10n ** BigInt(places.length));
  }

  plus(other: Fraction): Fraction {
    return Fraction.of(this.numerator * other.denominator + other.numerator * this.denominator, this.denominator * other.denominator);
  }
  minus(other: Fraction): Fraction {
    return this.plus(other.negated());
  }
  times(other: Fraction): Fraction {
    return Fraction.of(this.numerator * other.numerator, this.denominator * other.denominator);
  }
  over(other: Fraction): Fraction {
    return Fraction.of(this.numerator * other.denominator, this.denominator * other.numerator);
  }
  negated(): Fraction {
    return new Fraction(-this.numerator, this.denominator);
  }
  absolute(): Fraction {
    return this.numerator < 0n ? this.negated() : this;
  }

  /** Negative, zero or positive, as array sorting wants it. */
  compare(other: Fraction): number {
    const difference = this.numerator * other.denominator - other.numerator * this.denominator;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  isBelow(other: Fraction): boolean {
    return this.compare(other) < 0;
  }
  isAbove(other: Fraction): boolean {
    return this.compare(other) > 0;
  }
  equals(other: Fraction): boolean {
    return this.compare(other) === 0;
  }

  /** Half away from zero (四舍五入) to this many places. */
  rounded(places: number): Fraction {
    const scale = 10n ** BigInt(places);
    const magnitude = this.numerator < 0n ? -this.numerator : this.numerator;
    const units = (2n * magnitude * scale + this.denominator) / (2n * this.denominator);
    return Fraction.of(this.numerator < 0n ? -units : units, scale);
  }

  /** The greatest integer not above it. */
  floor(): bigint {
    const quotient = this.numerator / this.denominator;
    return this.numerator < 0n && this.numerator % this.denominator !== 0n ? quotient - 1n : quotient;
  }

  /** Decimal text with exactly this many places, half away from zero; "-0.00" is never printed. */
  print(places: number): string {
    const units = (this.rounded(places).numerator * 10n ** BigInt(places)) / this.rounded(places).denominator;
    const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
    const whole = digits.slice(0, digits.length - places);
    return `${units < 0n ? '-' : ''}${whole}${places === 0 ? '' : `.${digits.slice(digits.length - places)}`}`;
  }

  /** How people may read it: the shortest exact decimal when there is one, otherwise "numerator/denominator". */
  toString(): string {
    for (let places = 0; places <= longestDecimal; places++) if (this.rounded(places).equals(this)) return this.print(places);
    return `${this.numerator}/${this.denominator}`;
  }
}

const decimalText = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/;
/** Longer numbers than any amount of money: a bound against input made to cost time. */
const longestDecimal = 40;

export const zero: Fraction = Fraction.of(0);
export const one: Fraction = Fraction.of(1);
export const hundred: Fraction = Fraction.of(100);

/** The decimal a schema has already checked. */
export function decimal(text: string): Fraction {
  const value = Fraction.parse(text);
  if (value === undefined) throw new RangeError(`not a decimal: ${text}`);
  return value;
}

/** Half away from zero to 2 places: the one rounding of scores and amounts. */
export const round2 = (value: Fraction): Fraction => value.rounded(2);

export const sum = (values: readonly Fraction[]): Fraction => values.reduce((total, each) => total.plus(each), zero);

/** Arithmetic mean; an empty list is a RangeError. */
export const mean = (values: readonly Fraction[]): Fraction => sum(values).over(Fraction.of(values.length));

export const ascending = (values: readonly Fraction[]): Fraction[] => [...values].sort((a, b) => a.compare(b));

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [left, right] = [a, b];
  while (right !== 0n) [left, right] = [right, left % right];
  return left;
}
