import { expertOrder, platformRule, procurementExpertMeasures, tenderingLaw, tenderingRegulation } from '../law.ts';
import { parameterRow as row } from '../parameter.ts';
import { bites } from './bites.ts';

/** Who may come into the pool of experts for which line, and for how long (rules/domain XP-1 to XP-6). */
const construction = [
  row('con.expert.title.min', 'text', {
    value: 'senior',
    by: tenderingLaw,
    articles: '37',
    certainty: 'V',
    bites: bites.refusesAct,
    zh: '工程建设评标专家应具有高级职称或者同等专业水平',
    en: 'an expert of construction holds a senior title or is of equal level',
  }),
  row('con.expert.years.min', 'year', {
    value: '8',
    by: tenderingLaw,
    articles: '37',
    certainty: 'V',
    bites: bites.refusesAct,
    zh: '工程建设评标专家应从事相关领域工作满{value}',
    en: 'an expert of construction has worked in the field for {value}',
  }),
  row('con.expert.age.max', 'year', {
    value: '70',
    by: expertOrder,
    certainty: 'M-',
    bites: bites.refusesAct,
    zh: '入库时年龄不超过{value}（周岁）',
    en: 'not older than {value} on coming into the pool',
  }),
  row('con.expert.recommendation', 'text', {
    value: 'required',
    by: expertOrder,
    certainty: 'V2',
    bites: bites.refusesAct,
    zh: '个人申请须经所在单位推荐',
    en: 'a personal application needs the employer’s recommendation',
  }),
];

const procurement = [
  row('proc.expert.title.long', 'text', {
    value: 'intermediate',
    by: procurementExpertMeasures,
    articles: '6',
    certainty: 'M',
    bites: bites.refusesAct,
    zh: '政府采购评审专家应具有中级职称或者同等专业水平并满足从业年限',
    en: 'an expert of procurement holds an intermediate title and has the years in the field',
  }),
  row('proc.expert.years.min', 'year', {
    value: '8',
    by: procurementExpertMeasures,
    articles: '6',
    certainty: 'M',
    bites: bites.refusesAct,
    zh: '以中级职称申请的，应从事相关领域工作满{value}',
    en: 'with an intermediate title, {value} in the field',
  }),
  row('proc.expert.title.short', 'text', {
    value: 'senior',
    by: procurementExpertMeasures,
    articles: '6',
    certainty: 'M',
    bites: bites.refusesAct,
    zh: '具有高级职称或者同等专业水平的，不要求年限',
    en: 'a senior title is enough without years',
  }),
  row('proc.expert.age.max', 'year', {
    value: '69',
    by: procurementExpertMeasures,
    articles: '6',
    certainty: 'M',
    bites: bites.refusesAct,
    zh: '不满七十周岁，即年龄不超过{value}（周岁）',
    en: 'under seventy: not older than {value}',
  }),
];

/** No rule of their own is known for the experts of land, property and drugs: the platform asks of them what construction asks. */
const others = [
  row('pool.expert.title.min', 'text', {
    value: 'senior',
    by: platformRule,
    certainty: 'D',
    bites: bites.refusesAct,
    zh: '其他门类的专家应具有高级职称或者同等专业水平',
    en: 'an expert of the other lines holds a senior title or is of equal level',
  }),
  row('pool.expert.years.min', 'year', {
    value: '8',
    by: platformRule,
    certainty: 'D',
    bites: bites.refusesAct,
    zh: '其他门类的专家应从事相关领域工作满{value}',
    en: 'an expert of the other lines has worked in the field for {value}',
  }),
  row('pool.expert.age.max', 'year', {
    value: '70',
    by: platformRule,
    certainty: 'D',
    bites: bites.refusesAct,
    zh: '其他门类的专家入库时年龄不超过{value}（周岁）',
    en: 'an expert of the other lines is not older than {value} on coming into the pool',
  }),
];

const everywhere = [
  row('op.expert.cleanRecord', 'year', {
    value: '3',
    by: procurementExpertMeasures,
    articles: '6',
    certainty: 'M',
    bites: bites.refusesAct,
    zh: '申请人应声明近{value}内无不良信用记录',
    en: 'an applicant states that it has had no bad record for {value}',
  }),
  row('op.expert.specialties.max', 'count', {
    value: '6',
    by: expertOrder,
    certainty: 'M-',
    bites: bites.refusesAct,
    zh: '一名专家的评标专业不超过{value}个',
    en: 'an expert has at most {value} specialties',
  }),
  row('op.expert.test.pass', 'count', {
    value: '60',
    by: platformRule,
    certainty: 'D',
    bites: bites.refusesAct,
    zh: '入库测试满分100分，{value}分合格',
    en: 'the test before entry has 100 points, {value} pass it',
  }),
  row('op.expert.term', 'year', {
    value: '3',
    by: platformRule,
    certainty: 'D',
    bites: bites.excludes,
    zh: '专家聘期{value}，期满经复审续聘',
    en: 'an expert is admitted for {value} and looked at again after it',
  }),
  row('op.expert.renewal', 'day', {
    value: '90',
    by: platformRule,
    certainty: 'D',
    bites: bites.setsDue,
    zh: '聘期届满前{value}起可以申请续聘',
    en: 'renewal may be applied for from {value} before the end of the term on',
  }),
  row('op.expert.look', 'minute', {
    value: '15',
    by: platformRule,
    certainty: 'D',
    bites: bites.runs,
    zh: '经登记查看的专家身份信息显示{value}',
    en: 'identity data looked at on record stay visible for {value}',
  }),
];

/** How far the experts of a draw are looked for (rule XD-7). */
const reaching = [
  row('op.draw.reach.first', 'count', {
    value: '2',
    by: tenderingRegulation,
    articles: '46',
    certainty: 'D',
    bites: bites.decides,
    zh: '抽取专家自第{value}级范围开始（XD-7：1 本市本专业，2 全省本专业，3 全省相邻专业，4 外省相邻专业）',
    en: 'a draw begins at rung {value} (XD-7: 1 the specialty in the city, 2 in the province, 3 neighbouring specialties in the province, 4 other provinces too)',
  }),
  row('op.draw.reach.last', 'count', {
    value: '4',
    by: platformRule,
    certainty: 'D',
    bites: bites.decides,
    zh: '可抽取专家不足时逐级扩大，最远到第{value}级',
    en: 'where too few may be drawn it goes on rung by rung, to rung {value} at most',
  }),
];

export const expertParameters = [...construction, ...procurement, ...others, ...everywhere, ...reaching];
