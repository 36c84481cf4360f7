import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type EvaluationBundle, evaluationShape, type Method } from '../../src/evaluation/bundle.ts';
import { explainRank } from '../../src/evaluation/explain.ts';
import { rank } from '../../src/evaluation/rank.ts';
import { canonical } from '../../src/kernel/bytes.ts';
import { decimal, Fraction } from '../../src/kernel/fraction.ts';

const folder = new URL('../vectors/evaluation/', import.meta.url);
const vectors = readdirSync(folder).filter((name) => name.startsWith('evaluation-'));
const load = (name: string): EvaluationBundle => evaluationShape.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));

const deviation = (benchmark: Record<string, unknown>, more: Record<string, unknown> = {}): Method['price'] =>
  ({ kind: 'deviation', full: '60', floor: '0', above: '1', below: '0.5', benchmark, ...more }) as Method['price'];

/** A bundle whose bids carry these prices; nobody fails a review and there are no criteria unless a test says so. */
function aBundle(prices: readonly string[], method: Partial<Method> = {}, more: Partial<EvaluationBundle> = {}): EvaluationBundle {
  const whole: Method = {
    items: [],
    criteria: [],
    trimFrom: null,
    ceiling: null,
    minimumValid: 1,
    policy: null,
    price: null,
    rank: 'score',
    candidates: 3,
    ...method,
  };
  const bids = prices.map((price, i) => ({ id: `b${i}`, price, small: false, domestic: false, receivedAt: `2026-03-01T04:0${i}:00.000Z` }));
  const reviewers = ['r0', 'r1', 'r2'];
  return evaluationShape.parse({
    format: 'yangguang/evaluation/v1',
    id: 'e',
    lot: 'l',
    method: whole,
    drawn: {},
    tieSeed: 'AAAA',
    bids,
    reviewers,
    reviews: bids.flatMap((bid) =>
      whole.items.flatMap((item) => reviewers.map((reviewer) => ({ reviewer, bid: bid.id, item, pass: true }))),
    ),
    sheets: [],
    adjustments: [],
    ...more,
  });
}
const ranked = (bundle: EvaluationBundle) => {
  const result = rank(bundle);
  if (!result.ok || result.value.outcome !== 'ranked') throw new Error(canonical(result));
  return result.value;
};
const priceScores = (bundle: EvaluationBundle): Record<string, string> =>
  Object.fromEntries(ranked(bundle).rows.map((row) => [bundle.bids.find((bid) => bid.id === row.bid)?.price ?? '', row.price]));
const benchmarkOf = (prices: readonly string[], benchmark: Record<string, unknown>, method: Partial<Method> = {}): string | null =>
  ranked(aBundle(prices, { price: deviation(benchmark), ...method })).benchmark;

describe('award methods: the independent vectors', () => {
  it.each(vectors)('%s is reproduced byte for byte', (name) => {
    const bundle = load(name);
    const result = rank(bundle);
    expect(result.ok && canonical(result.value)).toBe(canonical(bundle.result));
  });
  it('are all sixteen there', () => expect(vectors).toHaveLength(16));
});

describe('EV-T1: the worked example', () => {
  const prices = ['980', '1000', '1010', '1050', '1120', '1200', '900'];
  const price = deviation({ kind: 'mean', drop: { highestFrom: 4, lowestFrom: 7 }, discount: { drawn: '下浮率' } });
  const bundle = aBundle(prices, { price }, { drawn: { 下浮率: '3%' } });
  it('gives the published benchmark and scores', () => {
    expect(ranked(bundle).benchmark).toBe('1001.04');
    expect(priceScores(bundle)).toEqual({
      980: '58.95',
      1000: '59.95',
      1010: '59.10',
      1050: '55.11',
      1120: '48.12',
      1200: '40.12',
      900: '54.95',
    });
  });
  it('explains every step, ending at the same result', () => {
    const explained = explainRank(bundle);
    if (!explained.ok) throw new Error(explained.error);
    expect(explained.value.steps.map((step) => step.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(explained.value.result).toEqual(ranked(bundle));
    const text = explained.value.steps.flatMap((step) => step.lines.map((line) => `${line.formula} → ${line.value}`)).join('\n');
    expect(text).toContain('mean(980, 1000, 1010, 1050, 1120) ∖ {900, 1200} → 1032');
    expect(text).toContain('B = 1032 × (1 − 0.03) → 1001.04');
    expect(text).toContain('P = 980: δ = ≈ -2.101814; max(0, 60 − |δ| × 0.5 = ≈ 58.949093) → 58.95');
  });
});

describe('step 1: review', () => {
  const votes = (...against: number[]) =>
    ['r0', 'r1', 'r2', 'r3'].flatMap((reviewer, r) =>
      ['seal', 'licence'].map((item, i) => ({ reviewer, bid: 'b0', item, pass: r >= (against[i] ?? 0) })),
    );
  const judge = (...against: number[]) =>
    rank(
      aBundle(
        ['1.00'],
        { items: ['seal', 'licence'], minimumValid: 1 },
        { reviewers: ['r0', 'r1', 'r2', 'r3'], reviews: votes(...against) },
      ),
    );
  it('keeps a bid that exactly half of the reviewers fail', () => expect(judge(2, 2)).toMatchObject({ value: { outcome: 'ranked' } }));
  it('rejects one that more than half fail, for the first such item in method order', () => {
    expect(judge(2, 3)).toMatchObject({ value: { outcome: 'failed', rejected: [{ bid: 'b0', reason: 'review:licence' }] } });
    expect(judge(3, 4)).toMatchObject({ value: { rejected: [{ bid: 'b0', reason: 'review:seal' }] } });
  });
});

describe('step 2 and 3: ceiling and number', () => {
  it('takes a price at the ceiling, refuses one fen above', () => {
    expect(ranked(aBundle(['100.00', '100.01'], { ceiling: '100.00' })).rejected).toEqual([{ bid: 'b1', reason: 'above-ceiling' }]);
  });
  it('fails below the minimum and says nothing else', () => {
    const bundle = aBundle(['1', '2', '3'], { ceiling: '2', minimumValid: 3 });
    expect(rank(bundle)).toEqual({
      ok: true,
      value: { outcome: 'failed', reason: 'too-few-valid', rejected: [{ bid: 'b2', reason: 'above-ceiling' }] },
    });
    expect(rank(aBundle(['1', '2', '2'], { ceiling: '2', minimumValid: 3 }))).toMatchObject({ value: { outcome: 'ranked' } });
  });
});

describe('step 5: criterion scores', () => {
  const withScores = (scores: readonly string[], criterion: Partial<Method['criteria'][number]> = {}, method: Partial<Method> = {}) => {
    const reviewers = scores.map((_, i) => `r${i}`);
    const sheets = scores.map((score, i) => ({ reviewer: `r${i}`, bid: 'b0', criterion: 'c', score }));
    return rank(aBundle(['1'], { criteria: [{ id: 'c', max: '10', kind: 'subjective', ...criterion }], ...method }, { reviewers, sheets }));
  };
  const technical = (result: ReturnType<typeof rank>) =>
    result.ok && result.value.outcome === 'ranked' ? result.value.rows[0]?.technical : result;
  it('trims one highest and one lowest from trimFrom on', () => {
    expect(technical(withScores(['1', '5', '5', '6', '10'], {}, { trimFrom: 5 }))).toBe('5.33');
    expect(technical(withScores(['1', '5', '5', '6', '10'], {}, { trimFrom: 6 }))).toBe('5.40');
  });
  it('rounds half away from zero', () => expect(technical(withScores(['1.01', '1.00']))).toBe('1.01'));
  it('wants objective scores equal', () => {
    expect(withScores(['5', '5.00'], { kind: 'objective' })).toMatchObject({ ok: true });
    expect(withScores(['5', '5.01'], { kind: 'objective' })).toMatchObject({ ok: false, error: 'objective-mismatch', about: 'b0 c' });
  });
  it('refuses scores above the maximum or finer than 2 places', () => {
    expect(withScores(['10', '10.00'])).toMatchObject({ ok: true });
    expect(withScores(['10', '10.01'])).toMatchObject({ error: 'out-of-range' });
    expect(withScores(['1.001', '1'])).toMatchObject({ error: 'out-of-range' });
  });
});

describe('step 6: benchmarks', () => {
  const seven = ['900', '980', '1000', '1010', '1050', '1120', '1200'];
  it('mean, with nothing, one highest, or one of each end dropped', () => {
    const drop = { highestFrom: 4, lowestFrom: 7 };
    expect(benchmarkOf(['100', '200', '600'], { kind: 'mean', drop })).toBe('300.00');
    expect(benchmarkOf(['100', '200', '300', '600'], { kind: 'mean', drop })).toBe('200.00');
    expect(benchmarkOf(seven, { kind: 'mean', drop })).toBe('1032.00');
  });
  it('lowest and second lowest, which nothing is dropped from', () => {
    const drop = { highestFrom: 4, lowestFrom: 7 };
    expect(benchmarkOf(seven, { kind: 'lowest', drop })).toBe('900.00');
    expect(benchmarkOf(seven, { kind: 'second-lowest', drop })).toBe('980.00');
    expect(benchmarkOf(['5'], { kind: 'second-lowest' })).toBe('5.00');
  });
  it('second average: the mean of the prices not above the mean', () => {
    expect(benchmarkOf(['100', '200', '300'], { kind: 'second-average' })).toBe('150.00');
  });
  it('blend of mean and ceiling', () => {
    expect(benchmarkOf(['100', '200'], { kind: 'blend', weight: '0.4' }, { ceiling: '300' })).toBe('240.00');
    expect(rank(aBundle(['100'], { price: deviation({ kind: 'blend', weight: '0.4' }) }))).toMatchObject({ error: 'no-benchmark' });
  });
  it('refuses a drawn rate that was not drawn', () => {
    const price = deviation({ kind: 'mean', discount: { drawn: 'k' } });
    expect(rank(aBundle(['100'], { price }))).toMatchObject({ error: 'drawn-missing' });
    expect(rank(aBundle(['100'], { price }, { drawn: { k: 'x%' } }))).toMatchObject({ error: 'drawn-missing' });
    expect(rank(aBundle(['100'], { price: deviation({ kind: 'mean', discount: { drawn: 'toString' } }) }))).toMatchObject({
      error: 'drawn-missing',
    });
  });
  it('has no benchmark of zero', () => {
    expect(rank(aBundle(['100'], { price: deviation({ kind: 'mean', discount: '1' }) }))).toMatchObject({ error: 'no-benchmark' });
  });
  it('does not go below the floor', () => {
    expect(priceScores(aBundle(['100', '900'], { price: deviation({ kind: 'lowest' }, { floor: '10' }) }))).toEqual({
      100: '60.00',
      900: '10.00',
    });
  });
});

describe('step 4 and 8: policy, order and ties', () => {
  it('takes both deductions off the original price', () => {
    const bundle = aBundle(['100'], { policy: { small: '0.10', domestic: '0.20' }, rank: 'evaluated-price' });
    const both = { ...bundle, bids: bundle.bids.map((bid) => ({ ...bid, small: true, domestic: true })) };
    expect(ranked(both).rows[0]?.evaluatedPrice).toBe('70.00');
  });
  it('ranks evaluated prices with their adjustments, unrounded', () => {
    const adjustments = [{ bid: 'b0', amount: '0.004', reason: '偏差' }];
    expect(ranked(aBundle(['100', '100'], { rank: 'evaluated-price' }, { adjustments })).candidates).toEqual(['b1', 'b0']);
    expect(rank(aBundle(['100'], { rank: 'evaluated-price' }, { adjustments: [{ bid: 'x', amount: '1', reason: '' }] }))).toMatchObject({
      error: 'unknown',
    });
  });
  it('breaks equal highest prices by receipt, then by ticket', () => {
    expect(ranked(aBundle(['7', '9', '9'], { rank: 'highest-price', candidates: 2 })).candidates).toEqual(['b1', 'b2']);
  });
});

describe('completeness', () => {
  const whole = load('evaluation-02.json');
  it('misses every single review', () => {
    fc.assert(
      fc.property(fc.nat(whole.reviews.length - 1), (i) => {
        const reviews = whole.reviews.filter((_, at) => at !== i);
        expect(rank({ ...whole, reviews })).toMatchObject({ ok: false, error: 'incomplete' });
      }),
    );
  });
  it('misses a score of a surviving bid, not one of a rejected bid', () => {
    const { rejected } = ranked(whole);
    whole.sheets.forEach((sheet, i) => {
      const result = rank({ ...whole, sheets: whole.sheets.filter((_, at) => at !== i) });
      expect(result.ok).toBe(rejected.some((each) => each.bid === sheet.bid));
    });
  });
  it('refuses strangers and repetitions', () => {
    const [review, sheet] = [whole.reviews[0], whole.sheets[0]];
    if (review === undefined || sheet === undefined) throw new Error('the vector is empty');
    expect(rank({ ...whole, reviews: [...whole.reviews, review] })).toMatchObject({ error: 'duplicate' });
    expect(rank({ ...whole, sheets: [...whole.sheets, sheet] })).toMatchObject({ error: 'duplicate' });
    expect(rank({ ...whole, sheets: [...whole.sheets, { ...sheet, reviewer: 'x' }] })).toMatchObject({ error: 'unknown' });
    expect(rank({ ...whole, reviews: [...whole.reviews, { ...review, item: 'x' }] })).toMatchObject({ error: 'unknown' });
  });
});

describe('properties', () => {
  const shuffled = <T>(list: readonly T[]): fc.Arbitrary<T[]> =>
    fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length });

  it.each(vectors)('%s: the order of bids, reviews and sheets changes nothing but the order of the rejected', (name) => {
    const bundle = load(name);
    const before = rank(bundle);
    fc.assert(
      fc.property(
        shuffled(bundle.bids),
        shuffled(bundle.reviews),
        shuffled(bundle.sheets),
        shuffled(bundle.reviewers),
        (bids, reviews, sheets, reviewers) => {
          const after = rank({ ...bundle, bids, reviews, sheets, reviewers });
          if (!before.ok || !after.ok) throw new Error('no result');
          const sorted = (rejected: readonly { bid: string }[]) => [...rejected].sort((a, b) => (a.bid < b.bid ? -1 : 1));
          expect({ ...after.value, rejected: sorted(after.value.rejected) }).toEqual({
            ...before.value,
            rejected: sorted(before.value.rejected),
          });
        },
      ),
      { numRuns: 8 },
    );
  });

  it.each(vectors)('%s: leaving out rejected bids changes nothing for the others', (name) => {
    const bundle = load(name);
    const before = rank(bundle);
    if (!before.ok || before.value.outcome !== 'ranked') return;
    const gone = new Set(before.value.rejected.map((each) => each.bid));
    const stays = (each: { bid: string }): boolean => !gone.has(each.bid);
    const after = ranked({
      ...bundle,
      bids: bundle.bids.filter((bid) => !gone.has(bid.id)),
      reviews: bundle.reviews.filter(stays),
      sheets: bundle.sheets.filter(stays),
      adjustments: bundle.adjustments.filter(stays),
    });
    expect(after).toEqual({ ...before.value, rejected: [] });
  });

  it('every bid is ranked once or rejected once, ranks run from 1, totals never rise', () => {
    const price = fc.integer({ min: 1, max: 9 }).map((yuan) => `${yuan}.00`);
    const rules = fc.constantFrom<Method['price']>(
      null,
      { kind: 'ratio', full: '30' },
      deviation({ kind: 'mean' }),
      deviation({ kind: 'second-average' }),
    );
    const by = fc.constantFrom<Method['rank']>('score', 'evaluated-price', 'highest-price');
    fc.assert(
      fc.property(fc.array(price, { minLength: 1, maxLength: 9 }), rules, by, (prices, rule, order) => {
        const bundle = aBundle(prices, { price: rule, rank: order, ceiling: '8.00', minimumValid: 1 });
        const result = rank(bundle);
        if (!result.ok) throw new Error(result.error);
        if (result.value.outcome === 'failed') return;
        const { rows, rejected } = result.value;
        expect([...rows.map((row) => row.bid), ...rejected.map((each) => each.bid)].sort()).toEqual(
          bundle.bids.map((bid) => bid.id).sort(),
        );
        expect(rows.map((row) => row.rank)).toEqual(rows.map((_, i) => i + 1));
        const key = order === 'score' ? 'total' : 'evaluatedPrice';
        rows.slice(1).forEach((row, i) => {
          const step = decimal(row[key]).compare(decimal(rows[i]?.[key] ?? '0'));
          expect(order === 'evaluated-price' ? step >= 0 : step <= 0).toBe(true);
        });
      }),
    );
  });
});

describe('the schema', () => {
  const bundle = load('evaluation-05.json');
  const refused = (change: Record<string, unknown>) => !evaluationShape.safeParse({ ...bundle, ...change }).success;
  it('refuses strange members, doubled ids, bad decimals and bad times', () => {
    const [bid] = bundle.bids;
    expect(refused({ note: 'x' })).toBe(true);
    expect(refused({ bids: [...bundle.bids, bid] })).toBe(true);
    expect(refused({ reviewers: ['r0', 'r0'] })).toBe(true);
    for (const price of ['1e3', '01.00', '+1', '-1', '0', '', '1.', '１', 'NaN', 5])
      expect(refused({ bids: [{ ...bid, price }] })).toBe(true);
    expect(refused({ bids: [{ ...bid, receivedAt: '2026-03-01T04:53:00Z' }] })).toBe(true);
    expect(refused({ method: { ...bundle.method, policy: { small: '0.5', domestic: '0.5' } } })).toBe(true);
  });
});

describe('exact fractions', () => {
  const any = fc
    .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.bigInt({ min: 1n, max: 10n ** 12n }))
    .map(([n, d]) => Fraction.of(n, d));
  it('round half away from zero, both signs', () => {
    expect(['1.005', '1.004', '-1.005', '-1.004', '0.995', '-0.004'].map((text) => decimal(text).print(2))).toEqual([
      '1.01',
      '1.00',
      '-1.01',
      '-1.00',
      '1.00',
      '0.00',
    ]);
  });
  it('add, multiply and divide without loss', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(a.plus(b).minus(b).equals(a)).toBe(true);
        if (b.numerator !== 0n) expect(a.over(b).times(b).equals(a)).toBe(true);
        expect(Math.sign(a.compare(b))).toBe(-Math.sign(b.compare(a)));
      }),
    );
  });
  it('print what they parse', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (fen) =>
        decimal(Fraction.of(fen, 100n).print(2)).equals(Fraction.of(fen, 100n)),
      ),
    );
    expect(Fraction.of(-1, 3).toString()).toBe('-1/3');
    expect(Fraction.of(-7, 2).floor()).toBe(-4n);
  });
  it('refuse texts that are not plain decimals, and division by zero', () => {
    for (const odd of ['', '.5', '5.', '1e3', '+1', '00', '-', '１', ' 1', '1'.repeat(41)]) expect(Fraction.parse(odd)).toBeUndefined();
    expect(() => Fraction.of(1, 0)).toThrow(RangeError);
  });
});
