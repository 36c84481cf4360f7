import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { seesDrafts } from '../tenders/reads.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { applyConsequence, lockedExpert } from './apply-consequence.ts';
import { noObjection, ownEntry } from './problems.ts';
import { ConductEntry } from './schema.ts';

export const decisionFields = z.object({
  upholds: z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]),
  reason: z.string().trim().min(4, '请写明理由，至少四个字。 | State why, in four characters at least.').max(1000),
});

/** The supervisor decides about an objection; never the person who made the entry. Points that are struck have never counted, and what followed from them is undone. */
export const decideConduct = act({
  name: 'decide-conduct',
  by: ['regulator'],
  says: { zh: '处理记分异议', en: 'Decide about an objection to points' },
  takes: decisionFields.extend({ entry: idField }),
  async run(call, command) {
    const found = await call.em.findOne(ConductEntry, { id: command.entry });
    if (!found) throw notFound();
    const lot = await lock(call, Lot, found.lot);
    const project = await call.em.findOneOrFail(Project, { id: lot.project });
    if (!(await seesDrafts(call.em, call.by, project))) throw notFound();
    const expert = await lockedExpert(call, found.expert);
    const entry = await lock(call, ConductEntry, found.id);
    if (entry.state !== 'objected') throw noObjection();
    if (entry.enteredBy === call.by.user) throw ownEntry();
    Object.assign(entry, {
      state: command.upholds ? 'upheld' : 'struck',
      decision: command.reason,
      decidedBy: call.by.user,
      decidedAt: call.now,
    });
    const { facts } = await applyConsequence(call, expert);
    const { id, member, state } = entry;
    const told = { entry: id, member, state, reason: command.reason };
    return { result: { state }, facts: [fact('conduct.decided', { lot: lot.id, member }, told), ...facts] };
  },
});
