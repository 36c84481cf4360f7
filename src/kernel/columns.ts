import { type EntityProperty, p, Type, Uint8ArrayType } from '@mikro-orm/postgresql';
import { type Instant, instantOf } from './clock.ts';

/**
 * The alphabet in which tables are written: each function makes one column of `defineEntity`.
 *
 *     properties: { price: fen(), closesAt: instant(), digest: bytes(), rate: decimal(9, 6), note: text().nullable() }
 */

/** Money: whole fen as `bigint` in memory and in the database; a decimal string of fen in JSON (JSON has no bigint). */
export class FenColumn extends Type<bigint, string> {
  // Nullable columns hand their null over too, whatever the declared type says.
  override convertToDatabaseValue(value: bigint | null): string {
    return value === null ? (null as never) : value.toString();
  }
  override convertToJSValue(value: string | bigint | null): bigint {
    return value === null ? (null as never) : BigInt(value);
  }
  override toJSON(value: bigint): string {
    return value.toString();
  }
  override getColumnType(): string {
    return 'bigint';
  }
  override compareAsType(): string {
    return 'string';
  }
}

/** A moment: `timestamptz(3)`, read and written as the RFC 3339 text of `Instant`. */
export class InstantColumn extends Type<Instant, string> {
  override convertToDatabaseValue(value: Instant): string {
    return value;
  }
  /** PostgreSQL answers `2026-11-22 05:00:00.12+00`; the text of an instant always has three decimals and `Z`. */
  override convertToJSValue(value: string | Date | null): Instant {
    return value === null ? (null as never) : instantOf(new Date(value));
  }
  override getColumnType(): string {
    return 'timestamptz(3)';
  }
  override compareAsType(): string {
    return 'string';
  }
}

/** A decimal number kept as the text PostgreSQL gives for `numeric(precision, scale)`: always `scale` decimals, never a float. */
export class DecimalColumn extends Type<string, string> {
  override convertToDatabaseValue(value: string): string {
    return value;
  }
  override convertToJSValue(value: string | number): string {
    return String(value);
  }
  override getColumnType(prop: EntityProperty): string {
    return `numeric(${prop.precision}, ${prop.scale})`;
  }
  override compareAsType(): string {
    return 'string';
  }
}

/** An amount of money in fen. */
export const fen = () => p.type(FenColumn);
/** A moment in time, to the millisecond. */
export const instant = () => p.type(InstantColumn);
/** Bytes as `Uint8Array` (bytea). */
export const bytes = () => p.type(Uint8ArrayType);
/** A decimal string with `scale` digits after the point, such as a rate, a score or an area. */
export const decimal = (precision: number, scale: number) => p.type(DecimalColumn).precision(precision).scale(scale);
/** Text of any length. */
export const text = () => p.text();
/** A UUIDv7 given by the act (never by the database: the act must know it for its event). */
export const id = () => p.uuid().primary();
/** One of the given words, checked by the database too. */
export const oneOf = <const W extends string>(words: readonly W[]) => p.enum([...words]).$type<W>();
