import type { Store } from './orm.ts';

/**
 * Who a running node is to its database. The owner makes and migrates the tables, and is nobody's daily company; the node's processes connect as
 * the application, which may write events but neither change nor remove one, nor lift the guards that refuse it. So a flaw in the node, or its
 * stolen password, cannot rewrite the past; whoever holds the owner's or the machine's powers still could, and is found out by the witnesses.
 */

/** The application's role in the database that comes with the project. */
export const applicationRole = 'yangguang_application';

/** A role that the owner cannot make and that is not there: the message says what to do. */
export class RoleMissing extends Error {}

interface Credentials {
  readonly role: string;
  readonly password: string;
}

/** Role and password in a connection text. */
export function credentialsIn(url: string): Credentials {
  const { username, password } = new URL(url);
  return { role: decodeURIComponent(username), password: decodeURIComponent(password) };
}

/** The same database, as somebody else. */
export function urlAs(url: string, { role, password }: Credentials): string {
  const changed = new URL(url);
  changed.username = encodeURIComponent(role);
  changed.password = encodeURIComponent(password);
  return changed.toString();
}

/**
 * Lets the application work on the owner's tables: everything that acts do, and on tables that only grow nothing but reading and adding. Makes the role
 * when it is missing and the owner may make roles; throws `RoleMissing` otherwise. To be done again after each migration.
 */
export async function admitApplication(owner: Store, { role, password }: Credentials): Promise<void> {
  await owner.em().transactional(async (em) => {
    const [quoted] = await em.execute<{ role: string; password: string }[]>('select quote_ident(?) as role, quote_literal(?) as password', [
      role,
      password,
    ]);
    if (!quoted) throw new Error('the database did not answer');
    const there = await em.execute<unknown[]>('select 1 from pg_roles where rolname = ?', [role]);
    if (there.length === 0) {
      const [me] = await em.execute<{ may: boolean }[]>(
        'select rolsuper or rolcreaterole as may from pg_roles where rolname = current_user',
      );
      if (!me?.may)
        throw new RoleMissing(
          `DATABASE_URL: there is no role ${role}, and the owner may not make one. As an administrator: create role ${quoted.role} login password '…'`,
        );
      await em.execute(`create role ${quoted.role} login password ${quoted.password}`);
    }
    for (const statement of [
      'grant usage on schema public to',
      'grant select, insert, update, delete on all tables in schema public to',
      'grant usage, select on all sequences in schema public to',
      'revoke insert, update, delete on migration from',
      ...(await tablesThatOnlyGrow(owner)).map((table) => `revoke update, delete, truncate, references, trigger on ${table} from`),
    ])
      await em.execute(`${statement} ${quoted.role}`);
  });
}

/** The tables with the guard of the base migration: whoever adds one need not name it here. */
async function tablesThatOnlyGrow(store: Store): Promise<readonly string[]> {
  const rows = await store
    .em()
    .execute<{ name: string }[]>(
      `select distinct t.tgrelid::regclass::text as name from pg_trigger t join pg_proc p on p.oid = t.tgfoid where p.proname = 'refuse_change' order by name`,
    );
  return rows.map((row) => row.name);
}

/** What the role of this connection could do to what must stay, in words; empty for an application as it should be. */
export async function powersOverThePast(store: Store): Promise<readonly string[]> {
  const [me] = await store
    .em()
    .execute<{ name: string; rolsuper: boolean }[]>('select rolname as name, rolsuper from pg_roles where rolname = current_user');
  if (me?.rolsuper) return [`${me.name} is a superuser`];
  const tables = await tablesThatOnlyGrow(store);
  const rows = await store.em().execute<{ name: string; owns: boolean; may: boolean }[]>(
    `select c.oid::regclass::text as name, pg_has_role(current_user, c.relowner, 'member') as owns,
            has_table_privilege(c.oid, 'update') or has_table_privilege(c.oid, 'delete') or has_table_privilege(c.oid, 'truncate') or has_table_privilege(c.oid, 'trigger') as may
     from pg_class c where c.oid::regclass::text in (${tables.map(() => '?').join(', ')}) order by name`,
    [...tables],
  );
  return rows.flatMap(({ name, owns, may }) => (owns ? [`${me?.name} owns ${name}`] : may ? [`${me?.name} may change ${name}`] : []));
}
