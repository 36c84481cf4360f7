import { day } from '../../kernel/working-days.ts';
import { depositRates, interestNotice, loanRates, platformRule, procurementOrder } from '../law.ts';
import { parameterRow as row } from '../parameter.ts';
import { bites } from './bites.ts';

/** One posted rate of demand deposits: interest for a stretch over several of them is reckoned piece by piece. */
const demandRate = { by: depositRates, certainty: 'M', bites: bites.decides } as const;
const demandSays = {
  zh: '退还投标保证金所附的活期存款利息，年利率为{value}',
  en: 'interest on a security that goes back: the demand deposit rate of {value} a year',
} as const;

/** Figures of bid securities that are held on account: interest, and what it costs to return them late. */
export const securityParameters = [
  row('security.interest.demand', 'ratio', {
    value: '0.002',
    from: day('2023-06-08'),
    to: day('2024-07-25'),
    ...demandRate,
    ...demandSays,
  }),
  row('security.interest.demand', 'ratio', {
    value: '0.0015',
    from: day('2024-07-25'),
    to: day('2024-10-18'),
    ...demandRate,
    ...demandSays,
  }),
  row('security.interest.demand', 'ratio', {
    value: '0.001',
    from: day('2024-10-18'),
    to: day('2025-05-20'),
    ...demandRate,
    ...demandSays,
  }),
  row('security.interest.demand', 'ratio', { value: '0.0005', from: day('2025-05-20'), ...demandRate, ...demandSays }),
  row('security.interest.yearDays', 'count', {
    value: '360',
    by: interestNotice,
    certainty: 'M',
    bites: bites.decides,
    zh: '日利率按年利率除以{value}计算，按实际天数计息',
    en: 'a day’s rate is the year’s over {value}; days are counted as they are',
  }),
  row('security.late.loan', 'ratio', {
    value: '0.0435',
    by: loanRates,
    certainty: 'M',
    bites: bites.decides,
    zh: '一年以内（含一年）贷款基准利率为{value}',
    en: 'the benchmark rate of loans of up to a year is {value}',
  }),
  row('security.late.factor', 'ratio', {
    value: '1.2',
    by: procurementOrder,
    articles: '38',
    certainty: 'V',
    bites: bites.decides,
    zh: '逾期退还投标保证金的，按同期贷款基准利率的{value}支付超期资金占用费',
    en: 'a security returned late bears {value} of the benchmark lending rate for the days of delay',
  }),
  row('security.stray', 'day', {
    value: '5',
    by: platformRule,
    certainty: 'D',
    bites: bites.setsDue,
    zh: '不能对应到投标人专用账号的款项，自流水导入之日起{value}内原路退回',
    en: 'money that came to no bidder’s number goes back within {value} of the statement that tells of it',
  }),
  row('security.contest', 'workday', {
    value: '5',
    by: platformRule,
    certainty: 'D',
    bites: bites.refusesAct,
    zh: '决定不予退还保证金后，投标人可以在{value}内提出异议，期间及答复前不划转',
    en: 'a bidder may object within {value} to its security being kept; until then, and until the answer, nothing is transferred',
  }),
] as const;
