import { z } from 'zod';
import { PanelMember } from '../evaluation/schema.ts';
import { fact } from '../journal/event.ts';
import { act, type Call, lock } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { hostedBy } from '../tenders/host-reads.ts';
import { seesDrafts } from '../tenders/reads.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { appraisalLimit } from './appraisal-limit.ts';
import { expertDimensions, scale } from './dimensions.ts';
import { alreadyAppraised, notEvaluatedYet } from './problems.ts';
import { Appraisal, type Side } from './schema.ts';

const score = z.coerce.number().int().min(scale.from).max(scale.to);
/** One score for each dimension, and no other. */
export const scoresOf = (dimensions: readonly { readonly id: string }[]) =>
  z.strictObject(Object.fromEntries(dimensions.map(({ id }) => [id, score])) as Record<string, typeof score>);
export const commentField = z.preprocess((given) => (given === '' ? undefined : given), z.string().trim().max(1000).optional());
export const appraisalFields = z.object({ scores: scoresOf(expertDimensions), comment: commentField });

/** The host, and the supervisor, say how an expert did its work: once for each evaluation, and for ever. Being late is a breach of the host and no reason to say nothing. */
export const appraiseExpert = act({
  name: 'appraise-expert',
  by: ['agent', 'tenderee', 'regulator'],
  says: { zh: '评价评标专家', en: 'Appraise an expert of a panel' },
  takes: appraisalFields.extend({ lot: idField, member: idField }),
  async run(call, { lot: id, member: seat, scores, comment }) {
    const lot = await lock(call, Lot, id);
    const side = await sideOf(call, lot);
    if (!lot.reportedAt) throw notEvaluatedYet();
    const member = await call.em.findOne(PanelMember, { id: seat, lot: lot.id, kind: 'expert', leftAt: null });
    if (!member?.expert) throw notFound();
    if ((await call.em.count(Appraisal, { member: member.id, side })) > 0) throw alreadyAppraised();
    const given = {
      member: member.id,
      scores,
      comment: comment ?? null,
      late: side === 'host' && call.now >= appraisalLimit.due(lot.reportedAt).due,
    };
    const appraisal = newId(call.now);
    call.em.create(Appraisal, {
      id: appraisal,
      lot: lot.id,
      expert: member.expert,
      side,
      user: call.by.user ?? '',
      at: call.now,
      ...given,
    });
    return {
      result: { appraisal, late: given.late },
      facts: [fact('appraisal.given', { lot: lot.id, member: member.id }, { appraisal, side, ...given })],
    };
  },
});

async function sideOf(call: Call, lot: Lot): Promise<Side> {
  if (call.by.role !== 'regulator') {
    await hostedBy(call, lot);
    return 'host';
  }
  if (!(await seesDrafts(call.em, call.by, await call.em.findOneOrFail(Project, { id: lot.project })))) throw notFound();
  return 'regulator';
}
