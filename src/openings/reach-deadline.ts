import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { allow, next } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { deadlineNotReached } from './problems.ts';

/**
 * The deadline as an event. Whoever holds the lot's lock from here on finds it closed; every bid that was taken before has its event in the
 * journal before this one. Deadlines do not depend on it: submit-bid compares the time itself, in its own transaction.
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
    lot.phase = next(lot.phase, 'deadline.reached');
    lot.deadlineReachedAt = call.now;
    return { result: { lot: lot.id }, facts: [fact('deadline.reached', { lot: lot.id }, { deadline: lot.deadline })] };
  },
});

export const deadlines = clockwork({
  name: 'deadlines',
  act: reachDeadline,
  async due(em, now) {
    const lots = await em.find(Lot, { phase: 'bidding', deadline: { $lte: now } }, { fields: ['id'], limit: 200 });
    return lots.map((lot) => ({ lot: lot.id as Id }));
  },
});
