import {
  cite,
  domesticNotice,
  procurementLaw,
  procurementOrder,
  procurementRegulation,
  smallEnterpriseMeasures,
} from '../../rulebook/law.ts';
import type { BidField, Criterion, JointPlan, ReviewItem } from '../../tenders/line.ts';
import * as fields from '../bid-fields.ts';

const no = { value: '否', label: { zh: '否', en: 'No' } };

/** What a bid for goods or services states and attaches. The declarations are sealed with it: who claims what is read out with the prices. */
export const bidForm: readonly BidField[] = [
  {
    ...fields.price,
    hint: { zh: '以开标一览表为准；大写金额与小写金额不一致时，以大写为准', en: 'The opening sheet counts; words go before figures' },
    rule: {
      says: { zh: '报价超过采购预算或者最高限价的，投标无效', en: 'a price above the budget or the ceiling is invalid' },
      source: cite(procurementOrder, '63'),
    },
  },
  {
    ...fields.period,
    label: { zh: '交货期或服务期（日历日）', en: 'Time of delivery or service (days)' },
    rule: { says: { zh: '不得超过采购文件规定的期限', en: 'not longer than the documents ask' }, source: cite(procurementOrder, '32') },
  },
  {
    ...fields.quality,
    label: { zh: '质量与验收标准', en: 'Quality and standard of acceptance' },
    rule: {
      says: { zh: '应当响应采购文件的实质性要求', en: 'responds to what the documents require' },
      source: cite(procurementOrder, '32'),
    },
  },
  {
    key: 'smallEnterprise',
    kind: 'choice',
    part: 'price',
    required: true,
    read: true,
    label: { zh: '中小企业声明：小型、微型企业', en: 'Declaration: small or micro enterprise' },
    hint: {
      zh: '货物须全部由小微企业制造；监狱企业、残疾人福利性单位视同小微企业',
      en: 'Goods must all be made by small or micro enterprises; prisons and employers of the disabled count as such',
    },
    options: [{ value: '是', label: { zh: '是，出具声明函并对真实性负责', en: 'Yes, declared and answered for' } }, no],
    counts: { as: 'small', value: '是' },
    rule: {
      says: { zh: '声明函内容不实的，属于提供虚假材料谋取中标', en: 'a false declaration is fraud' },
      source: cite(smallEnterpriseMeasures, '9, 20'),
    },
  },
  {
    key: 'domesticProduct',
    kind: 'choice',
    part: 'price',
    required: true,
    read: true,
    label: { zh: '本国产品声明', en: 'Declaration: domestic product' },
    hint: { zh: '所投产品全部符合本国产品标准的选“是”', en: 'Yes where all offered products meet the standard of domestic products' },
    options: [{ value: '是', label: { zh: '是，出具声明函并对真实性负责', en: 'Yes, declared and answered for' } }, no],
    counts: { as: 'domestic', value: '是' },
    rule: {
      says: { zh: '对本国产品给予价格扣除，按原报价计算', en: 'a deduction from the original price of domestic products' },
      source: cite(domesticNotice),
    },
  },
  {
    ...fields.validity,
    rule: {
      says: { zh: '不得短于采购文件规定的投标有效期', en: 'no shorter than the documents ask' },
      source: cite(procurementOrder, '23'),
    },
  },
  {
    ...fields.security,
    read: false,
    hint: {
      zh: '支票、汇票、本票或者保函等非现金形式；不收取的填“不收取”',
      en: 'A cheque, draft or guarantee, never cash; “none” where none is asked',
    },
    rule: { says: { zh: '应当以非现金形式提交', en: 'never in cash' }, source: cite(procurementRegulation, '33') },
  },
  {
    ...fields.pricedTable,
    key: 'priceSchedule',
    label: { zh: '分项报价表', en: 'Schedule of prices' },
    columns: [
      { key: 'name', label: { zh: '名称', en: 'Item' }, kind: 'text', required: true },
      { key: 'model', label: { zh: '规格型号', en: 'Model' }, kind: 'text', required: true },
      fields.unitColumn,
      { key: 'quantity', label: { zh: '数量', en: 'Quantity' }, kind: 'number', required: true },
      { key: 'unitPrice', label: { zh: '单价', en: 'Unit price' }, kind: 'number', required: true },
      fields.amountColumn,
    ],
    rule: {
      says: {
        zh: '总价金额与按单价汇总金额不一致的，以单价金额计算结果为准',
        en: 'where total and unit prices differ, the unit prices count',
      },
      source: cite(procurementOrder, '59'),
    },
  },
  {
    ...fields.technicalFile,
    label: { zh: '技术与服务方案', en: 'Technical and service proposal' },
  },
  {
    ...fields.qualificationFile,
    label: { zh: '资格证明文件', en: 'Qualification papers' },
    hint: {
      zh: '营业执照、财务状况、纳税和社会保险缴纳、无重大违法记录声明、特定资格',
      en: 'Licence, accounts, taxes and social insurance, statement of no grave violations, special qualifications',
    },
    rule: { says: { zh: '供应商应当具备的条件', en: 'the conditions every supplier meets' }, source: cite(procurementLaw, '22') },
  },
  fields.otherFile,
];

/** Several who bid as one: each has the ability that the law and the documents ask for. */
export const joint: JointPlan = {
  members: {
    ...fields.jointMembers,
    rule: {
      says: {
        zh: '联合体各方均应当具备规定的相应资格条件；由同一专业的单位组成的，按照资质等级较低的单位确定资质等级',
        en: 'each member has the qualification that is asked for; of one speciality the lower grade counts',
      },
      source: cite(procurementLaw, '24'),
    },
  },
  agreement: {
    ...fields.jointAgreement,
    rule: {
      says: { zh: '须提交共同投标协议', en: 'their agreement is part of the bid' },
      source: cite(procurementLaw, '24'),
    },
  },
};

export const brand: Omit<BidField, 'key'> = {
  ...fields.brand,
  rule: {
    says: {
      zh: '提供相同品牌产品的不同供应商，按采购文件的同品牌规则评审',
      en: 'bidders of one brand are judged by the rule about one brand',
    },
    source: cite(procurementOrder, '31'),
  },
};

/** The conformity review of the panel. Who is qualified the buyer or its agent has looked at before (Order 87 art. 44). */
export const items: readonly ReviewItem[] = [
  {
    id: 'signature',
    stage: 'form',
    part: 'qualification',
    source: cite(procurementOrder, '63'),
    title: { zh: '签署盖章', en: 'Signature and seal' },
    says: {
      zh: '投标文件未按采购文件要求签署、盖章（电子签名无效）',
      en: 'not signed or sealed as the documents ask (electronic signature not valid)',
    },
  },
  {
    id: 'security',
    stage: 'form',
    part: 'qualification',
    source: cite(procurementOrder, '63'),
    title: { zh: '投标保证金', en: 'Bid security' },
    says: { zh: '未按照采购文件的规定提交投标保证金', en: 'the security is not as the documents ask' },
  },
  {
    id: 'budget',
    stage: 'response',
    part: 'price',
    source: cite(procurementOrder, '63'),
    title: { zh: '报价不超预算', en: 'Within the budget' },
    says: { zh: '报价超过采购文件中规定的预算金额或者最高限价', en: 'a price above the budget or the ceiling' },
  },
  {
    id: 'low-price',
    stage: 'response',
    part: 'price',
    source: cite(procurementOrder, '60'),
    title: { zh: '报价合理性', en: 'A reasonable price' },
    says: {
      zh: '报价明显偏低，有可能影响产品质量或者不能诚信履约，且不能证明其报价合理性',
      en: 'a price so low that quality or good faith may suffer, and that its bidder could not prove reasonable',
    },
    asksFirst: 'low-price',
  },
  {
    id: 'conditions',
    stage: 'response',
    part: 'technical',
    source: cite(procurementOrder, '63'),
    title: { zh: '附加条件', en: 'Conditions' },
    says: { zh: '投标文件含有采购人不能接受的附加条件', en: 'conditions that the buyer cannot accept' },
  },
  {
    id: 'response',
    stage: 'response',
    part: 'technical',
    source: cite(procurementOrder, '50'),
    title: { zh: '实质性响应', en: 'Substantial response' },
    says: { zh: '投标文件没有响应采购文件的实质性要求', en: 'no response to a substantial requirement' },
  },
  {
    id: 'integrity',
    stage: 'response',
    part: 'price',
    source: cite(procurementOrder, '37'),
    title: { zh: '诚信', en: 'Integrity' },
    says: { zh: '有串通投标、提供虚假材料等情形', en: 'collusion or false papers' },
  },
];

/** Suggested criteria of scored methods: 60 points beside 40 for the price. Nothing that has been a condition of qualification is scored again (art. 55). */
export const criteria: readonly Criterion[] = [
  {
    id: 'specification',
    max: '25',
    kind: 'objective',
    part: 'technical',
    title: { zh: '技术参数响应', en: 'Specification' },
    says: { zh: '重要参数逐项响应，每有一项负偏离扣3分，扣完为止', en: 'three points off for each negative deviation' },
  },
  {
    id: 'delivery',
    max: '10',
    kind: 'subjective',
    part: 'technical',
    title: { zh: '供货与实施方案', en: 'Delivery and installation' },
    says: {
      zh: '方案完整、可行、针对性强的得8至10分，基本可行的得4至7分，欠缺的得0至3分',
      en: 'whole and fitting 8–10, workable 4–7, lacking 0–3',
    },
  },
  {
    id: 'service',
    max: '15',
    kind: 'subjective',
    part: 'technical',
    title: { zh: '售后服务与培训', en: 'Service and training' },
    says: { zh: '响应时间、备件、培训方案优的得11至15分，良的得6至10分，一般的得0至5分', en: 'good 11–15, fair 6–10, plain 0–5' },
  },
  {
    id: 'record',
    max: '10',
    kind: 'objective',
    part: 'technical',
    title: { zh: '履约经验', en: 'Past deliveries' },
    says: { zh: '近三年同类合同每项2分', en: 'similar contracts of the last three years, 2 points each' },
  },
];
