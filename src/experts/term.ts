import { addDays, addMonths, type DayString } from '../kernel/working-days.ts';
import { parameter } from '../rulebook/parameters.ts';
import type { PoolLine } from './admission.ts';

export interface Term {
  readonly from: DayString;
  readonly until: DayString;
}

/** The term of somebody admitted on a day. One that still runs is continued: the new one begins when it ends. */
export function termFrom(line: Pick<PoolLine, 'term'>, on: DayString, running: DayString | null): Term {
  const from = running !== null && running >= on ? addDays(running, 1) : on;
  return { from, until: addDays(addMonths(from, 12 * parameter(line.term, on)), -1) };
}

/** The first day on which a term may be renewed. */
export const renewableFrom = (until: DayString, on: DayString): DayString => addDays(until, -parameter('op.expert.renewal', on));
