import type { Instant } from '../kernel/clock.ts';
import { dayOf } from '../kernel/working-days.ts';
import { parameter } from '../rulebook/parameters.ts';

/** The figures of the rule about outages that a notice published at this moment would carry. */
export function outageRuleNow(now: Instant) {
  const day = dayOf(now);
  return {
    institutions: parameter('intake.outage.institutions', day),
    quorum: parameter('intake.outage.quorum', day),
    downMinutes: parameter('intake.outage.down', day),
    windowMinutes: parameter('intake.outage.window', day),
    moveHours: parameter('intake.outage.move', day),
    mostMoves: parameter('intake.outage.moves.max', day),
    settleMinutes: parameter('intake.outage.settle', day),
  };
}
