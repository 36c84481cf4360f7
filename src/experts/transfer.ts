import type { Instant } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { dayOf } from '../kernel/working-days.ts';
import { drawableBy, type MembershipState, poolLine } from './admission.ts';
import type { ExpertFields } from './expert.ts';
import type { RelationKind } from './relation.ts';
import { termFrom } from './term.ts';

/** The rows of an expert who comes with an older pool: admitted as that pool admitted it, for the term that is given or counted from when that was. */
export function transferred(id: string, given: ExpertFields, now: Instant) {
  const admittedAt = given.admittedAt ?? now;
  const specialties = [...new Set(given.specialties)];
  const memberships = [...new Set(given.memberships)].flatMap((name) => {
    const line = poolLine(name);
    if (!line) return [];
    const { from, until } = termFrom(line, dayOf(admittedAt), null, dayOf(now));
    return {
      id: newId(now),
      expert: id,
      line: name,
      kind: 'transfer',
      state: 'admitted' as MembershipState,
      specialties,
      appliedAt: admittedAt,
      admittedAt,
      from,
      until: given.termUntil ?? until,
    };
  });
  const expert = {
    id,
    name: given.name,
    employer: given.employer,
    employerName: given.employerName,
    formerEmployers: (given.formerEmployers ?? []).map((each) => ({ code: each.code, name: each.name ?? '', until: each.until })),
    specialties,
    ...drawableBy(memberships),
    region: given.region,
    title: given.title,
    status: given.status ?? 'normal',
    interests: [...new Set(given.interests ?? [])],
    relatives: [...new Set(given.relatives ?? [])],
    prepared: given.prepared ?? [],
    penalised: given.penalised ?? false,
    bannedUntil: given.bannedUntil ?? null,
    admittedAt,
  };
  const relation = (kind: RelationKind) => (code: string) => ({ id: newId(now), expert: id, kind, code, name: '', declaredAt: now });
  const relations = [...expert.interests.map(relation('interest')), ...expert.relatives.map(relation('relative'))];
  return { expert, memberships, relations };
}
