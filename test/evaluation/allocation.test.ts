import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allocate } from '../../src/evaluation/allocation.ts';
import { type AllocationBundle, allocationShape } from '../../src/evaluation/bundle.ts';
import { canonical } from '../../src/kernel/bytes.ts';

const folder = new URL('../vectors/evaluation/', import.meta.url);
const vectors = readdirSync(folder).filter((name) => name.startsWith('allocation-'));
const load = (name: string): AllocationBundle => allocationShape.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));

const aBundle = (prices: readonly string[], change: Partial<AllocationBundle> = {}): AllocationBundle =>
  allocationShape.parse({
    ...load('allocation-00.json'),
    ceiling: '10.0000',
    bids: prices.map((price, i) => ({ id: `d${i}`, price, factor: '1', capacity: 100 - i })),
    regions: [],
    picks: [],
    ...change,
  });
const allocated = (bundle: AllocationBundle) => {
  const result = allocate(bundle);
  if (!result.ok) throw new Error(`${result.error} ${result.about}`);
  return result.value;
};

describe('volume-based selection: the independent vectors', () => {
  it.each(vectors)('%s is reproduced byte for byte', (name) => {
    const bundle = load(name);
    expect(canonical(allocated(bundle))).toBe(canonical(bundle.result));
  });
  it('are all five there', () => expect(vectors).toHaveLength(5));
});

describe('who is shortlisted', () => {
  const reasons = (prices: readonly string[]) => allocated(aBundle(prices)).lost;
  it('at 1.8 times the lowest, at half the ceiling, or at the floor: inside; just beyond: out', () => {
    expect(reasons(['5.0000', '9.0000'])).toEqual([]);
    expect(reasons(['4.9000', '8.8200', '8.8201'])).toEqual([{ bid: 'd2', reason: 'not-shortlisted' }]);
    expect(reasons(['1.0000', '5.0000', '5.0001'])).toEqual([{ bid: 'd2', reason: 'not-shortlisted' }]);
  });
  it('takes a comparable price at the ceiling, refuses one above', () => {
    expect(reasons(['9.0000', '10.0000', '10.0001'])).toEqual([{ bid: 'd2', reason: 'above-ceiling' }]);
  });
  it('has an empty result when nobody qualifies', () => {
    const result = allocated(aBundle(['11'], { regions: [{ id: 'r', volume: 5 }] }));
    expect(result).toMatchObject({
      lowest: null,
      n: 0,
      share: null,
      winners: [],
      regions: [{ supplier: null, backup: null, agreedVolume: 0 }],
    });
  });
});

describe('picks', () => {
  const whole = load('allocation-02.json');
  const wrong = (picks: AllocationBundle['picks']) => expect(allocate({ ...whole, picks })).toMatchObject({ ok: false, error: 'pick' });
  it('out of turn, repeated, for a strange region, too few or too many are errors', () => {
    const [first, second, ...rest] = whole.picks;
    if (first === undefined || second === undefined) throw new Error('the vector has no picks');
    wrong([second, first, ...rest]);
    wrong([{ ...first, bid: second.bid }, second, ...rest]);
    wrong([first, { ...second, region: first.region }, ...rest]);
    wrong([{ ...first, region: 'x' }, second, ...rest]);
    wrong([first, second]);
    wrong([...whole.picks, first]);
  });
  it('gives a lone winner every region and no backup', () => {
    const regions = [
      { id: 'a', volume: 3 },
      { id: 'b', volume: 5 },
    ];
    const picks = [
      { bid: 'd0', region: 'b' },
      { bid: 'd0', region: 'a' },
    ];
    expect(allocated(aBundle(['5'], { regions, picks })).regions).toEqual([
      { region: 'a', supplier: 'd0', backup: null, agreedVolume: 1 },
      { region: 'b', supplier: 'd0', backup: null, agreedVolume: 2 },
    ]);
  });
});

describe('properties', () => {
  it('the order of the bids changes nothing, and every bid wins or loses once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 120_000 }), { minLength: 1, maxLength: 14 }), fc.nat(), (units, turn) => {
        const bundle = aBundle(
          units.map((each) => `${Math.floor(each / 10_000)}.${String(each % 10_000).padStart(4, '0')}`).filter((text) => text !== '0.0000'),
        );
        const at = turn % Math.max(1, bundle.bids.length);
        const turned = { ...bundle, bids: [...bundle.bids.slice(at), ...bundle.bids.slice(0, at)] };
        const [a, b] = [allocated(bundle), allocated(turned)];
        expect(b.winners).toEqual(a.winners);
        expect([...a.winners, ...a.lost].map((each) => each.bid).sort()).toEqual(bundle.bids.map((each) => each.id).sort());
      }),
    );
  });
});
