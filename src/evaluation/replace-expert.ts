import { z } from 'zod';
import { stepDown } from '../experts/answer-call.ts';
import { DrawSeat, Expert } from '../experts/schema.ts';
import { standingOn } from '../experts/standing.ts';
import { act, type Facts, lock } from '../kernel/act.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { dayOf } from '../kernel/working-days.ts';
import { allow, allows } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { leavesPanel, refuseFixedPanel } from './leaving.ts';
import { sittingMembers } from './member-reads.ts';

/**
 * An expert who was suspended, left the pool or was removed gives up its seats, called, accepted or sitting, and the next of the same draw is called;
 * what it has judged so far no longer counts (regulations art. 48). It does not come to a panel whose result stands: that is for the law to undo.
 */
export const replaceExpert = act({
  name: 'replace-expert',
  by: ['system'],
  says: { zh: '更换失去资格的专家', en: 'Replace an expert who lost its standing' },
  takes: z.object({ seat: idField }),
  async run(call, command) {
    const found = await call.em.findOne(DrawSeat, { id: command.seat }, { fields: ['lot'] });
    if (!found) throw notFound();
    const lot = await lock<Lot>(call, Lot, found.lot);
    const seat = await lock<DrawSeat>(call, DrawSeat, command.seat);
    allow('answer-call', lot.phase);
    await refuseFixedPanel(call, lot);
    const expert = await call.em.findOneOrFail(Expert, { id: seat.expert });
    const holds = seat.state === 'called' || seat.state === 'accepted';
    if (!holds || standingOn(expert, dayOf(call.now)) === 'normal') throw notFound();
    const member = (await sittingMembers(call.em, lot.id)).find(({ drawSeat }) => drawSeat === seat.id);
    const facts = member ? await leavesPanel(call, member, 'standing') : await stepDown(call, seat, 'standing');
    return { result: { lot: lot.id }, facts: facts as Facts };
  },
});

/** Seats held by experts out of standing, in lots whose panel may still change. */
export const lostStandings = clockwork({
  name: 'lost-standings',
  act: replaceExpert,
  async due(em, now) {
    const rows = await em.execute<{ id: string; phase: string }[]>(
      `select s.id, lot.phase from expert e join draw_seat s on s.expert = e.id join lot on lot.id = s.lot
       where e.status <> 'normal' and (e.suspended_until is null or e.suspended_until collate "C" >= ?) and s.state in ('called', 'accepted')
         and not exists (select from evaluation_report r where r.lot = lot.id) and not exists (select from part_result p where p.lot = lot.id and p.reported_at is null)
       order by s.id`,
      [dayOf(now)],
    );
    return rows.filter(({ phase }) => allows('answer-call', phase)).map(({ id }) => ({ seat: id as Id }));
  },
});
