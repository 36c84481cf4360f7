import { hmacPads } from '../sealing/digest.ts';

/** A piece of SQL with the values it takes, in their order. */
export interface Query {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/**
 * HMAC-SHA256 of bytes that stand in the database. PostgreSQL has SHA-256 and no HMAC; written out it is the same (RFC 2104), and a million are made where
 * the pool lies, on every processor, instead of being carried out of it first.
 */
export function hmacQuery(key: Uint8Array, message: Query): Query {
  const { inner, outer } = hmacPads(key);
  return { sql: `sha256(?::bytea || sha256(?::bytea || ${message.sql}))`, values: [buffer(outer), buffer(inner), ...message.values] };
}

/**
 * Until the transaction ends: hashing is dear beside comparing, so a large list is worth several processors and memory to sort in. What the planner
 * is told is read from it, not what it may do: a small list is still read by one.
 */
export const hashingSettings = `select set_config('work_mem', '96MB', true), set_config('jit', 'off', true), set_config('cpu_operator_cost', '0.05', true),
set_config('parallel_setup_cost', '0', true), set_config('parallel_tuple_cost', '0', true)`;

const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
