import type { Texts, Words } from '../view.ts';

/** What each field of a lot is called: the same in the wizard, in the list of what is missing and in the notice. */
export const labels = {
  name: { zh: '标段名称', en: 'Name of the lot' },
  subject: { zh: '招标内容类别', en: 'Subject' },
  description: { zh: '建设规模与概况', en: 'Scale and main content' },
  scope: { zh: '招标范围', en: 'Scope of the lot' },
  place: { zh: '建设地点', en: 'Place' },
  periodDays: { zh: '计划工期', en: 'Planned period' },
  quality: { zh: '质量标准', en: 'Quality standard' },
  contactPerson: { zh: '联系人', en: 'Contact person' },
  contactPhone: { zh: '联系电话', en: 'Telephone' },
  estimate: { zh: '本标段估算价', en: 'Estimate of this lot' },
  ceiling: { zh: '最高投标限价', en: 'Ceiling price' },
  security: { zh: '投标保证金', en: 'Bid security' },
  securityWay: { zh: '保证金缴纳途径', en: 'How the security is lodged' },
  documentsUntil: { zh: '招标文件获取截止', en: 'Documents are offered until' },
  deadline: { zh: '投标截止（开标）时间', en: 'Deadline and opening' },
  remedyPlan: { zh: '补救方案', en: 'Remedy where a bid cannot be decrypted' },
  remedyMinutes: { zh: '提交副本的时限', en: 'Time to hand in the copy' },
  sealPolicy: { zh: '投标文件加密方式', en: 'How bids are sealed' },
  readingOrder: { zh: '唱标顺序', en: 'Order of reading' },
  bidValidityDays: { zh: '投标有效期', en: 'Bid validity' },
  qualification: { zh: '投标人资格要求', en: 'Who may bid' },
  consortiumMembers: { zh: '联合体成员数上限', en: 'Members of a joint bid at most' },
  consortium: { zh: '联合体投标', en: 'Consortia' },
  items: { zh: '评审项（通过或不通过）', en: 'Review items (pass or fail)' },
  envelopes: { zh: '信封', en: 'Envelopes' },
  blind: { zh: '暗标评审', en: 'Blind review' },
  blindPages: { zh: '每个暗标文件最多页数', en: 'Most pages of one blind file' },
  blindPictures: { zh: '图片', en: 'Pictures' },
  blindFonts: { zh: '允许的字体', en: 'Typefaces allowed' },
  method: { zh: '评标方法', en: 'Evaluation method' },
  benchmark: { zh: '评标基准价', en: 'Benchmark price' },
  dropRule: { zh: '平均前去掉最高、最低报价', en: 'Extremes left out before the mean' },
  sampleSize: { zh: '随机抽取几家计算平均价', en: 'Bids drawn for the mean' },
  withinMean: { zh: '剔除与平均价相差超过', en: 'Prices left out that lie further from the mean than' },
  blendWeights: { zh: '平均价权重备选值', en: 'Choices of the weight of the mean' },
  blendAmount: { zh: '与平均价加权的金额（元）', en: 'Amount weighted with the mean (CNY)' },
  meanFactors: { zh: '平均价系数备选值', en: 'Choices of the factor of the mean' },
  amountFactors: { zh: '限价系数备选值', en: 'Choices of the factor of the ceiling' },
  ceilingCuts: { zh: '限价下浮率备选值', en: 'Choices by how much the ceiling is lowered' },
  discounts: { zh: '下浮率备选值', en: 'Choices of the discount' },
  priceFull: { zh: '报价满分', en: 'Points for the price' },
  priceFloor: { zh: '报价最低得分', en: 'Least points for the price' },
  above: { zh: '高于基准价每1%扣分', en: 'Points off for each 1 % above' },
  below: { zh: '低于基准价每1%扣分', en: 'Points off for each 1 % below' },
  trimFrom: { zh: '评委达到几人时去掉最高、最低评分', en: 'Drop highest and lowest score from how many reviewers' },
  agreementWay: { zh: '第二阶段授予方式', en: 'How contracts are awarded' },
  agreementMonths: { zh: '框架协议有效期（月）', en: 'Term of the agreement (months)' },
  entrantsMost: { zh: '入围供应商数量上限', en: 'How many enter at most' },
  eliminationShare: { zh: '淘汰率', en: 'Share eliminated' },
  candidates: { zh: '推荐中标候选人数', en: 'Number of candidates' },
  sameBrand: { zh: '同品牌规则', en: 'Bids of one brand' },
  coreProduct: { zh: '核心产品', en: 'Core product' },
  criteria: { zh: '评分项', en: 'Criteria' },
  panelSize: { zh: '评标委员会人数', en: 'Members of the panel' },
  panelExperts: { zh: '其中专家人数', en: 'Experts among them' },
  seats: { zh: '各专业专家人数', en: 'Seats by specialty' },
  sheets: { zh: '评审表', en: 'Score sheets' },
  smallDiscount: { zh: '小微企业价格扣除', en: 'Deduction for small enterprises' },
  domesticDiscount: { zh: '本国产品价格扣除', en: 'Deduction for domestic products' },
  publicityDays: { zh: '中标候选人公示期', en: 'Publicity of the candidates' },
} satisfies Texts;

export const labelOf = (path: string): Words => {
  const key = path.split('.')[0] ?? path;
  return (labels as Readonly<Record<string, Words>>)[key] ?? { zh: path, en: path };
};

export const subjects: Readonly<Record<string, Words>> = {
  works: { zh: '施工', en: 'Works' },
  goods: { zh: '与工程有关的货物', en: 'Goods bound to works' },
  services: { zh: '勘察、设计、监理等服务', en: 'Survey, design, supervision and other services' },
};

export const benchmarks: Readonly<Record<string, Words>> = {
  mean: { zh: '有效报价的平均值', en: 'Mean of the valid prices' },
  'second-average': { zh: '二次平均（不高于平均值的报价再平均）', en: 'Second average (mean of the prices not above the mean)' },
  'second-average-lowest': { zh: '二次平均（平均值与最低报价再平均）', en: 'Second average (mean of the mean and the lowest price)' },
  blend: { zh: '平均值与最高限价（或预算）加权', en: 'Mean and ceiling (or budget), weighted' },
  lowest: { zh: '最低有效报价', en: 'Lowest valid price' },
  'second-lowest': { zh: '次低有效报价', en: 'Second lowest valid price' },
  composite: { zh: '限价、抽取报价与最低合理价组合', en: 'Ceiling, a drawn price and the lowest reasonable price, combined' },
};

/** How extremes leave before a mean. */
export const dropRules: Readonly<Record<string, Words>> = {
  none: { zh: '不去掉', en: 'None' },
  one: { zh: '4家起去掉一个最高，7家起再去掉一个最低', en: 'From 4 bids the highest, from 7 the lowest too' },
  both: { zh: '5家起去掉最高、最低各一个', en: 'From 5 bids one highest and one lowest' },
  fifth: { zh: '7家起最高、最低各去掉20%', en: 'From 7 bids 20 % at each end' },
};

export const kinds: Readonly<Record<string, Words>> = {
  subjective: { zh: '主观', en: 'subjective' },
  objective: { zh: '客观', en: 'objective' },
};

/** How a tie between bids of one brand is decided. */
export const brandTieLabels: Readonly<Record<string, Words>> = {
  none: { zh: '不采用', en: 'Brands do not matter' },
  draw: { zh: '采用；相同时抽签', en: 'They count as one; ties by the draw' },
  price: { zh: '采用；得分相同时报价低者优先', en: 'They count as one; ties by the lower price' },
  technical: { zh: '采用；得分相同时技术得分高者优先', en: 'They count as one; ties by the higher technical score' },
  receipt: { zh: '采用；相同时递交在先者优先', en: 'They count as one; ties by the earlier receipt' },
};

/** What the two kinds of criteria mean. */
export const kindsMean = {
  zh: '主观分由各评委分别评定；客观分按事实计算，全体评委应一致。',
  en: 'Subjective points are given by each reviewer; objective ones are reckoned from facts and are the same for all.',
} satisfies Words;

/** How members of the panel give their sheets, and what that means. */
export const sheetWayLabels: Readonly<Record<'sealed' | 'open', { readonly label: Words; readonly says: Words }>> = {
  sealed: {
    label: { zh: '密封递交，共同开启', en: 'Sealed until all are in' },
    says: {
      zh: '每名成员签名后密封给开标委员会，全部递交后共同开启；逾期未递交的依规则更换。',
      en: 'Each member signs and seals its sheet to the opening council; all are opened together. Whoever hands nothing in is replaced by rule.',
    },
  },
  open: {
    label: { zh: '随填随存，由平台保密', en: 'Kept by the platform as they are filled in' },
    says: {
      zh: '平台保存明文，结果计算前不向他人显示。',
      en: 'The platform keeps them in the clear and shows them to nobody before the result.',
    },
  },
};

/** In which order bids are read out, and what that means. */
export const readingOrderLabels: Readonly<Record<'received' | 'drawn', { readonly label: Words; readonly says: Words }>> = {
  received: {
    label: { zh: '按投标文件递交的先后', en: 'As bids were received' },
    says: { zh: '先递交的先唱。', en: 'The bid that came first is read first.' },
  },
  drawn: {
    label: { zh: '开标现场抽签', en: 'Drawn in the session' },
    says: {
      zh: '全部解密后由开标委员会共同抽签，任何人可复算。',
      en: 'When all are decrypted the opening council draws the order together; anyone can recompute it.',
    },
  },
};

/** Whether a blind file may hold pictures. */
export const blindPictureLabels: Readonly<Record<'drawings' | 'none', Words>> = {
  drawings: { zh: '仅限图表，不得有标识', en: 'Drawings and charts only, without any mark' },
  none: { zh: '不得有图片', en: 'None' },
};

/** The envelopes of a bid, where it has several. */
export const partLabels: Readonly<Record<string, Words>> = {
  whole: { zh: '投标文件', en: 'Bid' },
  qualification: { zh: '资格文件', en: 'Qualification' },
  technical: { zh: '商务技术文件', en: 'Technical envelope' },
  price: { zh: '报价文件', en: 'Price envelope' },
};

export const units = {
  days: { zh: '天', en: 'days' },
  points: { zh: '分', en: 'points' },
  people: { zh: '人', en: 'people' },
  bids: { zh: '家', en: 'bids' },
} satisfies Texts;
