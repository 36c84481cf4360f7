import type { Instant } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import { dayOf, daysBetween, parseDay, startOfDay, workingDaysBetween } from '../kernel/working-days.ts';
import { calendar } from '../rulebook/calendar-data.ts';
import type { RuledLimit } from '../rulebook/figure-rule.ts';
import type { Ground } from '../rulebook/ground.ts';
import { valueInWords } from '../rulebook/parameter.ts';
import { type KeyOf, parameterInForce, period } from '../rulebook/parameters.ts';

/** Periods of the law beside what was kept, as the report to the supervisor lists them. */
export interface KeptPeriod {
  readonly item: Words;
  readonly rule: Words;
  /** ≥ 20日 */
  readonly asked: string;
  readonly kept: string;
  readonly met: boolean;
}

/** A period that must last at least so long, from one moment to another. */
export function leastPeriod(item: Words, key: KeyOf<'day' | 'workday'>, ground: Ground, from: string, to: string): KeptPeriod {
  const row = parameterInForce(key, ground);
  const { count, unit } = period(key, ground);
  const [first, last] = [dayOf(from as Instant), dayOf(to as Instant)];
  const days = unit === 'workday' ? workingDaysBetween(first, last, calendar).count : daysBetween(first, last);
  return {
    item,
    rule: row.source,
    asked: `≥ ${valueInWords(row).zh}`,
    kept: `${days}${unit === 'workday' ? '个工作日' : '日'}`,
    met: days >= count,
  };
}

/** A duty with a limit: from when, and when it was done (a moment, or the date of a signature). */
export function limitKept(item: Words, limit: RuledLimit, from: string, done: string): KeptPeriod {
  const date = parseDay(done);
  const at = date === undefined ? (done as Instant) : startOfDay(date);
  const days = daysBetween(dayOf(from as Instant), dayOf(at));
  return {
    item,
    rule: limit.source,
    asked: `≤ ${limit.value.zh}`,
    kept: `${days}日`,
    met: at < limit.due(from as Instant).due,
  };
}
