import {
  evaluationOrder,
  expertOrder,
  platformRule,
  procurementExpertMeasures,
  procurementOrder,
  tenderingLaw,
  tenderingRegulation,
} from '../law.ts';
import { parameterRow as row } from '../parameter.ts';
import { bites } from './bites.ts';

/** What an expert did wrong, in points (XE-2, XE-10). The acts are those of the law; how many points each weighs is this platform's decision. */
const acts = [
  row('conduct.contact', 'count', {
    value: '12',
    by: tenderingLaw,
    articles: '44',
    certainty: 'D',
    bites: bites.records,
    zh: '私下接触投标人，或收受其财物、好处的，记{value}分',
    en: 'private contact with a bidder, or taking its gifts: {value} points',
  }),
  row('conduct.secret', 'count', {
    value: '12',
    by: tenderingLaw,
    articles: '44',
    certainty: 'D',
    bites: bites.records,
    zh: '透露评标情况的，记{value}分',
    en: 'telling of the evaluation: {value} points',
  }),
  row('conduct.recusal', 'count', {
    value: '8',
    by: tenderingRegulation,
    articles: '71',
    certainty: 'D',
    bites: bites.records,
    zh: '应当回避而不回避的，记{value}分',
    en: 'not withdrawing where one has to: {value} points',
  }),
  row('conduct.agreed', 'count', {
    value: '8',
    by: procurementOrder,
    articles: '62',
    certainty: 'D',
    bites: bites.records,
    zh: '协商主观评分的，记{value}分',
    en: 'agreeing on subjective scores: {value} points',
  }),
  row('conduct.inclined', 'count', {
    value: '6',
    by: procurementOrder,
    articles: '62',
    certainty: 'D',
    bites: bites.records,
    zh: '发表倾向性意见，或征询招标人倾向的，记{value}分',
    en: 'inclined statements, or asking the tenderee’s wish: {value} points',
  }),
  row('conduct.recording', 'count', {
    value: '6',
    by: procurementOrder,
    articles: '62',
    certainty: 'D',
    bites: bites.records,
    zh: '记录、复制或者带走评标资料的，记{value}分',
    en: 'recording, copying or taking papers away: {value} points',
  }),
  row('conduct.standard', 'count', {
    value: '4',
    by: tenderingRegulation,
    articles: '71',
    certainty: 'D',
    bites: bites.records,
    zh: '不按招标文件规定的标准和方法评标的，记{value}分',
    en: 'judging otherwise than by the documents: {value} points',
  }),
  row('conduct.left', 'count', {
    value: '4',
    by: tenderingRegulation,
    articles: '71',
    certainty: 'D',
    bites: bites.records,
    zh: '擅离职守的，记{value}分',
    en: 'leaving one’s post: {value} points',
  }),
  row('conduct.absent', 'count', {
    value: '3',
    by: expertOrder,
    certainty: 'D',
    bites: bites.records,
    zh: '确认参加后无故缺席的，记{value}分',
    en: 'absent without reason after accepting: {value} points',
  }),
  row('conduct.careless', 'count', {
    value: '2',
    by: evaluationOrder,
    certainty: 'D',
    bites: bites.records,
    zh: '评分、计算有明显差错的，记{value}分',
    en: 'plain errors in scores or sums: {value} points',
  }),
];

/** What points lead to, and for how long they count. */
const consequences = [
  row('conduct.warning', 'count', {
    value: '4',
    by: platformRule,
    certainty: 'D',
    bites: bites.records,
    zh: '有效记分满{value}分的，书面警示',
    en: 'a written warning at {value} points',
  }),
  row('conduct.suspension', 'count', {
    value: '8',
    by: platformRule,
    certainty: 'D',
    bites: bites.excludes,
    zh: '有效记分满{value}分的，暂停参加评标',
    en: 'suspension at {value} points',
  }),
  row('conduct.suspension.length', 'month', {
    value: '6',
    by: platformRule,
    certainty: 'D',
    bites: bites.excludes,
    zh: '因记分暂停的期限为{value}',
    en: 'such a suspension lasts {value}',
  }),
  row('conduct.removal', 'count', {
    value: '12',
    by: platformRule,
    certainty: 'D',
    bites: bites.excludes,
    zh: '有效记分满{value}分的，调整出库',
    en: 'removal from the pool at {value} points',
  }),
  row('conduct.term', 'month', {
    value: '24',
    by: platformRule,
    certainty: 'D',
    bites: bites.records,
    zh: '记分自登记之日起{value}内有效',
    en: 'points count for {value} from their entry',
  }),
  row('conduct.objection.limit', 'workday', {
    value: '5',
    by: platformRule,
    certainty: 'D',
    bites: bites.refusesAct,
    zh: '专家对记分有异议的，自登记之日起{value}内提出',
    en: 'an expert objects to points within {value} of their entry',
  }),
];

const appraisals = [
  row('op.appraisal.limit', 'workday', {
    value: '5',
    by: procurementExpertMeasures,
    certainty: 'M',
    bites: bites.setsDue,
    zh: '评标结束后{value}内记录评标专家的履职情况',
    en: 'experts are appraised within {value} of the end of the evaluation',
  }),
];

/** What an expert is paid (XE-9). The law leaves the standard to each place: the province’s, and that of a city that has its own. */
const fees = [
  row('fee.base.hours', 'hour', {
    value: '3',
    by: platformRule,
    certainty: 'D',
    bites: bites.decides,
    zh: '评标{value}以内，按基本劳务报酬计',
    en: 'the base fee covers {value} of evaluation',
  }),
  row('fee.day.hours.max', 'hour', {
    value: '8',
    by: platformRule,
    certainty: 'D',
    bites: bites.decides,
    zh: '一日计酬时间最多{value}',
    en: 'at most {value} of a day are paid',
  }),
  row('fee.base', 'yuan', {
    value: '400.00',
    by: platformRule,
    certainty: 'D',
    bites: bites.decides,
    zh: '基本劳务报酬{value}',
    en: 'the base fee is {value}',
  }),
  row('fee.hour', 'yuan', {
    value: '100.00',
    by: platformRule,
    certainty: 'D',
    bites: bites.decides,
    zh: '超出部分每小时{value}，不足半小时按半小时计',
    en: 'each further hour {value}, by begun half hours',
  }),
  row('fee.base.wuhan', 'yuan', {
    value: '500.00',
    by: platformRule,
    certainty: 'D',
    bites: bites.decides,
    zh: '武汉市基本劳务报酬{value}',
    en: 'the base fee in Wuhan is {value}',
  }),
  row('fee.hour.wuhan', 'yuan', {
    value: '120.00',
    by: platformRule,
    certainty: 'D',
    bites: bites.decides,
    zh: '武汉市超出部分每小时{value}，不足半小时按半小时计',
    en: 'in Wuhan each further hour {value}, by begun half hours',
  }),
  row('fee.offsite', 'yuan', {
    value: '200.00',
    by: platformRule,
    certainty: 'D',
    bites: bites.decides,
    zh: '在副场参加远程异地评标的，另计交通补助{value}',
    en: 'an allowance of {value} for travel to a sub-venue',
  }),
];

export const conductParameters = [...acts, ...consequences, ...appraisals, ...fees];
