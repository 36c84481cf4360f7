import type { TenderNotice } from '../../src/papers/tender-notice.ts';

/** Believable data of one construction tender in Yichang, as the journal would give it. */

export const party = (name: string, code: string) => ({ name, code });
export const tenderee = party('宜昌市伍家岗区住房和城乡建设局', '11420503011112345A');
export const agent = party('湖北楚天工程咨询有限公司', '91420500MA4900001N');

export const tender = {
  number: 'E4205032026110001001',
  name: '伍家岗区柏临河（城东大道至桔城路段）生态修复及雨污分流改造工程施工',
  project: { number: 'E4205032026110001', name: '伍家岗区柏临河流域水环境综合治理项目（一期）' },
  tenderee,
  agent,
};

export const common = (number: string, issuedAt: string) => ({
  platform: { zh: '湖北省公共资源交易平台', en: 'Hubei public resource trading platform' },
  sandbox: true,
  number,
  issuedAt,
  verifyAt: 'https://ggzy.example.cn/verify/',
  tender,
});

/** 43 characters of base64url that differ by number. */
export function hash(number: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  let state = number * 2654435761 + 97;
  return Array.from({ length: 43 }, () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return alphabet[Math.floor(state / 65536) % 64];
  }).join('');
}

export const documents = [
  { name: '招标文件（含评标办法、合同条款、技术标准和要求）.pdf', version: 1, sha256: hash(1), bytes: 8_412_776 },
  { name: '工程量清单.xlsx', version: 1, sha256: hash(2), bytes: 1_204_113 },
  { name: '施工图纸（全套）.zip', version: 1, sha256: hash(3), bytes: 186_220_540 },
];

export const supervisor = {
  name: '宜昌市伍家岗区公共资源交易监督管理局',
  person: '招投标监管科',
  phone: '0717-6550123',
  address: '宜昌市伍家岗区东艳路 1 号',
};

export const tenderNotice: TenderNotice = {
  ...common('宜伍招公〔2026〕第 0137 号', '2026-11-01T01:00:00.000Z'),
  approval: {
    number: '伍发改审批〔2026〕88号',
    by: '宜昌市伍家岗区发展和改革局',
    funds: { zh: '财政资金及地方政府专项债券，出资比例 100%', en: 'budget funds and local government special bonds, 100 %' },
  },
  place: '宜昌市伍家岗区城东大道至桔城路',
  region: { zh: '湖北省宜昌市伍家岗区（420503）', en: 'Wujiagang, Yichang, Hubei (420503)' },
  scale: {
    zh: '治理河道 3.86 公里，新建雨水管道 11.2 公里、污水管道 7.9 公里，修复河岸湿地 6.4 公顷，配套检查井、截流井及一体化泵站 2 座。',
    en: '3.86 km of river bank, 11.2 km of storm sewers, 7.9 km of sewers, 6.4 ha of riverside wetland, two pumping stations.',
  },
  scope: {
    zh: '施工图纸及工程量清单所示全部内容，含材料设备采购、施工、试运行及缺陷责任期服务。',
    en: 'All works shown in the drawings and the bill of quantities, including supply, construction, trial run and defects liability.',
  },
  periodDays: 540,
  quality: { zh: '合格，符合现行验收规范', en: 'Accepted under the standards in force' },
  ceiling: '128600000.00',
  estimate: '130000000.00',
  qualifications: [
    {
      zh: '具备独立法人资格，持有效营业执照，具有市政公用工程施工总承包壹级及以上资质和有效的安全生产许可证。',
      en: 'A legal person with first-class general contracting qualification for municipal works and a valid safety licence.',
    },
    {
      zh: '近五年（2021年11月1日以来）完成过单项合同额不低于 6000 万元的市政排水或河道治理工程。',
      en: 'At least one drainage or river project of CNY 60 million or more completed within five years.',
    },
    {
      zh: '拟派项目经理具备市政公用工程专业一级注册建造师资格和有效的安全生产考核合格证（B类），无在建工程。',
      en: 'A project manager registered as first-class constructor (municipal works), with no other project in hand.',
    },
    {
      zh: '未被列入失信被执行人、重大税收违法失信主体名单，未处于依法限制投标期间。',
      en: 'Not on a list of dishonest judgment debtors or major tax offenders, and not barred from bidding.',
    },
  ],
  consortium: {
    zh: '接受不超过 2 家的联合体投标，联合体各方须签订共同投标协议。',
    en: 'of at most two members with a written agreement are accepted.',
  },
  documentsFrom: '2026-11-01T01:00:00.000Z',
  documentsUntil: '2026-11-06T09:00:00.000Z',
  documentsAt: 'https://ggzy.example.cn/tenders/E4205032026110001001',
  documents,
  deadline: '2026-11-22T01:30:00.000Z',
  openingAt: 'https://ggzy.example.cn/openings/E4205032026110001001',
  sealing: 'council',
  readingOrder: 'drawn',
  trustees: ['宜昌市公共资源交易中心', '宜昌市公共资源交易监督管理局', '湖北省宜昌市三峡公证处'],
  threshold: 2,
  security: {
    amount: '800000.00',
    forms: { zh: '电子保函、保险保单或基本账户转账', en: 'e-guarantee, insurance policy, transfer from the basic account' },
    note: {
      zh: '不超过招标项目估算价的 2%，有效期与投标有效期一致；合同签订后 5 日内退还并付同期存款利息。',
      en: 'At most 2 % of the estimate, valid as long as the bid; returned with interest within 5 days after the contract is signed.',
    },
  },
  validityDays: 90,
  method: {
    zh: '综合评估法：技术标 40 分，报价 60 分。评标基准价为通过初步评审各投标报价去掉一个最高价和一个最低价后的算术平均值下浮开标现场抽取的系数；报价每高于基准价 1% 扣 1 分，每低于 1% 扣 0.5 分。',
    en: 'Comprehensive scoring: technical 40, price 60. The benchmark is the mean without the highest and the lowest price, reduced by a coefficient drawn in the opening session; 1 point is taken for each percent above it, 0.5 for each percent below.',
  },
  drawn: [{ name: { zh: '下浮系数', en: 'The reduction coefficient' }, choices: ['1%', '1.5%', '2%', '2.5%', '3%'] }],
  media: ['中国招标投标公共服务平台', '湖北省公共资源交易电子服务系统', '宜昌市公共资源交易网'],
  objections: {
    zh: '潜在投标人对招标文件有异议的，应当在投标截止时间 10 日前通过本平台提出，招标人在 3 日内答复，答复前暂停招标投标活动；对答复不满的，可自知道或应当知道之日起 10 日内向行政监督部门投诉。',
    en: 'Objections to the tender documents are raised on this platform at least 10 days before the deadline and answered within 3 days, until when the tender stands still; complaints go to the supervisor within 10 days.',
  },
  contacts: {
    tenderee: { name: tenderee.name, person: '向文静', phone: '0717-6551888', address: '宜昌市伍家岗区伍临路 25 号' },
    agent: { name: agent.name, person: '覃志远', phone: '0717-6448612', address: '宜昌市西陵区发展大道 57 号三峡云计算大厦 12 层' },
    supervisor,
  },
};
