import { cite, frameworkOrder } from '../../rulebook/law.ts';
import { type AgreementPlan, agreementAtMost, eliminatedAtLeast, unitCeilingStated } from '../../tenders/agreement.ts';
import type { LineEdition, MethodOffer, Procedure, RuleSets } from '../../tenders/line.ts';
import type { Phase } from '../../tenders/phases.ts';
import type { Vocabulary } from '../../tenders/vocabulary.ts';
import { edition2022, edition2026 } from './open-tender.ts';
import { wording } from './wording.ts';

/** How contracts are awarded within a closed agreement, and why a supplier is removed (Order 110 art. 19, 32, 34). */
const agreement: AgreementPlan = {
  source: cite(frameworkOrder, '2, 9'),
  ways: [
    {
      id: 'direct',
      title: { zh: '直接选定', en: 'Direct choice' },
      says: {
        zh: '采购人依据入围产品价格、质量以及服务便利性、用户评价等因素，从入围供应商中直接选定，并写明理由。',
        en: 'The buyer chooses by price, quality, convenience and what users say, and states why.',
      },
      inTurn: false,
    },
    {
      id: 'rotation',
      title: { zh: '顺序轮候', en: 'Rotation' },
      says: {
        zh: '按入围次序依次授予合同，每轮每家一次；轮到哪一家由系统算出，一般适用于服务项目。',
        en: 'Contracts go round by rank, once each in a round; whose turn it is is reckoned. As a rule for services.',
      },
      inTurn: true,
    },
  ],
  removals: [
    ['collusion', '恶意串通谋取入围或者合同成交', 'it colluded to enter or to win a contract'],
    ['false-papers', '提供虚假材料谋取入围或者合同成交', 'it gave false papers to enter or to win a contract'],
    ['refused-contract', '无正当理由拒不接受合同授予', 'it refused a contract without a good reason'],
    ['not-performed', '不履行合同义务或者履行不符合约定，经请求后仍不改正', 'it did not perform, and not after a request either'],
    ['debarred', '有效期内因违法行为被禁止或者限制参加政府采购活动', 'it was debarred from procurement for an unlawful act'],
    ['as-agreed', '框架协议约定的其他情形', 'another case that the agreement names'],
  ].map(([id = '', zh = '', en = '']) => ({ id, says: { zh, en }, source: cite(frameworkOrder, '19') })),
};

/** Of those who meet the needs, the cheapest enter; projects other than those of art. 25(4) go by the price. */
const priceFirst: MethodOffer = {
  id: 'price-first',
  template: 'lowest-evaluated',
  price: null,
  title: { zh: '价格优先法', en: 'Price first' },
  says: {
    zh: '对满足采购需求且响应报价不超过最高限制单价的，按响应报价从低到高排序，按淘汰率和入围数量上限确定入围供应商。',
    en: 'Who meets the needs within the highest unit price is ranked by price; the share eliminated and the greatest number decide who enters.',
  },
  source: cite(frameworkOrder, '25'),
  benchmarks: [],
  defaults: { template: 'lowest-evaluated', trimFrom: null, candidates: 3, minimumValid: 2 },
};

const changed: Vocabulary['zh'] = [
  ['公开招标', '框架协议采购'],
  ['招标公告', '征集公告'],
  ['招标文件', '征集文件'],
  ['最高投标限价', '最高限制单价'],
  ['投标文件', '响应文件'],
];
const own: readonly string[] = changed.map(([term]) => term);
const vocabulary: Vocabulary = {
  zh: [...changed, ...(wording.vocabulary?.zh ?? []).filter(([term]) => !own.includes(term))],
  en: wording.vocabulary?.en ?? [],
};

const agreementRules: RuleSets['notice'] = [
  unitCeilingStated,
  eliminatedAtLeast('PROC-N16', 'proc.frame.elimination.min'),
  agreementAtMost('PROC-N22G', 'proc.frame.term.goods', 'goods'),
  agreementAtMost('PROC-N22S', 'proc.frame.term.services', 'services'),
];

const after: readonly Phase[] = ['standing', 'lapsed'];

function frameworkOf({ sameBrand: _, ...base }: LineEdition): LineEdition {
  return {
    ...base,
    id: `procurement/closed-framework/${base.inForceFrom}`,
    title: {
      zh: `政府采购封闭式框架协议规则（${base.inForceFrom.slice(0, 4)}年版）`,
      en: `Rules of closed framework agreements in government procurement, edition ${base.inForceFrom.slice(0, 4)}`,
    },
    phases: [...base.phases.filter((phase) => phase !== 'awarded' && phase !== 'contracted'), ...after],
    parameters: { ...base.parameters, minimumBids: 'proc.frame.suppliers.min' },
    agreement,
    criteria: [],
    methods: [priceFirst],
    rules: {
      ...base.rules,
      notice: [...base.rules.notice, ...agreementRules],
    },
    wording: { ...wording, vocabulary },
  };
}

/** Closed framework agreement (封闭式框架协议): suppliers enter once, contracts are awarded among them while it lasts. */
export const closedFramework: Procedure = {
  id: 'closed-framework',
  title: { zh: '封闭式框架协议', en: 'Closed framework agreement' },
  says: {
    zh: '技术、服务等标准明确、统一，需要多次重复采购的小额零星货物和服务，可以采用。',
    en: 'For small purchases of a uniform standard that come again and again.',
  },
  source: cite(frameworkOrder, '3, 4'),
  editions: [frameworkOf(edition2022), frameworkOf(edition2026)],
};
