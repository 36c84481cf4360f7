import { describe, expect, it } from '@jest/globals';
import { ownNow } from '../../src/custody/judge.ts';
import type { Instant } from '../../src/kernel/clock.ts';

describe('A custodian’s clock', () => {
  const real = '2026-11-22T10:00:10.000Z' as Instant;
  const set = {
    type: 'clock.set',
    at: real,
    subject: {},
    data: { realAt: '2026-11-22T10:00:00.000Z', virtualAt: '2026-12-01T00:00:00.000Z', rate: 60 },
  };
  it('is its own on a production node, whatever the journal says', () => {
    expect(ownNow(real, 'node.example/journal', [set])).toBe(real);
  });
  it('follows the journalled settings on a sandbox: ten seconds at sixtyfold speed are ten minutes', () => {
    expect(ownNow(real, 'node.example/sandbox', [set])).toBe('2026-12-01T00:10:00.000Z');
  });
});
