import { type Instant, later } from '../kernel/clock.ts';
import { dayOf } from '../kernel/working-days.ts';
import { parameter } from '../rulebook/parameters.ts';

/**
 * Until when a member may sign a result or refuse it in writing; at this moment silence has agreed (Regulation art. 53). The figure is that of the day
 * on which it was concluded.
 */
export const signUntil = (concludedAt: Instant): Instant =>
  later(concludedAt, parameter('op.report.sign.limit', dayOf(concludedAt)) * 3_600_000);

/**
 * May the silence of the others complete the result of an envelope? Only beside the signatures of more than half of the panel: else whoever runs the
 * platform could open the next envelopes on a result that nobody signed.
 */
export const silenceMayComplete = (signed: number, members: number): boolean => signed * 2 > members;
