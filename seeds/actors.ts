import type { Frame } from '../src/kernel/act.ts';
import type { Actor, Role } from '../src/kernel/actor.ts';

/** A demonstration account as whoever acts: with its first role, as it would be signed in. */
export async function actorOf(frame: Frame, login: string): Promise<Actor> {
  const [row] = await frame.fork().execute<
    {
      user: string;
      name: string;
      role: Role;
      organisation: string | null;
      code: string | null;
      organisationName: string | null;
      expert: string | null;
    }[]
  >(
    `select u.id as "user", u.name, m.role, m.organisation, o.code, o.name as "organisationName", m.expert from platform_user u
     join membership m on m."user" = u.id left join organisation o on o.id = m.organisation where u.login = ? and m.role = any(?::text[]) order by m.id limit 1`,
    [login, `{tenderee,centre,regulator,expert}`],
  );
  if (!row) throw new Error(`the demonstration has no account ${login}`);
  return { ...row, address: null };
}
