import type { Words } from '../kernel/words.ts';
import type { Benchmark, Rate } from './benchmark.ts';
import type { LotTerms } from './lot.ts';

/** The benchmark as a sentence: what the notice promises, on the page and on paper. */

type Thinned = Extract<Benchmark, { kind: 'mean' | 'second-average' | 'blend' }>;

/** What the prices are compared with: `…的算术平均值（…），下浮 3%`. */
export function benchmarkWords(benchmark: Benchmark): Words {
  const base = baseWords(benchmark);
  const { discount } = benchmark;
  if (discount === undefined) return base;
  const rate = rateWords(discount);
  return { zh: `${base.zh}，下浮${rate.zh}`, en: `${base.en}, less ${rate.en}` };
}

/** Terms with what a page says of their benchmark. */
export function shownTerms(terms: LotTerms): LotTerms & { readonly benchmarkSays: Words | null } {
  const { price } = terms.method;
  return { ...terms, benchmarkSays: price?.kind === 'deviation' ? benchmarkWords(price.benchmark) : null };
}

function baseWords(benchmark: Benchmark): Words {
  switch (benchmark.kind) {
    case 'lowest':
      return { zh: '最低有效投标报价', en: 'the lowest valid price' };
    case 'second-lowest':
      return { zh: '次低有效投标报价', en: 'the second lowest valid price' };
    case 'mean':
      return meanWords(benchmark);
    case 'second-average': {
      const first = meanWords(benchmark);
      return benchmark.with === 'lowest'
        ? { zh: `${first.zh}与其中最低报价的平均值`, en: `the mean of ${first.en} and the lowest of them` }
        : { zh: `${first.zh}，再取其中不高于该平均值的报价的平均值`, en: `the mean of those prices that are not above ${first.en}` };
    }
    case 'blend':
      return blendWords(benchmark);
    case 'composite':
      return compositeWords(benchmark);
  }
}

/** The mean of the prices that enter, with who does not. */
function meanWords({ sample, drop, within }: Thinned): Words {
  const share = drop?.share === undefined ? null : percent(drop.share);
  const rules: Words[] = [
    ...(sample === undefined
      ? []
      : [{ zh: `抽取 ${sample} 家，不足的全部参加`, en: `${sample} of them drawn, or all where they are fewer` }]),
    ...(drop === undefined || drop.highestFrom >= drop.lowestFrom
      ? []
      : [{ zh: `${drop.highestFrom} 家及以上去掉一个最高价`, en: `the highest left out from ${drop.highestFrom} bids on` }]),
    ...(drop === undefined
      ? []
      : [
          share === null
            ? {
                zh: `${drop.lowestFrom} 家及以上去掉最高、最低价各一个`,
                en: `one highest and one lowest left out from ${drop.lowestFrom} on`,
              }
            : {
                zh: `${drop.lowestFrom} 家及以上最高、最低价各去掉 ${share}`,
                en: `${share} of them left out at each end from ${drop.lowestFrom} on`,
              },
        ]),
    ...(within === undefined
      ? []
      : [{ zh: `不计与平均值相差超过 ${percent(within)} 的`, en: `those more than ${percent(within)} from their mean left out` }]),
  ];
  const mean: Words = { zh: '有效投标报价的算术平均值', en: 'the mean of the valid prices' };
  if (rules.length === 0) return mean;
  return {
    zh: `${mean.zh}（${rules.map((each) => each.zh).join('；')}）`,
    en: `${mean.en} (${rules.map((each) => each.en).join('; ')})`,
  };
}

function blendWords(benchmark: Extract<Benchmark, { kind: 'blend' }>): Words {
  const { weight, amount, meanFactor, amountFactor } = benchmark;
  const mean = meanWords(benchmark);
  const other: Words = amount === undefined ? { zh: '最高投标限价', en: 'the ceiling' } : { zh: `${amount} 元`, en: `CNY ${amount}` };
  const times = (what: Words, factor: Rate | undefined): Words => {
    if (factor === undefined) return what;
    const rate = rateWords(factor);
    return { zh: `${what.zh}×${rate.zh}`, en: `${what.en} × ${rate.en}` };
  };
  const [left, right, share] = [times(mean, meanFactor), times(other, amountFactor), rateWords(weight)];
  return {
    zh: `${left.zh}与${right.zh}的加权值，前者权重为${share.zh}`,
    en: `${left.en} and ${right.en}, weighted; the weight of the first is ${share.en}`,
  };
}

function compositeWords({ cut, shares }: Extract<Benchmark, { kind: 'composite' }>): Words {
  const { anchor, picked, lowest, floor, below } = shares;
  const lowered = rateWords(cut);
  const rest = percent(complement(floor.mean));
  return {
    zh: `A×${percent(anchor)}＋Q×${percent(picked)}＋C×${percent(lowest)}：A 为最高投标限价下浮${lowered.zh}；C 为不低于（平均报价×${percent(floor.mean)}＋最高投标限价×${rest}）×${percent(floor.share)} 的最低报价；Q 为在 C 与 A×${percent(below)} 之间随机抽取的一个报价，没有的取 C`,
    en: `A × ${percent(anchor)} + Q × ${percent(picked)} + C × ${percent(lowest)}: A is the ceiling less ${lowered.en}; C the lowest price not below (the mean × ${percent(floor.mean)} + the ceiling × ${rest}) × ${percent(floor.share)}; Q one price drawn between C and A × ${percent(below)}, C where there is none`,
  };
}

const rateWords = (rate: Rate): Words =>
  typeof rate === 'string'
    ? { zh: ` ${percent(rate)}`, en: percent(rate) }
    : { zh: `开标现场抽取的${rate.drawn}`, en: `the rate drawn in the session (${rate.drawn})` };

/** 0.7 → 0.3, of a decimal between 0 and 1; exact. */
function complement(ratio: string): string {
  const [whole = '0', places = ''] = ratio.split('.');
  const scale = 10n ** BigInt(places.length);
  const left = scale - BigInt(`${whole}${places}`);
  return places === '' ? String(left) : `0.${String(left).padStart(places.length, '0')}`;
}

/** 0.03 → 3%: by moving the point. */
function percent(ratio: string): string {
  const [whole = '0', places = ''] = ratio.split('.');
  const digits = `${whole}${places.padEnd(2, '0').slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  const rest = places.slice(2).replace(/0+$/, '');
  return `${digits}${rest === '' ? '' : `.${rest}`}%`;
}
