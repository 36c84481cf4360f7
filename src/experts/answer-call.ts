import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, type Fact, lock } from '../kernel/act.ts';
import { fromBase64url } from '../kernel/bytes.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField, newId } from '../kernel/ids.ts';
import { DrawRequest as DrawRow } from '../openings/schema.ts';
import { type DrawRequest, nextCalled } from '../sealing/draw.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { answerUntil, peopleOf } from './call-experts.ts';
import { callOver, noSuchCall } from './problems.ts';
import { DrawSeat } from './schema.ts';

/** An expert accepts or declines; silence until the limit counts as declining. A decline calls the next of the same draw, in its order. */
export const answerCall = act({
  name: 'answer-call',
  by: ['expert', 'system'],
  says: { zh: '答复评标邀请', en: 'Answer a call' },
  takes: z.object({
    seat: idField,
    accepts: z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]),
    ground: z.string().trim().max(200).optional(),
  }),
  async run(call, command) {
    const found = await call.em.findOne(DrawSeat, { id: command.seat });
    const bySystem = call.by.role === 'system';
    if (!found || (!bySystem && found.expert !== call.by.expert)) throw noSuchCall();
    const lot = await lock(call, Lot, found.lot);
    const seat = await lock(call, DrawSeat, found.id);
    allow('answer-call', lot.phase);
    if (seat.state !== 'called' || !seat.answerUntil) throw noSuchCall();
    const over = call.now >= seat.answerUntil;
    if (bySystem !== over) throw bySystem ? noSuchCall() : callOver();
    seat.answeredAt = call.now;
    const subject = { lot: lot.id, expert: seat.expert };
    const which = { request: seat.request, specialty: seat.specialty, expert: seat.commitment };
    if (command.accepts && !bySystem) {
      seat.state = 'accepted';
      return { result: { state: 'accepted' }, facts: [fact('expert.accepted', subject, which)] };
    }
    const ground = bySystem ? 'no-answer' : (command.ground ?? '');
    seat.state = 'declined';
    seat.ground = ground;
    const declined = fact('expert.declined', subject, { ...which, ground });
    const followed = await callNext(call, seat);
    return { result: { state: 'declined' }, facts: [declined, ...followed] };
  },
});

async function callNext(call: Call, seat: DrawSeat): Promise<Fact[]> {
  const draw = await call.em.findOneOrFail(DrawRow, { id: seat.request });
  const seats = await call.em.find(DrawSeat, { request: draw.id });
  const called = new Set(seats.filter((each) => each.state !== 'standby').map((each) => each.commitment));
  const commitment = nextCalled(draw.request as DrawRequest, fromBase64url(draw.seed ?? '') ?? new Uint8Array(0), seat.specialty, called);
  if (commitment === undefined) return [];
  const next =
    seats.find((each) => each.commitment === commitment && each.specialty === seat.specialty) ??
    (await beyondReserve(call, draw, seat, commitment));
  next.state = 'called';
  next.calledAt = call.now;
  next.answerUntil = answerUntil(call);
  return [
    fact('expert.called', { lot: seat.lot, expert: next.expert }, { request: draw.id, specialty: seat.specialty, expert: commitment }),
  ];
}

/** The reserve is used up: the ticket order goes on through the whole pool. */
async function beyondReserve(call: Call, draw: DrawRow, seat: DrawSeat, commitment: string): Promise<DrawSeat> {
  const people = await peopleOf(call, draw.saltKey ?? '');
  const place = (await call.em.count(DrawSeat, { request: draw.id, specialty: seat.specialty })) + 1;
  return call.em.create(DrawSeat, {
    id: newId(call.now),
    request: draw.id,
    lot: seat.lot,
    specialty: seat.specialty,
    expert: people.get(commitment) ?? '',
    commitment,
    place,
    state: 'called',
  });
}

/** Silence is an answer: whoever has not answered within the limit has declined. */
export const silences = clockwork({
  name: 'silences',
  act: answerCall,
  async due(em, now) {
    const seats = await em.find(DrawSeat, { state: 'called', answerUntil: { $lte: now } }, { fields: ['id'] });
    return seats.map((seat) => ({ seat: seat.id as Id, accepts: false as boolean }));
  },
});
