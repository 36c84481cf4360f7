import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AuctionBundle, auctionShape, replay } from '../../src/auctions/quote.ts';
import { canonical } from '../../src/kernel/bytes.ts';

const folder = new URL('../vectors/evaluation/', import.meta.url);
const vectors = readdirSync(folder).filter((name) => name.startsWith('auction-'));
const load = (name: string): AuctionBundle => auctionShape.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));

type Call = readonly [bidder: string, amount: string, at: string];
const anAuction = (calls: readonly Call[], rules: Record<string, unknown> = {}): AuctionBundle =>
  auctionShape.parse({
    format: 'yangguang/auction/v1',
    id: 'a',
    rules: {
      direction: 'up',
      start: '100',
      step: '10',
      reserve: null,
      listingEnds: '2026-05-08T07:00:00.000Z',
      window: 60,
      limit: null,
      ...rules,
    },
    quotes: calls.map(([bidder, amount, time], i) => ({ id: `q${i}`, bidder, amount, at: `2026-05-08T${time}Z` })),
  });
const reasons = (calls: readonly Call[], rules: Record<string, unknown> = {}) =>
  replay(anAuction(calls, rules)).refused.map((each) => each.reason);

describe('open-cry online auctions: the independent vectors', () => {
  it.each(vectors)('%s is reproduced byte for byte', (name) => {
    const bundle = load(name);
    expect(canonical(replay(bundle))).toBe(canonical(bundle.result));
  });
  it('are all five there', () => expect(vectors).toHaveLength(5));
});

describe('the clock', () => {
  it('takes a quote a millisecond before the end and refuses one at the end', () => {
    expect(reasons([['a', '100', '06:59:59.999']])).toEqual([]);
    expect(reasons([['a', '100', '07:00:00.000']])).toEqual(['late']);
  });
  it('moves the end only for a valid quote within the window', () => {
    const closedAt = (...calls: Call[]) => replay(anAuction(calls)).closedAt;
    expect(closedAt(['a', '100', '06:58:59.999'])).toBe('2026-05-08T07:00:00.000Z');
    expect(closedAt(['a', '100', '06:59:00.001'])).toBe('2026-05-08T07:00:00.001Z');
    expect(closedAt(['a', '105', '06:59:30.000'])).toBe('2026-05-08T07:00:00.000Z');
    expect(closedAt(['a', '100', '06:59:30.000'], ['b', '110', '07:00:10.000'])).toBe('2026-05-08T07:01:10.000Z');
  });
});

describe('the amounts', () => {
  it('follow the grid, upwards and downwards', () => {
    expect(
      reasons([
        ['a', '105', '06:00:00.000'],
        ['a', '90', '06:00:01.000'],
        ['a', '100', '06:00:02.000'],
      ]),
    ).toEqual(['off-grid', 'too-low']);
    expect(
      reasons(
        [
          ['a', '95', '06:00:00.000'],
          ['a', '110', '06:00:01.000'],
          ['a', '100', '06:00:02.000'],
        ],
        { direction: 'down' },
      ),
    ).toEqual(['off-grid', 'too-low']);
  });
  it('must beat the best by a step, and nobody outbids itself', () => {
    expect(
      reasons([
        ['a', '120', '06:00:00.000'],
        ['b', '120', '06:00:01.000'],
        ['a', '130', '06:00:02.000'],
        ['b', '130', '06:00:03.000'],
      ]),
    ).toEqual(['too-low', 'own-best']);
  });
  it('close the hall at the limit, and never pass it', () => {
    const calls: Call[] = [
      ['a', '140', '06:00:00.000'],
      ['b', '130', '06:00:01.000'],
      ['c', '140', '06:00:01.000'],
    ];
    const result = replay(anAuction(calls, { limit: '130' }));
    expect(result).toMatchObject({ outcome: 'limit-reached', best: 'q1', closedAt: '2026-05-08T06:00:01.000Z' });
    expect(result.refused).toEqual([
      { id: 'q0', reason: 'beyond-limit' },
      { id: 'q2', reason: 'late' },
    ]);
  });
  it('sell at the reserve, not a step short of it', () => {
    const outcome = (amount: string, rules: Record<string, unknown>) => replay(anAuction([['a', amount, '06:00:00.000']], rules)).outcome;
    expect(outcome('120', { reserve: '120' })).toBe('sold');
    expect(outcome('110', { reserve: '120' })).toBe('below-reserve');
    expect(outcome('80', { reserve: '80', direction: 'down' })).toBe('sold');
    expect(outcome('90', { reserve: '80', direction: 'down' })).toBe('below-reserve');
  });
});

describe('properties', () => {
  const call = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 8, max: 30 }), fc.integer({ min: 1, max: 90 }));
  it('every quote is accepted or refused once, the best only improves, and refused quotes could be left out', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 25 }), fc.constantFrom('up', 'down'), (calls, direction) => {
        let seconds = 0;
        const quotes = calls.map(([bidder, tens, gap]): Call => {
          seconds += gap;
          return [
            bidder,
            String(direction === 'up' ? tens * 10 : 400 - tens * 10),
            new Date(Date.UTC(2026, 0, 1, 6, 58, seconds)).toISOString().slice(11, -1),
          ];
        });
        const bundle = anAuction(quotes, direction === 'up' ? {} : { direction, start: '300' });
        const result = replay(bundle);
        expect([...result.accepted, ...result.refused.map((each) => each.id)].sort()).toEqual(bundle.quotes.map((each) => each.id).sort());
        const amounts = result.accepted.map((id) => Number(bundle.quotes.find((each) => each.id === id)?.amount));
        for (const [i, amount] of amounts.slice(1).entries())
          expect(direction === 'up' ? amount > (amounts[i] ?? 0) : amount < (amounts[i] ?? 0)).toBe(true);
        const kept = bundle.quotes.filter((each) => result.accepted.includes(each.id));
        expect(replay({ ...bundle, quotes: kept })).toEqual({ ...result, refused: [] });
      }),
    );
  });
});
