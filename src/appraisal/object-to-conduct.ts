import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { objectionUntil } from './objection-limit.ts';
import { notOpenToObjection, objectionLate } from './problems.ts';
import { ConductEntry } from './schema.ts';

export const objectionFields = z.object({
  text: z.string().trim().min(4, '请写明理由，至少四个字。 | State why, in four characters at least.').max(1000),
});

/** An expert objects to points, once and in time. They count until somebody else decides. */
export const objectToConduct = act({
  name: 'object-to-conduct',
  by: ['expert'],
  says: { zh: '对记分提出异议', en: 'Object to conduct points' },
  takes: objectionFields.extend({ entry: idField }),
  async run(call, command) {
    const entry = await lock(call, ConductEntry, command.entry);
    if (entry.expert !== call.by.expert) throw notFound();
    if (entry.state !== 'standing') throw notOpenToObjection();
    if (call.now >= objectionUntil(entry.enteredAt)) throw objectionLate();
    entry.state = 'objected';
    entry.objection = command.text;
    entry.objectedAt = call.now;
    const { id, lot, member } = entry;
    return { result: { entry: id }, facts: [fact('conduct.contested', { lot, member }, { entry: id, member, text: command.text })] };
  },
});
