import type { Call } from '../kernel/act.ts';
import { type Instant, later } from '../kernel/clock.ts';
import { dayOf } from '../kernel/working-days.ts';
import { parameter } from '../rulebook/parameters.ts';
import type { Part } from '../sealing/shapes.ts';
import { EvaluationTime } from './schema.ts';

const hour = 3_600_000;

/** Until when a panel that starts now has, in so many hours by the host, or as many as the platform's rule says. */
export const timeFrom = (now: Instant, hours: number | undefined): Instant =>
  later(now, (hours ?? parameter('op.evaluation.limit', dayOf(now))) * hour);

/** Until when it has once it was given more: counted from the end of its time, or from now where that has passed. */
export const extendedFrom = (until: Instant, now: Instant): Instant =>
  later(now > until ? now : until, parameter('op.evaluation.extension', dayOf(now)) * hour);

/** A panel begins with an envelope, or begins it again: its time runs from now. The caller holds the lot's lock. */
export async function startTime(call: Call, lot: string, part: Part, hours?: number): Promise<EvaluationTime> {
  const given = { startedAt: call.now, until: timeFrom(call.now, hours), extensions: 0, overtimeAt: null };
  const row = await call.em.findOne(EvaluationTime, { lot, part });
  return row ? Object.assign(row, given) : call.em.create(EvaluationTime, { lot, part, ...given });
}
