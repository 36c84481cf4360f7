import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { benchmarkOf } from '../../src/evaluation/benchmark.ts';
import { decimal } from '../../src/kernel/fraction.ts';
import { methods } from '../../src/lines/construction/methods.ts';
import { type BenchmarkChoices, benchmarkFrom, benchmarkKinds } from '../../src/tenders/benchmark.ts';
import { benchmarkWords } from '../../src/tenders/benchmark-words.ts';

/** What the wizard asks when nobody has filled anything in. */
const nothing: BenchmarkChoices = {
  benchmark: 'mean',
  dropRule: 'none',
  sampleSize: null,
  withinMean: null,
  blendWeights: [],
  blendAmount: null,
  meanFactors: [],
  amountFactors: [],
  ceilingCuts: [],
  discounts: [],
};
const shares = methods.find(({ composite }) => composite)?.composite;
const seven = ['980', '1000', '1010', '1050', '1120', '1200', '900'];
const ten = Array.from({ length: 10 }, (_, at) => String(100 + 10 * at));

function worked(
  choices: Partial<BenchmarkChoices>,
  prices: readonly string[],
  drawn: Readonly<Record<string, string>> = {},
  order: readonly number[] = prices.map((_, at) => at),
) {
  const bids = order.map((at) => ({ id: `b${at}`, price: decimal(prices[at] ?? '') }));
  const { benchmark } = benchmarkFrom({ ...nothing, ...choices }, shares);
  return benchmarkOf(benchmark, { bids, ceiling: decimal('1300'), drawn, tieSeed: 'AAAA' });
}
function of(...given: Parameters<typeof worked>): string {
  const result = worked(...given);
  return result.ok ? result.value.benchmark.print(2) : result.error;
}

describe('Every benchmark formula in use can be chosen, and computes to the cent', () => {
  // the amounts were reckoned by another program, in exact fractions
  it.each<[string, Partial<BenchmarkChoices>, readonly string[], string, Record<string, string>?]>([
    ['BM-1 the mean', {}, seven, '1037.14'],
    ['BM-2 seven bids: without highest and lowest', { dropRule: 'one' }, seven, '1032.00'],
    ['BM-2 four: without the highest', { dropRule: 'one' }, seven.slice(0, 4), '996.67'],
    ['BM-2 three: all', { dropRule: 'one' }, seven.slice(0, 3), '996.67'],
    ['BM-2 the other way, five: without highest and lowest', { dropRule: 'both' }, seven.slice(0, 5), '1020.00'],
    ['BM-2 the other way, four: all', { dropRule: 'both' }, seven.slice(0, 4), '1010.00'],
    ['BM-3 less a drawn discount', { dropRule: 'one', discounts: ['1%', '3%'] }, seven, '1001.04', { 下浮率: '3%' }],
    ['BM-4 weighted with the ceiling', { benchmark: 'blend', blendWeights: ['0.6'] }, seven, '1142.29'],
    ['BM-4 by a drawn weight', { benchmark: 'blend', blendWeights: ['0.5', '0.6'] }, seven, '1142.29', { 平均价权重: '0.6' }],
    ['BM-5 without prices far from the mean', { withinMean: '30%', discounts: ['10%'] }, ['980', '1000', '1010', '1050', '1700'], '909.00'],
    ['BM-6 again over prices not above the mean', { benchmark: 'second-average' }, seven, '972.50'],
    ['BM-6 again with the lowest', { benchmark: 'second-average-lowest' }, seven, '968.57'],
    ['BM-7 with the budget, half and half', { benchmark: 'blend', blendWeights: ['0.5'], blendAmount: '1150.00' }, seven, '1093.57'],
    [
      'BM-8 ceiling, a drawn price, the lowest reasonable one',
      { benchmark: 'composite', ceilingCuts: ['12%', '20%'], discounts: ['3%'] },
      seven,
      '1034.99',
      { 限价下浮率: '12%' },
    ],
    ['BM-8 nobody between: the lowest counts twice', { benchmark: 'composite', ceilingCuts: ['20%'] }, ['1000', '1250'], '1020.00'],
    ['BM-8 nobody reasonable: the lowest price', { benchmark: 'composite', ceilingCuts: ['12%'] }, ['100', '110'], '625.00'],
    [
      'BM-9 factors of both',
      { benchmark: 'blend', dropRule: 'fifth', blendWeights: ['0.6'], meanFactors: ['95%'], amountFactors: ['90%', '92%'] },
      seven,
      '1056.24',
      { 限价系数: '90%' },
    ],
    ['BM-9 ten bids: two at each end', { dropRule: 'fifth' }, ten, '145.00'],
    ['BM-9 six bids: all', { dropRule: 'fifth' }, ten.slice(0, 6), '125.00'],
    ['BM-10 a sample of five', { sampleSize: 5 }, seven, '1012.00'],
    ['BM-10 a sample without its extremes', { sampleSize: 5, dropRule: 'both' }, seven, '1013.33'],
    ['BM-10 no more than the sample: all', { sampleSize: 9 }, seven, '1037.14'],
    ['BM-11 the second lowest', { benchmark: 'second-lowest' }, seven, '980.00'],
  ])('%s', (_title, choices, prices, expected, drawn = {}) => expect(of(choices, prices, drawn)).toBe(expected));

  it('a price exactly at the bound of the mean stays, a cent further is out', () => {
    // mean 100: 70 and 130 lie at 30 %
    expect(of({ withinMean: '30%' }, ['70', '100', '130'])).toBe('100.00');
    expect(of({ withinMean: '29.99%' }, ['70', '100', '130', '100'])).toBe('100.00');
    expect(worked({ withinMean: '29.99%' }, ['70', '100', '130', '100'])).toMatchObject({ value: { dropped: { length: 2 } } });
  });
  it('where nobody is so near, all stay', () => expect(of({ withinMean: '30%' }, ['1', '9'])).toBe('5.00'));
});

describe('What is drawn', () => {
  it('is asked of the session by name, with its choices; one value is fixed and not drawn', () => {
    const blend = {
      ...nothing,
      benchmark: 'blend',
      blendWeights: ['0.4', '0.5'],
      amountFactors: ['95%', '97%'],
      meanFactors: ['98%'],
      discounts: ['1%', '2%'],
    } as const;
    const { benchmark, parameters } = benchmarkFrom(blend, undefined);
    expect(parameters).toEqual([
      { name: '平均价权重', choices: ['0.4', '0.5'] },
      { name: '限价系数', choices: ['95%', '97%'] },
      { name: '下浮率', choices: ['1%', '2%'] },
    ]);
    expect(benchmark).toMatchObject({ meanFactor: '0.98', weight: { drawn: '平均价权重' } });
  });
  it('is missing by name when the draw did not tell it, never taken for nothing', () => {
    for (const choices of [
      { discounts: ['1%', '2%'] },
      { benchmark: 'blend', blendWeights: ['0.4', '0.5'] },
      { benchmark: 'blend', blendWeights: ['0.4'], meanFactors: ['95%', '96%'] },
      { benchmark: 'composite', ceilingCuts: ['12%', '13%'] },
    ] as const)
      expect(of(choices, seven)).toBe('drawn-missing');
  });
  it('a sample depends on the lot alone, and reaches every bid', () => {
    const drawnFor = (seed: string) => {
      const bids = ten.map((price, at) => ({ id: `b${at}`, price: decimal(price) }));
      const { benchmark } = benchmarkFrom({ ...nothing, sampleSize: 3 }, undefined);
      const result = benchmarkOf(benchmark, { bids, ceiling: null, drawn: {}, tieSeed: seed });
      return result.ok ? result.value.used.map((price) => price.print(0)) : [];
    };
    const seeds = Array.from({ length: 200 }, (_, at) => Buffer.from([at, 1]).toString('base64url'));
    expect(new Set(seeds.flatMap(drawnFor))).toEqual(new Set(ten));
  });
});

describe('The order in which bids are given', () => {
  it('changes no benchmark', () => {
    const kinds = fc.constantFrom(...benchmarkKinds);
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 });
    const rule = fc.constantFrom('none', 'one', 'both', 'fifth') as fc.Arbitrary<BenchmarkChoices['dropRule']>;
    const thin = fc.record({ sampleSize: fc.constantFrom(null, 3, 5), withinMean: fc.constantFrom(null, '10%'), dropRule: rule });
    fc.assert(
      fc.property(kinds, thin, order, (benchmark, thinned, given) => {
        const choices = { ...thinned, benchmark, blendWeights: ['0.3'], ceilingCuts: ['15%'] };
        expect(of(choices, seven, {}, given)).toBe(of(choices, seven));
      }),
    );
  });
});

describe('The notice states the benchmark', () => {
  const says = (choices: Partial<BenchmarkChoices>) => benchmarkWords(benchmarkFrom({ ...nothing, ...choices }, shares).benchmark);
  it('with what enters, what it is weighted with and what is drawn', () => {
    expect(says({ dropRule: 'one', discounts: ['1%', '3%'] })).toEqual({
      zh: '有效投标报价的算术平均值（4 家及以上去掉一个最高价；7 家及以上去掉最高、最低价各一个），下浮开标现场抽取的下浮率',
      en: 'the mean of the valid prices (the highest left out from 4 bids on; one highest and one lowest left out from 7 on), less the rate drawn in the session (下浮率)',
    });
    expect(says({ benchmark: 'blend', blendWeights: ['0.6'], blendAmount: '1150.00', meanFactors: ['95%'], sampleSize: 9 }).zh).toBe(
      '有效投标报价的算术平均值（抽取 9 家，不足的全部参加）× 95%与1150.00 元的加权值，前者权重为 60%',
    );
    expect(says({ benchmark: 'composite', ceilingCuts: ['12%'] }).zh).toContain(
      'C 为不低于（平均报价×70%＋最高投标限价×30%）×75% 的最低报价',
    );
  });
});
