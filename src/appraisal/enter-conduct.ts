import { z } from 'zod';
import { PanelMember } from '../evaluation/schema.ts';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { dayOf } from '../kernel/working-days.ts';
import { seesDrafts } from '../tenders/reads.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { applyConsequence, lockedExpert } from './apply-consequence.ts';
import { conductCodes, countsUntil, pointsOf } from './conduct.ts';
import { ConductEntry } from './schema.ts';

export const conductFields = z.object({
  code: z.enum(conductCodes),
  ground: z.string().trim().min(4, '请写明事实和依据，至少四个字。 | State what happened, in four characters at least.').max(1000),
  evidence: z
    .string()
    .trim()
    .min(2, '请写明证据，如监控时段、文书编号。 | Name the evidence: a recording and its time, a paper and its number.')
    .max(1000),
});

/**
 * The supervisor, or the centre that watched, enters what a member of a panel did wrong, with ground and evidence. It is entered by seat: the centre
 * need not know the name. Points count at once; the expert may object.
 */
export const enterConduct = act({
  name: 'enter-conduct',
  by: ['regulator', 'centre'],
  says: { zh: '登记专家不良行为记分', en: 'Enter conduct points of an expert' },
  takes: conductFields.extend({ lot: idField, member: idField }),
  async run(call, { lot: id, member: seat, code, ground, evidence }) {
    const lot = await lock(call, Lot, id);
    const project = await call.em.findOneOrFail(Project, { id: lot.project });
    if (call.by.role === 'regulator' && !(await seesDrafts(call.em, call.by, project))) throw notFound();
    const member = await call.em.findOne(PanelMember, { id: seat, lot: lot.id, kind: 'expert' });
    if (!member?.expert) throw notFound();
    const expert = await lockedExpert(call, member.expert);
    const on = dayOf(call.now);
    const entry = call.em.create(ConductEntry, {
      id: newId(call.now),
      expert: expert.id,
      lot: lot.id,
      member: member.id,
      code,
      points: pointsOf(code, on),
      ground,
      evidence,
      enteredBy: call.by.user ?? '',
      enteredAt: call.now,
      until: countsUntil(on),
      state: 'standing',
      consequence: 'none',
    });
    const { consequence, facts } = await applyConsequence(call, expert);
    entry.consequence = consequence;
    const told = { entry: entry.id, member: member.id, code, points: entry.points, ground, evidence, until: entry.until, consequence };
    return {
      result: { entry: entry.id, consequence },
      facts: [fact('conduct.entered', { lot: lot.id, member: member.id }, told), ...facts],
    };
  },
});
