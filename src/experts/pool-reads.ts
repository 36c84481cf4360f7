import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instant } from '../kernel/clock.ts';
import { type DayString, dayOf, startOfDay } from '../kernel/working-days.ts';
import type { PooledExpert } from './pool.ts';
import { DrawSeat, Expert } from './schema.ts';
import { standingOn } from './standing.ts';

/**
 * Every expert of the pool who sits for the project's line, with what exclusion needs to know, for `eligibility` to judge one by one: what the
 * regulator runs again when it doubts the query that a draw is made by (eligible-reads.ts). `sitting` says whether those who accepted
 * or are being called for this lot stay (a supplementary draw) or are drawn afresh.
 */
export async function pooledExperts(
  em: EntityManager,
  project: { readonly line: string; readonly number: string },
  lot: { readonly id: string; readonly sitting: boolean },
  now: Instant,
): Promise<PooledExpert[]> {
  const experts = await em.find(Expert, { memberships: { $contains: [project.line] } }, { orderBy: { id: 'asc' } });
  const panels = await panelsThisMonth(em, now);
  const before = await em.find(DrawSeat, { lot: lot.id, state: { $in: lot.sitting ? ['declined', 'accepted', 'called'] : ['declined'] } });
  const called = new Set(before.map((seat) => seat.expert));
  const seated = new Set(before.filter((seat) => seat.state !== 'declined').map((seat) => seat.expert));
  // whoever sits, sits: of this line still or not
  const sitting = await em.find(Expert, { id: { $in: [...seated] } }, { fields: ['employer'] });
  const employers = new Set(sitting.map((expert) => expert.employer));
  return experts.map((expert) => ({
    id: expert.id,
    name: expert.name,
    specialties: expert.specialties,
    region: expert.region,
    status: standingOn(expert, dayOf(now)),
    termUntil: expert.terms?.[project.line] ?? null,
    employer: expert.employer,
    formerEmployers: (expert.formerEmployers as { code: string; until: DayString | null }[] | null) ?? [],
    interests: expert.interests,
    relatives: expert.relatives,
    penalised: expert.penalised,
    bannedUntil: (expert.bannedUntil as DayString | null) ?? null,
    panelsThisMonth: panels.get(expert.id) ?? 0,
    preparedDocuments: expert.prepared.includes(project.number),
    calledBefore: called.has(expert.id),
    colleagueSits: employers.has(expert.employer) && !seated.has(expert.id),
  }));
}

/** Panels each expert has accepted since the first of the month, Beijing time. */
async function panelsThisMonth(em: EntityManager, now: Instant): Promise<ReadonlyMap<string, number>> {
  const first = startOfDay(`${dayOf(now).slice(0, 8)}01` as DayString);
  const rows = await em.execute<{ expert: string; panels: number }[]>(
    `select expert, count(*)::int as panels from draw_seat where state = 'accepted' and answered_at >= ? group by expert`,
    [first],
  );
  return new Map(rows.map((row) => [row.expert, row.panels]));
}
