import { z } from 'zod';
import { dateOf, type Instant, systemClock } from './clock.ts';

/**
 * A meaningless id: UUIDv7, lower case (protocol §0). Rooms name their own, `type LotId = Id<'lot'>`;
 * a fresh or freshly parsed id (`Id`) may become any of them, but none of them becomes another.
 */
export type Id<Kind extends string = never> = string & { readonly __id: Kind };

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A new id (RFC 9562 §5.7): 48 bits of the given moment's milliseconds, 74 random bits. Acts pass their `now`. */
export function newId(at: Instant = systemClock()): Id {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let milliseconds = dateOf(at).getTime();
  for (let place = 5; place >= 0; place -= 1) {
    bytes[place] = milliseconds % 256;
    milliseconds = Math.floor(milliseconds / 256);
  }
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-') as Id;
}

/** Reads an id; undefined when it is not a lower-case UUIDv7. */
export function parseId(text: string): Id | undefined {
  return shape.test(text) ? (text as Id) : undefined;
}

function makeIdField() {
  return z
    .string()
    .regex(shape, '编号格式不正确。 | This is not an id of this platform.')
    .transform((text) => text as Id);
}

/** Edge field: an id of any kind. */
export const idField = /* @__PURE__ */ makeIdField();
