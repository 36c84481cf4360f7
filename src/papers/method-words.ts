import type { Words } from '../kernel/words.ts';
import type { LotTerms } from '../tenders/lot.ts';
import type { EvaluationMethod } from '../tenders/method.ts';

/** How a method is stated on paper: what the notice promised, in whole sentences. */

type PriceRule = NonNullable<EvaluationMethod['price']>;
type Benchmark = Extract<PriceRule, { kind: 'deviation' }>['benchmark'];

const benchmarks: Readonly<Record<Benchmark['kind'], Words>> = {
  mean: { zh: '通过初步评审的各投标报价的算术平均值', en: 'the mean of the prices that pass the review' },
  'second-average': { zh: '不高于平均值的各投标报价的再次平均值', en: 'the mean of the prices that are not above the mean' },
  blend: { zh: '投标报价平均值与最高投标限价的加权值', en: 'the mean of the prices and the ceiling, weighted' },
  lowest: { zh: '最低投标报价', en: 'the lowest price' },
  'second-lowest': { zh: '次低投标报价', en: 'the second lowest price' },
};

/** How the price is scored: `偏离基准价…` or `最低有效报价得满分…`. */
export function priceWords(rule: PriceRule): Words {
  if (rule.kind === 'ratio')
    return {
      zh: '最低有效投标报价得满分，其余按“最低报价÷投标报价×满分”计算，保留两位小数。',
      en: 'The lowest valid price takes full points, the others in proportion; two decimals.',
    };
  const { above, below, floor, benchmark } = rule;
  const base = baseWords(benchmark);
  return {
    zh: `评标基准价为${base.zh}。投标报价每高于基准价 1% 扣 ${above} 分，每低于 1% 扣 ${below} 分，内插计算，最低 ${floor} 分，保留两位小数。`,
    en: `The benchmark is ${base.en}; ${above} points off for each 1 % above it, ${below} for each 1 % below, at least ${floor}; two decimals.`,
  };
}

function baseWords(benchmark: Benchmark): Words {
  const base = benchmarks[benchmark.kind];
  const { drop, discount } = benchmark;
  const dropped: Words =
    drop === undefined
      ? { zh: '', en: '' }
      : {
          zh: `（${drop.highestFrom} 家及以上去掉一个最高价，${drop.lowestFrom} 家及以上再去掉一个最低价）`,
          en: ` (the highest left out from ${drop.highestFrom} bids on, the lowest too from ${drop.lowestFrom})`,
        };
  const off: Words =
    discount === undefined
      ? { zh: '', en: '' }
      : typeof discount === 'string'
        ? { zh: `，下浮 ${percent(discount)}`, en: `, less ${percent(discount)}` }
        : { zh: `，下浮开标现场抽取的${discount.drawn}`, en: ', less the rate drawn in the session' };
  return { zh: `${base.zh}${dropped.zh}${off.zh}`, en: `${base.en}${dropped.en}${off.en}` };
}

/** 0.03 → 3%: by moving the point. */
function percent(ratio: string): string {
  const [whole = '0', places = ''] = ratio.split('.');
  const digits = `${whole}${places.padEnd(2, '0').slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  const rest = places.slice(2).replace(/0+$/, '');
  return `${digits}${rest === '' ? '' : `.${rest}`}%`;
}

const ties = {
  draw: { zh: '抽签', en: 'the draw' },
  price: { zh: '报价低', en: 'the lower price' },
  technical: { zh: '技术得分高', en: 'the higher technical score' },
  receipt: { zh: '递交在先', en: 'the earlier receipt' },
} as const satisfies Record<NonNullable<EvaluationMethod['sameBrand']>['tie'], Words>;

/** What becomes of bidders who offer one brand; nothing where the method does not look at brands. */
function brandWords({ sameBrand, rank }: EvaluationMethod): Words {
  if (sameBrand === undefined) return { zh: '', en: '' };
  const tie = ties[sameBrand.tie];
  return rank === 'score'
    ? {
        zh: `提供相同品牌产品的投标人按一家计算，得分最高的获得推荐资格；得分相同的，按${tie.zh}确定。`,
        en: ` Bidders of one brand count as one, the best scored of them may be recommended; equal scores are decided by ${tie.en}.`,
      }
    : {
        zh: `提供相同品牌产品的投标人，以报价最低的参加评审，其他无效；报价相同的，按${tie.zh}确定。`,
        en: ` Of bidders of one brand the cheapest stays and the others are out; equal prices are decided by ${tie.en}.`,
      };
}

/** The whole method in one paragraph: its name, what is scored and how the price is. */
export function methodWords(terms: LotTerms): Words {
  const { methodOffer, method, criteria } = terms;
  const brand = brandWords(method);
  const title: Words = { zh: `${methodOffer.title.zh}。${methodOffer.says.zh}`, en: `${methodOffer.title.en}. ${methodOffer.says.en}` };
  if (method.price === null) return { zh: `${title.zh}${brand.zh}`, en: `${title.en}${brand.en}` };
  const scored = criteria.map((each) => `${each.title.zh} ${each.max} 分`).join('、');
  const inEnglish = criteria.map((each) => `${each.title.en} ${each.max}`).join(', ');
  const price = priceWords(method.price);
  const trimmed: Words =
    method.trimFrom === null
      ? { zh: '', en: '' }
      : {
          zh: `评委 ${method.trimFrom} 人及以上时去掉一个最高分和一个最低分后取平均。`,
          en: ` From ${method.trimFrom} reviewers on, one highest and one lowest score are left out.`,
        };
  return {
    zh: `${title.zh}评分项：${scored}，投标报价 ${method.price.full} 分。${price.zh}${trimmed.zh}${brand.zh}`,
    en: `${title.en} Points: ${inEnglish}, price ${method.price.full}. ${price.en}${trimmed.en}${brand.en}`,
  };
}
