import { cite, evaluationOrder, procurementOrder, tenderingLaw, tenderingRegulation } from '../../rulebook/law.ts';
import type { BidField, BlindPlan, Criterion, JointPlan, ReviewItem } from '../../tenders/line.ts';
import * as fields from '../bid-fields.ts';

/**
 * What a construction bid states and attaches. Where it has two envelopes the first holds everything but the price and the priced bill of quantities, as
 * the standard documents of highway works cut it (公路工程标准施工招标文件, 双信封形式).
 */
export const bidForm: readonly BidField[] = [
  {
    ...fields.price,
    hint: { zh: '大写金额与数字不一致时，以大写为准', en: 'Where words and figures differ, the words count' },
    rule: {
      says: { zh: '投标报价不得高于最高投标限价，不得低于成本', en: 'not above the ceiling price, not below cost' },
      source: cite(tenderingRegulation, '51'),
    },
  },
  {
    ...fields.period,
    label: { zh: '工期（日历日）', en: 'Construction period (days)' },
    rule: { says: { zh: '不得超过招标文件规定的工期', en: 'not longer than the documents ask' }, source: cite(evaluationOrder, '25') },
  },
  {
    ...fields.quality,
    label: { zh: '质量标准', en: 'Quality standard' },
    rule: { says: { zh: '应响应招标文件的实质性要求', en: 'responds to what the documents require' }, source: cite(tenderingLaw, '27') },
  },
  {
    key: 'manager',
    kind: 'person',
    part: 'qualification',
    required: true,
    read: true,
    label: { zh: '项目经理', en: 'Project manager' },
    hint: { zh: '姓名、注册编号；不得与其他投标人为同一人', en: 'Name and registration number; never the same person for two bidders' },
    rule: {
      says: { zh: '不同投标人的项目管理成员为同一人的，视为串通投标', en: 'one person in two bidders’ management counts as collusion' },
      source: cite(tenderingRegulation, '40'),
    },
  },
  {
    ...fields.validity,
    rule: {
      says: { zh: '不得短于招标文件规定的投标有效期', en: 'no shorter than the documents ask' },
      source: cite(tenderingRegulation, '25'),
    },
  },
  {
    ...fields.security,
    read: true,
    hint: { zh: '转账凭证号，或电子保函编号', en: 'Transfer number, or number of the electronic guarantee' },
    rule: {
      says: { zh: '应从投标人基本账户转出；保函同等效力', en: 'from the bidder’s basic account; a guarantee counts the same' },
      source: cite(tenderingRegulation, '26'),
    },
  },
  {
    ...fields.pricedTable,
    key: 'billOfQuantities',
    label: { zh: '已标价工程量清单', en: 'Priced bill of quantities' },
    columns: [
      { key: 'code', label: { zh: '项目编码', en: 'Item code' }, kind: 'text', required: true },
      { key: 'name', label: { zh: '项目名称', en: 'Item' }, kind: 'text', required: true },
      fields.unitColumn,
      { key: 'quantity', label: { zh: '工程量', en: 'Quantity' }, kind: 'number', required: true },
      { key: 'unitPrice', label: { zh: '综合单价', en: 'Unit price' }, kind: 'number', required: true },
      fields.amountColumn,
    ],
    rule: {
      says: {
        zh: '单价与总价不一致时，以单价为准，单价小数点有明显错误的除外',
        en: 'unit prices prevail over totals, except for an obvious slip of the point',
      },
      source: cite(evaluationOrder, '19'),
    },
  },
  {
    ...fields.technicalFile,
    label: { zh: '施工组织设计', en: 'Construction plan' },
  },
  {
    ...fields.qualificationFile,
    label: { zh: '资格审查资料', en: 'Qualification papers' },
    hint: {
      zh: '营业执照、资质证书、安全生产许可证、业绩、项目经理注册证',
      en: 'Licence, qualification, safety permit, past works, manager’s registration',
    },
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
      source: cite(tenderingLaw, '31'),
    },
  },
  agreement: {
    ...fields.jointAgreement,
    rule: {
      says: { zh: '须提交共同投标协议', en: 'their agreement is part of the bid' },
      source: cite(tenderingLaw, '31'),
    },
  },
};

export const brand: Omit<BidField, 'key'> = {
  ...fields.brand,
  rule: {
    says: {
      zh: '提供相同品牌产品的不同投标人，按招标文件的同品牌规则评审；填写不实的，作弄虚作假处理',
      en: 'bidders of one brand are judged by the rule about one brand; a false brand is fraud',
    },
    source: cite(procurementOrder, '31'),
  },
};

/** Pass-or-fail items. A bid fails an item when more than half of the reviewers fail it. */
export const items: readonly ReviewItem[] = [
  {
    id: 'qualification',
    stage: 'qualification',
    part: 'qualification',
    source: cite(tenderingRegulation, '51'),
    title: { zh: '资格条件', en: 'Qualification' },
    says: { zh: '投标人不符合国家或者招标文件规定的资格条件', en: 'the bidder lacks a qualification the state or the documents ask for' },
  },
  {
    id: 'signature',
    stage: 'form',
    part: 'qualification',
    source: cite(tenderingRegulation, '51'),
    title: { zh: '签字盖章', en: 'Signature and seal' },
    says: {
      zh: '投标文件未经投标单位盖章和单位负责人签字（电子签名无效）',
      en: 'neither sealed by the bidder nor signed by its head (electronic signature not valid)',
    },
  },
  {
    id: 'consortium',
    stage: 'form',
    part: 'qualification',
    source: cite(tenderingRegulation, '51'),
    title: { zh: '联合体协议', en: 'Consortium agreement' },
    says: { zh: '投标联合体没有提交共同投标协议', en: 'a consortium without its agreement' },
  },
  {
    id: 'single-offer',
    stage: 'form',
    part: 'price',
    source: cite(tenderingRegulation, '51'),
    title: { zh: '唯一报价', en: 'One offer' },
    says: {
      zh: '同一投标人提交两个以上不同的投标文件或者投标报价（要求提交备选的除外）',
      en: 'two different bids or prices of one bidder (unless alternatives are asked for)',
    },
  },
  {
    id: 'price-limit',
    stage: 'response',
    part: 'price',
    source: cite(tenderingRegulation, '51'),
    title: { zh: '报价限制', en: 'Price limits' },
    says: { zh: '投标报价低于成本或者高于最高投标限价', en: 'a price below cost or above the ceiling' },
    asksFirst: 'low-price',
  },
  {
    id: 'security',
    stage: 'response',
    part: 'qualification',
    source: cite(evaluationOrder, '25'),
    title: { zh: '投标保证金', en: 'Bid security' },
    says: { zh: '没有按照招标文件要求提供投标担保或者所提供的投标担保有瑕疵', en: 'the security is missing or defective' },
  },
  {
    id: 'response',
    stage: 'response',
    part: 'technical',
    source: cite(tenderingRegulation, '51'),
    title: { zh: '实质性响应', en: 'Substantial response' },
    says: {
      zh: '投标文件没有对招标文件的实质性要求和条件作出响应（工期、质量、有效期、技术标准）',
      en: 'no response to a substantial requirement (period, quality, validity, technical standard)',
    },
  },
  {
    id: 'integrity',
    stage: 'response',
    part: 'price',
    source: cite(tenderingRegulation, '51'),
    title: { zh: '诚信', en: 'Integrity' },
    says: { zh: '投标人有串通投标、弄虚作假、行贿等违法行为', en: 'collusion, fraud or bribery' },
  },
];

/** Blind review takes the construction plan; everything else of the technical envelope names people and works. */
export const blind: BlindPlan = {
  documents: ['technical'],
  item: {
    id: 'blind-mark',
    stage: 'form',
    part: 'technical',
    source: cite(evaluationOrder, '17'),
    title: { zh: '暗标格式', en: 'No telling marks' },
    says: {
      zh: '技术暗标不符合招标文件规定的格式，或者出现能够识别投标人身份的内容或标记',
      en: 'a blind file that is not in the form the documents ask for, or shows whose it is',
    },
  },
};

/** Suggested criteria of scored methods: 40 points beside 60 for the price. */
export const criteria: readonly Criterion[] = [
  {
    id: 'plan',
    max: '14',
    kind: 'subjective',
    part: 'technical',
    title: { zh: '施工方案与技术措施', en: 'Construction method and technical measures' },
    says: { zh: '针对性、可行性、重难点分析', en: 'fit, feasibility, analysis of the difficult parts' },
  },
  {
    id: 'quality',
    max: '6',
    kind: 'subjective',
    part: 'technical',
    title: { zh: '质量管理体系与措施', en: 'Quality management' },
    says: { zh: '目标、制度、检验与控制', en: 'aims, rules, inspection and control' },
  },
  {
    id: 'safety',
    max: '6',
    kind: 'subjective',
    part: 'technical',
    title: { zh: '安全文明施工与环境保护', en: 'Safety and environment' },
    says: { zh: '危险源辨识、应急预案、扬尘与噪声控制', en: 'hazards, emergency plans, dust and noise' },
  },
  {
    id: 'schedule',
    max: '4',
    kind: 'subjective',
    part: 'technical',
    title: { zh: '进度计划与资源配置', en: 'Schedule and resources' },
    says: { zh: '关键线路、劳动力与机械配置', en: 'critical path, labour and machines' },
  },
  {
    id: 'manager',
    max: '4',
    kind: 'objective',
    part: 'technical',
    title: { zh: '项目经理业绩', en: 'Manager’s past works' },
    says: { zh: '近三年类似工程，每项2分', en: 'similar works of the last three years, 2 points each' },
  },
  {
    id: 'record',
    max: '6',
    kind: 'objective',
    part: 'technical',
    title: { zh: '企业业绩与信用', en: 'Past works and credit of the firm' },
    says: {
      zh: '近三年类似工程每项2分，有不良行为记录的扣分',
      en: 'similar works of the last three years, 2 points each; bad records take points off',
    },
  },
];
