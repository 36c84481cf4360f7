import type { Call } from '../kernel/act.ts';
import { uphold } from '../kernel/rule.ts';
import { dayOf } from '../kernel/working-days.ts';
import { bornOn } from '../parties/person.ts';
import { type PoolLine, poolLine, type Qualification } from './admission.ts';
import { applicantRules } from './admission-rules.ts';
import { type Tree, unknownAmong } from './classification.ts';
import { clearIdentityOf } from './identity-reads.ts';
import { identityNeeded, notInStanding, unknownSpecialty } from './problems.ts';
import { type Expert, ExpertMembership } from './schema.ts';
import { standingOn } from './standing.ts';

/** The line of a membership; whoever was admitted to one that is gone cannot go on. */
export function lineOfMembership(id: string): PoolLine {
  const line = poolLine(id);
  if (!line) throw new Error(`the pool has no line '${id}'`);
  return line;
}

/** Whoever is suspended or removed neither applies nor is admitted; whoever left may come back. */
export function refuseOutOfStanding(call: Call, expert: Expert): void {
  const standing = standingOn(expert, dayOf(call.now));
  if (standing === 'suspended' || standing === 'removed') throw notInStanding();
}

/** Refuses codes that the classification does not have. */
export function refuseUnknownSpecialties(tree: Tree, codes: readonly string[]): void {
  const unknown = unknownAmong(tree, codes);
  if (unknown.length === 0) return;
  const says = { zh: `专业分类中没有 ${unknown.join('、')}。`, en: `The classification has no ${unknown.join(', ')}.` };
  throw unknownSpecialty({ fields: [{ path: 'specialties', says }] });
}

/** Upholds what the line asks, on this day: when it is applied for, when the application is accepted, and when the expert is admitted. */
export async function upholdApplicant(
  call: Call,
  expert: Expert,
  application: { readonly line: PoolLine; readonly qualification: Qualification; readonly specialties: readonly string[] },
): Promise<void> {
  const { idNumber } = await clearIdentityOf(call.em, expert.id);
  const born = idNumber === null ? undefined : bornOn(idNumber);
  if (born === undefined) throw identityNeeded({ fields: [{ path: 'line', says: identityNeeded().title }] });
  const others = await call.em.find(ExpertMembership, { expert: expert.id, state: 'admitted', line: { $ne: application.line.id } });
  const { years, titleLevel } = application.qualification;
  uphold(applicantRules, {
    on: dayOf(call.now),
    line: application.line,
    years,
    titleLevel,
    born,
    specialties: new Set([...others.flatMap((row) => row.specialties), ...application.specialties]).size,
  });
}
