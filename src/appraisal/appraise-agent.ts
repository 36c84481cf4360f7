import { z } from 'zod';
import { ownSeat } from '../evaluation/member-reads.ts';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { notFound } from '../kernel/problem.ts';
import { Lot } from '../tenders/schema.ts';
import { commentField, scoresOf } from './appraise-expert.ts';
import { agentDimensions } from './dimensions.ts';
import { alreadyAppraised, notEvaluatedYet } from './problems.ts';
import { Appraisal } from './schema.ts';

export const agentFields = z.object({ scores: scoresOf(agentDimensions), comment: commentField });

/** An expert says how the evaluation was hosted. The host reads means only, and never of fewer than three: nobody need fear for its next appraisal. */
export const appraiseAgent = act({
  name: 'appraise-agent',
  by: ['expert'],
  says: { zh: '评价招标组织方', en: 'Appraise the host of an evaluation' },
  takes: agentFields.extend({ lot: idField }),
  async run(call, { lot: id, scores, comment }) {
    const lot = await lock(call, Lot, id);
    const { id: member, expert } = await ownSeat(call.em, call.by, lot.id);
    if (!expert) throw notFound();
    if (!lot.reportedAt) throw notEvaluatedYet();
    if ((await call.em.count(Appraisal, { member, side: 'expert' })) > 0) throw alreadyAppraised();
    const appraisal = newId(call.now);
    const given = { member, scores, comment: comment ?? null };
    call.em.create(Appraisal, {
      id: appraisal,
      lot: lot.id,
      expert,
      side: 'expert',
      user: call.by.user ?? '',
      late: false,
      at: call.now,
      ...given,
    });
    return { result: { appraisal }, facts: [fact('agent.appraised', { lot: lot.id, member }, { appraisal, ...given })] };
  },
});
