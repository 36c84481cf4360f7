import { describe, expect, it } from '@jest/globals';
import { bestVerdict, hintsOf, nextReviewDay, periodOf, standingAfter, type YearFigures } from '../../src/appraisal/annual.ts';
import { biasOf, exactText, type JudgedLot } from '../../src/appraisal/bias.ts';
import type { EvaluationBundle } from '../../src/evaluation/bundle.ts';
import { Fraction } from '../../src/kernel/fraction.ts';
import { day } from '../../src/kernel/working-days.ts';

const on = day('2027-01-10');
const nothing: YearFigures = {
  called: 0,
  accepted: 0,
  declined: 0,
  silent: 0,
  evaluations: 0,
  withdrew: 0,
  absent: 0,
  due: 0,
  scores: 0,
  scored: 0,
  points: 0,
  contested: 0,
  struck: 0,
  tests: 0,
  testsPassed: 0,
  marks: 0,
  deviation: null,
  lean: null,
  ranked: 0,
  firstWon: 0,
  pairs: [],
};

describe('The best verdict that figures allow', () => {
  it.each([
    [{}, 'good'],
    [{ points: 3 }, 'good'],
    [{ points: 4 }, 'basic'],
    [{ points: 7 }, 'basic'],
    [{ points: 8 }, 'unfit'],
    // a mean of exactly three is no less than three, and what would be rounded to it is
    [{ scores: 400, scored: 1200 }, 'good'],
    [{ scores: 400, scored: 1199 }, 'basic'],
    [{ scores: 400, scored: 800 }, 'basic'],
    [{ scores: 400, scored: 799 }, 'unfit'],
    [{ absent: 1, due: 9 }, 'basic'],
    [{ absent: 2, due: 9 }, 'basic'],
    [{ absent: 3, due: 9 }, 'unfit'],
    [{ silent: 2 }, 'good'],
    [{ silent: 3 }, 'basic'],
  ] as const)('%j: %s', (figures, verdict) => {
    expect(bestVerdict({ ...nothing, ...figures }, on).verdict).toBe(verdict);
  });
});

describe('XE-13 What is pointed out moves no verdict', () => {
  const hinted = (figures: Partial<YearFigures>): number => {
    expect(bestVerdict({ ...nothing, ...figures }, on).verdict === 'unfit').toBe(false);
    return hintsOf({ ...nothing, ...figures }, on).length;
  };
  const pair = (times: number) => [{ bidder: 'x', name: 'x', times, won: 0 }];
  it.each([
    [{ deviation: '15/100' }, 0],
    [{ deviation: '150001/1000000' }, 1],
    [{ ranked: 4, firstWon: 4 }, 0],
    [{ ranked: 5, firstWon: 4 }, 0],
    [{ ranked: 5, firstWon: 5 }, 1],
    [{ pairs: pair(2) }, 0],
    [{ pairs: pair(3) }, 1],
    [{ absent: 1, due: 5 }, 0],
    [{ absent: 1, due: 4 }, 1],
  ])('%j', (figures, count) => {
    expect(hinted(figures)).toBe(count);
  });
});

describe('XE-13 Figures of bias', () => {
  const method = {
    criteria: [
      { id: 'plan', max: '40', kind: 'subjective' },
      { id: 'past', max: '20', kind: 'objective' },
    ],
  } as EvaluationBundle['method'];
  /** scores of each seat for `plan`, by bid */
  const lot = (plan: Readonly<Record<string, readonly string[]>>, winner: string | null): JudgedLot => ({
    reviewer: 'e',
    bundle: {
      method,
      bids: [],
      sheets: Object.entries(plan).flatMap(([reviewer, scores]) =>
        scores.flatMap((score, at) => [
          { reviewer, bid: `b${at}`, criterion: 'plan', score },
          { reviewer, bid: `b${at}`, criterion: 'past', score: '20' },
        ]),
      ),
    },
    bidders: new Map([
      ['b0', 'first'],
      ['b1', 'second'],
    ]),
    winner,
  });
  it('are exact: distances from the mean of the others in full marks, objective criteria left out', () => {
    const { marks, deviation, lean } = biasOf([lot({ e: ['30', '20'], x: ['20', '21'], y: ['21', '22'], z: ['22', '22'] }, 'b0')]);
    // 30 − 21 of 40, and 20 − 65/3 of 40
    expect([marks, deviation && exactText(deviation), lean && exactText(lean)]).toEqual([
      2,
      exactText(Fraction.of(9).plus(Fraction.of(5, 3)).over(Fraction.of(80))),
      exactText(Fraction.of(9).minus(Fraction.of(5, 3)).over(Fraction.of(80))),
    ]);
    expect(biasOf([lot({ e: ['30', '20'] }, 'b0')])).toMatchObject({ marks: 0, deviation: null, lean: null });
  });
  it('count own first and winner where one bid stood before another and somebody won', () => {
    const other = ['1', '1'];
    const firsts = [
      lot({ e: ['30', '20'], x: other }, 'b0'),
      lot({ e: ['30', '20'], x: other }, 'b1'),
      lot({ e: ['30', '30'], x: other }, 'b1'),
      lot({ e: ['30', '20'], x: other }, null),
      lot({ e: ['30'], x: other }, 'b0'),
    ];
    expect(biasOf(firsts)).toMatchObject({ ranked: 2, firstWon: 1 });
    expect(biasOf(firsts).pairs).toEqual([
      { bidder: 'first', times: 5, won: 2 },
      { bidder: 'second', times: 5, won: 2 },
    ]);
    expect(biasOf(firsts.slice(0, 1)).pairs).toEqual([]);
  });
});

describe('An annual review', () => {
  it('begins where the last one ended, the first a year back, and ends yesterday', () => {
    expect(periodOf(on, null)).toEqual({ from: '2026-01-10', through: '2027-01-09' });
    expect(periodOf(on, { from: day('2025-11-01'), through: day('2026-02-03') })).toEqual({ from: '2026-02-04', through: '2027-01-09' });
  });
  it('is opened once a year, and not soon after the last', () => {
    const last = (year: number, through: string) => ({ year, from: day('2025-01-01'), through: day(through) });
    expect(nextReviewDay(last(2026, '2026-01-31'), day('2026-12-31'))).toBe('2027-01-01');
    expect(nextReviewDay(last(2026, '2026-01-31'), day('2027-01-01'))).toBeNull();
    expect(nextReviewDay(last(2026, '2026-12-19'), day('2027-10-19'))).toBe('2027-10-20');
    expect(nextReviewDay(last(2026, '2026-12-19'), day('2027-10-20'))).toBeNull();
  });
  it('suspends whom it finds unfit, removes at the second time running, and softens nothing', () => {
    const normal = { status: 'normal', until: null };
    expect(standingAfter('basic', 0, normal, on)).toBeNull();
    expect(standingAfter('unfit', 1, normal, on)).toEqual({ status: 'suspended', until: '2027-07-09' });
    expect(standingAfter('unfit', 2, normal, on)).toEqual({ status: 'removed', until: null });
    expect(standingAfter('unfit', 1, { status: 'suspended', until: '2027-07-09' }, on)).toBeNull();
    expect(standingAfter('unfit', 1, { status: 'suspended', until: '2027-07-08' }, on)?.until).toBe('2027-07-09');
    expect(standingAfter('unfit', 1, { status: 'suspended', until: null }, on)).toBeNull();
    expect(standingAfter('unfit', 1, { status: 'left', until: null }, on)).toBeNull();
    expect(standingAfter('unfit', 2, { status: 'removed', until: null }, on)).toBeNull();
  });
});
