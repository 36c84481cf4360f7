import { cite, procurementOrder } from '../../rulebook/law.ts';
import type { MethodOffer } from '../../tenders/line.ts';

/** With fewer than three conforming bids nothing is awarded (Order 87 art. 43, 50). */
const minimumValid = 3;

/** The two methods of Order 87 art. 53 (rules/domain §4.4): no score of the price but by its ratio, and no bid dropped for being high or low. */
export const methods: readonly MethodOffer[] = [
  {
    id: 'comprehensive-ratio',
    template: 'comprehensive',
    price: 'ratio',
    title: { zh: '综合评分法（低价优先）', en: 'Comprehensive scoring (lowest price takes full points)' },
    says: {
      zh: '满足采购文件要求且投标价格最低的投标报价为评标基准价，其价格分为满分；其余按比例。政策扣除后的价格参加评审。',
      en: 'The lowest price of a bid that meets the requirements takes full points, the others in proportion; prices after deductions are compared.',
    },
    source: cite(procurementOrder, '55'),
    benchmarks: [],
    defaults: { template: 'comprehensive', priceFull: '40', trimFrom: null, candidates: 3, minimumValid },
  },
  {
    id: 'lowest-evaluated',
    template: 'lowest-evaluated',
    price: null,
    title: { zh: '最低评标价法', en: 'Lowest evaluated price' },
    says: {
      zh: '投标文件满足采购文件全部实质性要求，且投标报价最低的为中标候选人；除算术修正和落实政策扣除外，不调整报价。',
      en: 'Of the bids that meet all substantial requirements the cheapest is first; only corrections and policy deductions change a price.',
    },
    source: cite(procurementOrder, '54'),
    benchmarks: [],
    defaults: { template: 'lowest-evaluated', trimFrom: null, candidates: 3, minimumValid },
  },
];
