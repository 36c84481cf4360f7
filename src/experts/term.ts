import { addDays, addMonths, type DayString } from '../kernel/working-days.ts';
import { parameter } from '../rulebook/parameters.ts';
import type { PoolLine } from './admission.ts';

export interface Term {
  readonly from: DayString;
  readonly until: DayString;
}

/**
 * The term of somebody admitted on a day. One that still runs is continued: the new one begins when it ends. Its length is the rule's of that day; of whoever was
 * admitted elsewhere before there was a rule here, the rule's of the day `ruled`.
 */
export function termFrom(line: Pick<PoolLine, 'term'>, on: DayString, running: DayString | null, ruled = on): Term {
  const from = running !== null && running >= on ? addDays(running, 1) : on;
  return { from, until: addDays(addMonths(from, 12 * parameter(line.term, ruled)), -1) };
}

/** The first day on which a term may be renewed. */
export const renewableFrom = (until: DayString, on: DayString): DayString => addDays(until, -parameter('op.expert.renewal', on));
