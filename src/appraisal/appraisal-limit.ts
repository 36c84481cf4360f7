import type { Instant } from '../kernel/clock.ts';
import { dayOf } from '../kernel/working-days.ts';
import { timeLimit } from '../rulebook/figure-rule.ts';

const limit = timeLimit('op.appraisal.limit', {
  zh: '逾期仍可评价，但记为逾期并提示监管部门。',
  en: 'It may still be done, but counts as late, and the supervisor sees it.',
});

/** XE-10: until when a host is to appraise the experts of a panel, from the signed report on. */
export const appraisalLimit = { ...limit, due: (reportedAt: Instant) => limit.by(dayOf(reportedAt)).due(reportedAt) };
