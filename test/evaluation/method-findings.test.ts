import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type EvaluationBundle, type Method, methodShape } from '../../src/evaluation/bundle.ts';
import { methodFindings } from '../../src/evaluation/method-findings.ts';
import { rank } from '../../src/evaluation/rank.ts';
import { methodOfFile } from '../../src/evidence/file.ts';
import { canonical, utf8 } from '../../src/kernel/bytes.ts';
import { decimal } from '../../src/kernel/fraction.ts';
import type { ExampleRow, MethodFinding } from '../../src/tenders/method-check.ts';
import { findingIds, unacknowledged } from '../../src/tenders/method-check.ts';
import { findingFigures, findingWords } from '../../views/tenders/method-findings.ts';

const scored = (price: Method['price'], more: Partial<Method> = {}): Method =>
  methodShape.parse({
    items: ['seal'],
    criteria: [{ id: 'plan', max: '40', kind: 'subjective' }],
    trimFrom: 5,
    ceiling: '12000000.00',
    minimumValid: 3,
    policy: null,
    price,
    rank: 'score',
    candidates: 3,
    ...more,
  });
const deviation = (benchmark: object): Method['price'] =>
  ({ kind: 'deviation', full: '60', floor: '0', above: '1', below: '0.5', benchmark }) as Method['price'];
const idsOf = (method: Method, parameters: Parameters<typeof methodFindings>[1] = []): string[] =>
  methodFindings(method, parameters).map(({ id }) => id);
const found = (method: Method, id: string): MethodFinding => {
  const finding = methodFindings(method, []).find((each) => each.id === id);
  if (!finding) throw new Error(`${id} was not found`);
  return finding;
};

const mean = scored(deviation({ kind: 'mean', drop: { highestFrom: 4, lowestFrom: 7 }, discount: '0.03' }));

/** The example ranked by somebody else: built from its rows alone. */
function rankedAgain(method: Method, rows: readonly ExampleRow[]): string[] {
  const bundle: EvaluationBundle = {
    format: 'yangguang/evaluation/v1',
    id: 'again',
    lot: 'again',
    method: { ...method, trimFrom: null, minimumValid: 1 },
    drawn: {},
    tieSeed: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    bids: rows.map(({ bid, price }) => ({ id: bid, price, small: false, domestic: false, receivedAt: '2026-01-01T00:00:00.000Z' })),
    reviewers: ['r'],
    reviews: rows.flatMap(({ bid }) => method.items.map((item) => ({ reviewer: 'r', bid, item, pass: true }))),
    sheets: rows.flatMap(({ bid, technical }) =>
      method.criteria.map(({ id }) => ({ reviewer: 'r', bid, criterion: id, score: technical })),
    ),
    adjustments: [],
  };
  const result = rank(bundle);
  if (!result.ok || result.value.outcome !== 'ranked') throw new Error(canonical(result));
  return result.value.rows.map(({ bid, total }) => `${bid} ${total}`);
}

describe('what a method does, before anybody has bid', () => {
  it('the lowest evaluated price keeps all three properties', () => {
    expect(idsOf(scored(null, { criteria: [], rank: 'evaluated-price' }))).toEqual([]);
  });
  it('lowest price over price: never loses by a lower price, yet a cheap loser decides who wins', () => {
    expect(idsOf(scored({ kind: 'ratio', full: '60' }))).toEqual(['loser-decides']);
  });
  it('without a price only the panel decides', () => {
    expect(idsOf(scored(null))).toEqual([]);
  });
  it('a mean benchmark breaks all three; two agreed bids of seven are enough', () => {
    expect(idsOf(mean)).toEqual(findingIds.filter((id) => id !== 'brand-counts-once'));
    const { agreed } = found(mean, 'movable-by-agreement');
    expect(agreed).toMatchObject({ bids: 2, of: 7 });
    expect(decimal(agreed?.together ?? '').isAbove(decimal(agreed?.alone ?? ''))).toBe(true);
  });
  it('a discount drawn afterwards makes the agreement unsure, and no cheaper bid safer', () => {
    const drawn = scored(deviation({ kind: 'mean', drop: { highestFrom: 4, lowestFrom: 7 }, discount: { drawn: '下浮率' } }));
    expect(idsOf(drawn, [{ name: '下浮率', choices: ['1%', '2%', '3%', '4%', '5%'] }])).toEqual(['lower-price-loses', 'loser-decides']);
  });
});

describe('each finding is an example that recomputes', () => {
  it.each(idsOf(mean) as MethodFinding['id'][])('%s: both tables rank as they are shown', (id) => {
    const { before, after } = found(mean, id);
    for (const rows of [before, after]) expect(rankedAgain(mean, rows)).toEqual(rows.map(({ bid, total }) => `${bid} ${total}`));
  });
  it('lower-price-loses: only one price differs, it is lower, and the first place is lost', () => {
    const { bid, before, after } = found(mean, 'lower-price-loses');
    const price = (rows: readonly ExampleRow[], of: string): string => rows.find((row) => row.bid === of)?.price ?? '';
    expect(before.filter((row) => price(after, row.bid) !== row.price).map((row) => row.bid)).toEqual([bid]);
    expect(decimal(price(after, bid)).isBelow(decimal(price(before, bid)))).toBe(true);
    expect(before[0]?.bid).toBe(bid);
    expect(after[0]?.bid).not.toBe(bid);
  });
  it('loser-decides: the one that is gone had not won, and the winner is another', () => {
    const { bid, before, after } = found(mean, 'loser-decides');
    expect(before.map((row) => row.bid).filter((each) => !after.some((row) => row.bid === each))).toEqual([bid]);
    expect(before[0]?.bid).not.toBe(bid);
    expect(after[0]?.bid).not.toBe(before[0]?.bid);
  });
  it.each([
    ['by score', scored({ kind: 'ratio', full: '60' }, { sameBrand: { tie: 'draw' } })],
    ['by lowest price', scored(null, { criteria: [], rank: 'evaluated-price', sameBrand: { tie: 'draw' } })],
  ])(
    'brand-counts-once, %s: the second is passed over for the brand of the first, and only a method with the rule has it',
    (_how, method) => {
      const { bid, before, after } = found(method, 'brand-counts-once');
      expect(before[1]?.bid).toBe(bid);
      expect(after.map((row) => row.bid)).toEqual(before.map((row) => row.bid).filter((each) => each !== bid));
      const { sameBrand: _, ...without } = method;
      expect(idsOf(without)).not.toContain('brand-counts-once');
      expect(unacknowledged(methodFindings(method, []), ['lower-price-loses', 'loser-decides', 'movable-by-agreement'])).toMatchObject([
        { path: 'acknowledged.brand-counts-once' },
      ]);
    },
  );
  it('the sentences have all their figures', () => {
    for (const finding of [
      ...methodFindings(mean, []),
      found(scored({ kind: 'ratio', full: '60' }, { sameBrand: { tie: 'draw' } }), 'brand-counts-once'),
    ])
      for (const text of Object.values(findingWords[finding.id].says))
        for (const [, name = ''] of text.matchAll(/\{(\w+)\}/g)) expect(findingFigures(finding)[name]).toBeTruthy();
  });
  it('the same method gives the same bytes, whatever its criteria are called', () => {
    const renamed = { ...mean, criteria: [{ id: 'other', max: '40', kind: 'objective' as const }] };
    expect(canonical(methodFindings(renamed, []))).toBe(canonical(methodFindings(mean, [])));
  });
});

describe('acknowledging', () => {
  it('names each finding that is still open', () => {
    const findings = methodFindings(mean, []);
    expect(unacknowledged(findings, ['loser-decides']).map(({ path }) => path)).toEqual([
      'acknowledged.lower-price-loses',
      'acknowledged.movable-by-agreement',
    ]);
    expect(unacknowledged(findings, findingIds)).toEqual([]);
  });
});

describe('the method of a file', () => {
  it('is that of an evaluation bundle with what was drawn, or of a notice’s terms; of nothing else', () => {
    const vector = readFileSync(new URL('../vectors/evaluation/evaluation-00.json', import.meta.url));
    expect(methodOfFile(vector)?.method).toEqual(JSON.parse(vector.toString()).method);
    const terms = { name: 'x', method: mean, parameters: [{ name: '下浮率', choices: ['1%', '2%'] }] };
    expect(methodOfFile(utf8(JSON.stringify(terms)))?.parameters).toEqual(terms.parameters);
    expect(methodOfFile(utf8('{"method":{}}'))).toBeUndefined();
  });
});
