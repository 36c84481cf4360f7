import type { BidField, BidFieldColumn } from '../tenders/line.ts';

/**
 * What bids for works, goods and services state alike, whichever law they stand under: key, kind, envelope, and whether it is read out. A line declares with
 * them, and adds the words and the sources of its own law.
 */
export const price = {
  key: 'price',
  kind: 'money',
  part: 'price',
  required: true,
  read: true,
  label: { zh: '投标报价（元）', en: 'Bid price (yuan)' },
} as const satisfies BidField;

export const period = {
  key: 'periodDays',
  kind: 'days',
  part: 'technical',
  required: true,
  read: true,
} as const satisfies Partial<BidField>;

export const quality = { key: 'quality', kind: 'text', part: 'technical', required: true, read: true } as const satisfies Partial<BidField>;

export const validity = {
  key: 'validityDays',
  kind: 'days',
  part: 'technical',
  required: true,
  read: false,
  label: { zh: '投标有效期（日）', en: 'Bid validity (days)' },
} as const satisfies BidField;

export const security = {
  key: 'security',
  kind: 'text',
  part: 'qualification',
  required: true,
  label: { zh: '投标保证金（形式与编号）', en: 'Bid security (form and number)' },
} as const satisfies Partial<BidField>;

/** A priced table, which bidders upload; its last columns say how much of each thing, and for how much. */
export const pricedTable = {
  kind: 'table',
  part: 'price',
  required: true,
  read: false,
  hint: { zh: '上传CSV或Excel，首行为列名', en: 'CSV or Excel with the headings in the first row' },
} as const satisfies Partial<BidField>;

export const unitColumn: BidFieldColumn = { key: 'unit', label: { zh: '计量单位', en: 'Unit' }, kind: 'text', required: true };

export const amountColumn: BidFieldColumn = { key: 'amount', label: { zh: '合价', en: 'Amount' }, kind: 'money', required: true };

export const technicalFile = {
  key: 'technical',
  kind: 'file',
  part: 'technical',
  required: true,
  read: false,
  accept: ['.pdf'],
  hint: { zh: 'PDF，可较大，分块上传', en: 'PDF; may be large, uploads resume' },
} as const satisfies Partial<BidField>;

export const qualificationFile = {
  key: 'qualification',
  kind: 'file',
  part: 'qualification',
  required: true,
  read: false,
  accept: ['.pdf', '.zip'],
} as const satisfies Partial<BidField>;

export const otherFile: BidField = {
  key: 'other',
  kind: 'file',
  part: 'technical',
  required: false,
  read: false,
  accept: ['.pdf', '.zip', '.jpg', '.png'],
  label: { zh: '其他材料', en: 'Other papers' },
};

/** Where a notice for goods says that bids of one brand count as one. It is read out, so that everybody can count. */
export const brand = {
  kind: 'text',
  part: 'technical',
  required: true,
  read: true,
  label: { zh: '产品品牌', en: 'Brand of the product' },
  hint: { zh: '填写铭牌上的品牌名称，不加型号', en: 'The brand as the nameplate has it, without the model' },
} as const satisfies Omit<BidField, 'key'>;

/** Who bids together (联合体), the lead first; of one speciality the lower grade counts. */
export const jointMembers = {
  kind: 'table',
  part: 'qualification',
  required: false,
  read: false,
  label: { zh: '联合体成员表（单独投标的不填）', en: 'Members of the joint venture (empty when you bid alone)' },
  hint: {
    zh: '第一行为牵头人，即投标人；每一成员都要用自己的证书签名',
    en: 'The first row is the lead, who is the bidder; every member signs with its own certificate',
  },
  columns: [
    { key: 'code', label: { zh: '统一社会信用代码', en: 'Unified code' }, kind: 'text', required: true },
    { key: 'name', label: { zh: '成员名称', en: 'Member' }, kind: 'text', required: true },
    { key: 'work', label: { zh: '承担的工作', en: 'Share of the work' }, kind: 'text', required: true },
    { key: 'specialty', label: { zh: '资质专业', en: 'Speciality' }, kind: 'text', required: true },
    { key: 'grade', label: { zh: '资质等级', en: 'Grade' }, kind: 'text', required: true },
  ],
} as const satisfies Omit<BidField, 'key'>;

export const jointAgreement = {
  kind: 'file',
  part: 'qualification',
  required: false,
  read: false,
  accept: ['.pdf'],
  label: { zh: '联合体共同投标协议（单独投标的不附）', en: 'Agreement of the joint venture (none when you bid alone)' },
  hint: {
    zh: '约定各方拟承担的工作和责任，授权牵头人投标；中标后各方就项目承担连带责任',
    en: 'Says who does what and empowers the lead to bid; the members are jointly and severally liable',
  },
} as const satisfies Omit<BidField, 'key'>;
