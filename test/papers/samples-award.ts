import type { Addendum } from '../../src/papers/addendum.ts';
import type { AwardNotice } from '../../src/papers/award-notice.ts';
import type { CandidatesPublicity } from '../../src/papers/candidates-publicity.ts';
import type { ContractRegister } from '../../src/papers/contract-register.ts';
import type { EvaluationReport } from '../../src/papers/evaluation-report.ts';
import type { FailureNotice } from '../../src/papers/failure-notice.ts';
import type { PaperData, PaperKind } from '../../src/papers/index.ts';
import type { ResultNotice } from '../../src/papers/result-notice.ts';
import type { SupervisorReport } from '../../src/papers/supervisor-report.ts';
import { common, documents, hash, supervisor, tenderNotice } from './samples.ts';
import { contract } from './samples-contract.ts';
import { bidder, drawRecord, openingRecord, prices, submissionReceipt } from './samples-opening.ts';
import { resultAnnouncementOf } from './samples-result.ts';
import { resumptionNotice, suspensionNotice, terminationNotice } from './samples-standstill.ts';

const { tenderee: host, agent } = tenderNotice.contacts;
const contacts = { agent: agent ?? host, supervisor };

const addendum: Addendum = {
  ...common('宜伍招补〔2026〕第 0137-1 号', '2026-11-10T02:00:00.000Z'),
  addendum: 1,
  notice: { number: tenderNotice.number, issuedAt: tenderNotice.issuedAt },
  reason: {
    zh: '根据潜在投标人提出的疑问和设计单位的复核意见，对工程量清单和技术要求更正如下。',
    en: 'Corrections to the bill of quantities and the technical requirements after questions and a check by the designer.',
  },
  changes: [
    { item: '工程量清单 040501004 DN800 钢筋混凝土管', before: '清单数量 3,120 m', after: '清单数量 3,216 m' },
    {
      item: '技术标准 第 4.3 条 一体化泵站',
      before: '流量 0.8 m³/s',
      after: { zh: '流量 1.0 m³/s，配双路供电与远程监控', en: '1.0 m³/s, with double power supply and remote control' },
    },
    { item: '投标人须知 3.4.1 保证金形式', before: null, after: '增加“保险保单”形式' },
  ],
  answers: [
    {
      question: '河道围堰所需土方是否可取自场内？',
      answer: { zh: '可以，取土点见更新后的总平面图，运距按 1.5 km 计。', en: 'Yes; see the updated site plan; haul distance 1.5 km.' },
    },
    { question: '施工用水用电由谁提供？', answer: '由承包人自行报装，费用含在报价内。' },
  ],
  documents: documents.slice(1).map((each) => ({ ...each, version: 2, sha256: hash(40 + each.bytes) })),
  affectsPreparation: true,
  previousDeadline: '2026-11-22T01:30:00.000Z',
  deadline: '2026-11-26T01:30:00.000Z',
  clearDays: 15,
  contacts,
};

const criteria: EvaluationReport['criteria'] = [
  {
    name: { zh: '施工组织设计', en: 'Method statement' },
    max: '15',
    kind: 'subjective',
    standard: '总体部署、进度、质量、安全、环保措施完整可行，重难点分析到位：优 12–15，良 9–12，一般 6–9。',
  },
  {
    name: { zh: '项目管理机构', en: 'Project team' },
    max: '8',
    kind: 'objective',
    standard: '项目经理职称、业绩及班子配备，按证书和业绩证明逐项计分。',
  },
  { name: { zh: '企业业绩', en: 'Achievements' }, max: '8', kind: 'objective', standard: '近五年类似业绩每项 2 分，最多 8 分。' },
  { name: { zh: '信用评价', en: 'Credit' }, max: '5', kind: 'objective', standard: '按湖北省建筑市场信用评价得分折算。' },
  { name: { zh: '绿色施工', en: 'Green works' }, max: '4', kind: 'subjective', standard: '扬尘、噪声、水体保护措施。' },
  {
    name: { zh: '投标报价', en: 'Price' },
    max: '60',
    kind: 'price',
    standard: '偏差率高于基准价每 1% 扣 1 分，低于每 1% 扣 0.5 分，内插，保留两位小数。',
  },
];
const two = (value: number): string => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;
const rows: EvaluationReport['rows'] = Array.from({ length: 20 }, (_, n) => {
  const scores = [1460 - n * 21, 780 - (n % 4) * 50, 800 - (n % 5) * 200, 462 - n * 3, 385 - n * 4];
  const technical = scores.reduce((sum, each) => sum + each, 0);
  const price = 5980 - n * 47;
  return {
    rank: n + 1,
    bidder: bidder(n),
    bidPrice: prices[n] ?? '0.00',
    evaluatedPrice: prices[n] ?? '0.00',
    scores: scores.map(two),
    technical: two(technical),
    price: two(price),
    total: two(technical + price),
  };
});
const candidates = rows.slice(0, 3).map((each) => ({ rank: each.rank, bidder: each.bidder, price: each.bidPrice, total: each.total }));
const masks = ['专家A', '专家B', '专家C', '专家D', '招标人代表'];

const evaluationReport: EvaluationReport = {
  ...common('宜伍评〔2026〕第 0137 号', '2026-11-22T10:20:33.000Z'),
  basics: {
    openedAt: '2026-11-22T01:30:00.000Z',
    startedAt: '2026-11-22T03:30:00.000Z',
    concludedAt: '2026-11-22T10:05:12.000Z',
    place: '宜昌市公共资源交易中心 第 3 评标室（主场）、荆门市公共资源交易中心 远程评标席位（副场）',
    ceiling: '128600000.00',
    submitted: 25,
    opened: 23,
  },
  bundle: hash(50),
  members: masks.map((name, n) => ({
    name,
    kind: n === 4 ? { zh: '招标人代表', en: 'representative of the tenderee' } : { zh: '随机抽取专家', en: 'drawn expert' },
    specialty: n === 4 ? '—' : (['市政给排水工程施工', '市政给排水工程施工', '河道治理与生态修复', '工程造价（土建）'][n] ?? ''),
    lead: n === 1,
  })),
  opening: openingRecord.bids.map(({ order, bidder: who, price, period, manager }) => ({
    order,
    bidder: who,
    price: price ?? '',
    period,
    manager,
  })),
  conforming: rows.map((each) => each.bidder),
  rejected: [
    {
      bidder: bidder(20),
      item: '资格评审：安全生产许可证',
      reason: '所附安全生产许可证有效期至 2026-10-31，投标截止日已失效；经全国建筑市场监管公共服务平台查询无延续记录。',
      votes: '5/5',
    },
    { bidder: bidder(21), item: '响应性评审：最高投标限价', reason: '投标报价高于最高投标限价。', votes: '5/5' },
    {
      bidder: bidder(22),
      item: '响应性评审：工期',
      reason: '投标函承诺工期 600 天，超过招标文件规定的 540 天，属重大偏差。',
      votes: '4/5',
    },
  ],
  competition: null,
  method: tenderNotice.method,
  criteria,
  drawn: [{ name: { zh: '下浮系数', en: 'Reduction' }, choice: '2%' }],
  benchmark: '121450336.18',
  rows,
  adjustments: [],
  candidates,
  matters: [
    {
      zh: '第一中标候选人的项目经理须在签订合同前办理在建项目解锁手续并提交证明。',
      en: 'The project manager of the first candidate must be released from the former project before signing.',
    },
    '合同价中的安全文明施工费按不低于 90% 的比例在开工后 28 日内预付。',
  ],
  clarifications: [
    {
      bidder: bidder(0),
      at: '2026-11-22T06:10:00.000Z',
      question: '请说明投标函工期与施工进度计划中总工期（536 天）不一致之处。',
      answer: '以投标函 540 日历天为准，进度计划为内控目标。',
    },
  ],
  dissent: [{ member: '专家C', text: '对第三中标候选人施工组织设计的评分低于其他成员，理由见个人评分表，不影响排序结论。' }],
  log: masks.flatMap((member, n) => [
    {
      at: `2026-11-22T03:3${n}:00.000Z`,
      member,
      place: n === 2 ? '荆门市公共资源交易中心 远程评标席位（副场）' : '宜昌市公共资源交易中心 第 3 评标室（主场）',
      what: { zh: '进入评标台', en: 'came to the desk' },
    },
  ]),
  reopenings: [],
  signatures: masks.map((name, n) => ({
    role: n === 4 ? { zh: '招标人代表', en: 'Representative' } : { zh: '评标专家', en: 'Expert' },
    name,
    signedAt: `2026-11-22T10:1${n}:2${n}.430Z`,
    mark: hash(60 + n),
  })),
};

/** What the report of a blind review has besides. */
export const blindReview: NonNullable<EvaluationReport['blind']> = {
  part: { zh: '商务技术文件', en: 'Technical envelope' },
  committedAt: '2026-11-22T01:30:08.000Z',
  revealedAt: '2026-11-22T06:02:11.000Z',
  request: hash(80),
  root: hash(81),
  shares: ['宜昌市公共资源交易监督管理局', '宜昌市公证处'].map((trustee, n) => ({ trustee, sha256: hash(82 + n) })),
  bids: [0, 1, 2].map((n) => ({
    pseudonym: { zh: `暗标 0${n + 1}`, en: `Blind bid 0${n + 1}` },
    bidder: bidder(n),
    marks: [
      [],
      [
        { file: 0, kind: { zh: '投标人名称或简称', en: 'the bidder’s name' }, place: { zh: '文件名', en: 'in its name' } },
        { file: 0, kind: { zh: '电话号码', en: 'a telephone number' }, place: { zh: '第 12 页', en: 'page 12' } },
      ],
      null,
    ][n] as NonNullable<EvaluationReport['blind']>['bids'][number]['marks'],
    votes: [
      {
        item: { zh: '暗标格式', en: 'No telling marks' },
        against: n === 1 ? 1 : 0,
        of: 5,
        reasons: n === 1 ? ['第3页页眉有公司简称'] : [],
      },
    ],
  })),
};

const candidatesPublicity: CandidatesPublicity = {
  ...common('宜伍示〔2026〕第 0137 号', '2026-11-23T01:00:00.000Z'),
  openedAt: '2026-11-22T01:30:00.000Z',
  reportedAt: '2026-11-22T10:20:33.000Z',
  publicFrom: '2026-11-23T01:00:00.000Z',
  publicUntil: '2026-11-26T09:30:00.000Z',
  days: 3,
  method: { zh: '综合评估法', en: 'comprehensive scoring' },
  candidates: candidates.map((each, n) => ({
    ...each,
    quality: '合格',
    period: '540 天',
    manager: ['向学军', '覃丽华', '谭 波'][n] ?? '',
    certificate: `一级注册建造师（市政公用工程）\n鄂1422020202${10_000 + n * 731}`,
    achievements: [
      '枝江市金湖流域水环境治理工程（合同额 8,612 万元，2024 年竣工）',
      '当阳市沮河城区段防洪与雨污分流改造工程（合同额 6,940 万元，2023 年竣工）',
      '猇亭区污水管网提质增效工程（合同额 7,355 万元，2025 年竣工）',
    ].slice(0, 3 - n),
  })),
  rejected: evaluationReport.rejected.map((each) => ({ bidder: each.bidder, reason: each.reason })),
  objections: {
    zh: '投标人或者其他利害关系人对评标结果有异议的，应当在公示期间通过本平台提出；招标人自收到之日起 3 日内答复，答复前暂停招标投标活动。对答复不满意的，可在 10 日内向行政监督部门投诉。',
    en: 'Objections are raised on this platform during the publicity and answered within 3 days, until when the tender stands still; complaints go to the supervisor within 10 days.',
  },
  contacts: { tenderee: host, ...contacts },
};

const failureNotice: FailureNotice = {
  ...common('宜伍流〔2026〕第 0009 号', '2026-11-22T02:00:00.000Z'),
  notice: { number: tenderNotice.number, issuedAt: tenderNotice.issuedAt },
  deadline: '2026-11-22T01:30:00.000Z',
  failedAt: '2026-11-22T01:30:00.812Z',
  reason: 'too-few-bids',
  counted: 2,
  minimum: 3,
  basis: '《中华人民共和国招标投标法》第二十八条、《招标投标法实施条例》第四十四条',
  explanation: {
    zh: '投标截止时递交投标文件的投标人少于三个，依法不得开标，招标人应当重新招标。',
    en: 'Fewer than three bids were received; by law there is no opening and the lot is tendered again.',
  },
  bids: {
    zh: '已递交的投标文件保持密封，任何人不能打开，并按规定销毁、留存销毁记录。',
    en: 'The sealed bids stay sealed for ever and are destroyed with a record.',
  },
  security: { zh: '已递交的投标保证金自本公告发布之日起 5 日内退还。', en: 'Bid securities are returned within 5 days.' },
  next: {
    zh: '招标人将分析流标原因，修改招标文件后重新招标。',
    en: 'The tenderee will look into the causes, amend the documents and tender again.',
  },
  contacts,
};

const winner = {
  winner: bidder(0),
  price: prices[0] ?? '0.00',
  period: '540 日历天',
  quality: '合格，符合现行验收规范',
  manager: '向学军',
};
const awardNotice: AwardNotice = {
  ...common('宜伍中〔2026〕第 0137 号', '2026-11-27T02:00:00.000Z'),
  ...winner,
  certificate: '鄂142202020210000',
  openedAt: '2026-11-22T01:30:00.000Z',
  determinedAt: '2026-11-27T01:20:00.000Z',
  rank: 1,
  ground: {
    zh: '国有资金占控股地位的依法必须招标项目，确定排名第一的中标候选人为中标人（招标投标法实施条例第五十五条）。',
    en: 'State-dominated mandatory tender: the first-ranked candidate wins (Implementing Regulation, Art. 55).',
  },
  contractUntil: '2026-12-27T16:00:00.000Z',
  contractDays: 30,
  performance: { amount: '11800000.00', forms: { zh: '银行保函或保险保单', en: 'bank guarantee or insurance policy' } },
  signAt: '本平台合同签订页面',
};

const resultNotice: ResultNotice = {
  ...common('宜伍果〔2026〕第 0137-04 号', '2026-11-27T02:00:00.000Z'),
  ...winner,
  addressee: bidder(4),
  determinedAt: '2026-11-27T01:20:00.000Z',
  own: { price: prices[4] ?? null, rank: 5, total: rows[4]?.total ?? null, rejectedFor: null },
  security: { amount: '800000.00', returnedBy: '2027-01-01T16:00:00.000Z' },
  complaints: {
    zh: '认为招标投标活动不符合法律、行政法规规定的，可自知道或者应当知道之日起 10 日内向行政监督部门投诉。',
    en: 'Complaints go to the supervisor within 10 days from when the matter was or should have been known.',
  },
  contacts,
};

const contractRegister: ContractRegister = {
  ...common('宜伍合〔2026〕第 0137 号', '2026-12-15T07:31:00.000Z'),
  contract: {
    number: 'YC-WJG-2026-SG-0137',
    signedOn: '2026-12-15',
    price: winner.price,
    sha256: hash(70),
    registeredAt: '2026-12-15T07:31:00.000Z',
  },
  winner: winner.winner,
  award: { number: awardNotice.number, sentAt: awardNotice.issuedAt, contractUntil: awardNotice.contractUntil },
  terms: [
    { item: '合同价款', bid: `¥${winner.price}`, contract: `¥${winner.price}`, same: true },
    { item: '工期', bid: '540 日历天', contract: '540 日历天', same: true },
    { item: '项目经理', bid: '向学军', contract: '向学军', same: true },
    { item: '质量保修期', bid: '24 个月', contract: '12 个月', same: false },
  ],
  manager: '向学军',
  remark: {
    zh: '合同的主要条款应当与招标文件和中标人投标文件的内容一致（招标投标法实施条例第五十七条）；不一致之处已提示行政监督部门。',
    en: 'The main terms must be those of the documents and the bid; differences are shown to the supervisor.',
  },
};

const supervisorReport: SupervisorReport = {
  ...common('宜伍报〔2026〕第 0137 号', '2026-12-08T02:00:00.000Z'),
  facts: hash(80),
  supervisor: supervisor.name,
  approval: { number: tenderNotice.approval.number, by: tenderNotice.approval.by },
  scope: tenderNotice.scope,
  way: { zh: '公开招标', en: 'open tender' },
  form: { zh: '委托招标', en: 'through an agent' },
  media: tenderNotice.media,
  ceiling: '128600000.00',
  bids: { submitted: 25, opened: 23, conforming: 20, rejected: 3 },
  panel: {
    size: 5,
    experts: 4,
    drawDigest: drawRecord.draw.digest,
    method: { zh: '综合评估法', en: 'comprehensive scoring' },
    bundle: evaluationReport.bundle,
  },
  candidates,
  publicity: { from: candidatesPublicity.publicFrom, until: candidatesPublicity.publicUntil, objections: 0 },
  award: { winner: winner.winner, price: winner.price, determinedAt: awardNotice.determinedAt, dueBy: '2026-12-12T16:00:00.000Z' },
  failure: null,
  periods: [
    {
      item: { zh: '招标文件发出至投标截止', en: 'issue to deadline' },
      rule: '招标投标法 第二十四条',
      asked: '≥ 20 日',
      kept: '25 日',
      met: true,
    },
    { item: { zh: '招标文件发售期', en: 'documents issued' }, rule: '实施条例 第十六条', asked: '≥ 5 日', kept: '5 日', met: true },
    { item: { zh: '评标报告至公示', en: 'report to publicity' }, rule: '实施条例 第五十四条', asked: '≤ 3 日', kept: '1 日', met: true },
    { item: { zh: '中标候选人公示', en: 'publicity' }, rule: '实施条例 第五十四条', asked: '≥ 3 日', kept: '3 日', met: true },
    { item: { zh: '异议答复', en: 'answer to objections' }, rule: '实施条例 第二十二条', asked: '≤ 3 日', kept: '4 日', met: false },
  ],
  timeline: Array.from({ length: 34 }, (_, n) => ({
    at: `2026-11-${String(1 + Math.floor(n * 0.8)).padStart(2, '0')}T0${n % 10}:10:00.000Z`,
    event: {
      zh: ['发布招标公告', '答疑', '发布补遗', '投标截止', '开标开始', '唱标', '抽取完成'][n % 7] ?? '',
      en:
        [
          'Tender notice published',
          'Question answered',
          'Addendum published',
          'Deadline reached',
          'Opening started',
          'Bid read out',
          'Draw completed',
        ][n % 7] ?? '',
    },
    index: 30_000 + n * 517,
  })),
  challenges: [{ kind: { zh: '异议', en: 'objection' }, by: bidder(2).name, matter: '唱标顺序', outcome: '当场答复，无进一步意见。' }],
  attachments: documents,
};

const feeSheet: PaperData<'fee-sheet'> = {
  ...common('宜伍报酬〔2026〕第 0137 号', '2026-12-20T02:00:00.000Z'),
  payer: contractRegister.tender.tenderee,
  total: '2370.00',
  rows: [
    {
      seat: { zh: '专家A', en: 'Expert A' },
      name: '欧阳建华',
      minutes: 418,
      base: '500.00',
      extra: '480.00',
      travel: '0.00',
      amount: '980.00',
      withheld: [],
    },
    {
      seat: { zh: '专家B', en: 'Expert B' },
      name: '赵松',
      minutes: 405,
      base: '500.00',
      extra: '480.00',
      travel: '0.00',
      amount: '980.00',
      withheld: [],
    },
    {
      seat: { zh: '专家C', en: 'Expert C' },
      name: '李梅',
      minutes: 96,
      base: '0.00',
      extra: '0.00',
      travel: '0.00',
      amount: '0.00',
      withheld: [{ zh: '擅离职守的，记4分', en: 'leaving one’s post: 4 points' }],
    },
    {
      seat: { zh: '专家D', en: 'Expert D' },
      name: null,
      minutes: 121,
      base: '210.00',
      extra: '0.00',
      travel: '200.00',
      amount: '410.00',
      withheld: [],
    },
  ],
};

/** One believable paper of each kind. */
export const samples: { readonly [Kind in PaperKind]: PaperData<Kind> } = {
  'tender-notice': tenderNotice,
  addendum,
  'submission-receipt': submissionReceipt,
  'opening-record': openingRecord,
  'draw-record': drawRecord,
  'evaluation-report': evaluationReport,
  'candidates-publicity': candidatesPublicity,
  'suspension-notice': suspensionNotice,
  'resumption-notice': resumptionNotice,
  'termination-notice': terminationNotice,
  'failure-notice': failureNotice,
  'result-announcement': resultAnnouncementOf(candidatesPublicity),
  'award-notice': awardNotice,
  'result-notice': resultNotice,
  'contract-register': contractRegister,
  contract,
  'supervisor-report': supervisorReport,
  'fee-sheet': feeSheet,
};
