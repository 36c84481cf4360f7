import type { DrawRecord } from '../../src/papers/draw-record.ts';
import type { OpeningRecord } from '../../src/papers/opening-record.ts';
import type { SubmissionReceipt } from '../../src/papers/submission-receipt.ts';
import { common, hash, party } from './samples.ts';

const towns = ['湖北', '宜昌', '武汉', '荆州', '襄阳', '黄石', '孝感', '咸宁', '十堰', '荆门'];
const kinds = [
  '三峡路桥建设集团有限公司',
  '长江市政工程有限公司',
  '水利水电第三工程局有限公司',
  '清江建筑安装工程有限责任公司',
  '楚峰园林绿化与市政建设股份有限公司',
];
const managers = ['向学军', '覃丽华', '谭 波', '望开明', '黄冠群', '镇海涛', '欧阳建国', '艾米娜·吐尔逊'];

/** The n-th of twenty-five bidders. */
export const bidder = (n: number) => party(`${towns[n % 10]}${kinds[n % 5]}`, `9142050${n % 10}MA4${String(90000 + n * 137)}X`);
const price = (n: number): string => `${118_000_000 + ((n * 7_919_113) % 11_000_000)}.${String((n * 37) % 100).padStart(2, '0')}`;

export const prices = Array.from({ length: 25 }, (_, n) => price(n));

export const openingRecord: OpeningRecord = {
  ...common('宜伍开〔2026〕第 0137 号', '2026-11-22T02:41:07.512Z'),
  session: {
    openedAt: '2026-11-22T01:30:00.000Z',
    closedAt: '2026-11-22T02:41:07.512Z',
    place: { zh: '网上开标大厅 https://ggzy.example.cn/openings/E4205032026110001001', en: 'online opening hall' },
    host: '湖北楚天工程咨询有限公司 覃志远',
    recorder: '宜昌市公共资源交易中心 周蓉',
  },
  deadline: '2026-11-22T01:30:00.000Z',
  ceiling: '128600000.00',
  closing: { origin: 'ggzy.example.cn/journal', size: 48213, root: hash(48213) },
  council: {
    name: '宜昌市开标委员会 2026-1',
    threshold: 2,
    trustees: [
      { name: '宜昌市公共资源交易中心', gaveAt: '2026-11-22T01:30:04.118Z' },
      { name: '宜昌市公共资源交易监督管理局', gaveAt: '2026-11-22T01:30:04.902Z' },
      { name: '湖北省宜昌市三峡公证处', gaveAt: null },
    ],
  },
  transcript: hash(5),
  record: hash(9),
  attendance: Array.from({ length: 25 }, (_, n) => ({
    bidder: bidder(n),
    signedInAt: n % 9 === 4 ? null : `2026-11-22T01:${String(5 + n).padStart(2, '0')}:${String((n * 13) % 60).padStart(2, '0')}.000Z`,
  })),
  reading: { order: 'drawn', draw: { completedAt: '2026-11-22T01:31:12.044Z', digest: hash(10), seed: hash(11) } },
  bids: Array.from({ length: 23 }, (_, n) => ({
    order: n + 1,
    bidder: bidder(n),
    price: prices[n] ?? '0.00',
    period: '540 天',
    quality: '合格',
    manager: managers[n % 8] ?? '',
    security: n % 3 === 0 ? '电子保函' : '已缴纳',
    receivedAt: `2026-11-${String(18 + (n % 4)).padStart(2, '0')}T0${n % 9}:12:${String((n * 7) % 60).padStart(2, '0')}.${String(100 + n * 31).slice(0, 3)}Z`,
    sha256: hash(100 + n),
  })),
  notes: [
    {
      bidder: bidder(3),
      says: {
        zh: '签名证书在投标截止后被吊销，不影响投标有效。',
        en: 'The signing certificate was revoked after the deadline; the bid is valid.',
      },
      at: '2026-11-22T01:30:00.000Z',
    },
  ],
  invalid: [
    {
      bidder: bidder(23),
      reason: {
        zh: '密封包解密后签名无效：签名证书不属于该投标人（证书持有人代码与投标声明不一致）。',
        en: "The package is signed with another organisation's certificate.",
      },
      attributedTo: { zh: '投标人', en: 'bidder' },
      consequence: { zh: '视为撤销其投标文件（电子招标投标办法第三十一条）。', en: 'Deemed revoked (E-tendering measures, Art. 31).' },
    },
    {
      bidder: bidder(24),
      reason: { zh: '报价文件缺少投标函，未能读出投标报价。', en: 'The letter of tender is missing; no price could be read.' },
      attributedTo: { zh: '投标人', en: 'bidder' },
      consequence: { zh: '提交评标委员会依法处理。', en: 'Referred to the panel.' },
    },
  ],
  securities: {
    asked: '800000.00',
    list: Array.from({ length: 23 }, (_, n) => ({
      bidder: bidder(n),
      form: n === 1 ? { zh: '保函', en: 'guarantee' } : { zh: '转账', en: 'transfer' },
      amount: n === 2 ? '500000.00' : '800000.00',
      counts: n !== 2,
      says: n === 2 ? { zh: '未足额', en: 'not in full' } : { zh: '足额', en: 'in full' },
    })),
  },
  drawn: [
    { name: { zh: '下浮系数', en: 'Reduction coefficient' }, choices: ['1%', '1.5%', '2%', '2.5%', '3%'], choice: '2%', digest: hash(6) },
  ],
  objections: [
    {
      by: bidder(2).name,
      raisedAt: '2026-11-22T02:12:31.000Z',
      text: '唱标顺序未按递交先后，请说明依据。',
      answer: {
        zh: '唱标顺序由开标委员会当场抽取，抽取申请已于 10:02 写入日志，任何人可重算。提出人无进一步意见。',
        en: 'The order was drawn by the council from a journalled request; the bidder has no further objection.',
      },
    },
  ],
  signatures: [
    { role: { zh: '主持人', en: 'Host' }, name: '覃志远', signedAt: '2026-11-22T02:40:11.220Z', mark: hash(7) },
    { role: { zh: '监督人员', en: 'Supervisor' }, name: '朱红', signedAt: '2026-11-22T02:40:58.007Z', mark: hash(8) },
    { role: { zh: '投标人代表', en: 'For the bidders' }, name: '向学军', signedAt: null, mark: null },
  ],
};

const specialties = [
  { code: 'A080201', specialty: { zh: '市政给排水工程施工', en: 'Municipal water works' }, count: 2, reserve: 4, eligible: 87 },
  { code: 'A080305', specialty: { zh: '河道治理与生态修复', en: 'River and ecology works' }, count: 1, reserve: 3, eligible: 41 },
  { code: 'A040102', specialty: { zh: '工程造价（土建）', en: 'Quantity surveying' }, count: 1, reserve: 3, eligible: 133 },
];

export const drawRecord: DrawRecord = {
  ...common('宜公抽〔2026〕第 0412 号', '2026-11-21T09:30:00.000Z'),
  edition: 'masked',
  draw: {
    id: '01a20305-5a3e-7724-8fb5-8cf50217a446',
    purpose: { zh: '评标专家抽取', en: 'panel experts' },
    requestedAt: '2026-11-21T09:00:00.000Z',
    completedAt: '2026-11-21T09:00:06.731Z',
    digest: hash(20),
    seed: hash(21),
  },
  conditions: {
    zh: '地域：宜昌市及周边；回避：招标人、代理机构及全部投标人现任和近三年任职单位，以及申报的利害关系。',
    en: 'Region Yichang and neighbours; recusal by present and former employers and declared interests.',
  },
  excluded: [
    { ground: { zh: '招标人或代理机构任职', en: 'employed by the tenderee or agent' }, count: '1-4' },
    { ground: { zh: '投标人任职（含近三年）', en: 'employed by a bidder within three years' }, count: '1-4' },
    { ground: { zh: '申报利害关系', en: 'declared interest' }, count: '1-4' },
    { ground: { zh: '暂停或已离库', en: 'suspended or left' }, count: '1-4' },
  ],
  seats: specialties,
  called: [
    ['A080201', 1, 'accepted'],
    ['A080201', 2, 'declined'],
    ['A080201', 3, 'accepted'],
    ['A080201', 4, 'standby'],
    ['A080305', 1, 'silent'],
    ['A080305', 2, 'accepted'],
    ['A080305', 3, 'standby'],
    ['A040102', 1, 'accepted'],
    ['A040102', 2, 'standby'],
  ].map(([code, place, state], n) => ({
    code: String(code),
    place: Number(place),
    expert: hash(200 + n),
    state: state as DrawRecord['called'][number]['state'],
    at: state === 'standby' ? null : `2026-11-21T09:0${1 + (n % 8)}:1${n % 10}.250Z`,
    ground: state === 'declined' ? { zh: '时间冲突', en: 'not free' } : null,
    name: null,
    employer: null,
  })),
  parameters: [],
  trustees: openingRecord.council.trustees,
  journal: { origin: 'ggzy.example.cn/journal', size: 47120, root: hash(47120) },
};

export const finalDrawRecord: DrawRecord = {
  ...drawRecord,
  number: '宜公抽〔2026〕第 0412 号（公开版）',
  edition: 'final',
  called: drawRecord.called.map((each, n) => ({
    ...each,
    name: ['向𠮷明', '覃丽华', '谭开云', '望海燕', '镇㙓', '黄冠群', '周蓉', '欧阳修文', '艾力'][n] ?? '',
    employer: ['三峡大学土木与建筑学院', '宜昌市水利水电勘察设计院', '长江科学院'][n % 3] ?? '',
  })),
};

export const submissionReceipt: SubmissionReceipt = {
  ...common('回执-01a20305-5a3e-7724', '2026-11-20T06:58:41.093Z'),
  bidder: bidder(1),
  act: 'replaced',
  submission: '01a20305-5a3e-7724-8fb5-8cf50217a446',
  supersedes: '01a1f3c2-11be-7d02-9c53-2b7a60e8f1d4',
  parts: [
    { name: { zh: '资格部分', en: 'Qualification' }, sha256: hash(31), bytes: 18_204_772 },
    { name: { zh: '技术部分', en: 'Technical' }, sha256: hash(32), bytes: 163_920_118 },
    { name: { zh: '报价部分', en: 'Price' }, sha256: hash(33), bytes: 2_731_004 },
  ],
  statement: hash(34),
  certificate: 'A7:51:0C:9E:44:1B:7F:D2:33:80:5A:E6:19:F0:C4:2D:91:6B:3E:A8:57:0D:BC:72:48:E9:15:6F:A3:2C:D0:81',
  recordedAt: '2026-11-20T06:58:41.093Z',
  deadline: '2026-11-22T01:30:00.000Z',
  journal: {
    index: 41877,
    commitment: hash(35),
    checkpoint: { origin: 'ggzy.example.cn/journal', size: 41880, root: hash(36) },
    witnesses: ['regulator.example.cn', 'witness.hubei.example.cn'],
  },
};
