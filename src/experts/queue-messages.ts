import type { Call } from '../kernel/act.ts';
import { type Instant, instantOf, later } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { dayOf } from '../kernel/working-days.ts';
import { parameter } from '../rulebook/parameters.ts';
import { hasAccount } from './message-reads.ts';
import { CallMessage, DeliveryAttempt, type DrawSeat } from './schema.ts';

/** Calls the expert of a seat, as the n-th of its lot: the time to answer begins, and the messages stand in the outbox with the call itself. */
export async function callSeat(call: Call, seat: DrawSeat, number: number): Promise<void> {
  seat.state = 'called';
  seat.call = number;
  seat.calledAt = call.now;
  seat.answerUntil = later(call.now, parameter('op.callout.answer.limit', dayOf(call.now)) * 60_000);
  const message = queue(call, seat, 'call', call.now);
  queue(call, seat, 'reminder', halfway(call.now, seat.answerUntil));
  if (!(await hasAccount(call.em, seat.expert))) return;
  // what stands on the expert's own page has arrived with the commit
  call.em.create(DeliveryAttempt, {
    id: newId(call.now),
    message,
    channel: 'in-app',
    tries: 1,
    state: 'delivered',
    failure: null,
    reference: null,
    at: call.now,
    restsUntil: null,
  });
}

/** Another draw takes the place of this one: whoever was told to come is told not to. */
export function voidSeat(call: Call, seat: DrawSeat): void {
  const told = seat.state === 'called' || seat.state === 'accepted';
  seat.state = 'void';
  if (told) queue(call, seat, 'voided', call.now);
}

function queue(call: Call, seat: DrawSeat, kind: CallMessage['kind'], dueAt: Instant): string {
  const id = newId(call.now);
  call.em.create(CallMessage, { id, seat: seat.id, kind, dueAt, state: 'waiting', settledAt: null });
  return id;
}

const halfway = (from: Instant, until: Instant): Instant => instantOf(new Date((Date.parse(from) + Date.parse(until)) / 2));
