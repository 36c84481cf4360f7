import { importExperts } from '../src/experts/import-experts.ts';
import { type Frame, perform } from '../src/kernel/act.ts';
import { theSystem } from '../src/kernel/actor.ts';
import { enrolUser } from '../src/parties/enrol-user.ts';
import { registerOrganisation } from '../src/parties/register-organisation.ts';
import { seedExperts } from './experts.ts';
import { demonstrationPassword, organisations } from './organisations.ts';

const batch = 100;
/** Experts of the demonstration's pool; the first of them come with the people, the others behind the tenders. */
export const poolSize = 5000;

/** Fills an empty sandbox with the demonstration province, through acts, as people would; does nothing where it stands already. */
export async function seedProvince(
  frame: Frame,
  options: { readonly experts: number; readonly tell: (line: string) => void },
): Promise<void> {
  const em = frame.fork();
  const [{ count } = { count: 0 }] = await em.execute<{ count: number }[]>('select count(*)::int as count from organisation');
  if (count < organisations.length) await seedPeople(frame, options.tell);
  await seedPool(frame, options);
}

/** Brings the pool to so many seeded experts, from wherever an earlier start left it. */
export async function seedPool(
  frame: Frame,
  options: { readonly experts: number; readonly signal?: AbortSignal; readonly tell: (line: string) => void },
): Promise<void> {
  const rows = await frame
    .fork()
    .execute<{ there: number }[]>(`select count(*)::int as there from platform_user where login ~ '^expert[0-9]{4}$'`);
  const wanted = seedExperts(
    options.experts,
    organisations.filter((each) => each.kinds.includes('bidder')),
  );
  for (let from = rows[0]?.there ?? 0; from < wanted.length; from += batch) {
    if (options.signal?.aborted) return;
    await perform(frame, importExperts, theSystem, { experts: wanted.slice(from, from + batch) });
    options.tell(`专家入库 experts ${Math.min(from + batch, wanted.length)}/${wanted.length}`);
  }
}

async function seedPeople(frame: Frame, tell: (line: string) => void): Promise<void> {
  const known = new Set((await frame.fork().execute<{ code: string }[]>('select code from organisation')).map((row) => row.code));
  for (const organisation of organisations) {
    if (known.has(organisation.code)) continue;
    const [first, ...others] = organisation.users;
    if (!first) continue;
    await perform(frame, registerOrganisation, theSystem, {
      code: organisation.code,
      name: organisation.name,
      nameEn: organisation.nameEn,
      kinds: [first.role, ...organisation.kinds.filter((kind) => kind !== first.role)],
      region: organisation.region,
      legalRepresentative: organisation.head,
      login: first.login,
      password: demonstrationPassword,
      demonstration: true,
      userName: first.name,
    });
    for (const user of others) {
      await perform(frame, enrolUser, theSystem, {
        login: user.login,
        password: demonstrationPassword,
        demonstration: true,
        userName: user.name,
        role: user.role,
        organisation: organisation.code,
        ...(user.region ? { region: user.region } : {}),
      });
    }
    tell(`主体 ${organisation.name}`);
  }
}
