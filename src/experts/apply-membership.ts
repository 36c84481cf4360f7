import { fact } from '../journal/event.ts';
import { act, type Call, lock } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { notPermitted } from '../kernel/problem.ts';
import { uphold } from '../kernel/rule.ts';
import { type DayString, dayOf } from '../kernel/working-days.ts';
import { openStates, type Qualification } from './admission.ts';
import { renewable } from './admission-rules.ts';
import { type ApplicationFields, applicationFields } from './application.ts';
import { lineOfMembership, refuseOutOfStanding, refuseUnknownSpecialties, upholdApplicant } from './judge-application.ts';
import { about } from './officials.ts';
import { applicationOpen } from './problems.ts';
import { Expert, ExpertMembership } from './schema.ts';
import { specialtyTree } from './specialty-reads.ts';

/** The part of an application that says what somebody is. */
export const qualificationOf = ({ field, years, title, titleLevel }: ApplicationFields): Qualification => ({
  field,
  years,
  title,
  titleLevel,
});

/** A person applies to be admitted to one line, or to have its term there renewed. What the line asks is asked at once; the proof is attached and reviewed. */
export const applyMembership = act({
  name: 'apply-membership',
  by: ['expert'],
  says: { zh: '申请入库', en: 'Apply for a line of the pool' },
  takes: applicationFields,
  async run(call, command) {
    if (call.by.expert === null) throw notPermitted();
    const expert = await lock<Expert>(call, Expert, call.by.expert);
    refuseOutOfStanding(call, expert);
    const line = lineOfMembership(command.line);
    if ((await call.em.count(ExpertMembership, { expert: expert.id, line: line.id, state: { $in: [...openStates] } })) > 0)
      throw applicationOpen({ fields: [{ path: 'line', says: applicationOpen().title }] });
    const kind = await kindOf(call, expert, line.id);
    refuseUnknownSpecialties(await specialtyTree(call.em), command.specialties);
    const qualification = qualificationOf(command);
    const specialties = [...new Set(command.specialties)];
    await upholdApplicant(call, expert, { line, qualification, specialties });
    const id = newId(call.now);
    call.em.create(ExpertMembership, {
      id,
      expert: expert.id,
      line: line.id,
      kind,
      state: 'applied',
      qualification,
      specialties,
      appliedAt: call.now,
    });
    return {
      result: { application: id },
      facts: [fact('expert.applied', about(call, expert.id), { application: id, line: line.id, kind, corrected: false })],
    };
  },
});

/** Who is in the line renews its term, from so many days before its end on; a term that has ended begins again. */
async function kindOf(call: Call, expert: Expert, line: string): Promise<'first' | 'renewal'> {
  const until = (expert.terms?.[line] ?? null) as DayString | null;
  uphold([renewable], { on: dayOf(call.now), until });
  return until === null ? 'first' : 'renewal';
}
