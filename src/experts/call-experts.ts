import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call, type Fact, type Facts, lock } from '../kernel/act.ts';
import { fromBase64url } from '../kernel/bytes.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField, newId } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { personBehind } from '../openings/draw-list-reads.ts';
import { DrawRequest as DrawRow } from '../openings/schema.ts';
import type { DrawTranscript } from '../sealing/draw.ts';
import { allow, allows } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { identityOf, type PooledExpert, saltBehind, writtenId } from './pool.ts';
import { drawUnderWay } from './problems.ts';
import { callSeat } from './queue-messages.ts';
import { DrawSeat, Expert, PastIdentity } from './schema.ts';

/**
 * Calls the experts a completed draw names, in its order. Only here are commitments turned back into people, and only for the notifier: the
 * events say which commitment is called, never whose it is.
 */
export const callExperts = act({
  name: 'call-experts',
  by: ['system'],
  says: { zh: '通知抽中的专家', en: 'Call the drawn experts' },
  takes: z.object({ draw: idField }),
  async run(call, command) {
    const draw = await call.em.findOne(DrawRow, { id: command.draw, purpose: 'experts' });
    if (!draw?.transcript || !draw.saltKey) throw notFound();
    const lot = await lock(call, Lot, draw.lot);
    allow('answer-call', lot.phase);
    if ((await call.em.count(DrawSeat, { request: draw.id })) > 0) throw drawUnderWay();
    const { called, reserve } = draw.transcript as DrawTranscript;
    const facts: Fact[] = [];
    const before = await call.em.count(DrawSeat, { lot: lot.id, call: { $ne: null } });
    for (const [specialty, commitments] of Object.entries(called)) {
      for (const [place, commitment] of [...commitments, ...(reserve[specialty] ?? [])].entries()) {
        const isCalled = place < commitments.length;
        const person = await personOf(call, draw, specialty, commitment);
        const seat = call.em.create(DrawSeat, {
          id: newId(call.now),
          request: draw.id,
          lot: lot.id,
          specialty,
          expert: person.id,
          record: person.record,
          commitment,
          place,
          state: 'standby',
        });
        if (!isCalled) continue;
        await callSeat(call, seat, before + facts.length + 1);
        facts.push(fact('expert.called', { lot: lot.id }, { request: draw.id, specialty, expert: commitment }));
      }
    }
    if (facts.length === 0) throw notFound();
    return { result: { called: facts.length }, facts: facts as unknown as Facts };
  },
});

/** An expert behind a commitment: who it is, and the identity that the commitment binds. */
export interface Person {
  readonly id: string;
  readonly record: object;
}

/**
 * Finds the expert behind a commitment of a draw. The list it stands in says who it is (where a draw kept none, all are tried); that the commitment is theirs is worked out again, because the
 * salts and names that are published later must show it. A record that was changed after the draw was asked for is taken as it stood then. A commitment
 * that is nobody's means a damaged pool, and stops everything.
 */
export async function personOf(call: Call, draw: DrawRow, specialty: string, commitment: string): Promise<Person> {
  const saltKey = fromBase64url(draw.saltKey ?? '') ?? new Uint8Array(0);
  const bytes = await personBehind(call.em, draw.id, specialty, commitment);
  const experts = await call.em.find(Expert, bytes ? { id: writtenId(bytes) } : {}, { fields: ['id', 'name', 'employer', 'specialties'] });
  const committed = (expert: Identified): boolean => saltBehind({ saltKey }, expert, commitment) !== undefined;
  const found = experts.find(committed) ?? (await earlier(call, experts)).find(committed);
  if (!found) throw new Error(`no expert of the pool is behind the commitment ${commitment}`);
  return { id: found.id, record: identityOf(found) };
}

type Identified = Pick<PooledExpert, 'id' | 'name' | 'employer' | 'specialties'>;

/** What the records of these experts said before they were changed. */
async function earlier(call: Call, experts: readonly { readonly id: string }[]): Promise<Identified[]> {
  const rows = await call.em.find(PastIdentity, { expert: { $in: experts.map(({ id }) => id) } });
  return rows.map(({ identity }) => JSON.parse(identity) as Identified);
}

export const callOuts = clockwork({
  name: 'call-outs',
  act: callExperts,
  async due(em) {
    const rows = await em.execute<{ id: string; phase: string }[]>(
      `select d.id, lot.phase from draw_request d join lot on lot.id = d.lot
       where d.purpose = 'experts' and d.completed_at is not null and not exists (select from draw_seat s where s.request = d.id)`,
    );
    return rows.filter(({ phase }) => allows('answer-call', phase)).map(({ id }) => ({ draw: id as Id }));
  },
});
