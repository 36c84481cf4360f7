import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type EvaluationBundle, evaluationShape } from '../../src/evaluation/bundle.ts';
import { differencesOf, outsideOf } from '../../src/evaluation/reopening.ts';

const url = new URL('../vectors/evaluation/evaluation-02.json', import.meta.url);
const before: EvaluationBundle = evaluationShape.parse(JSON.parse(readFileSync(url, 'utf8')));
const [sheet] = before.sheets;
const [review] = before.reviews;
if (!sheet || !review) throw new Error('the vector is empty');
const scope = { bids: [sheet.bid], items: [review.item], criteria: [sheet.criterion] };

describe('XE-6: what a further version of an evaluation may change', () => {
  it('nothing changed is nothing outside, whatever the order of the rows', () => {
    const shuffled = { ...before, reviews: [...before.reviews].reverse(), sheets: [...before.sheets].reverse() };
    expect(differencesOf(before, shuffled)).toEqual([]);
    expect(outsideOf(before, shuffled, { bids: [], items: [], criteria: [] })).toEqual([]);
  });
  it('a score is covered exactly where the order names both its bid and its criterion', () => {
    fc.assert(
      fc.property(fc.nat(before.sheets.length - 1), (at) => {
        const after = { ...before, sheets: before.sheets.map((row, i) => (i === at ? { ...row, score: '0.01' } : row)) };
        const changed = before.sheets[at];
        const covered = changed?.bid === sheet.bid && changed.criterion === sheet.criterion;
        expect(outsideOf(before, after, scope).length).toBe(covered ? 0 : 1);
      }),
    );
  });
  it('a verdict that puts a bid out takes its marks along; marks of another bid may not go', () => {
    const without = (bid: string): EvaluationBundle => ({
      ...before,
      reviews: before.reviews.map((row) => (row.bid === bid && row.item === review.item ? { ...row, pass: false } : row)),
      sheets: before.sheets.filter((row) => row.bid !== bid),
    });
    expect(outsideOf(before, without(sheet.bid), scope)).toEqual([]);
    const other = before.sheets.find((row) => row.bid !== sheet.bid)?.bid ?? '';
    expect(outsideOf(before, without(other), scope).length).toBeGreaterThan(0);
    // a single mark of a bid that stays may not vanish
    const missing = before.sheets.findIndex((row) => row.bid === other);
    const hole = { ...before, sheets: before.sheets.filter((_, at) => at !== missing) };
    expect(outsideOf(before, hole, scope)).toHaveLength(1);
  });
  it('a member who took another’s seat brings its own sheet; no price, method or drawn number changes', () => {
    const [gone = ''] = before.reviewers;
    const renamed = (id: string): string => (id === gone ? 'newcomer' : id);
    const replaced: EvaluationBundle = {
      ...before,
      reviewers: before.reviewers.map(renamed),
      reviews: before.reviews.map((row) => ({ ...row, reviewer: renamed(row.reviewer) })),
      sheets: before.sheets.map((row) => ({ ...row, reviewer: renamed(row.reviewer), score: row.reviewer === gone ? '0.5' : row.score })),
    };
    expect(outsideOf(before, replaced, scope)).toEqual([]);
    const cheaper = { ...before, bids: before.bids.map((bid) => (bid.id === sheet.bid ? { ...bid, price: '1.00' } : bid)) };
    expect(outsideOf(before, cheaper, scope).map(({ of }) => of)).toEqual(['bids']);
    expect(outsideOf(before, { ...before, tieSeed: 'AAAA' }, scope).map(({ of }) => of)).toEqual(['tieSeed']);
  });
});
