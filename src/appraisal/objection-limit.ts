import type { Instant } from '../kernel/clock.ts';
import { dayOf } from '../kernel/working-days.ts';
import { timeLimit } from '../rulebook/figure-rule.ts';

const limit = timeLimit('conduct.objection.limit', { zh: '逾期未提出异议的，记分生效。', en: 'Without an objection the points stand.' });

/** The first moment too late to object to points entered then. */
export const objectionUntil = (enteredAt: Instant): Instant => limit.by(dayOf(enteredAt)).due(enteredAt).due;
export const objectionLimit = limit;
