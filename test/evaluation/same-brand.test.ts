import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type EvaluationBundle, evaluationShape, type Method } from '../../src/evaluation/bundle.ts';
import { explainRank } from '../../src/evaluation/explain.ts';
import { methodFindings } from '../../src/evaluation/method-findings.ts';
import { type Ranking, rank } from '../../src/evaluation/rank.ts';
import { canonical } from '../../src/kernel/bytes.ts';
import { decimal } from '../../src/kernel/fraction.ts';
import { construction } from '../../src/lines/construction/index.ts';
import { editionInForce } from '../../src/rulebook/edition.ts';
import { brandTies, formWithBrand, sameBrandOf } from '../../src/tenders/same-brand.ts';

const folder = new URL('../vectors/evaluation/', import.meta.url);
const vectors = readdirSync(folder).filter((name) => name.startsWith('same-brand-'));
const load = (name: string): EvaluationBundle => evaluationShape.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));

interface Offered {
  readonly brand: string;
  readonly price: number;
  readonly points?: number;
  readonly minute?: number;
}
/** Offers ranked by score with 60 points for the price and 40 for one criterion, or by the lowest price. */
function aBundle(by: 'score' | 'evaluated-price', offers: readonly Offered[], more: Partial<Method> = {}): EvaluationBundle {
  const scored = by === 'score';
  return evaluationShape.parse({
    format: 'yangguang/evaluation/v1',
    id: 'e',
    lot: 'l',
    method: {
      items: [],
      criteria: scored ? [{ id: 'c', max: '40', kind: 'subjective' }] : [],
      trimFrom: null,
      ceiling: null,
      minimumValid: 1,
      policy: null,
      price: scored ? { kind: 'ratio', full: '60' } : null,
      rank: by,
      candidates: 3,
      sameBrand: { tie: 'draw' },
      ...more,
    },
    drawn: {},
    tieSeed: 'AAAA',
    bids: offers.map(({ brand, price, minute = 0 }, at) => ({
      id: `b${at}`,
      price: `${price}.00`,
      small: false,
      domestic: false,
      receivedAt: `2026-03-01T04:${String(minute).padStart(2, '0')}:00.000Z`,
      brand,
    })),
    reviewers: ['r'],
    reviews: [],
    sheets: scored ? offers.map(({ points = 20 }, at) => ({ reviewer: 'r', bid: `b${at}`, criterion: 'c', score: String(points) })) : [],
    adjustments: [],
  });
}
function ranked(bundle: EvaluationBundle): Extract<Ranking, { outcome: 'ranked' }> {
  const result = rank(bundle);
  if (!result.ok || result.value.outcome !== 'ranked') throw new Error(canonical(result));
  return result.value;
}

describe('EV-10: bids of one brand (Order 87 art. 31)', () => {
  it.each(vectors)('%s, computed by somebody else, is reproduced byte for byte', (name) => {
    const bundle = load(name);
    const result = rank(bundle);
    expect(result.ok && canonical(result.value)).toBe(canonical(bundle.result));
    const explained = explainRank(bundle);
    expect(explained.ok && canonical(explained.value.result)).toBe(canonical(bundle.result));
  });
  it('are all nine there', () => expect(vectors).toHaveLength(9));

  it('by lowest price the cheapest of a brand stays, one fen decides, and the others are out', () => {
    const bundle = aBundle('evaluated-price', [
      { brand: '甲牌', price: 101 },
      { brand: '甲牌', price: 100 },
      { brand: '乙牌', price: 102 },
    ]);
    expect(ranked(bundle)).toMatchObject({ candidates: ['b1', 'b2'], rejected: [{ bid: 'b0', reason: 'same-brand' }] });
  });
  it('by score everyone is ranked, and the best scored of a brand alone is recommended', () => {
    const bundle = aBundle('score', [
      { brand: '甲牌', price: 100, points: 40 },
      { brand: '甲牌', price: 100, points: 39 },
      { brand: '乙牌', price: 100, points: 10 },
    ]);
    expect(ranked(bundle)).toMatchObject({ rejected: [], candidates: ['b0', 'b2'] });
    expect(ranked(bundle).rows.map((row) => row.bid)).toEqual(['b0', 'b1', 'b2']);
  });
  it('a tie goes by what the documents say', () => {
    const even = [
      { brand: '甲牌', price: 100, points: 20, minute: 9 },
      { brand: '甲牌', price: 120, points: 30, minute: 5 },
    ];
    const first = (tie: string) => ranked(aBundle('score', even, { sameBrand: { tie } as Method['sameBrand'] })).candidates;
    expect([first('price'), first('technical'), first('receipt')]).toEqual([['b0'], ['b1'], ['b1']]);
  });
  it('three brands of four bids are three bidders, two are two', () => {
    const four = (brand: string): EvaluationBundle =>
      aBundle(
        'score',
        ['甲牌', '甲牌', '乙牌', brand].map((each) => ({ brand: each, price: 100 })),
        { minimumValid: 3 },
      );
    expect(rank(four('丙牌'))).toMatchObject({ value: { outcome: 'ranked' } });
    expect(rank(four('乙牌'))).toMatchObject({ value: { outcome: 'failed', reason: 'too-few-valid' } });
  });
  it('width, case, spacing and invisible letters make no other brand', () => {
    const bids = ['ABB', 'ａｂｂ', ' A b B ', 'AB\u200bB'].map((brand, at) => ({ brand, price: 100 + at }));
    expect(ranked(aBundle('evaluated-price', bids)).rows.map((row) => row.bid)).toEqual(['b0']);
  });
  it('the calculation sheet names the brands and who stays', () => {
    const bundle = aBundle('evaluated-price', [
      { brand: '甲牌', price: 101 },
      { brand: '甲牌', price: 100 },
    ]);
    const explained = explainRank(bundle);
    const lines = explained.ok ? (explained.value.steps[2]?.lines ?? []) : [];
    expect(lines.map(({ bid, formula, value }) => [bid, formula, value])).toEqual([
      ['b0', '甲牌 · P = 101.00', '✗'],
      ['b1', '甲牌 · P = 100.00', '✓'],
      [null, '2 − 0 = 2 → 1 ≥ 1', '✓'],
    ]);
  });
  it('a bid names its brand exactly where the method has the rule; a tie fits the way bids are ranked', () => {
    const whole = aBundle('evaluated-price', [{ brand: '甲牌', price: 100 }]);
    const refused = (change: object) => !evaluationShape.safeParse({ ...whole, ...change }).success;
    expect(refused({ bids: whole.bids.map(({ brand: _, ...bid }) => bid) })).toBe(true);
    const { sameBrand: _, ...plain } = whole.method;
    expect(refused({ method: plain })).toBe(true);
    expect(refused({ bids: whole.bids.map((bid) => ({ ...bid, brand: ' \u200b' })) })).toBe(true);
    expect(refused({ method: { ...whole.method, sameBrand: { tie: 'technical' } } })).toBe(true);
    expect(refused({ method: { ...whole.method, rank: 'highest-price' } })).toBe(true);
  });
  it('N9: the rule breaks no property that the method keeps without it, and mends none; what it does itself is shown beside them', () => {
    for (const by of ['score', 'evaluated-price'] as const) {
      const { sameBrand, ...plain } = aBundle(by, [{ brand: '甲', price: 1 }]).method;
      const findings = methodFindings({ ...plain, sameBrand }, []);
      expect(findings.at(-1)?.id).toBe('brand-counts-once');
      expect(canonical(findings.slice(0, -1))).toBe(canonical(methodFindings(plain, [])));
    }
  });
});

describe('what no order of bids and no price can do', () => {
  const offers = fc.array(
    fc.record({
      brand: fc.constantFrom('甲', '乙', '丙', ' 甲 '),
      price: fc.integer({ min: 90, max: 99 }),
      points: fc.integer({ min: 0, max: 3 }),
      minute: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 1, maxLength: 8 },
  );
  const rules = fc.constantFrom(...brandTies.map((tie) => ['score', tie] as const), ['evaluated-price', 'draw'], [
    'evaluated-price',
    'receipt',
  ] as const);

  it('one bid a brand is recommended, none of its brand did better, and shuffling changes nothing', () => {
    fc.assert(
      fc.property(offers, rules, fc.infiniteStream(fc.nat()), (given, [by, tie], random) => {
        const bundle = aBundle(by as 'score', given, { sameBrand: { tie } as Method['sameBrand'], candidates: 9 });
        const result = ranked(bundle);
        const brandOf = (bid: string): string => (bundle.bids.find((each) => each.id === bid)?.brand ?? '').trim();
        expect(result.candidates.map(brandOf).sort()).toEqual([...new Set(bundle.bids.map((bid) => brandOf(bid.id)))].sort());
        for (const row of result.rows) {
          const best = result.rows.find((each) => result.candidates.includes(each.bid) && brandOf(each.bid) === brandOf(row.bid));
          expect(decimal(best?.total ?? '0').isBelow(decimal(row.total))).toBe(false);
        }
        const shuffle = <T>(list: readonly T[]): T[] =>
          list
            .map((each) => [random.next().value ?? 0, each] as const)
            .sort(([a], [b]) => a - b)
            .map(([, each]) => each);
        const again = ranked({ ...bundle, bids: shuffle(bundle.bids), sheets: shuffle(bundle.sheets) });
        expect({ ...again, rejected: [] }).toEqual({ ...result, rejected: [] });
        expect(again.rejected.map(({ bid }) => bid).sort()).toEqual(result.rejected.map(({ bid }) => bid).sort());
      }),
    );
  });
  it('under lowest price a raised price never takes a better place, with brands or without', () => {
    fc.assert(
      fc.property(offers, fc.nat(), fc.integer({ min: 1, max: 9 }), fc.boolean(), (given, place, more, branded) => {
        const at = place % given.length;
        const bundleOf = (list: readonly Offered[]): EvaluationBundle => {
          const whole = aBundle('evaluated-price', list);
          if (branded) return whole;
          const { sameBrand: _, ...method } = whole.method;
          return { ...whole, method, bids: whole.bids.map(({ brand: __, ...bid }) => bid) };
        };
        /** out is behind everybody */
        const placeOf = (list: readonly Offered[]): number => ranked(bundleOf(list)).rows.find(({ bid }) => bid === `b${at}`)?.rank ?? 99;
        const raised = given.map((each, i) => (i === at ? { ...each, price: each.price + more } : each));
        // another brand mate that comes in again can only push it back
        expect(placeOf(raised)).toBeGreaterThanOrEqual(placeOf(given));
      }),
    );
  });
});

describe('a notice for goods takes the rule up', () => {
  const edition = editionInForce(construction.procedures[0], '2026-11-28' as never);
  const draft = (sameBrand: 'none' | 'price' | 'receipt' | null, subject: 'goods' | 'works') => ({ sameBrand, subject });
  it('for goods, where it says so; a tie that does not fit is the draw’s', () => {
    expect(sameBrandOf(edition, draft('price', 'goods'), true)).toEqual({ tie: 'price' });
    expect(sameBrandOf(edition, draft('price', 'goods'), false)).toEqual({ tie: 'draw' });
    expect(sameBrandOf(edition, draft('receipt', 'goods'), false)).toEqual({ tie: 'receipt' });
    for (const no of [draft('none', 'goods'), draft(null, 'goods'), draft('price', 'works')])
      expect(sameBrandOf(edition, no, true)).toBeUndefined();
  });
  it('the bid then states its brand, of the core product where there is one', () => {
    expect(formWithBrand(edition, null).at(-1)).toMatchObject({ key: 'brand', required: true, read: true, label: { zh: '产品品牌' } });
    expect(formWithBrand(edition, '电梯').at(-1)?.label.zh).toBe('核心产品（电梯）的品牌');
  });
});
