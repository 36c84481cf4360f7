import type { Words } from '../kernel/words.ts';

/** How periods are counted everywhere (kernel/working-days.ts does it): the ids stand in code, in refusals and in test titles. */
export const counting: readonly { readonly id: string; readonly says: Words; readonly source: Words }[] = [
  {
    id: 'DAY-1',
    says: { zh: '期间开始的当日不计入，自次日起算', en: 'the day on which a period begins is not counted' },
    source: { zh: '《民法典》第201条', en: 'Civil Code, art. 201' },
  },
  {
    id: 'DAY-2',
    says: {
      zh: '期间最后一日是法定休息日的，以其后第一个工作日为最后一日',
      en: 'a period that would end on a statutory rest day ends on the next working day',
    },
    source: { zh: '《民法典》第203条', en: 'Civil Code, art. 203' },
  },
  {
    id: 'DAY-3',
    says: {
      zh: '最后一日24:00截止，有业务时间的，停止业务时截止；截止的那一刻已迟',
      en: 'the last day ends at 24:00, or at the close of business where there is one; the moment of the end itself is late',
    },
    source: { zh: '《民法典》第203条', en: 'Civil Code, art. 203' },
  },
  {
    id: 'DAY-4',
    says: {
      zh: '“以上、以下、以内、不少于、不超过”包括本数，“不足、低于”不包括本数',
      en: '“at least”, “at most” and “within” include the number itself; “short of” and “below” exclude it',
    },
    source: { zh: '财政部令第87号第86条', en: 'MoF Order 87, art. 86' },
  },
  {
    id: 'DAY-5',
    says: {
      zh: '“日”为日历日；“工作日”按国务院办公厅公布的日历，含调休上班的周末',
      en: 'a day is a calendar day; a working day is one by the State Council’s calendar, made-up weekends included',
    },
    source: {
      zh: '国务院办公厅各年节假日安排通知（见本页日历）',
      en: 'Holiday notices of the State Council (see the calendar on this page)',
    },
  },
  {
    id: 'DAY-6',
    says: { zh: '届满前交邮的，不算过期，在途时间不计', en: 'what was posted before the end is in time; the way is not counted' },
    source: { zh: '财政部令第94号第42条', en: 'MoF Order 94, art. 42' },
  },
  {
    id: 'DAY-7',
    says: {
      zh: '最短期间按北京时间的日期比较，不按24小时累计：自某事起至少N日的，当日不计；截止前至少N日的，两个日期相差不少于N',
      en: 'minimum periods compare Beijing dates, not blocks of 24 hours: forwards the first day is not counted, backwards (“N days before the deadline”) the dates are N apart or more',
    },
    source: { zh: '平台规则', en: 'Platform rule' },
  },
  {
    id: 'DAY-8',
    says: { zh: '每个期间都带单位：日与工作日不得混用', en: 'every period carries its unit: days and working days are never mixed' },
    source: { zh: '平台规则', en: 'Platform rule' },
  },
  {
    id: 'DAY-9',
    says: {
      zh: '一律以平台时间为准；收到时间是最后一个字节存妥并算出散列之后的平台时间',
      en: 'the platform’s clock alone counts; received is when the last byte has been stored and hashed',
    },
    source: {
      zh: '《电子招标投标办法》（八部委令第20号）第25条至第27条',
      en: 'Measures for electronic tendering (Order 20), arts. 25 to 27',
    },
  },
  {
    id: 'DAY-10',
    says: { zh: '公告期间自最先发布的指定媒介发布时起算', en: 'a notice’s period runs from the first designated medium that published it' },
    source: { zh: '财政部令第87号第16条', en: 'MoF Order 87, art. 16' },
  },
];
