import type { EnvelopeWay } from '../src/tenders/envelopes.ts';
import type { TenderPlan } from './tender.ts';

/** The demonstration's tenders. Names and prices are invented; the river is real. */
export const riverbank: TenderPlan = {
  name: '夷陵区黄柏河生态护岸工程',
  lotName: '黄柏河生态护岸工程施工一标段',
  approvalNumber: '夷发改审批〔2026〕118号',
  approvedBy: '宜昌市夷陵区发展和改革局',
  funds: '区级财政资金 60%，上级补助 40%',
  estimate: '19860000.00',
  ceiling: '19800000.00',
  security: '390000.00',
  region: '420506',
  tenderee: '宜昌市夷陵区水利和湖泊局',
  periodDays: 270,
  method: 'comprehensive-deviation',
  readingOrder: 'drawn',
  bids: [
    { login: 'bidder1', price: '18905000.00', periodDays: '260', manager: '陈晖' },
    { login: 'bidder2', price: '18230460.00', periodDays: '250', manager: '付强' },
    { login: 'bidder4', price: '18462700.00', periodDays: '240', manager: '袁立新' },
    { login: 'bidder5', price: '18777321.88', periodDays: '265', manager: '邹玲' },
    { login: 'bidder6', price: '19120800.50', periodDays: '270', manager: '谭伟' },
  ],
};

export const outpatient: TenderPlan = {
  ...riverbank,
  name: '枝江市人民医院门诊楼改造工程',
  lotName: '门诊楼改造工程施工',
  approvalNumber: '枝发改审批〔2026〕73号',
  approvedBy: '枝江市发展和改革局',
  funds: '医院自筹',
  estimate: '8640000.00',
  ceiling: '8600000.00',
  security: '160000.00',
  region: '420583',
  tenderee: '枝江市人民医院',
  periodDays: 180,
  method: 'lowest-evaluated',
  readingOrder: 'received',
  bids: [
    { login: 'bidder3', price: '8123400.00', periodDays: '175', manager: '彭涛' },
    { login: 'bidder5', price: '7998000.00', periodDays: '180', manager: '邹玲' },
    { login: 'bidder7', price: '8051500.00', periodDays: '170', manager: '崔洋' },
  ],
};

export const harbourRoad: TenderPlan = {
  ...riverbank,
  name: '枝城港区疏港道路工程',
  lotName: '疏港道路工程施工',
  approvalNumber: '宜发改审批〔2026〕205号',
  approvedBy: '宜昌市发展和改革委员会',
  estimate: '12300000.00',
  ceiling: '12250000.00',
  security: '240000.00',
  region: '420581',
  bids: [
    { login: 'bidder2', price: '11890000.00', periodDays: '200', manager: '付强' },
    { login: 'bidder7', price: '11755000.00', periodDays: '210', manager: '崔洋' },
  ],
};

export const reservoir: TenderPlan = {
  ...riverbank,
  name: '夷陵区冯家湾水库除险加固工程',
  lotName: '冯家湾水库除险加固工程施工',
  approvalNumber: '夷发改审批〔2026〕164号',
  estimate: '9480000.00',
  ceiling: '9450000.00',
  security: '180000.00',
  periodDays: 210,
  bids: [
    { login: 'bidder1', price: '9012600.00', periodDays: '205', manager: '陈晖' },
    { login: 'bidder4', price: '8896400.00', periodDays: '200', manager: '袁立新' },
    { login: 'bidder6', price: '9120350.00', periodDays: '210', manager: '谭伟' },
  ],
};

export const hospitalWard: TenderPlan = {
  ...outpatient,
  name: '枝江市人民医院住院部消防改造工程',
  lotName: '住院部消防改造工程施工',
  approvalNumber: '枝发改审批〔2026〕91号',
  estimate: '5320000.00',
  ceiling: '5300000.00',
  security: '100000.00',
  periodDays: 120,
  method: 'comprehensive-ratio',
  bids: [{ login: 'bidder6', price: '5120000.00', periodDays: '115', manager: '谭伟' }],
};

/** Suspended because of a complaint while bids are taken. */
export const culvert: TenderPlan = {
  ...reservoir,
  name: '夷陵区龙泉镇排涝箱涵工程',
  lotName: '龙泉镇排涝箱涵工程施工',
  approvalNumber: '夷发改审批〔2026〕188号',
  estimate: '6480000.00',
  ceiling: '6450000.00',
  security: '120000.00',
  bids: [{ login: 'bidder4', price: '6210000.00', periodDays: '190', manager: '袁立新' }],
};

/** Ended by its host: the planning has changed. */
export const footbridge: TenderPlan = {
  ...reservoir,
  name: '夷陵区黄柏河人行桥工程',
  lotName: '黄柏河人行桥工程施工',
  approvalNumber: '夷发改审批〔2026〕192号',
  estimate: '3960000.00',
  ceiling: '3950000.00',
  security: '70000.00',
  bids: [{ login: 'bidder6', price: '3815000.00', periodDays: '150', manager: '谭伟' }],
};

/** Two envelopes, the construction plans judged under pseudonyms that the council drew before it opened them. */
export const spillway: TenderPlan = {
  ...riverbank,
  name: '夷陵区分乡水库溢洪道改建工程',
  lotName: '分乡水库溢洪道改建工程施工',
  approvalNumber: '夷发改审批〔2026〕139号',
  estimate: '14350000.00',
  ceiling: '14300000.00',
  security: '280000.00',
  periodDays: 240,
  envelopes: 'technical+price',
  blind: true,
  bids: [
    { login: 'bidder1', price: '13720000.00', periodDays: '235', manager: '陈晖' },
    { login: 'bidder2', price: '13485600.00', periodDays: '230', manager: '付强' },
    { login: 'bidder4', price: '13390800.00', periodDays: '225', manager: '袁立新' },
    { login: 'bidder7', price: '13611500.00', periodDays: '240', manager: '崔洋' },
  ],
};

/** The same tender, its construction plans judged under pseudonyms. */
export const judgedBlind = (plan: TenderPlan): TenderPlan => ({ ...plan, blind: true });

/** The same way of judging, half of the panel still at it. */
export const pumpingStation: TenderPlan = {
  ...spillway,
  name: '夷陵区鸦鹊岭泵站更新改造工程',
  lotName: '鸦鹊岭泵站更新改造工程施工',
  approvalNumber: '夷发改审批〔2026〕171号',
  estimate: '7260000.00',
  ceiling: '7200000.00',
  security: '140000.00',
  periodDays: 180,
  bids: [
    { login: 'bidder3', price: '6893000.00', periodDays: '175', manager: '彭涛' },
    { login: 'bidder4', price: '6741200.00', periodDays: '170', manager: '袁立新' },
    { login: 'bidder6', price: '6955400.00', periodDays: '180', manager: '谭伟' },
    { login: 'bidder7', price: '6810750.00', periodDays: '165', manager: '崔洋', forgot: 'tel. 0717-6251234' },
  ],
};

/** Government procurement of goods: who declares to be small is compared at its price less ten in a hundred. */
export const gauges: TenderPlan = {
  ...riverbank,
  line: 'procurement',
  category: 'A02100304',
  name: '夷陵区水文遥测设备采购',
  lotName: '水文遥测设备采购',
  approvalNumber: '夷采计备〔2026〕233号',
  approvedBy: '宜昌市夷陵区财政局',
  funds: '区级财政资金',
  estimate: '4860000.00',
  ceiling: '4860000.00',
  security: '90000.00',
  periodDays: 60,
  method: 'comprehensive-ratio',
  readingOrder: 'received',
  bids: [
    { login: 'bidder1', price: '4520000.00', periodDays: '55', manager: '', small: false },
    { login: 'bidder2', price: '4610000.00', periodDays: '45', manager: '', small: true },
    { login: 'bidder4', price: '4485000.00', periodDays: '60', manager: '', small: false },
    { login: 'bidder6', price: '4390000.00', periodDays: '50', manager: '', small: true },
  ],
  unqualified: { login: 'bidder6', reason: '未提供依法缴纳社会保障资金的证明材料' },
};

/** What only few can supply: those who qualify apply first, and three of them are drawn and invited. */
export const sensors: TenderPlan = {
  ...gauges,
  procedure: 'invited-tender',
  invited: 3,
  category: 'A02100302',
  name: '夷陵区滑坡深部位移监测设备采购',
  lotName: '深部位移监测设备采购（邀请招标）',
  approvalNumber: '夷采计备〔2026〕261号',
  estimate: '1680000.00',
  ceiling: '1680000.00',
  security: '32000.00',
  days: { bidding: 24, documents: 8 },
  asked: {
    question: '监测设备是否须附第三方检定证书？',
    answer: '须附，见招标文件技术部分第5项。',
    text: '更正公告第1号：明确监测设备须附第三方检定证书，不影响投标文件编制。',
  },
  bids: [
    { login: 'bidder1', price: '1580000.00', periodDays: '55', manager: '', small: false },
    { login: 'bidder2', price: '1612000.00', periodDays: '45', manager: '', small: true },
    { login: 'bidder4', price: '1565000.00', periodDays: '60', manager: '', small: false },
    { login: 'bidder7', price: '1597000.00', periodDays: '50', manager: '', small: false },
  ],
};

/** Standard goods below the threshold of tendering: suppliers are asked for one price each. */
export const laptops: TenderPlan = {
  ...gauges,
  procedure: 'inquiry',
  category: 'A02010108',
  name: '夷陵区水利站便携式计算机采购',
  lotName: '便携式计算机采购（询价）',
  approvalNumber: '夷采计备〔2026〕252号',
  estimate: '960000.00',
  ceiling: '960000.00',
  security: '18000.00',
  periodDays: 20,
  method: 'lowest-quote',
  days: { bidding: 8, documents: 7 },
  asked: {
    question: '便携式计算机是否须预装正版国产操作系统？',
    answer: '须预装，见询价通知书技术要求第3项。',
    text: '更正公告第1号：明确便携式计算机须预装正版国产操作系统，不影响响应文件编制。',
  },
  seats: [
    { specialty: 'A06', count: 1, reserve: 2 },
    { specialty: 'A04', count: 1, reserve: 2 },
  ],
  bids: [
    { login: 'bidder1', price: '912000.00', periodDays: '15', manager: '', small: false },
    { login: 'bidder2', price: '934000.00', periodDays: '20', manager: '', small: true },
    { login: 'bidder4', price: '905000.00', periodDays: '18', manager: '', small: false },
  ],
};

/** The same trade with too few suppliers: nothing is opened. */
export const desks: TenderPlan = {
  ...gauges,
  name: '夷陵区防汛会商设备采购',
  lotName: '防汛会商设备采购',
  approvalNumber: '夷采计备〔2026〕241号',
  bids: gauges.bids.slice(0, 2),
};

/** The same tender with its bids cut into envelopes that are opened in turn; one bidder does not pass the technical one. */
export const inEnvelopes = (plan: TenderPlan, envelopes: EnvelopeWay): TenderPlan =>
  envelopes === 'whole'
    ? plan
    : {
        ...plan,
        envelopes,
        fails: {
          login: plan.bids.at(-1)?.login ?? '',
          part: 'technical',
          item: 'response',
          reason: '施工组织设计未响应度汛要求，工期安排与招标文件不符',
        },
      };

/** The same tender, its securities lodged with the platform. */
export const withDeposits = (plan: TenderPlan): TenderPlan => ({
  ...plan,
  deposits: { guarantee: plan.bids.at(-1)?.login ?? '', late: plan.bids[0]?.login ?? '' },
});

/** The same tender with a layer of each bidder's own: the last one stays away when they are removed, and its bid counts as revoked. */
export const underLayers = (plan: TenderPlan): TenderPlan => ({ ...plan, layers: { absent: plan.bids.at(-1)?.login ?? '' } });

/** What cannot be specified to the end: suppliers are negotiated with, and the lowest last offer that meets the need is awarded. */
export const warning: TenderPlan = {
  ...laptops,
  procedure: 'negotiation',
  category: 'A02010601',
  name: '夷陵区山洪预警平台采购',
  lotName: '山洪预警平台采购（竞争性谈判）',
  approvalNumber: '夷采计备〔2026〕271号',
  method: 'lowest-last-offer',
  asked: {
    question: '平台是否须接入省级山洪灾害监测数据？',
    answer: '须接入，见采购文件技术要求第4项。',
    text: '更正公告第1号：明确须接入省级监测数据，不影响响应文件编制。',
  },
  lastOffers: { bidder1: '886000.00', bidder2: '901000.00', bidder4: '879000.00' },
};

/** … and where response and price are scored together. */
export const forecasting: TenderPlan = {
  ...warning,
  procedure: 'consultation',
  category: 'A02010602',
  name: '夷陵区洪水预报系统采购',
  lotName: '洪水预报系统采购（竞争性磋商）',
  approvalNumber: '夷采计备〔2026〕272号',
  method: 'comprehensive-last-offer',
  days: { bidding: 14, documents: 10 },
};

/** Small purchases of a uniform standard that come again and again: the cheapest enter an agreement, the buyer chooses among them. */
export const screens: TenderPlan = {
  ...gauges,
  procedure: 'closed-framework',
  category: 'A02021104',
  name: '夷陵区显示设备框架协议采购',
  lotName: '显示设备框架协议（封闭式，直接选定）',
  approvalNumber: '夷采计备〔2026〕281号',
  estimate: '960000.00',
  ceiling: '2400.00',
  security: '18000.00',
  method: 'price-first',
  agreement: { agreementWay: 'direct', agreementMonths: 12, eliminationShare: '20%' },
  asked: {
    question: '显示设备是否须同时报三年质保服务？',
    answer: '须包含在响应报价内，见征集文件第2项。',
    text: '更正公告第1号：明确响应报价包含三年质保服务，不影响响应文件编制。',
  },
  bids: [
    { login: 'bidder1', price: '2180.00', periodDays: '15', manager: '', small: false },
    { login: 'bidder2', price: '2230.00', periodDays: '20', manager: '', small: true },
    { login: 'bidder4', price: '2090.00', periodDays: '18', manager: '', small: false },
    { login: 'bidder6', price: '2310.00', periodDays: '15', manager: '', small: false },
  ],
};

/** … and where whose turn it is is reckoned. */
export const printers: TenderPlan = {
  ...screens,
  category: 'A02021003',
  name: '夷陵区打印设备框架协议采购',
  lotName: '打印设备框架协议（封闭式，顺序轮候）',
  approvalNumber: '夷采计备〔2026〕282号',
  agreement: { agreementWay: 'rotation', agreementMonths: 12, eliminationShare: '20%' },
};
