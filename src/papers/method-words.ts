import type { Words } from '../kernel/words.ts';
import { benchmarkWords } from '../tenders/benchmark-words.ts';
import type { LotTerms } from '../tenders/lot.ts';
import type { EvaluationMethod } from '../tenders/method.ts';

/** How a method is stated on paper: what the notice promised, in whole sentences. */

type PriceRule = NonNullable<EvaluationMethod['price']>;

/** How the price is scored: `偏离基准价…` or `最低有效报价得满分…`. */
export function priceWords(rule: PriceRule): Words {
  if (rule.kind === 'ratio')
    return {
      zh: '最低有效投标报价得满分，其余按“最低报价÷投标报价×满分”计算，保留两位小数。',
      en: 'The lowest valid price takes full points, the others in proportion; two decimals.',
    };
  const { above, below, floor, benchmark } = rule;
  const base = benchmarkWords(benchmark);
  return {
    zh: `评标基准价为${base.zh}。投标报价每高于基准价 1% 扣 ${above} 分，每低于 1% 扣 ${below} 分，内插计算，最低 ${floor} 分，保留两位小数。`,
    en: `The benchmark is ${base.en}; ${above} points off for each 1 % above it, ${below} for each 1 % below, at least ${floor}; two decimals.`,
  };
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

/** Of a framework agreement: who is eliminated, how long it lasts, how its contracts are awarded; null where there is none. */
function agreementWords({ agreement }: LotTerms): Words | null {
  if (agreement === undefined) return null;
  const { eliminated, months, most, way } = agreement;
  const share = `${Math.round(Number(eliminated) * 10_000) / 100}%`;
  return {
    zh: `淘汰比例不低于${share}，且至少淘汰一家${most === null ? '' : `，入围不超过${most}家`}；框架协议有效期自入围结果公告起${months}个月；第二阶段以“${way.title.zh}”方式授予合同，成交价格不高于协议价格。`,
    en: ` At least ${share} and one in any case are eliminated${most === null ? '' : `, and ${most} enter at most`}; the agreement lasts ${months} months from the result; contracts are awarded by “${way.title.en}”, never above its price.`,
  };
}

/** The whole method in one paragraph: its name, what is scored and how the price is. */
export function methodWords(terms: LotTerms): Words {
  const { methodOffer, method, criteria } = terms;
  const brand = agreementWords(terms) ?? brandWords(method);
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
