import type { Instant } from '../kernel/clock.ts';
import { dayOf } from '../kernel/working-days.ts';
import { type TimeLimit, timeLimit } from '../rulebook/figure-rule.ts';
import type { PeriodKey, UniformKey } from '../rulebook/parameters.ts';

/** A limit by the figure of the day on which what it counts from happened. */
const counted = (limit: TimeLimit<UniformKey & PeriodKey>) => ({
  ...limit,
  due: (from: Instant): Instant => limit.by(dayOf(from)).due(from).due,
});

export const judgeLimit = counted(
  timeLimit('annual.judge.limit', { zh: '逾期仍须作出结论，并提示监管部门。', en: 'Verdicts are still owed, and the supervisor sees it.' }),
);
/** The end of it is the first moment too late to ask for a recheck. */
export const contestLimit = counted(
  timeLimit('annual.objection.limit', { zh: '逾期未申请复核的，考核结论生效。', en: 'Without asking, the verdict stands.' }),
);
export const recheckLimit = counted(
  timeLimit('annual.recheck.limit', { zh: '复核期间考核结论不生效。', en: 'The verdict has no effect meanwhile.' }),
);
/** The tenderee confirms what its panel is paid. */
export const feeLimit = counted(
  timeLimit('fee.confirm.limit', {
    zh: '逾期标红，专家可见尚未确认。',
    en: 'Overdue turns red; the experts see that nothing is confirmed.',
  }),
);
