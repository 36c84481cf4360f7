import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { type DayString, dayOf } from '../kernel/working-days.ts';
import { stateAfter } from './admission.ts';
import { maskedName } from './expert.ts';
import { lineOfMembership, refuseOutOfStanding, upholdApplicant } from './judge-application.ts';
import { about, refuseOwnMatter } from './officials.ts';
import { lockApplication } from './own-application.ts';
import { settleMemberships } from './settle-memberships.ts';
import { termFrom } from './term.ts';

/**
 * The regulator admits whoever was reviewed and has passed the test, for a term. From here on, and until the last day of the term, the expert may be
 * drawn for the line. Whoever had left the pool is back in it.
 */
export const admitExpert = act({
  name: 'admit-expert',
  by: ['regulator'],
  says: { zh: '聘任专家入库', en: 'Admit an expert for a term' },
  takes: z.object({ application: idField }),
  async run(call, command) {
    const { expert, application } = await lockApplication(call, command.application);
    await refuseOwnMatter(call, expert.id);
    refuseOutOfStanding(call, expert);
    application.state = stateAfter('admit', application.state);
    const line = lineOfMembership(application.line);
    const { qualification, specialties } = application;
    if (qualification) await upholdApplicant(call, expert, { line, qualification, specialties });
    const term = termFrom(line, dayOf(call.now), (expert.terms?.[line.id] ?? null) as DayString | null);
    Object.assign(application, { ...term, admittedAt: call.now });
    expert.status = 'normal';
    expert.suspendedUntil = null;
    if (qualification) expert.title = qualification.title;
    await settleMemberships(call, expert);
    return {
      result: { ...term },
      facts: [
        fact('expert.admitted', about(call, expert.id), {
          expert: expert.id,
          name: maskedName(expert.name),
          specialties: expert.specialties,
          lines: expert.memberships,
          region: expert.region,
          term: { application: application.id, line: line.id, ...term },
        }),
      ],
    };
  },
});
