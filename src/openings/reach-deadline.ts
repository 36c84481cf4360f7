import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { maySettle } from '../journal/outage.ts';
import { holdProbes } from '../journal/probe-reads.ts';
import { act, lock } from '../kernel/act.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { allow, next } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { outageOf } from './outage-reads.ts';
import { deadlineNotReached, outageUndecided } from './problems.ts';

/**
 * The deadline as an event. Whoever holds the lot's lock from here on finds it closed; every bid that was taken before has its event in the
 * journal before this one. Deadlines do not depend on it: submit-bid compares the time itself, in its own transaction. Where the notice lets a
 * witnessed outage move the deadline, it waits until no statement still on its way could (journal/outage.ts), and takes none meanwhile.
 */
export const reachDeadline = act({
  name: 'reach-deadline',
  by: ['system'],
  says: { zh: '投标截止', en: 'Reach the deadline' },
  takes: z.object({ lot: idField }),
  async run(call, command) {
    const lot = await lock(call, Lot, command.lot);
    allow('reach-deadline', lot.phase);
    if (lot.deadline === null || lot.deadline === undefined || call.now < lot.deadline) throw deadlineNotReached();
    await holdProbes(call.em);
    const witnessed = await outageOf(call.em, lot);
    if (witnessed && !maySettle(witnessed.rule, lot.deadline, call.now, witnessed.outage)) throw outageUndecided();
    lot.phase = next(lot.phase, 'deadline.reached');
    lot.deadlineReachedAt = call.now;
    return { result: { lot: lot.id }, facts: [fact('deadline.reached', { lot: lot.id }, { deadline: lot.deadline })] };
  },
});

export const deadlines = clockwork({
  name: 'deadlines',
  act: reachDeadline,
  async due(em, now) {
    const lots = await em.find(Lot, { phase: 'bidding', deadline: { $lte: now } }, { limit: 200 });
    const due: { lot: Id }[] = [];
    for (const lot of lots) {
      const witnessed = await outageOf(em, lot);
      if (!witnessed || maySettle(witnessed.rule, witnessed.deadline, now, witnessed.outage)) due.push({ lot: lot.id as Id });
    }
    return due;
  },
});
