import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { type DayString, dayOf } from '../kernel/working-days.ts';
import { regionName } from '../parties/region.ts';
import { poolLine } from './admission.ts';
import { specialtyName } from './classification.ts';
import { maskedIdentityOf } from './identity-reads.ts';
import type { LookedAnswer, MembershipAnswer, OwnAnswer, RecordAnswer, RelationAnswer, StandingAnswer } from './own-answers.ts';
import { relationKinds, relationNames } from './relation.ts';
import { Expert, ExpertMembership, IdentityLook, Relation, StandingChange } from './schema.ts';
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

/** What binds an expert to organisations, what no longer does included. */
export async function relationsOf(em: EntityManager, expert: string): Promise<RelationAnswer[]> {
  const rows = await em.find(Relation, { expert }, { orderBy: { declaredAt: 'desc', id: 'desc' } });
  return rows.map(({ id, kind, code, name, declaredAt, withdrawnAt }) => ({
    id,
    kind,
    title: relationNames[kind],
    code,
    name,
    declaredAt,
    withdrawnAt: withdrawnAt ?? null,
  }));
}

/** How the standing changed, newest first. */
export async function standingsOf(em: EntityManager, expert: string): Promise<StandingAnswer[]> {
  const rows = await em.find(StandingChange, { expert }, { orderBy: { at: 'desc', id: 'desc' } });
  return rows.map(({ status, until, ground, office, at }) => ({ status: status as Status, until: until ?? null, ground, office, at }));
}

/** Who looked at the identity data in clear, newest first. */
export async function looksOf(em: EntityManager, expert: string): Promise<LookedAnswer[]> {
  const rows = await em.find(IdentityLook, { expert }, { orderBy: { at: 'desc', id: 'desc' }, limit: 200 });
  return rows.map(({ office, name, fields, purpose, at }) => ({ office, name, fields: [...fields], purpose, at }));
}

/** The expert's own page. */
export async function ownPage(em: EntityManager, by: Actor, now: Instant): Promise<OwnAnswer> {
  const expert = await ownExpert(em, by);
  const on = dayOf(now);
  const record = await recordOf(em, expert, on);
  return {
    record,
    identity: await maskedIdentityOf(em, expert.id),
    memberships: await membershipsOf(em, expert.id, on),
    relations: await relationsOf(em, expert.id),
    relationKinds: relationKinds.map((value) => ({ value, label: relationNames[value] })),
    standings: await standingsOf(em, expert.id),
    looks: await looksOf(em, expert.id),
    may: { apply: record.status === 'normal' || record.status === 'left', leave: record.status === 'normal' },
  };
}
