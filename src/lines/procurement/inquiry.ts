import { fieldRule } from '../../rulebook/figure-rule.ts';
import { cite, nonTenderOrder, procurementLaw } from '../../rulebook/law.ts';
import type { LineEdition, MethodOffer, Procedure, RuleSets } from '../../tenders/line.ts';
import { addendumAhead, bidPeriodAtLeast, documentsWindowAtLeast, type NoticeFacts } from '../../tenders/timetable.ts';
import { edition2022, edition2026 } from './open-tender.ts';
import { group, groupRules, otherwiseLimits, otherwiseNotice, otherwiseParameters, otherwiseResult } from './otherwise.ts';
import { wordingOf } from './otherwise-wording.ts';
import { otherLine } from './problems.ts';
import { mending, responseForm, responseItems } from './responses.ts';

/** Only goods of a uniform specification, in ample supply and at steady prices, are inquired about. */
const goodsAlone = fieldRule<NoticeFacts>({
  id: 'PROC-N9G',
  acts: ['draft-lot', 'publish-notice'],
  certainty: 'V',
  source: cite(procurementLaw, '32'),
  says: {
    zh: '规格、标准统一，现货货源充足且价格变化幅度小的货物，可以采用询价方式；服务和工程不适用',
    en: 'goods of a uniform specification, in ample supply and at steady prices may be inquired about; services and works may not',
  },
  problem: otherLine,
  field: 'subject',
  refuses: ({ subject }) => subject !== 'goods' && { field: 'subject' },
});

/** One price, stated once; the lowest of those that meet the requirements is awarded. */
const lowestQuote: MethodOffer = {
  id: 'lowest-quote',
  template: 'lowest-evaluated',
  price: null,
  title: { zh: '最低报价成交', en: 'Lowest quote' },
  says: {
    zh: '一次报出不得更改的价格；质量和服务均能满足采购文件实质性响应要求的，按照报价由低到高排序，落实政策扣除后比较。',
    en: 'One price that cannot be changed; whoever meets the requirements is ranked by it, the lowest first, after the policy deductions.',
  },
  source: cite(nonTenderOrder, '47, 48'),
  benchmarks: [],
  defaults: { template: 'lowest-evaluated', trimFrom: null, candidates: 3, minimumValid: 3 },
};

const notice: RuleSets['notice'] = [
  goodsAlone,
  ...otherwiseNotice,
  documentsWindowAtLeast('PROC-N9D', 'proc.inquiry.docs.offer.min'),
  bidPeriodAtLeast('PROC-N9', 'proc.inquiry.period.min'),
];
const addendum: RuleSets['addendum'] = [addendumAhead('PROC-N9C', 'proc.inquiry.clarify.min')];

const inquiryOf = (base: LineEdition): LineEdition => ({
  ...base,
  id: `procurement/inquiry/${base.inForceFrom}`,
  title: {
    zh: `政府采购询价规则（${base.inForceFrom.slice(0, 4)}年版）`,
    en: `Rules of inquiry in government procurement, edition ${base.inForceFrom.slice(0, 4)}`,
  },
  parameters: {
    ...base.parameters,
    ...otherwiseParameters,
    bidPeriodMin: 'proc.inquiry.period.min',
    documentsWindowMin: 'proc.inquiry.docs.offer.min',
    addendumAhead: 'proc.inquiry.clarify.min',
  },
  bidForm: responseForm,
  qualifiedBy: 'panel',
  result: otherwiseResult,
  items: responseItems,
  // the price is stated once: nothing of it is corrected
  corrections: [],
  mending,
  criteria: [],
  methods: [lowestQuote],
  panel: { ...base.panel, ...group },
  rules: {
    ...base.rules,
    ...groupRules,
    notice,
    addendum,
  },
  limits: otherwiseLimits,
  wording: wordingOf({
    way: { zh: '询价', en: 'inquiry' },
    notice: { zh: '询价公告', en: 'notice of inquiry' },
    documents: { zh: '询价通知书', en: 'inquiry documents' },
    group: { zh: '询价小组', en: 'inquiry group' },
    decided: cite(nonTenderOrder, '49'),
    ended: cite(nonTenderOrder, '50'),
  }),
});

/** Inquiry (询价): sealed quotes for standard goods, the lowest wins. */
export const inquiry: Procedure = {
  id: 'inquiry',
  title: { zh: '询价', en: 'Inquiry' },
  says: {
    zh: '采购的货物规格、标准统一，现货货源充足且价格变化幅度小的，可以采用。',
    en: 'For goods of a uniform specification, in ample supply and at steady prices.',
  },
  source: cite(procurementLaw, '32'),
  editions: [inquiryOf(edition2022), inquiryOf(edition2026)],
};
