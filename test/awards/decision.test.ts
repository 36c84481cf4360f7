import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contractAtAwardPrice, nothingHolds, reasonOf, signedAfterNotice, takenInOrder } from '../../src/awards/decision.ts';
import { type Instant, parseInstant } from '../../src/kernel/clock.ts';
import { fen, parseYuan } from '../../src/kernel/money.ts';
import { refusalBy } from '../../src/kernel/rule.ts';
import { day } from '../../src/kernel/working-days.ts';

const at = (beijing: string): Instant => parseInstant(`${beijing}+08:00`) as Instant;

describe('AWARD-1: candidates are taken in their order (实施条例 §55)', () => {
  it('takes the first without a word', () => {
    expect(refusalBy([takenInOrder], { rank: 1, grounds: [] })).toBeNull();
  });
  it('takes the second only when the first falls away, the third only when both do', () => {
    expect(refusalBy([takenInOrder], { rank: 2, grounds: [] })?.problem).toBe('rank-needs-ground');
    expect(refusalBy([takenInOrder], { rank: 2, grounds: [1] })).toBeNull();
    expect(refusalBy([takenInOrder], { rank: 3, grounds: [1] })?.detail.fields?.[0]?.path).toBe('passed.1.ground');
    expect(refusalBy([takenInOrder], { rank: 3, grounds: [2] })?.detail.fields?.[0]?.path).toBe('passed.0.ground');
    expect(refusalBy([takenInOrder], { rank: 3, grounds: [1, 2] })).toBeNull();
  });
  it('wonders about a ground against somebody who is not passed over', () => {
    expect(refusalBy([takenInOrder], { rank: 1, grounds: [1] })?.problem).toBe('rank-needs-ground');
    expect(refusalBy([takenInOrder], { rank: 2, grounds: [1, 3] })?.detail.fields?.[0]?.path).toBe('passed.2.ground');
  });
  it('agrees exactly when everyone better, and nobody else, has a ground', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.uniqueArray(fc.integer({ min: 1, max: 5 })), (rank, grounds) => {
        const better = Array.from({ length: rank - 1 }, (_, i) => i + 1);
        const exact = [...grounds].sort().join() === better.join();
        expect(refusalBy([takenInOrder], { rank, grounds }) === null).toBe(exact);
      }),
    );
  });
  it('names everyone passed over, with the ground, in the reason', () => {
    expect(reasonOf(1, [])).toBe('排名第一的中标候选人');
    const passed = [{ rank: 1, name: '楚江建设', ground: 'gave-up' as const, explanation: '书面声明 2026-12-01' }];
    expect(reasonOf(2, passed)).toBe('第1名楚江建设放弃中标（书面声明 2026-12-01），依次确定第2名中标候选人');
  });
});

describe('AWARD-2: what holds a lot holds its award', () => {
  const hold = { says: { zh: '异议尚未答复', en: 'An objection is unanswered' }, since: at('2026-07-06T10:00'), href: '/x' };
  it('agrees when nothing holds, and says what does', () => {
    expect(refusalBy([nothingHolds], { holds: [] })).toBeNull();
    expect(refusalBy([nothingHolds], { holds: [hold] })?.detail.says?.zh).toBe('异议尚未答复');
    expect(refusalBy([nothingHolds], { holds: [hold, hold] })?.detail.says?.zh).toContain('另有1项');
  });
});

describe('AWARD-3: the contract says the award’s price, to the fen (招标投标法 §46)', () => {
  const awarded = parseYuan('17800000.00') ?? fen(0n);
  it.each([
    ['17800000.00', null],
    ['17800000.01', 'contract-differs-from-bid'],
    ['17799999.99', 'contract-differs-from-bid'],
  ])('%s', (price, problem) => {
    const given = parseYuan(price) ?? fen(0n);
    expect(refusalBy([contractAtAwardPrice], { price: given, awarded })?.problem ?? null).toBe(problem);
  });
});

describe('AWARD-4: a contract is signed after the notice and before it is registered', () => {
  const facts = { notifiedAt: at('2026-07-06T23:00'), now: at('2026-07-10T08:00') };
  it.each([
    ['2026-07-05', true],
    ['2026-07-06', false],
    ['2026-07-10', false],
    ['2026-07-11', true],
  ])('signed on %s: refused %s', (signedOn, refused) => {
    expect(refusalBy([signedAfterNotice], { ...facts, signedOn: day(signedOn) }) !== null).toBe(refused);
  });
});
