import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Call } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { dayOf } from '../kernel/working-days.ts';
import { stateAfter } from './admission.ts';
import { recommended } from './admission-rules.ts';
import { lineOfMembership, refuseOutOfStanding, upholdApplicant } from './judge-application.ts';
import { about, refuseOwnMatter } from './officials.ts';
import { type Applied, lockApplication } from './own-application.ts';
import { reviewReasonNeeded } from './problems.ts';
import { Proof } from './schema.ts';

export const reviewFields = z.object({
  outcome: z.enum(['accept', 'return', 'refuse']),
  reason: z.preprocess((given) => (given === '' ? undefined : given), z.string().trim().min(4).max(1000).optional()),
});

/**
 * The trading centre reviews an application: it goes on, comes back to be put right, or is refused, the latter two with reasons. Who admits in the
 * end is somebody else (admit-expert.ts).
 */
export const reviewApplication = act({
  name: 'review-application',
  by: ['centre'],
  says: { zh: '审核入库申请', en: 'Review an application' },
  takes: reviewFields.extend({ application: idField }),
  async run(call, { application: id, outcome, reason }) {
    const applied = await lockApplication(call, id);
    const { expert, application } = applied;
    await refuseOwnMatter(call, expert.id);
    const state = stateAfter(outcome, application.state);
    if (outcome === 'accept') await upholdAcceptable(call, applied);
    else if (!reason) throw reviewReasonNeeded({ fields: [{ path: 'reason', says: reviewReasonNeeded().title }] });
    Object.assign(application, { state, reviewedBy: call.by.user, reviewReason: reason ?? null, reviewedAt: call.now });
    return {
      result: { state },
      facts: [
        fact('expert.reviewed', about(call, expert.id), {
          application: application.id,
          line: application.line,
          outcome,
          reason: reason ?? null,
        }),
      ],
    };
  },
});

async function upholdAcceptable(call: Call, { expert, application }: Applied): Promise<void> {
  refuseOutOfStanding(call, expert);
  const line = lineOfMembership(application.line);
  const { qualification, specialties } = application;
  if (qualification) await upholdApplicant(call, expert, { line, qualification, specialties });
  // a recommendation is that of the employer the record names now
  const byEmployer = application.recommendedBy === expert.employer;
  const byLetter = (await call.em.count(Proof, { application: application.id, kind: 'recommendation' })) > 0;
  uphold([recommended], { on: dayOf(call.now), line, recommended: byEmployer || byLetter });
}
