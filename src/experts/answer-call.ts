import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, type Fact, lock } from '../kernel/act.ts';
import { fromBase64url } from '../kernel/bytes.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField, newId } from '../kernel/ids.ts';
import { dayOf } from '../kernel/working-days.ts';
import { listsFor } from '../openings/draw-list-reads.ts';
import { DrawRequest as DrawRow } from '../openings/schema.ts';
import { type AnyDrawRequest, nextCalled } from '../sealing/draw.ts';
import { allow, allows } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { declineGroundKeys } from './call.ts';
import { personOf } from './call-experts.ts';
import { callOver, declineGroundNeeded, noSuchCall, notInStanding } from './problems.ts';
import { callSeat } from './queue-messages.ts';
import { DrawSeat, Expert } from './schema.ts';
import { standingOn } from './standing.ts';

export const answerFields = z.object({
  accepts: z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]),
  ground: z.preprocess((given) => (given === '' ? undefined : given), z.enum(declineGroundKeys).optional()),
});

/** An expert accepts or declines; silence until the limit counts as declining. A decline calls the next of the same draw, in its order. */
export const answerCall = act({
  name: 'answer-call',
  by: ['expert', 'system'],
  says: { zh: '答复评标邀请', en: 'Answer a call' },
  takes: answerFields.extend({ seat: idField }),
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
    if (command.accepts && !bySystem) {
      const expert = await call.em.findOneOrFail(Expert, { id: seat.expert });
      if (standingOn(expert, dayOf(call.now)) !== 'normal') throw notInStanding();
      seat.answeredAt = call.now;
      seat.state = 'accepted';
      return { result: { state: 'accepted' }, facts: [fact('expert.accepted', { lot: lot.id }, calledOf(seat))] };
    }
    if (!bySystem && !command.ground)
      throw declineGroundNeeded({ fields: [{ path: 'ground', says: { zh: '请选择原因。', en: 'Please choose a reason.' } }] });
    const facts = await stepDown(call, seat, bySystem ? 'no-answer' : (command.ground ?? 'other'));
    return { result: { state: 'declined' }, facts };
  },
});

const calledOf = ({ request, specialty, commitment }: DrawSeat) => ({ request, specialty, expert: commitment });

/** An expert who was called does not come (any more): the next of the same draw is called. The caller holds the lot's lock. */
export async function stepDown(call: Call, seat: DrawSeat, ground: string): Promise<readonly [Fact, ...Fact[]]> {
  seat.state = 'declined';
  seat.ground = ground;
  seat.answeredAt = call.now;
  const declined = fact('expert.declined', { lot: seat.lot }, { ...calledOf(seat), ground });
  return [declined, ...(await callNext(call, seat))];
}

async function callNext(call: Call, seat: DrawSeat): Promise<Fact[]> {
  const draw = await call.em.findOneOrFail(DrawRow, { id: seat.request });
  const seed = fromBase64url(draw.seed ?? '');
  if (!seed) throw new Error(`draw ${draw.id} has called experts but no seed`);
  const seats = await call.em.find(DrawSeat, { request: draw.id });
  const called = new Set(seats.filter((each) => each.state !== 'standby').map((each) => each.commitment));
  const [standing] = seats
    .filter((each) => each.state === 'standby' && each.specialty === seat.specialty)
    .sort((a, b) => a.place - b.place);
  const next = standing ?? (await beyondReserve(call, draw, seat, { seed, called }));
  if (!next) return [];
  await callSeat(call, next, (await call.em.count(DrawSeat, { lot: seat.lot, call: { $ne: null } })) + 1);
  return [fact('expert.called', { lot: seat.lot }, calledOf(next))];
}

/** The reserve is used up: the ticket order goes on through the whole pool, until nobody is left. */
async function beyondReserve(
  call: Call,
  draw: DrawRow,
  seat: DrawSeat,
  { seed, called }: { readonly seed: Uint8Array; readonly called: ReadonlySet<string> },
): Promise<DrawSeat | undefined> {
  const request = draw.request as AnyDrawRequest;
  const commitment = nextCalled(request, seed, seat.specialty, called, await listsFor(call.em, request));
  if (commitment === undefined) return undefined;
  const person = await personOf(call, draw, seat.specialty, commitment);
  return call.em.create(DrawSeat, {
    id: newId(call.now),
    request: draw.id,
    lot: seat.lot,
    specialty: seat.specialty,
    expert: person.id,
    record: person.record,
    commitment,
    place: await call.em.count(DrawSeat, { request: draw.id, specialty: seat.specialty }),
    state: 'standby',
  });
}

/** Silence is an answer: whoever has not answered within the limit has declined. */
export const silences = clockwork({
  name: 'silences',
  act: answerCall,
  async due(em, now) {
    const rows = await em.execute<{ id: string; phase: string }[]>(
      `select s.id, lot.phase from draw_seat s join lot on lot.id = s.lot where s.state = 'called' and s.answer_until <= ? order by s.called_at, s.id`,
      [now],
    );
    return rows.filter(({ phase }) => allows('answer-call', phase)).map(({ id }) => ({ seat: id as Id, accepts: false as boolean }));
  },
});
