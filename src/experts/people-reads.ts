import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import { type Instant, later } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { dayOf } from '../kernel/working-days.ts';
import { regionName } from '../parties/region.ts';
import { parameter } from '../rulebook/parameters.ts';
import { poolLine } from './admission.ts';
import { clearIdentityOf, maskedIdentityOf } from './identity-reads.ts';
import type { LookAnswer, PeopleAnswer, PersonAnswer } from './own-answers.ts';
import { lookOver } from './problems.ts';
import { looksOf, membershipsOf, recordOf, relationsOf, standingsOf } from './record-reads.ts';
import { Expert, IdentityLook } from './schema.ts';
import { mayBecome, type Status, standingOn, statuses } from './standing.ts';

const pageSize = 30;

/** Those on record, by name, for those who keep the pool. Who is drawn for what cannot be seen here. */
export async function peopleOf(
  em: EntityManager,
  query: { readonly q: string; readonly status: Status | ''; readonly page: number },
  now: Instant,
): Promise<PeopleAnswer> {
  const where = {
    ...(query.q === '' ? {} : { name: { $like: `${query.q.replace(/[\\%_]/g, '\\$&')}%` } }),
    ...(query.status === '' ? {} : { status: query.status }),
  };
  const [rows, total] = await em.findAndCount(Expert, where, {
    orderBy: { id: 'asc' },
    limit: pageSize,
    offset: (query.page - 1) * pageSize,
  });
  return {
    rows: rows.map((expert) => ({
      id: expert.id,
      name: expert.name,
      title: expert.title,
      employer: expert.employerName,
      region: regionName(expert.region),
      lines: Object.entries(expert.terms ?? {}).map(([line, until]) => ({ line: poolLine(line)?.title ?? { zh: line, en: line }, until })),
      status: standingOn(expert, dayOf(now)) as Status,
    })),
    total,
    page: query.page,
    pages: Math.max(1, Math.ceil(total / pageSize)),
  };
}

/** One person, for those who keep the pool: everything that stands on its record, identity data masked. */
export async function personPage(em: EntityManager, by: Actor, id: string, now: Instant): Promise<PersonAnswer> {
  const expert = await em.findOne(Expert, { id });
  if (!expert) throw notFound();
  const on = dayOf(now);
  const record = await recordOf(em, expert, on);
  return {
    id: expert.id,
    record,
    identity: await maskedIdentityOf(em, expert.id),
    memberships: await membershipsOf(em, expert.id, on),
    relations: await relationsOf(em, expert.id),
    standings: await standingsOf(em, expert.id),
    looks: await looksOf(em, expert.id),
    standingChoices: by.role === 'regulator' ? statuses.filter((status) => mayBecome(record.status, status)) : [],
  };
}

/** What one look opens: to whoever took it, for as long as the rulebook says; to everybody else there is no such look. */
export async function lookPage(
  em: EntityManager,
  by: Actor,
  ids: { readonly expert: string; readonly look: string },
  now: Instant,
): Promise<LookAnswer> {
  const look = by.user === null ? null : await em.findOne(IdentityLook, { id: ids.look, expert: ids.expert, by: by.user });
  if (!look) throw notFound();
  const until = later(look.at, parameter('op.expert.look', dayOf(look.at)) * 60_000);
  if (now >= until) throw lookOver();
  const expert = await em.findOneOrFail(Expert, { id: look.expert });
  const clear = await clearIdentityOf(em, expert.id);
  const values = look.fields.map((field) => ({ field, value: clear[field] }));
  return { expert: expert.id, name: expert.name, purpose: look.purpose, at: look.at, until, values };
}
