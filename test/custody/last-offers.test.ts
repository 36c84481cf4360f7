import { describe, expect, it } from '@jest/globals';
import type { Placed } from '../../src/custody/judge.ts';
import { checkCalled } from '../../src/custody/last-offers.ts';
import { Refusal } from '../../src/custody/refusal.ts';

const at = '2026-11-28T01:00:00.000Z';
const placed = (index: number, type: string, data: unknown): Placed =>
  ({ index, event: { type, at, subject: { lot: 'offers' }, data } }) as unknown as Placed;
const admitted = placed(4, 'offers.admitted', { call: { responses: 'responses', suppliers: [{ bidder: 'A' }, { bidder: 'B' }] } });
const answer = (events: readonly Placed[], bidders: readonly string[], follows = 'responses'): string => {
  try {
    checkCalled(
      events,
      bidders.map((bidder) => ({ bidder })),
      follows,
    );
    return 'opens';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.reason;
  }
};

describe('A custodian that is asked to open last offers', () => {
  it('opens those of suppliers that were asked for one', () => {
    expect(answer([admitted, placed(9, 'bid.received', {})], ['A', 'B'])).toBe('opens');
    expect(answer([admitted], ['B'])).toBe('opens');
  });
  it('refuses a stranger among them, another negotiation, a bid from before the call, and a call that is missing or stands twice', () => {
    expect(answer([admitted], ['A', 'C'])).toBe('not-called');
    expect(answer([admitted], ['A'], 'another')).toBe('not-called');
    expect(answer([placed(2, 'bid.received', {}), admitted], ['A'])).toBe('not-called');
    expect(answer([], ['A'])).toBe('events');
    expect(answer([admitted, { ...admitted, index: 5 }], ['A'])).toBe('events');
  });
});
