import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { type CallFacts, type MessageKind, routes } from './call-message.ts';
import { type Channel, channels, type OutwardChannel, type Receipt, SendFailure } from './channel.ts';
import { specialtyTitle } from './classification.ts';
import { contactOf } from './identity-reads.ts';
import { placesOf } from './place-reads.ts';
import { CallMessage, DeliveryAttempt, DrawSeat } from './schema.ts';

/** Has this expert somebody who signs in for it here? */
export async function hasAccount(em: EntityManager, expert: string): Promise<boolean> {
  const rows = await em.execute<unknown[]>(`select 1 from membership where expert = ? and role = 'expert' limit 1`, [expert]);
  return rows.length > 0;
}

/**
 * Messages that are to go out now, oldest first. A call that was answered, or whose time is over, is not sent any more: what is due follows from the
 * seat, so nothing has to be taken back.
 */
export async function dueMessages(em: EntityManager, now: Instant, limit: number): Promise<string[]> {
  const rows = await em.execute<{ id: string }[]>(
    `select m.id from call_message m join draw_seat s on s.id = m.seat
     where m.state = 'waiting' and m.due_at <= ? and ${stillDue}
       and not exists (select from delivery_attempt a where a.message = m.id and a.state = 'trying' and a.rests_until > clock_timestamp())
     order by m.due_at, m.id limit ?`,
    [now, now, limit],
  );
  return rows.map(({ id }) => id);
}
/** takes the present moment */
const stillDue = `case m.kind when 'voided' then s.state = 'void' else s.state = 'called' and s.answer_until > ? end`;

/** A message with its receiver, ready to be sent. */
export interface Outgoing {
  readonly message: string;
  readonly kind: MessageKind;
  readonly facts: Omit<CallFacts, 'address'>;
  /** the channels in their order; `to` is null where no address is on record */
  readonly route: readonly { readonly channel: Channel; readonly to: string | null }[];
}

/** What is to be sent now, with the address in clear: for the notifier alone. Null when it is not due any more. */
export async function outgoing(em: EntityManager, id: string, now: Instant): Promise<Outgoing | null> {
  const [due] = await em.execute<{ seat: string }[]>(
    `select m.seat from call_message m join draw_seat s on s.id = m.seat where m.id = ? and m.state = 'waiting' and ${stillDue}`,
    [id, now],
  );
  if (!due) return null;
  const { kind } = await em.findOneOrFail(CallMessage, { id });
  const seat = await em.findOneOrFail(DrawSeat, { id: due.seat });
  const places = await placesOf(em, [seat]);
  const { phone, email } = await contactOf(em, seat.expert);
  const present = channels();
  return {
    message: id,
    kind,
    facts: { place: places(seat), specialty: specialtyTitle(seat.specialty), answerUntil: seat.answerUntil ?? now },
    route: routes[kind].flatMap((name) => {
      const channel = present.get(name);
      return channel ? [{ channel, to: name === 'e-mail' ? email : phone }] : [];
    }),
  };
}

export const attemptsOf = (em: EntityManager, message: string): Promise<DeliveryAttempt[]> =>
  em.find(DeliveryAttempt, { message }, { orderBy: { at: 'asc', id: 'asc' } });

/** Where the messages of seats have got to. */
export async function attemptsBySeat(em: EntityManager, seats: readonly string[]): Promise<ReadonlyMap<string, SeatAttempt[]>> {
  const messages = new Map((await em.find(CallMessage, { seat: { $in: [...seats] } })).map((message) => [message.id, message]));
  const found = new Map<string, SeatAttempt[]>();
  for (const attempt of await em.find(DeliveryAttempt, { message: { $in: [...messages.keys()] } }, { orderBy: { at: 'asc', id: 'asc' } })) {
    const message = messages.get(attempt.message);
    if (!message) continue;
    const own = found.get(message.seat) ?? [];
    own.push({ ...attempt, kind: message.kind });
    found.set(message.seat, own);
  }
  return found;
}
export type SeatAttempt = Pick<DeliveryAttempt, 'id' | 'channel' | 'state' | 'tries' | 'at' | 'failure'> & { readonly kind: MessageKind };

/** How long a try may last before another worker may take it for lost. */
const lease = 20;

/** Notes that a message is about to be sent, before it is: a worker that dies while sending leaves a try behind, and the next sends under the same id. */
export async function beginAttempt(
  em: EntityManager,
  message: string,
  channel: OutwardChannel,
  now: Instant,
): Promise<{ id: string; tries: number }> {
  const [row] = await em.execute<{ id: string; tries: number }[]>(
    `insert into delivery_attempt (id, message, channel, tries, state, at, rests_until) values (?, ?, ?, 1, 'trying', ?, clock_timestamp() + make_interval(secs => ?))
     on conflict (message, channel) do update set tries = delivery_attempt.tries + 1, at = excluded.at, rests_until = excluded.rests_until
     returning id, tries`,
    [newId(now), message, channel, now, lease],
  );
  if (!row) throw new Error('an attempt was not kept');
  return row;
}

export async function keepReceipt(em: EntityManager, attempt: string, { state, reference }: Receipt, now: Instant): Promise<void> {
  await em.execute(
    `update delivery_attempt set state = ?, reference = ?, failure = null, at = ?, rests_until = null where id = ? and state = 'trying'`,
    [state, reference?.slice(0, 100) ?? null, now, attempt],
  );
}

/** `restSeconds`: until the next try; null when there is none. */
export async function keepFailure(
  em: EntityManager,
  attempt: string,
  { why }: SendFailure,
  restSeconds: number | null,
  now: Instant,
): Promise<void> {
  await em.execute(
    `update delivery_attempt set state = ?, failure = ?, at = ?, rests_until = clock_timestamp() + make_interval(secs => ?) where id = ? and state = 'trying'`,
    [restSeconds === null ? 'failed' : 'trying', why, now, restSeconds ?? 0, attempt],
  );
}

/** A channel that cannot be tried at all. */
export async function keepNoAddress(em: EntityManager, message: string, channel: OutwardChannel, now: Instant): Promise<void> {
  const { id } = await beginAttempt(em, message, channel, now);
  await keepFailure(em, id, new SendFailure('no-address'), null, now);
}

/**
 * What the other side reports of a message it took over. One that did not arrive goes by the next channel, while the call still waits. Answers whether it
 * was known; what was reported before is not reported back.
 */
export async function keepReport(
  em: EntityManager,
  channel: OutwardChannel,
  attempt: string,
  state: 'delivered' | 'failed',
  now: Instant,
): Promise<void> {
  const [row] = await em.execute<{ message: string }[]>(
    `update delivery_attempt set state = ?, failure = ?, at = ? where id = ? and channel = ? and state = 'accepted' returning message`,
    [state, state === 'failed' ? 'undelivered' : null, now, attempt, channel],
  );
  if (row && state === 'failed')
    await em.execute(`update call_message set state = 'waiting', settled_at = null where id = ?`, [row.message]);
}
