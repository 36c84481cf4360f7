import type { Words } from '../kernel/words.ts';
import { type DayString, day } from '../kernel/working-days.ts';

/** A law, regulation, order or notice that figures are taken from, and the day its present text came into force. */
export interface Law {
  readonly title: Words;
  readonly inForceFrom: DayString;
}

const known: Law[] = [];
function law(zh: string, en: string, inForceFrom: string): Law {
  const made = { title: { zh, en }, inForceFrom: day(inForceFrom) };
  known.push(made);
  return made;
}

export const tenderingLaw = law('《招标投标法》', 'Tendering and Bidding Law', '2000-01-01');
export const tenderingRegulation = law('《招标投标法实施条例》', 'Regulation on the Tendering and Bidding Law', '2012-02-01');
export const mandatoryProjects = law(
  '《必须招标的工程项目规定》（国家发展改革委令第16号）',
  'Provisions on projects that must be tendered (NDRC Order 16)',
  '2018-06-01',
);
export const worksOrder = law(
  '《工程建设项目施工招标投标办法》（七部委令第30号）',
  'Measures for tendering of construction works (Order 30)',
  '2013-05-01',
);
export const goodsOrder = law(
  '《工程建设项目货物招标投标办法》（七部委令第27号）',
  'Measures for tendering of construction goods (Order 27)',
  '2013-05-01',
);
export const designOrder = law(
  '《工程建设项目勘察设计招标投标办法》（八部委令第2号）',
  'Measures for tendering of survey and design (Order 2)',
  '2013-05-01',
);
export const evaluationOrder = law(
  '《评标委员会和评标方法暂行规定》（七部委令第12号）',
  'Provisions on evaluation committees and methods (Order 12)',
  '2013-05-01',
);
export const electronicOrder = law('《电子招标投标办法》（八部委令第20号）', 'Measures for electronic tendering (Order 20)', '2013-05-01');
export const noticeOrder = law(
  '《招标公告和公示信息发布管理办法》（国家发展改革委令第10号）',
  'Measures for publishing tender notices (NDRC Order 10)',
  '2018-01-01',
);
export const expertOrder = law(
  '《评标专家和评标专家库管理办法》（国家发展改革委令第26号）',
  'Measures for evaluation experts and their pools (NDRC Order 26)',
  '2025-01-01',
);
export const procurementLaw = law('《政府采购法》', 'Government Procurement Law', '2003-01-01');
export const procurementRegulation = law('《政府采购法实施条例》', 'Regulation on the Government Procurement Law', '2015-03-01');
export const paymentRegulation = law(
  '《保障中小企业款项支付条例》',
  'Regulation on payments to small and medium enterprises',
  '2025-06-01',
);
export const procurementExpertMeasures = law(
  '《政府采购评审专家管理办法》（财库〔2016〕198号）',
  'Measures for evaluation experts of government procurement (MoF 2016-198)',
  '2017-01-01',
);
export const procurementOrder = law(
  '《政府采购货物和服务招标投标管理办法》（财政部令第87号）',
  'Measures for tendering in procurement of goods and services (MoF Order 87)',
  '2017-10-01',
);
export const nonTenderOrder = law(
  '《政府采购非招标采购方式管理办法》（财政部令第74号）',
  'Measures for procurement otherwise than by tender (MoF Order 74)',
  '2014-02-01',
);
export const consultationMeasures = law(
  '《政府采购竞争性磋商采购方式管理暂行办法》（财库〔2014〕214号）',
  'Interim measures for competitive consultation (MoF 2014-214)',
  '2014-12-31',
);
export const frameworkOrder = law(
  '《政府采购框架协议采购方式管理暂行办法》（财政部令第110号）',
  'Interim measures for framework agreements in procurement (MoF Order 110)',
  '2022-03-01',
);
export const consultationNotice = law('财库〔2015〕124号', 'MoF notice on competitive consultation (2015-124)', '2015-06-30');
export const disclosureNotice = law('财库〔2015〕135号', 'MoF notice on publishing procurement information (2015-135)', '2015-07-17');
export const intentionNotice = law('财库〔2020〕10号', 'MoF notice on publishing intentions to procure (2020-10)', '2020-03-02');
export const challengeOrder = law(
  '《政府采购质疑和投诉办法》（财政部令第94号）',
  'Measures for procurement challenges and complaints (MoF Order 94)',
  '2018-03-01',
);
export const smallEnterpriseMeasures = law(
  '《政府采购促进中小企业发展管理办法》（财库〔2020〕46号）',
  'Measures for small and medium enterprises in procurement (MoF 2020-46)',
  '2021-01-01',
);
export const smallEnterpriseNotice = law('财库〔2022〕19号', 'MoF notice on small enterprises in procurement (2022-19)', '2022-07-01');
export const domesticNotice = law('国办发〔2025〕34号', 'State Council Office on domestic products in procurement (2025-34)', '2026-01-01');
export const lowPriceNotice = law('财库〔2026〕2号', 'MoF notice on abnormally low prices in procurement (2026-2)', '2026-02-01');
export const procurementThresholds = law(
  '国办发〔2019〕55号',
  'State Council Office, procurement catalogue and thresholds (2019-55)',
  '2020-01-01',
);
export const depositRates = law(
  '国有大型商业银行人民币存款挂牌利率',
  'Posted renminbi deposit rates of the large state-owned banks',
  '2023-06-08',
);
export const loanRates = law('中国人民银行贷款基准利率', 'Benchmark lending rates of the People’s Bank of China', '2015-10-24');
export const interestNotice = law('银发〔2005〕129号', 'PBoC notice on reckoning interest on renminbi (2005-129)', '2005-09-21');
export const archiveStandard = law('《电子招标投标文件归档规范》DA/T 103', 'DA/T 103, archiving of electronic tender files', '2024-06-01');
export const platformRule = law('平台规则', 'Platform rule', '2025-01-01');

export const quantitiesCode = law('《建设工程工程量清单计价规范》GB 50500', 'GB 50500, pricing by bill of quantities', '2013-07-01');
// standards by which earlier rooms judge
law('GB 32100', 'GB 32100', '2015-10-01');
law('GB/T 2260', 'GB/T 2260', '2008-02-01');

/** The first day of the newest of the texts that a source names by title; null when it names none that is known here. */
export function inForceSince(source: Words): DayString | null {
  const named = known.filter(({ title }) => source.zh.includes(/^《[^》]*》/.exec(title.zh)?.[0] ?? title.zh));
  return named.reduce<DayString | null>((newest, each) => (newest === null || each.inForceFrom > newest ? each.inForceFrom : newest), null);
}

/** `cite(tenderingLaw, '24')` → 《招标投标法》第24条 / Tendering and Bidding Law, art. 24. */
export function cite(of: Law, articles?: string): Words {
  if (articles === undefined) return of.title;
  const list = articles.split(/,\s*/);
  return {
    zh: `${of.title.zh}${list.map((each) => `第${each}条`).join('、')}`,
    en: `${of.title.en}, ${list.length > 1 ? 'arts.' : 'art.'} ${list.join(', ')}`,
  };
}
