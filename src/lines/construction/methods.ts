import { cite, evaluationOrder } from '../../rulebook/law.ts';
import { benchmarkKinds } from '../../tenders/benchmark.ts';
import type { MethodOffer } from '../../tenders/line.ts';

const minimumValid = 1;

/** Methods a construction tender may choose (rules/domain §4.2, §4.3). Every benchmark of the published arithmetic can be chosen. */
export const methods: readonly MethodOffer[] = [
  {
    id: 'comprehensive-deviation',
    template: 'comprehensive',
    price: 'deviation',
    title: {
      zh: '综合评估法（偏离基准价，现场抽取下浮率）',
      en: 'Comprehensive scoring (deviation from a benchmark, discount drawn in session)',
    },
    says: {
      zh: '技术、商务分由评标委员会评定；报价按与评标基准价的偏差率打分，下浮率开标时公开抽取。',
      en: 'The panel scores the criteria; the price is scored by its deviation from a benchmark whose discount is drawn in the opening session.',
    },
    source: cite(evaluationOrder, '35'),
    benchmarks: benchmarkKinds,
    composite: { anchor: '0.5', picked: '0.3', lowest: '0.2', floor: { mean: '0.7', share: '0.75' }, below: '0.95' },
    defaults: {
      template: 'comprehensive',
      benchmark: 'mean',
      dropRule: 'one',
      blendWeights: ['0.6'],
      ceilingCuts: ['12%', '14%', '16%', '18%', '20%'],
      discounts: ['1%', '1.5%', '2%', '2.5%', '3%'],
      priceFull: '60',
      priceFloor: '0',
      above: '1',
      below: '0.5',
      trimFrom: 5,
      candidates: 3,
      minimumValid,
    },
  },
  {
    id: 'comprehensive-ratio',
    template: 'comprehensive',
    price: 'ratio',
    title: { zh: '综合评估法（低价优先）', en: 'Comprehensive scoring (lowest price takes full points)' },
    says: {
      zh: '技术、商务分由评标委员会评定；最低有效报价得满分，其余按比例。',
      en: 'The panel scores the criteria; the lowest valid price takes full points, the others in proportion.',
    },
    source: cite(evaluationOrder, '35'),
    benchmarks: [],
    defaults: { template: 'comprehensive', priceFull: '60', trimFrom: 5, candidates: 3, minimumValid },
  },
  {
    id: 'lowest-evaluated',
    template: 'lowest-evaluated',
    price: null,
    title: { zh: '经评审的最低投标价法', en: 'Lowest evaluated price' },
    says: {
      zh: '技术、商务评审合格后，按经评审的价格由低到高排序；低于成本的除外。',
      en: 'Bids that pass the review are ranked by their evaluated price, lowest first, never below cost.',
    },
    source: cite(evaluationOrder, '30'),
    benchmarks: [],
    defaults: { template: 'lowest-evaluated', trimFrom: null, candidates: 3, minimumValid },
  },
];
