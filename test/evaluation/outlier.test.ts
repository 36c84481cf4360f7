import { describe, expect, it } from '@jest/globals';
import { type GivenMark, outliersIn, unexplained } from '../../src/evaluation/outlier.ts';
import { decimal, Fraction } from '../../src/kernel/fraction.ts';

const rule = { points: Fraction.of(3), share: decimal('0.3') };
const subjective = new Set(['plan']);
/** One criterion of one bid, scored by members m0, m1 … */
const sheet = (scores: readonly string[], criterion = 'plan', reason: string | null = null): GivenMark[] =>
  scores.map((score, at) => ({ member: `m${at}`, submission: 'b', criterion, score, reason }));
const found = (marks: readonly GivenMark[]): string[] => outliersIn(marks, subjective, rule).map(({ member }) => member);

describe('scores far from the others’ (XE-7): |s − mean of the others| > max(3 points, 30 % of that mean)', () => {
  it.each([
    ['exactly three points off: not too far', ['8', '5', '5', '5'], []],
    ['a hundredth more', ['8.01', '5', '5', '5'], ['m0']],
    ['below as well as above', ['1.99', '5', '5', '5'], ['m0']],
    ['of 20 points thirty per cent are six: exactly six', ['14', '20', '20', '20'], []],
    ['and a hundredth more', ['13.99', '20', '20', '20'], ['m0']],
    ['everybody alike', ['12', '12', '12'], []],
    ['two camps: nobody is left out of the warning', ['2', '2', '14', '14'], ['m0', 'm1', 'm2', 'm3']],
  ])('%s', (_what, scores, members) => {
    expect(found(sheet(scores))).toEqual(members);
  });
  it('two members have no mean of others to lie far from', () => {
    expect(found(sheet(['0', '20']))).toEqual([]);
  });
  it('objective criteria are the same from everyone by another rule, and are not looked at here', () => {
    expect(found(sheet(['0', '20', '20', '20'], 'record'))).toEqual([]);
  });
  it('a reason settles it, blanks do not', () => {
    const outliers = (reason: string | null) => unexplained(outliersIn(sheet(['13', '20', '20', '20'], 'plan', reason), subjective, rule));
    expect(outliers(null)).toHaveLength(1);
    expect(outliers('   ')).toHaveLength(1);
    expect(outliers('方案缺少关键工序')).toHaveLength(0);
  });
});
