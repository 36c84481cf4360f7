import { cite, consultationMeasures, consultationNotice } from '../../rulebook/law.ts';
import { priceWeightAtLeast, priceWeightAtMost } from '../../tenders/figures.ts';
import type { MethodOffer, Procedure } from '../../tenders/line.ts';
import { addendumAhead, bidPeriodAtLeast, documentsWindowAtLeast } from '../../tenders/timetable.ts';
import { criteria } from './bid-form.ts';
import { edition2022, edition2026 } from './open-tender.ts';
import { changeable, endingsBy, inRounds, type RoundsPlan } from './rounds.ts';
import { goodsOrServices } from './rules.ts';

/** Responses and last offers are scored together, the lowest last offer taking full points for the price. */
const scoredOffers: MethodOffer = {
  id: 'comprehensive-last-offer',
  template: 'comprehensive',
  price: 'ratio',
  title: { zh: '综合评分法（最后报价低价优先）', en: 'Comprehensive scoring of last offers' },
  says: {
    zh: '对提交最后报价的供应商的响应文件和最后报价综合评分；满足磋商文件要求且最后报价最低的为基准价，其价格分为满分，其余按比例，按政策扣除后的价格计算。',
    en: 'The responses and last offers are scored; the lowest last offer that meets the need takes full points, the others in proportion, after deductions.',
  },
  source: cite(consultationMeasures, '23, 24'),
  benchmarks: [],
  defaults: { template: 'comprehensive', priceFull: '40', trimFrom: null, candidates: 3, minimumValid: 3 },
};

const plan: RoundsPlan = {
  id: 'consultation',
  title: { zh: '竞争性磋商', en: 'competitive consultation' },
  figures: {
    bidPeriodMin: 'proc.consultation.period.min',
    documentsWindowMin: 'proc.consultation.docs.offer.min',
    addendumAhead: 'proc.consultation.clarify.min',
  },
  notice: [
    goodsOrServices,
    documentsWindowAtLeast('PROC-N14D', 'proc.consultation.docs.offer.min'),
    bidPeriodAtLeast('PROC-N14', 'proc.consultation.period.min'),
    priceWeightAtLeast('PROC-N15G', 'proc.consultation.price.goods.min', 'goods'),
    priceWeightAtMost('PROC-N15GM', 'proc.consultation.price.goods.max', 'goods'),
    priceWeightAtLeast('PROC-N15S', 'proc.consultation.price.services.min', 'services'),
    priceWeightAtMost('PROC-N15SM', 'proc.consultation.price.services.max', 'services'),
  ],
  addendum: [addendumAhead('PROC-N14C', 'proc.consultation.clarify.min')],
  negotiation: {
    source: cite(consultationMeasures, '19, 20, 21'),
    suppliersMin: 'proc.consultation.suppliers.min',
    exceptions: [
      {
        id: 'research',
        says: {
          zh: '市场竞争不充分的科研项目，或者需要扶持的科技成果转化项目',
          en: 'A research project with little competition, or the transfer of its results',
        },
        source: cite(consultationMeasures, '3, 21'),
        least: 'proc.consultation.suppliers.research',
      },
      {
        id: 'public-service',
        says: { zh: '政府购买服务项目，符合要求的供应商只有两家', en: 'A public service is bought, and only two suppliers meet the need' },
        source: cite(consultationNotice),
        least: 'proc.consultation.suppliers.services',
      },
    ],
    changeable,
    endings: endingsBy(consultationMeasures, '34'),
    offersMin: 'proc.lastOffer.time.min',
  },
  methods: [scoredOffers],
  criteria,
  names: {
    way: { zh: '竞争性磋商', en: 'competitive consultation' },
    notice: { zh: '竞争性磋商公告', en: 'notice of consultation' },
    documents: { zh: '磋商文件', en: 'consultation documents' },
    group: { zh: '磋商小组', en: 'consultation group' },
    talks: {
      zh: [
        ['竞争性谈判', '竞争性谈判'],
        ['谈判、磋商', '磋商'],
        ['谈判', '磋商'],
      ],
      en: [
        ['competitive negotiation', 'competitive negotiation'],
        ['negotiation or consultation', 'consultation'],
        ['negotiated with', 'consulted'],
        ['negotiation', 'consultation'],
        ['Negotiation', 'Consultation'],
        ['Negotiating', 'In consultation'],
      ],
    },
    decided: cite(consultationMeasures, '28'),
    ended: cite(consultationMeasures, '34'),
  },
};

/** Competitive consultation (竞争性磋商): consulted with each, then sealed last offers, scored together with the responses. */
export const consultation: Procedure = {
  id: 'consultation',
  title: { zh: '竞争性磋商', en: 'Competitive consultation' },
  says: {
    zh: '政府购买服务、技术复杂或者性质特殊、不能事先计算价格总额、市场竞争不充分的科研和科技成果转化项目，可以采用。',
    en: 'For public services, complex needs, prices that cannot be reckoned beforehand, and research with little competition.',
  },
  source: cite(consultationMeasures, '3'),
  editions: [inRounds(edition2022, plan), inRounds(edition2026, plan)],
};
