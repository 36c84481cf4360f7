import { createHash } from 'node:crypto';
import type { Visit } from '../kernel/endpoint.ts';
import { newId } from '../kernel/ids.ts';
import { tooManyTries } from './problems.ts';
import { figures } from './settings.ts';

/** A login is the same however it was typed. */
export const normalLogin = (login: string): string => login.normalize('NFKC').trim().toLowerCase();

/**
 * Counts a try to sign in before it is looked at, so that simultaneous guesses count each; success takes the count back
 * (`forgetTries`). It commits by itself: a refused sign-in rolls back, its count must not. Times are the machine's own, not a sandbox's.
 *
 * Tries are counted by login. Whoever signs in from an address where this user has been signed in before has a count of his own there:
 * a rival who guesses from elsewhere cannot lock a bidder out minutes before the deadline.
 */
export async function countTry(em: Visit['em'], login: string, address: string | null): Promise<void> {
  const allowed = await em.fork().transactional(async (own) => {
    const bucket = await bucketOf(own, login, address);
    await own.execute(`select pg_advisory_xact_lock(hashtextextended(encode(?, 'hex'), 7201127))`, [bucket]);
    await own.execute(`delete from sign_in_try where at < clock_timestamp() - make_interval(mins => ?)`, [figures().triesWithinMinutes]);
    const rows = await own.execute<{ tries: string }[]>('select count(*) as tries from sign_in_try where bucket = ?', [bucket]);
    if (Number(rows[0]?.tries ?? 0) >= figures().triesAllowed) return false;
    await own.execute('insert into sign_in_try (id, bucket, at) values (?, ?, clock_timestamp())', [newId(), bucket]);
    return true;
  });
  const { triesAllowed: tries, triesWithinMinutes: minutes } = figures();
  if (!allowed) throw tooManyTries({ values: { tries, minutes } });
}

/** The right password takes back what was counted in the same place. */
export async function forgetTries(em: Visit['em'], login: string, address: string | null): Promise<void> {
  await em.execute('delete from sign_in_try where bucket = ?', [await bucketOf(em, login, address)]);
}

/** Remembers that this user has been signed in from here. */
export async function rememberAddress(em: Visit['em'], user: string, address: string | null): Promise<void> {
  if (address === null) return;
  await em.execute(
    `insert into known_address ("user", address, last_at) values (?, ?, clock_timestamp())
     on conflict ("user", address) do update set last_at = excluded.last_at`,
    [user, address],
  );
}

async function bucketOf(em: Visit['em'], login: string, address: string | null): Promise<Buffer> {
  const name = normalLogin(login);
  const rows = await em.execute<{ known: boolean }[]>(
    `select true as known from known_address k join platform_user u on u.id = k."user" where u.login = ? and k.address = ?`,
    [name, address ?? ''],
  );
  const place = rows.length > 0 ? (address ?? '') : '';
  return createHash('sha256').update(`yangguang-sign-in-1//${name}//${place}`).digest();
}
