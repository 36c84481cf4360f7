import { describe, expect, it } from '@jest/globals';
import type { Instant } from '../../src/kernel/clock.ts';
import { idField, newId, parseId } from '../../src/kernel/ids.ts';

const at = '2026-11-22T05:00:00.123Z' as Instant;

describe('Ids are UUIDv7, lower case', () => {
  it('carries the given moment in its first 48 bits, the version and the variant', () => {
    const id = newId(at);
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.parse(at));
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('differs each time, also at the same moment', () => {
    expect(new Set(Array.from({ length: 1000 }, () => newId(at))).size).toBe(1000);
  });

  it('orders as text by time', () => {
    expect(newId('2026-11-22T05:00:00.122Z' as Instant) < newId(at)).toBe(true);
  });

  it('refuses upper case, other versions and other text', () => {
    const id = newId(at);
    expect(parseId(id)).toBe(id);
    expect(parseId(id.toUpperCase())).toBeUndefined();
    expect(parseId('0198c0de-0000-4000-8000-000000000000')).toBeUndefined();
    expect(idField.safeParse(`${id} `).success).toBe(false);
    expect(idField.parse(idField.parse(id))).toBe(id);
  });
});
