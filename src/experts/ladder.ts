import type { DayString } from '../kernel/working-days.ts';
import { parameter } from '../rulebook/parameters.ts';
import { type Rung, rungs } from './reach.ts';

/** The rungs that a draw of this day may climb (rule XD-7), the first first. */
export const ladderOn = (on: DayString): readonly Rung[] =>
  rungs.slice(parameter('op.draw.reach.first', on) - 1, parameter('op.draw.reach.last', on));
