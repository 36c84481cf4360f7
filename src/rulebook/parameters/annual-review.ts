import { expertOrder, platformRule } from '../law.ts';
import { parameterRow as row } from '../parameter.ts';
import { bites } from './bites.ts';

/** The annual review of experts (XE-10): the order asks for one; how it is done and what it leads to is this platform's decision. */
const course = [
  row('annual.apart', 'month', {
    value: '10',
    by: expertOrder,
    certainty: 'D',
    bites: bites.refusesAct,
    zh: '专家每年考核一次，两次考核至少间隔{value}',
    en: 'experts are reviewed once a year, two reviews at least {value} apart',
  }),
  row('annual.period', 'month', {
    value: '12',
    by: platformRule,
    certainty: 'D',
    bites: bites.decides,
    zh: '首次考核的考核期为此前{value}；以后自上次考核期届满的次日起',
    en: 'the first review looks {value} back; later ones begin where the last one ended',
  }),
  row('annual.judge.limit', 'workday', {
    value: '30',
    by: platformRule,
    certainty: 'D',
    bites: bites.setsDue,
    zh: '自考核开始之日起{value}内作出考核结论',
    en: 'verdicts are given within {value} of the opening of the review',
  }),
  row('annual.objection.limit', 'workday', {
    value: '10',
    by: platformRule,
    certainty: 'D',
    bites: bites.refusesAct,
    zh: '专家对考核结论有异议的，自告知之日起{value}内申请复核',
    en: 'an expert asks for a recheck within {value} of being told the verdict',
  }),
  row('annual.recheck.limit', 'workday', {
    value: '15',
    by: platformRule,
    certainty: 'D',
    bites: bites.setsDue,
    zh: '自收到复核申请之日起{value}内作出复核决定',
    en: 'a recheck is decided within {value} of being asked for',
  }),
];

/** From where on a verdict cannot be better. */
const floors = [
  row('annual.basic.points', 'count', {
    value: '4',
    by: platformRule,
    certainty: 'D',
    bites: bites.decides,
    zh: '考核期内记分满{value}分的，不得评为合格',
    en: 'with {value} points in the period nobody is found good',
  }),
  row('annual.unfit.points', 'count', {
    value: '8',
    by: platformRule,
    certainty: 'D',
    bites: bites.decides,
    zh: '考核期内记分满{value}分的，评为不合格',
    en: 'with {value} points in the period an expert is found unfit',
  }),
  row('annual.basic.mean', 'count', {
    value: '3',
    by: platformRule,
    certainty: 'D',
    bites: bites.decides,
    zh: '考核期内所受评价平均低于{value}分的，不得评为合格',
    en: 'with appraisals below {value} on average nobody is found good',
  }),
  row('annual.unfit.mean', 'count', {
    value: '2',
    by: platformRule,
    certainty: 'D',
    bites: bites.decides,
    zh: '考核期内所受评价平均低于{value}分的，评为不合格',
    en: 'with appraisals below {value} on average an expert is found unfit',
  }),
  row('annual.basic.absent', 'count', {
    value: '1',
    by: platformRule,
    certainty: 'D',
    bites: bites.decides,
    zh: '考核期内确认参加后缺席满{value}次的，不得评为合格',
    en: 'absent {value} times after accepting, nobody is found good',
  }),
  row('annual.unfit.absent', 'count', {
    value: '3',
    by: platformRule,
    certainty: 'D',
    bites: bites.decides,
    zh: '考核期内确认参加后缺席满{value}次的，评为不合格',
    en: 'absent {value} times after accepting, an expert is found unfit',
  }),
  row('annual.basic.silent', 'count', {
    value: '3',
    by: platformRule,
    certainty: 'D',
    bites: bites.decides,
    zh: '考核期内抽中后未答复满{value}次的，不得评为合格',
    en: 'silent {value} times when called, nobody is found good',
  }),
];

/** What a final verdict leads to. */
const consequences = [
  row('annual.suspension', 'month', {
    value: '6',
    by: platformRule,
    certainty: 'D',
    bites: bites.excludes,
    zh: '年度考核不合格的，暂停参加评标{value}，期间不予续聘',
    en: 'whoever is found unfit is suspended for {value}, and not admitted for another term meanwhile',
  }),
  row('annual.removal', 'count', {
    value: '2',
    by: platformRule,
    certainty: 'D',
    bites: bites.excludes,
    zh: '连续{value}次年度考核不合格的，调整出库',
    en: 'found unfit {value} times running, an expert is removed from the pool',
  }),
];

/** From where on figures of bias (XE-13) are pointed out: they are looked into, and decide nothing by themselves. */
const bias = [
  row('bias.least', 'count', {
    value: '5',
    by: platformRule,
    certainty: 'D',
    bites: bites.informs,
    zh: '参加评标满{value}次的，统计首选与中标的重合率',
    en: 'own first and winner are compared from {value} evaluations on',
  }),
  row('bias.deviation', 'ratio', {
    value: '0.15',
    by: platformRule,
    certainty: 'D',
    bites: bites.informs,
    zh: '主观分与其他评委均值的平均偏离超过满分{value}的，予以提示',
    en: 'subjective scores more than {value} of the full mark from the others’ mean are pointed out',
  }),
  row('bias.first', 'ratio', {
    value: '0.8',
    by: platformRule,
    certainty: 'D',
    bites: bites.informs,
    zh: '本人评分首位与中标人重合超过{value}的，予以提示',
    en: 'own first being the winner in more than {value} is pointed out',
  }),
  row('bias.pair', 'count', {
    value: '3',
    by: platformRule,
    certainty: 'D',
    bites: bites.informs,
    zh: '与同一投标人在评标中相遇满{value}次的，予以提示',
    en: 'meeting the same bidder in {value} evaluations is pointed out',
  }),
  row('bias.absence', 'ratio', {
    value: '0.2',
    by: platformRule,
    certainty: 'D',
    bites: bites.informs,
    zh: '确认参加后缺席率超过{value}的，予以提示',
    en: 'being absent in more than {value} after accepting is pointed out',
  }),
];

export const annualParameters = [...course, ...floors, ...consequences, ...bias];
