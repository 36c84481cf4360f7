import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { clockwork } from '../kernel/clockwork.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { applyConsequence, lockedExpert } from './apply-consequence.ts';
import { objectionUntil } from './objection-limit.ts';
import { ConductEntry } from './schema.ts';

/** Points to which nobody objected in time stand for good. */
export const settleConduct = act({
  name: 'settle-conduct',
  by: ['system'],
  says: { zh: '记分期满生效', en: 'Points stand without an objection' },
  takes: z.object({ entry: idField }),
  async run(call, command) {
    const found = await call.em.findOne(ConductEntry, { id: command.entry });
    if (!found) throw notFound();
    const expert = await lockedExpert(call, found.expert);
    const entry = await lock(call, ConductEntry, found.id);
    if (entry.state !== 'standing' || call.now < objectionUntil(entry.enteredAt)) throw notFound();
    entry.state = 'upheld';
    entry.decidedAt = call.now;
    const { facts } = await applyConsequence(call, expert);
    const { id, lot, member, state } = entry;
    return { result: { state }, facts: [fact('conduct.decided', { lot, member }, { entry: id, member, state, reason: null }), ...facts] };
  },
});

export const settledConduct = clockwork({
  name: 'settled-conduct',
  act: settleConduct,
  async due(em, now) {
    const standing = await em.find(
      ConductEntry,
      { state: 'standing' },
      { fields: ['id', 'enteredAt'], orderBy: { enteredAt: 'asc' }, limit: 100 },
    );
    return standing.filter(({ enteredAt }) => now >= objectionUntil(enteredAt)).map(({ id }) => ({ entry: id as Id }));
  },
});
