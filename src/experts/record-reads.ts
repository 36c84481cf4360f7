import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { type DayString, dayOf } from '../kernel/working-days.ts';
import { regionName } from '../parties/region.ts';
import { poolLine } from './admission.ts';
import { specialtyName } from './classification.ts';
import { maskedIdentityOf } from './identity-reads.ts';
import type { MembershipAnswer, OwnAnswer, RecordAnswer } from './own-answers.ts';
import { Expert, ExpertMembership } from './schema.ts';
import { specialtyTree } from './specialty-reads.ts';
import { type Status, standingOn } from './standing.ts';

/** The record of the expert who asks. */
export async function ownExpert(em: EntityManager, by: Actor): Promise<Expert> {
  const expert = by.expert === null ? null : await em.findOne(Expert, { id: by.expert });
  if (!expert) throw notFound();
  return expert;
}

/** A record as its owner and those who keep the pool read it. */
export async function recordOf(em: EntityManager, expert: Expert, on: DayString): Promise<RecordAnswer> {
  const tree = await specialtyTree(em);
  return {
    name: expert.name,
    title: expert.title,
    region: regionName(expert.region),
    employer: { code: expert.employer, name: expert.employerName },
    formerEmployers: (expert.formerEmployers as RecordAnswer['formerEmployers'] | null) ?? [],
    specialties: expert.specialties.map((code) => ({ code, title: specialtyName(tree, code) })),
    status: standingOn(expert, on) as Status,
    suspendedUntil: expert.suspendedUntil ?? null,
    since: expert.admittedAt,
  };
}

/** The memberships of an expert and its applications, newest first. */
export async function membershipsOf(em: EntityManager, expert: string, on: DayString): Promise<MembershipAnswer[]> {
  const rows = await em.find(ExpertMembership, { expert }, { orderBy: { appliedAt: 'desc', id: 'desc' } });
  return rows.map((row) => ({
    id: row.id,
    line: poolLine(row.line)?.title ?? { zh: row.line, en: row.line },
    kind: row.kind,
    state: row.state,
    appliedAt: row.appliedAt,
    from: row.from ?? null,
    until: row.until ?? null,
    over: row.state === 'admitted' && (row.until ?? '') < on,
  }));
}

/** The expert's own page. */
export async function ownPage(em: EntityManager, by: Actor, now: Instant): Promise<OwnAnswer> {
  const expert = await ownExpert(em, by);
  const on = dayOf(now);
  return {
    record: await recordOf(em, expert, on),
    identity: await maskedIdentityOf(em, expert.id),
    memberships: await membershipsOf(em, expert.id, on),
  };
}
