import { cite, nonTenderOrder, procurementLaw } from '../../rulebook/law.ts';
import type { MethodOffer, Procedure } from '../../tenders/line.ts';
import { addendumAhead, bidPeriodAtLeast, documentsWindowAtLeast } from '../../tenders/timetable.ts';
import { edition2022, edition2026 } from './open-tender.ts';
import { changeable, endingsBy, inRounds, type RoundsPlan } from './rounds.ts';
import { goodsOrServices } from './rules.ts';

/** Of the last offers that meet the need with equal quality and service the lowest is awarded. */
const lowestOffer: MethodOffer = {
  id: 'lowest-last-offer',
  template: 'lowest-evaluated',
  price: null,
  title: { zh: '最后报价最低成交', en: 'Lowest last offer' },
  says: {
    zh: '从质量和服务均能满足采购文件实质性响应要求的供应商中，按照最后报价由低到高排序，落实政策扣除后比较。',
    en: 'Of the suppliers that meet the need in quality and service, last offers are ranked from the lowest, after the policy deductions.',
  },
  source: cite(nonTenderOrder, '35, 36'),
  benchmarks: [],
  defaults: { template: 'lowest-evaluated', trimFrom: null, candidates: 3, minimumValid: 3 },
};

const plan: RoundsPlan = {
  id: 'negotiation',
  title: { zh: '竞争性谈判', en: 'competitive negotiation' },
  figures: {
    bidPeriodMin: 'proc.negotiation.period.min',
    documentsWindowMin: 'proc.negotiation.docs.offer.min',
    addendumAhead: 'proc.negotiation.clarify.min',
  },
  notice: [
    goodsOrServices,
    documentsWindowAtLeast('PROC-N1D', 'proc.negotiation.docs.offer.min'),
    bidPeriodAtLeast('PROC-N1', 'proc.negotiation.period.min'),
  ],
  addendum: [addendumAhead('PROC-N1C', 'proc.negotiation.clarify.min')],
  negotiation: {
    source: cite(nonTenderOrder, '31, 32, 33'),
    suppliersMin: 'proc.negotiation.suppliers.min',
    exceptions: [
      {
        id: 'tender-failed',
        says: {
          zh: '公开招标只有两家投标或者实质性响应，经本级财政部门批准与该两家谈判',
          en: 'An open tender had only two, and the finance department approved to negotiate with them',
        },
        source: cite(nonTenderOrder, '27'),
        least: 'proc.negotiation.suppliers.failed',
      },
    ],
    changeable,
    endings: endingsBy(nonTenderOrder, '37'),
    offersMin: 'proc.lastOffer.time.min',
  },
  methods: [lowestOffer],
  criteria: [],
  names: {
    way: { zh: '竞争性谈判', en: 'competitive negotiation' },
    notice: { zh: '竞争性谈判公告', en: 'notice of negotiation' },
    documents: { zh: '谈判文件', en: 'negotiation documents' },
    group: { zh: '谈判小组', en: 'negotiation group' },
    talks: { zh: [['谈判、磋商', '谈判']], en: [['negotiation or consultation', 'negotiation']] },
    decided: cite(nonTenderOrder, '36'),
    ended: cite(nonTenderOrder, '37'),
  },
};

/** Competitive negotiation (竞争性谈判): negotiated with each, then sealed last offers, the lowest wins. */
export const negotiation: Procedure = {
  id: 'negotiation',
  title: { zh: '竞争性谈判', en: 'Competitive negotiation' },
  says: {
    zh: '招标未能成立、技术复杂或者性质特殊不能确定详细规格、紧急需要或者不能事先计算价格总额的，可以采用。',
    en: 'Where a tender failed, specifications cannot be fixed, the need is urgent, or the price cannot be reckoned beforehand.',
  },
  source: cite(procurementLaw, '30'),
  editions: [inRounds(edition2022, plan), inRounds(edition2026, plan)],
};
