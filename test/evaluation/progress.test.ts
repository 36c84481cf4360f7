import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EvaluationBundle, Method } from '../../src/evaluation/bundle.ts';
import { readScore, sumOf } from '../../src/evaluation/mark.ts';
import { progressOf, type Work } from '../../src/evaluation/progress.ts';
import { rank } from '../../src/evaluation/rank.ts';

const method: Method = {
  items: ['seal', 'licence'],
  criteria: [
    { id: 'plan', max: '30', kind: 'subjective' },
    { id: 'record', max: '10', kind: 'objective' },
  ],
  trimFrom: null,
  ceiling: '100.00',
  minimumValid: 2,
  policy: null,
  price: { kind: 'ratio', full: '60' },
  rank: 'score',
  candidates: 3,
};
const members = ['m1', 'm2', 'm3'];
const bids = ['b1', 'b2', 'b3'];

/** Work that may have gaps, failures, prices above the ceiling and differing objective scores. */
const work: fc.Arbitrary<Work> = fc
  .record({
    prices: fc.array(fc.constantFrom('90.00', '95.00', '100.00', '100.01'), { minLength: 3, maxLength: 3 }),
    verdicts: fc.array(fc.option(fc.boolean(), { freq: 12, nil: undefined }), { minLength: 18, maxLength: 18 }),
    plans: fc.array(fc.option(fc.constantFrom('20.00', '25.50', '30.00'), { freq: 12, nil: undefined }), { minLength: 9, maxLength: 9 }),
    records: fc.array(fc.option(fc.constantFrom('8.00', '8.00', '8.00', '6.00'), { freq: 12, nil: undefined }), {
      minLength: 9,
      maxLength: 9,
    }),
  })
  .map(({ prices, verdicts, plans, records }) => ({
    method,
    members,
    bids: bids.map((id, at) => ({ id, price: prices[at] ?? '90.00' })),
    verdicts: members.flatMap((member, m) =>
      bids.flatMap((bid, b) =>
        method.items.flatMap((item, i) => {
          const pass = verdicts[m * 6 + b * 2 + i];
          return pass === undefined ? [] : [{ member, bid, item, pass }];
        }),
      ),
    ),
    marks: members.flatMap((member, m) =>
      bids.flatMap((bid, b) => [
        ...(plans[m * 3 + b] === undefined ? [] : [{ member, bid, criterion: 'plan', score: plans[m * 3 + b] ?? '' }]),
        ...(records[m * 3 + b] === undefined ? [] : [{ member, bid, criterion: 'record', score: records[m * 3 + b] ?? '' }]),
      ]),
    ),
  }));

const bundleOf = ({ verdicts, marks, bids: offered }: Work, scored: readonly string[]): EvaluationBundle => ({
  format: 'yangguang/evaluation/v1',
  id: 'e',
  lot: 'l',
  method,
  drawn: {},
  tieSeed: 'AAAA',
  bids: offered.map(({ id, price }) => ({ id, price, small: false, domestic: false, receivedAt: '2026-11-22T00:00:00.000Z' })),
  reviewers: members,
  reviews: verdicts.map(({ member, ...rest }) => ({ reviewer: member, ...rest })),
  sheets: marks.filter((mark) => scored.includes(mark.bid)).map(({ member, ...rest }) => ({ reviewer: member, ...rest })),
  adjustments: [],
});

describe('Progress of a panel', () => {
  it('is complete exactly when the published method gives a result', () => {
    fc.assert(
      fc.property(work, (given) => {
        const progress = progressOf(given);
        const ranked = rank(bundleOf(given, progress.scored));
        expect(progress.complete).toBe(ranked.ok);
        if (ranked.ok) expect([...(progress.out ?? [])].map(([bid, reason]) => ({ bid, reason }))).toEqual(ranked.value.rejected);
      }),
      { numRuns: 400 },
    );
  });

  it('tells what is out only when everybody has reviewed everything', () => {
    fc.assert(
      fc.property(work, (given) => {
        const progress = progressOf(given);
        const reviewed = given.verdicts.length === members.length * bids.length * method.items.length;
        expect(progress.out === null).toBe(!reviewed);
      }),
    );
  });

  it('counts nothing of those who no longer sit', () => {
    fc.assert(
      fc.property(work, (given) => {
        const two = { ...given, members: members.slice(0, 2) };
        const without = {
          ...two,
          verdicts: two.verdicts.filter((row) => row.member !== 'm3'),
          marks: two.marks.filter((row) => row.member !== 'm3'),
        };
        expect(progressOf(two)).toEqual(progressOf(without));
      }),
    );
  });
});

describe('Marks', () => {
  it.each([
    ['20', '20', '20.00'],
    ['20.00', '20', '20.00'],
    ['0', '20', '0.00'],
    ['7.5', '20', '7.50'],
    ['20.01', '20', undefined],
    ['19.999', '20', undefined],
    ['-1', '20', undefined],
    ['007', '20', undefined],
    ['', '20', undefined],
  ])('%p of %p is %p', (written, max, kept) => expect(readScore(written, max)).toBe(kept));

  it('are added exactly: ten times 0.10 is 1.00', () => expect(sumOf(Array.from({ length: 10 }, () => '0.10'))).toBe('1.00'));
});
