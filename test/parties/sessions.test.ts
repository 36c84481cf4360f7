import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generate } from 'otplib';
import { thePublic } from '../../src/kernel/actor.ts';
import { instantOf } from '../../src/kernel/clock.ts';
import { openSession } from '../../src/parties/open-session.ts';
import { sessionOf } from '../../src/parties/reads.ts';
import { countTry } from '../../src/parties/throttle.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { password, registered, signIn, trySignIn } from './people.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const sql = <T extends object>(text: string, given: unknown[] = []): Promise<T[]> => house.em().execute<T[]>(text, given);

describe('Signing in', () => {
  it('opens a session with the right password, and the bearer token speaks for its user', async () => {
    const person = await registered(house, 1);
    const { token } = await signIn(house, person.login);
    const mine = await house.api(token).get('/session');
    expect(mine.body.me).toMatchObject({ role: 'bidder', code: person.code, name: '用户1' });
  });

  it('takes a login however it is typed, full width and capitals included', async () => {
    await registered(house, 2);
    expect((await trySignIn(house, '  ＵＳＥＲ-2 ')).status).toBe(201);
  });

  it('answers an unknown login exactly like a wrong password', async () => {
    const { login } = await registered(house, 3);
    const wrong = await trySignIn(house, login, 'not the password');
    const unknown = await trySignIn(house, 'nobody-at-all', 'not the password');
    const plain = ({ instance: _, ...rest }: Record<string, unknown>) => rest;
    expect(wrong.status).toBe(401);
    expect(plain(wrong.body)).toEqual(plain(unknown.body));
    expect(wrong.body.type).toBe('/problems/sign-in-refused');
  });

  it('works as hard for an unknown login as for a wrong password', async () => {
    const { login } = await registered(house, 4);
    // processor time, not the clock's: what else the machine does counts for nobody
    const worked = async (name: string): Promise<number> => {
      const from = process.cpuUsage();
      await house.perform(openSession, thePublic, { login: name, password: 'not the password' }).catch(() => undefined);
      return process.cpuUsage(from).user;
    };
    let [unknown, wrong] = [0, 0];
    for (let round = 0; round < 9; round += 1) {
      unknown += await worked('nobody-at-all');
      wrong += await worked(login);
    }
    expect(unknown).toBeGreaterThan(wrong * 0.5);
  });

  it('keeps only a digest of the token', async () => {
    const { login } = await registered(house, 5);
    const { token } = await signIn(house, login);
    const rows = await sql<{ all: string }>('select s::text as all from session s');
    const events = await sql<{ body: string }>('select body from journal_event');
    const hex = Buffer.from(token, 'base64url').toString('hex');
    for (const text of [...rows.map((row) => row.all), ...events.map((row) => row.body)]) {
      expect(text).not.toContain(token);
      expect(text).not.toContain(hex);
    }
    expect(rows.length).toBeGreaterThan(0);
  });

  it('knows no session for a made-up, a shortened or a digested token', async () => {
    const { login } = await registered(house, 6);
    const { token } = await signIn(house, login);
    const digest = (await sql<{ id: Buffer }>('select id from session limit 1'))[0]?.id ?? Buffer.alloc(0);
    for (const guess of ['', 'x', token.slice(1), `${token}A`, digest.toString('base64url'), 'A'.repeat(43)]) {
      expect(await sessionOf(house.em(), guess)).toBeNull();
    }
    expect(await sessionOf(house.em(), token)).not.toBeNull();
  });
});

describe('Sessions end', () => {
  it('by the machine’s clock: one that is over is nobody’s, one that has a minute left is somebody’s', async () => {
    const { login, user } = await registered(house, 10);
    const { token } = await signIn(house, login);
    const expireIn = (span: string) =>
      sql(`update session set expires_at = clock_timestamp() + ?::interval where "user" = ?`, [span, user]);
    await expireIn('1 minute');
    expect((await house.api(token).get('/profile')).status).toBe(200);
    await expireIn('-1 millisecond');
    expect((await house.api(token).get('/profile')).status).toBe(401);
  });

  it('after an hour without a request; a request in time begins the hour anew', async () => {
    const { login, user } = await registered(house, 15);
    const { token } = await signIn(house, login);
    const idleFor = (span: string) => sql(`update session set seen_at = clock_timestamp() - ?::interval where "user" = ?`, [span, user]);
    await idleFor('59 minutes');
    expect((await house.api(token).get('/profile')).status).toBe(200);
    const seen = await sql<{ fresh: boolean }>(
      `select seen_at > clock_timestamp() - interval '10 seconds' as fresh from session where "user" = ?`,
      [user],
    );
    expect(seen).toEqual([{ fresh: true }]);
    await idleFor('60 minutes 1 second');
    expect((await house.api(token).get('/profile')).status).toBe(401);
    expect((await house.api(token).get('/profile')).status).toBe(401);
  });

  it('not by a sandbox clock that leaps a year ahead', async () => {
    const { login } = await registered(house, 11);
    const { token } = await signIn(house, login);
    const rows = await sql<{ then: string }>(`select yangguang_now() + interval '400 days' as then`);
    await house.clock.to(instantOf(new Date(rows[0]?.then ?? '')));
    expect((await house.api(token).get('/profile')).status).toBe(200);
  });

  it('on signing out, and for the other devices on a change of password', async () => {
    const { login } = await registered(house, 12);
    const [here, there] = [await signIn(house, login), await signIn(house, login)];
    const fresh = 'another-quiet-morning';
    const changed = await house.api(here.token).post('/profile/password', { password, newPassword: fresh });
    expect(changed.status).toBe(201);
    expect((await house.api(there.token).get('/profile')).status).toBe(401);
    expect((await house.api(here.token).get('/profile')).status).toBe(200);
    expect((await trySignIn(house, login, fresh)).status).toBe(201);
    expect((await trySignIn(house, login)).status).toBe(401);
    expect((await house.api(here.token).post('/session/end')).status).toBe(201);
    expect((await house.api(here.token).get('/profile')).status).toBe(401);
  });

  it('refuses to change a password without the present one', async () => {
    const { login } = await registered(house, 13);
    const { token } = await signIn(house, login);
    const refused = await house.api(token).post('/profile/password', { password: 'guess', newPassword: 'another-quiet-morning' });
    expect(refused.status).toBe(409);
    expect(refused.body.type).toBe('/problems/wrong-password');
    expect((await trySignIn(house, login)).status).toBe(201);
  });

  it('for a blocked account at once', async () => {
    const { login, user } = await registered(house, 14);
    const { token } = await signIn(house, login);
    await sql('update platform_user set blocked = true where id = ?', [user]);
    expect((await house.api(token).get('/profile')).status).toBe(401);
    expect((await trySignIn(house, login)).body.type).toBe('/problems/account-blocked');
    expect((await trySignIn(house, login, 'wrong')).body.type).toBe('/problems/sign-in-refused');
  });
});

describe('Tries are counted by login', () => {
  it('reads the tenth wrong try and refuses the eleventh, even with the right password', async () => {
    const { login } = await registered(house, 20);
    for (let n = 1; n <= 10; n += 1) expect((await trySignIn(house, login, 'wrong')).body.type).toBe('/problems/sign-in-refused');
    const eleventh = await trySignIn(house, login);
    expect(eleventh.status).toBe(429);
    expect(eleventh.body.type).toBe('/problems/too-many-tries');
  });

  it('nine wrong tries leave the right password its place, and success forgets them', async () => {
    const { login } = await registered(house, 21);
    for (let round = 0; round < 2; round += 1) {
      for (let n = 1; n <= 9; n += 1) await trySignIn(house, login, 'wrong');
      expect((await trySignIn(house, login)).status).toBe(201);
    }
  });

  it('a login that nobody has is refused after ten tries too', async () => {
    for (let n = 1; n <= 10; n += 1) await trySignIn(house, 'ghost-login', 'wrong');
    expect((await trySignIn(house, 'ghost-login')).status).toBe(429);
  });

  it('five minutes free it: not a moment before', async () => {
    const { login } = await registered(house, 22);
    for (let n = 1; n <= 10; n += 1) await trySignIn(house, login, 'wrong');
    await sql(`update sign_in_try set at = clock_timestamp() - interval '4 minutes 50 seconds'`);
    expect((await trySignIn(house, login)).status).toBe(429);
    await sql(`update sign_in_try set at = clock_timestamp() - interval '5 minutes 1 second'`);
    expect((await trySignIn(house, login)).status).toBe(201);
  });

  it('a rival who guesses from elsewhere cannot lock a bidder out where he has signed in before', async () => {
    const { login } = await registered(house, 23);
    const home = { ...thePublic, address: '192.0.2.7' };
    await countTry(house.em(), login, home.address);
    await house.perform(openSession, home, { login, password });
    for (let n = 1; n <= 10; n += 1) await countTry(house.em(), login, '198.51.100.9');
    await expect(countTry(house.em(), login, '198.51.100.9')).rejects.toMatchObject({ problem: 'too-many-tries' });
    await expect(countTry(house.em(), login, home.address)).resolves.toBeUndefined();
  });

  it('twenty guesses at the same moment count twenty', async () => {
    const { login } = await registered(house, 24);
    const answers = await Promise.all(Array.from({ length: 20 }, () => trySignIn(house, login, 'wrong')));
    expect(answers.filter((answer) => answer.status === 401)).toHaveLength(10);
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(10);
  });
});

describe('One-time codes', () => {
  const codeAt = (secret: string, offset: number): Promise<string> =>
    generate({ secret, epoch: Math.floor(performance.timeOrigin / 1000 + performance.now() / 1000) + offset });

  async function enrolled(n: number): Promise<{ login: string; secret: string; spent: string }> {
    const { login } = await registered(house, n);
    const { token } = await signIn(house, login);
    const { secret } = (await house.api(token).post('/profile/totp/secret', { password })).body as { secret: string };
    const spent = await codeAt(secret, 0);
    expect((await house.api(token).post('/profile/totp', { totp: spent })).status).toBe(201);
    return { login, secret, spent };
  }

  it('a secret counts only when a code made with it came back', async () => {
    const { login } = await registered(house, 30);
    const { token } = await signIn(house, login);
    await house.api(token).post('/profile/totp/secret', { password });
    expect((await house.api(token).post('/profile/totp', { totp: '000000' })).body.type).toBe('/problems/one-time-code-wrong');
    expect((await trySignIn(house, login)).status).toBe(201);
  });

  it('are asked for once enrolled; the same code opens one session only', async () => {
    const { login, secret, spent } = await enrolled(31);
    expect((await trySignIn(house, login)).body.type).toBe('/problems/one-time-code-needed');
    expect((await trySignIn(house, login, password, { totp: spent })).body.type).toBe('/problems/one-time-code-wrong');
    const next = await codeAt(secret, 30);
    expect((await trySignIn(house, login, password, { totp: next })).status).toBe(201);
    expect((await trySignIn(house, login, password, { totp: next })).body.type).toBe('/problems/one-time-code-wrong');
  });

  it('two sign-ins with one code at the same moment: one of them', async () => {
    const { login, secret } = await enrolled(32);
    const totp = await codeAt(secret, 30);
    const answers = await Promise.all([1, 2, 3].map(() => trySignIn(house, login, password, { totp })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 401, 401]);
  });

  it('are not asked of somebody with the wrong password: the answer tells nothing about the account', async () => {
    const { login } = await enrolled(33);
    expect((await trySignIn(house, login, 'wrong')).body.type).toBe('/problems/sign-in-refused');
  });
});

describe('Roles', () => {
  it('one user of two kinds chooses, and acts in the chosen one from then on', async () => {
    const { login, code } = await registered(house, 40, ['bidder', 'tenderee']);
    const { token, roles } = await signIn(house, login);
    expect(roles.map((held) => held.role)).toEqual(['bidder', 'tenderee']);
    const other = roles[1]?.membership;
    expect((await house.api(token).post('/session/role', { membership: other })).status).toBe(201);
    expect((await house.api(token).get('/session')).body.me).toMatchObject({ role: 'tenderee', code });
  });

  it('somebody else’s role is not there', async () => {
    const [mine, theirs] = [await registered(house, 41), await registered(house, 42)];
    const other = (await signIn(house, theirs.login)).roles[0]?.membership;
    const { token } = await signIn(house, mine.login);
    expect((await house.api(token).post('/session/role', { membership: other })).status).toBe(404);
    expect((await house.api(token).get('/session')).body.me).toMatchObject({ code: mine.code });
  });
});
