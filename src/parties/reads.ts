import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor, Role } from '../kernel/actor.ts';
import { type Instant, instantOf } from '../kernel/clock.ts';
import { anywhere } from '../kernel/like.ts';
import { notFound } from '../kernel/problem.ts';
import { Membership, Organisation, User } from './schema.ts';
import { figures } from './settings.ts';
import { digestOfToken } from './token.ts';

/** One role somebody holds, for whom. */
export interface Holding {
  readonly membership: string;
  readonly role: Role;
  readonly organisation: { readonly id: string; readonly code: string; readonly name: string } | null;
  readonly expert: string | null;
  readonly region: string | null;
}

interface ActorRow {
  readonly csrf: string;
  readonly user: string;
  readonly name: string;
  readonly role: Role;
  readonly expert: string | null;
  readonly organisation: string | null;
  readonly code: string | null;
  readonly organisation_name: string | null;
}

/**
 * Who a session token belongs to, in one query; null when it is unknown, over, idle for too long, or its user blocked. Sessions end by the
 * machine's own clock: a hurried sandbox clock signs nobody out. That somebody was here is written once a minute, not with every request.
 */
export async function sessionOf(em: EntityManager, token: string): Promise<{ actor: Actor; csrf: string } | null> {
  const digest = digestOfToken(token);
  if (digest === null) return null;
  const idle = figures().idleMinutes;
  const rows = await em.execute<ActorRow[]>(
    `with seen as (update session set seen_at = clock_timestamp() where id = ? and seen_at between
       clock_timestamp() - make_interval(mins => ?) and clock_timestamp() - interval '1 minute')
     select s.csrf, u.id as "user", u.name, m.role, m.expert, o.id as organisation, o.code, o.name as organisation_name
     from session s join platform_user u on u.id = s."user" join membership m on m.id = s.membership
     left join organisation o on o.id = m.organisation
     where s.id = ? and s.ended_for is null and s.expires_at > clock_timestamp() and s.seen_at > clock_timestamp() - make_interval(mins => ?) and not u.blocked`,
    [digest, idle, digest, idle],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { csrf, user, name, role, expert, organisation, code } = row;
  return { csrf, actor: { user, name, role, organisation, code, organisationName: row.organisation_name, expert, address: null } };
}

/** Was this session ended because its user signed in elsewhere? Then its device is told why it is asked to sign in again. */
export async function endedElsewhere(em: EntityManager, token: string): Promise<boolean> {
  const digest = digestOfToken(token);
  if (digest === null) return false;
  const rows = await em.execute<{ ended_for: string }[]>(`select ended_for from session where id = ? and ended_for = 'elsewhere'`, [
    digest,
  ]);
  return rows.length > 0;
}

/** Every role of a user, oldest first. */
export async function rolesOf(em: EntityManager, user: string): Promise<Holding[]> {
  const rows = await em.execute<
    { membership: string; role: Role; expert: string | null; region: string | null; id: string | null; code: string; name: string }[]
  >(
    `select m.id as membership, m.role, m.expert, m.region, o.id, o.code, o.name
     from membership m left join organisation o on o.id = m.organisation where m."user" = ? order by m.id`,
    [user],
  );
  return rows.map(({ membership, role, expert, region, id, code, name }) => ({
    membership,
    role,
    organisation: id === null ? null : { id, code, name },
    expert,
    region,
  }));
}

/** Whether this node is a sandbox. */
export async function isSandbox(em: EntityManager): Promise<boolean> {
  const rows = await em.execute<{ sandbox: boolean }[]>('select sandbox from node');
  return rows[0]?.sandbox === true;
}

export interface DemonstrationAccount {
  readonly login: string;
  readonly password: string;
  readonly name: string;
  readonly role: Role;
  readonly organisation: string | null;
}

/** The accounts a sandbox offers to everybody, one line for each role held; none on any other node. At most `limit` for each role. */
export async function demonstrationAccounts(em: EntityManager, limit = 6): Promise<DemonstrationAccount[]> {
  return em.execute<DemonstrationAccount[]>(
    `select login, password, name, role, organisation from (
       select u.login, u.demonstration_password as password, u.name, m.role, o.name as organisation, m.id as membership,
         row_number() over (partition by m.role order by m.id) as nth
       from platform_user u join membership m on m."user" = u.id left join organisation o on o.id = m.organisation
       where u.demonstration_password is not null and not u.blocked and (select sandbox from node)
     ) each where nth <= ? order by membership`,
    [limit],
  );
}

/** What the public register tells of an organisation. */
export interface RegisteredOrganisation {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly kinds: readonly string[];
  readonly region: string;
  readonly legalRepresentative: string;
  readonly registeredAt: Instant;
}

const registered = (o: Organisation): RegisteredOrganisation => ({
  code: o.code,
  name: o.name,
  nameEn: o.nameEn ?? null,
  kinds: o.kinds,
  region: o.region,
  legalRepresentative: o.legalRepresentative,
  registeredAt: o.registeredAt as Instant,
});

/** The organisation of a code, for other rooms; null when nobody has registered it. */
export async function organisationByCode(em: EntityManager, code: string): Promise<RegisteredOrganisation | null> {
  const found = await em.findOne(Organisation, { code });
  return found && registered(found);
}

/** Several organisations by their codes. */
export async function organisationsByCode(
  em: EntityManager,
  codes: readonly string[],
): Promise<ReadonlyMap<string, RegisteredOrganisation>> {
  const found = codes.length === 0 ? [] : await em.find(Organisation, { code: { $in: [...codes] } });
  return new Map(found.map((each) => [each.code, registered(each)]));
}

export interface Listed<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}

const pageSize = 30;
const listed = <Row>(rows: readonly Row[], total: number, page: number): Listed<Row> => ({
  rows,
  total,
  page,
  pages: Math.max(1, Math.ceil(total / pageSize)),
});

/** The public register, by name or code, thirty to a page. */
export async function organisationRegister(
  em: EntityManager,
  asked: { readonly q?: string | undefined; readonly kind?: string | undefined; readonly page: number },
): Promise<Listed<RegisteredOrganisation>> {
  const text = asked.q?.trim() ?? '';
  const like = anywhere(text);
  const where = {
    ...(text ? { $or: [{ name: { $ilike: like } }, { nameEn: { $ilike: like } }, { code: { $ilike: like } }] } : {}),
    ...(asked.kind ? { kinds: { $contains: [asked.kind] } } : {}),
  };
  const [rows, total] = await em.findAndCount(Organisation, where, {
    orderBy: { id: 'desc' },
    limit: pageSize,
    offset: (asked.page - 1) * pageSize,
  });
  return listed(rows.map(registered), total, asked.page);
}

export interface ListedUser {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly blocked: boolean;
  readonly totp: boolean;
  readonly createdAt: Instant;
  readonly roles: readonly { readonly role: Role; readonly organisation: string | null; readonly code: string | null }[];
}

/** Users with their roles: all of them for the administrator, those of one's own organisation for anybody else. */
export async function userList(
  em: EntityManager,
  by: Actor,
  asked: { readonly q?: string | undefined; readonly page: number },
): Promise<Listed<ListedUser>> {
  const all = by.role === 'administrator';
  if (!all && by.organisation === null) return listed([], 0, 1);
  const text = anywhere(asked.q?.trim() ?? '');
  const rows = await em.execute<
    {
      id: string;
      login: string;
      name: string;
      blocked: boolean;
      totp: boolean;
      created_at: string;
      roles: ListedUser['roles'];
      total: string;
    }[]
  >(
    `select u.id, u.login, u.name, u.blocked, u.totp_secret is not null as totp, u.created_at,
       json_agg(json_build_object('role', m.role, 'organisation', o.name, 'code', o.code) order by m.id) as roles, count(*) over () as total
     from platform_user u join membership m on m."user" = u.id left join organisation o on o.id = m.organisation
     where (${all ? 'true' : 'm.organisation = ?'}) and (u.login ilike ? or u.name ilike ? or coalesce(o.name, '') ilike ?)
     group by u.id order by u.id desc limit ${pageSize} offset ?`,
    [...(all ? [] : [by.organisation]), text, text, text, (asked.page - 1) * pageSize],
  );
  const users = rows.map(({ id, login, name, blocked, totp, created_at, roles }) => ({
    id,
    login,
    name,
    blocked,
    totp,
    createdAt: instantOf(new Date(created_at)),
    roles,
  }));
  return listed(users, Number(rows[0]?.total ?? 0), asked.page);
}

/** One's own account: what is set up, and every role. */
export async function ownProfile(em: EntityManager, by: Actor) {
  const user = await em.findOne(User, { id: by.user ?? '' });
  if (!user) throw notFound();
  return {
    login: user.login,
    name: user.name,
    phone: user.phone ?? null,
    createdAt: user.createdAt as Instant,
    totp: Boolean(user.totpSecret),
    /** shown only while the secret waits for its first code */
    proposedSecret: user.totpProposed ?? null,
    demonstration: Boolean(user.demonstrationPassword),
    roles: await rolesOf(em, user.id),
  };
}

/** The region a regulator watches over; null for everybody else. */
export async function regionWatched(em: EntityManager, by: Actor): Promise<string | null> {
  if (by.role !== 'regulator' || by.user === null) return null;
  const found = await em.findOne(Membership, { user: by.user, role: 'regulator', organisation: by.organisation });
  return found?.region ?? null;
}
