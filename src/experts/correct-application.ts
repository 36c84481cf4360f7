import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField } from '../kernel/ids.ts';
import { stateAfter } from './admission.ts';
import { applicationFields } from './application.ts';
import { qualificationOf } from './apply-membership.ts';
import { lineOfMembership, refuseOutOfStanding, refuseUnknownSpecialties, upholdApplicant } from './judge-application.ts';
import { about } from './officials.ts';
import { ownApplication } from './own-application.ts';
import { specialtyTree } from './specialty-reads.ts';

/** The applicant puts an application right: one that was returned, or one that nobody has decided about yet. Its line stays. */
export const correctApplication = act({
  name: 'correct-application',
  by: ['expert'],
  says: { zh: '补正入库申请', en: 'Put an application right' },
  takes: applicationFields.omit({ line: true }).extend({ application: idField }),
  async run(call, command) {
    const { expert, application } = await ownApplication(call, command.application);
    refuseOutOfStanding(call, expert);
    const state = stateAfter('correct', application.state);
    const line = lineOfMembership(application.line);
    refuseUnknownSpecialties(await specialtyTree(call.em), command.specialties);
    const qualification = qualificationOf({ ...command, line: line.id });
    const specialties = [...new Set(command.specialties)];
    await upholdApplicant(call, expert, { line, qualification, specialties });
    Object.assign(application, { qualification, specialties, state });
    const kind = application.kind === 'renewal' ? 'renewal' : 'first';
    return {
      result: { application: application.id },
      facts: [fact('expert.applied', about(call, expert.id), { application: application.id, line: line.id, kind, corrected: true })],
    };
  },
});
