import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { dayOf } from '../kernel/working-days.ts';
import { isSandbox } from '../parties/reads.ts';
import { parameter } from '../rulebook/parameters.ts';
import type { CallsAnswer, PhoneAnswer } from './answers.ts';
import { groundWords } from './call.ts';
import { wordingOf } from './call-message.ts';
import { frontAddress, sentMessage } from './channel.ts';
import { specialtyTitle } from './classification.ts';
import { placesOf } from './place-reads.ts';
import { sitsOn } from './reads.ts';
import { CallMessage, DeliveryAttempt, DrawSeat } from './schema.ts';

/** The calls of the expert who asks: time, place and specialty, and how long there is to answer. */
export async function callsOf(em: EntityManager, by: Actor, now: Instant): Promise<CallsAnswer> {
  const seats =
    by.expert === null
      ? []
      : await em.find(DrawSeat, { expert: by.expert, calledAt: { $ne: null } }, { orderBy: { calledAt: 'desc', id: 'desc' }, limit: 200 });
  const places = await placesOf(em, seats);
  const sitting = new Set<string>();
  for (const lot of new Set(seats.map((seat) => seat.lot))) if (await sitsOn(em, by, lot)) sitting.add(lot);
  return {
    calls: seats.map((seat) => ({
      seat: seat.id,
      specialty: specialtyTitle(seat.specialty),
      place: places(seat),
      calledAt: seat.calledAt ?? now,
      answerUntil: seat.answerUntil ?? null,
      state: seat.state === 'called' && seat.answerUntil && now >= seat.answerUntil ? 'over' : seat.state,
      ground: seat.ground ? groundWords(seat.ground) : null,
      lot: seat.state === 'accepted' && sitting.has(seat.lot) ? seat.lot : null,
    })),
    limitMinutes: parameter('op.callout.answer.limit', dayOf(now)),
  };
}

/** The outbox of a sandbox: what is to be told to experts, what went out, and which demonstration account answers it. Nowhere else. */
export async function phoneOf(em: EntityManager, now: Instant): Promise<PhoneAnswer> {
  if (!(await isSandbox(em))) throw notFound();
  const messages = await em.find(CallMessage, { dueAt: { $lte: now } }, { orderBy: { dueAt: 'desc', id: 'desc' }, limit: 100 });
  const seats = new Map((await em.find(DrawSeat, { id: { $in: messages.map(({ seat }) => seat) } })).map((seat) => [seat.id, seat]));
  const places = await placesOf(em, [...seats.values()]);
  const logins = await loginsOf(em);
  const attempts = await em.find(DeliveryAttempt, { message: { $in: messages.map(({ id }) => id) }, channel: { $ne: 'in-app' } });
  return {
    messages: messages.flatMap(({ id, seat: of, kind, dueAt, state }) => {
      const seat = seats.get(of);
      // a reminder that nobody needed any more never goes out
      if (!seat || (kind === 'reminder' && state === 'waiting' && seat.state !== 'called')) return [];
      const facts = { specialty: specialtyTitle(seat.specialty), place: places(seat), answerUntil: seat.answerUntil ?? now };
      return {
        to: logins.get(seat.expert) ?? null,
        at: dueAt,
        kind,
        text: wordingOf(kind, { ...facts, address: frontAddress() }).short,
        answered: seat.state !== 'called',
        copies: attempts.flatMap((attempt) =>
          attempt.message === id && attempt.state === 'delivered'
            ? [{ channel: attempt.channel, href: `/sandbox/messages/${attempt.id}` }]
            : [],
        ),
      };
    }),
  };
}

async function loginsOf(em: EntityManager): Promise<ReadonlyMap<string, string>> {
  const rows = await em.execute<{ expert: string; login: string }[]>(
    `select m.expert, u.login from membership m join platform_user u on u.id = m."user" where m.role = 'expert' and m.expert is not null`,
  );
  return new Map(rows.map((row) => [row.expert, row.login]));
}

/** One message of a sandbox as it was written into its folder. */
export async function copyOf(em: EntityManager, attempt: string): Promise<string> {
  const text = (await isSandbox(em)) ? await sentMessage(attempt) : null;
  if (text === null) throw notFound();
  return text;
}
