import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { thePublic, theSystem } from '../../src/kernel/actor.ts';
import { makeCode } from '../../src/parties/code.ts';
import { enrolUser } from '../../src/parties/enrol-user.ts';
import { organisationByCode, sessionOf } from '../../src/parties/reads.ts';
import { registerOrganisation } from '../../src/parties/register-organisation.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { administrator, password, registered, signIn, trySignIn } from './people.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const form = (n: number, more: object = {}) => ({
  code: makeCode('420502', n),
  name: `宜昌第${n}建设有限公司`,
  kinds: 'bidder',
  region: '420502',
  legalRepresentative: '张三',
  login: `user-${n}`,
  userName: '李四',
  password,
  ...more,
});

const otherThan = (character: string): string => (character === '1' ? '2' : '1');

describe('CODE-1 Both check characters of a code are verified, and the refusal says which is wrong', () => {
  const code = makeCode('420502', 100);

  it('takes a code whose characters are right, typed with blanks and small letters', async () => {
    const typed = `${code.slice(0, 8)} ${code.slice(8).toLowerCase()}`;
    const response = await house.api().post('/organisations', form(100, { code: typed }));
    expect(response.status).toBe(201);
    expect(await organisationByCode(house.em(), code)).toMatchObject({ code, kinds: ['bidder'], region: '420502' });
  });

  it('names the 18th when only the last is wrong', async () => {
    const response = await house.api().post('/organisations', form(101, { code: code.slice(0, 17) + otherThan(code[17] ?? '') }));
    expect(response.status).toBe(422);
    expect(response.body).toMatchObject({ type: '/problems/code-invalid', rule: 'CODE-1', errors: [{ pointer: 'code' }] });
    expect(response.body.detail).toContain('第18位');
    expect(response.body.detail).not.toContain('第17位');
  });

  it('names the 17th, too, when that is wrong', async () => {
    const response = await house
      .api()
      .post('/organisations', form(102, { code: code.slice(0, 16) + otherThan(code[16] ?? '') + code[17] }));
    expect(response.body.detail).toContain('第17位');
  });
});

describe('REGION-1 A region has six digits, the first two a province’s', () => {
  it('takes a district, refuses a province that does not exist', async () => {
    expect((await house.api().post('/organisations', form(110, { region: '420583' }))).status).toBe(201);
    const refused = await house.api().post('/organisations', form(111, { region: '990000' }));
    expect(refused.body).toMatchObject({ rule: 'REGION-1', errors: [{ pointer: 'region' }] });
  });
});

describe('PASSWORD-1 A password has 10 to 128 characters; PASSWORD-2 it is not the login', () => {
  const attempt = (n: number, given: string) => house.api().post('/organisations', form(n, { password: given }));
  it('refuses nine characters and takes ten', async () => {
    expect((await attempt(120, 'abcdefg-9')).body).toMatchObject({ rule: 'PASSWORD-1', errors: [{ pointer: 'password' }] });
    expect((await attempt(120, 'abcdefg-10')).status).toBe(201);
  });
  it('takes 128 characters and refuses 129', async () => {
    expect((await attempt(121, 'abcd'.repeat(32))).status).toBe(201);
    expect((await attempt(122, `${'abcd'.repeat(32)}e`)).body).toMatchObject({ rule: 'PASSWORD-1' });
  });
  it('refuses the login name within it, and two characters repeated', async () => {
    expect((await attempt(123, 'my-USER-123-secret')).body).toMatchObject({ rule: 'PASSWORD-2' });
    expect((await attempt(123, 'ababababababab')).body).toMatchObject({ rule: 'PASSWORD-2' });
  });
});

describe('The register', () => {
  it('takes a code once and a login once', async () => {
    await registered(house, 130);
    const again = await house.api().post('/organisations', form(130, { login: 'someone-else' }));
    expect(again.body).toMatchObject({ type: '/problems/organisation-already-registered', errors: [{ pointer: 'code' }] });
    const taken = await house.api().post('/organisations', form(131, { login: 'USER-130' }));
    expect(taken.body).toMatchObject({ type: '/problems/login-taken', errors: [{ pointer: 'login' }] });
    expect(await organisationByCode(house.em(), makeCode('420502', 131))).toBeNull();
  });

  it('two at the same moment: one organisation', async () => {
    const answers = await Promise.all([1, 2, 3].map((at) => house.api().post('/organisations', form(132, { login: `racer-${at}` }))));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409]);
  });

  it('nobody makes himself a regulator, a trustee or a demonstration account', async () => {
    expect((await house.api().post('/organisations', form(133, { kinds: 'regulator' }))).status).toBe(403);
    expect((await house.api().post('/organisations', form(133, { kinds: ['bidder', 'trustee'] }))).status).toBe(403);
    await expect(house.perform(registerOrganisation, thePublic, form(133, { demonstration: true }))).rejects.toMatchObject({
      problem: 'demonstration-only',
    });
  });

  it('is open to everybody and tells neither users nor telephone', async () => {
    await house.api().post('/organisations', form(134, { phone: '0717-1234567', address: '沿江大道1号' }));
    const one = await house.api().get(`/organisations/${makeCode('420502', 134)}`);
    const list = await house.api().get('/organisations?q=134');
    expect(one.status).toBe(200);
    for (const response of [one, list]) {
      expect(JSON.stringify(response.body)).toContain('宜昌第134建设有限公司');
      for (const secret of ['0717-1234567', '沿江大道', 'user-134', '李四']) expect(JSON.stringify(response.body)).not.toContain(secret);
    }
  });

  it('searches text as text: % and _ are no wildcards', async () => {
    expect((await house.api().get('/organisations?q=%25')).body.total).toBe(0);
  });
});

describe('Enrolling users', () => {
  const colleague = (login: string, more: object = {}) => ({ login, userName: '同事', password, ...more });

  it('one adds a colleague to one’s own organisation, in one’s own role, whatever the form says', async () => {
    const { login, code } = await registered(house, 140);
    const { token } = await signIn(house, login);
    const other = makeCode('420502', 100);
    const added = await house.api(token).post('/users', colleague('colleague-140', { role: 'administrator', organisation: other }));
    expect(added.status).toBe(201);
    const session = await signIn(house, 'colleague-140');
    expect((await sessionOf(house.em(), session.token))?.actor).toMatchObject({ role: 'bidder', code });
  });

  it('the act refuses another organisation, another role and another’s login', async () => {
    const [mine, theirs] = [await registered(house, 141, ['bidder', 'agent']), await registered(house, 142)];
    const actor = (await sessionOf(house.em(), (await signIn(house, mine.login)).token))?.actor ?? thePublic;
    const enrol = (input: object) => house.perform(enrolUser, actor, input);
    await expect(enrol(colleague('c-1', { role: 'bidder', organisation: theirs.code }))).rejects.toMatchObject({
      problem: 'role-not-granted',
    });
    await expect(enrol(colleague('c-2', { role: 'agent', organisation: mine.code }))).rejects.toMatchObject({
      problem: 'role-not-granted',
    });
    await expect(enrol(colleague('c-3', { role: 'administrator' }))).rejects.toMatchObject({ problem: 'role-not-granted' });
    await expect(enrol({ login: theirs.login, role: 'bidder', organisation: mine.code })).rejects.toMatchObject({
      problem: 'password-refused',
    });
    await expect(enrol(colleague(theirs.login, { role: 'bidder', organisation: mine.code }))).rejects.toMatchObject({
      problem: 'login-taken',
    });
    await expect(enrol(colleague('c-4', { role: 'bidder', organisation: mine.code }))).resolves.toBeDefined();
  });

  it('an administrator enrols anybody and adds roles to accounts that exist', async () => {
    const { token } = await signIn(house, await administrator(house));
    const { code } = await registered(house, 143, ['regulator']);
    const enrol = (body: object) => house.api(token).post('/administration/users', body);
    expect((await enrol(colleague('watcher', { role: 'regulator', organisation: code, region: '420500' }))).status).toBe(201);
    expect((await enrol({ login: 'watcher', role: 'administrator' })).status).toBe(201);
    expect((await signIn(house, 'watcher')).roles.map((held) => held.role)).toEqual(['regulator', 'administrator']);
    expect((await enrol(colleague('wrong-kind', { role: 'bidder', organisation: code }))).body.type).toBe('/problems/role-not-granted');
  });

  it('only an administrator sees every user; others see their own organisation', async () => {
    const { login } = await registered(house, 144);
    const { token } = await signIn(house, login);
    expect((await house.api(token).get('/administration/users')).status).toBe(403);
    const own = (await house.api(token).get('/users')).body;
    expect(own.rows.map((row: { login: string }) => row.login)).toEqual([login]);
  });

  it('demonstration accounts are listed on a sandbox and keep their password', async () => {
    await house.perform(enrolUser, theSystem, { ...colleague('demo-admin'), role: 'administrator', demonstration: true });
    const offered = (await house.api().get('/session')).body.demonstration;
    expect(offered).toEqual([{ login: 'demo-admin', password, name: '同事', role: 'administrator', organisation: null }]);
    const { token } = await signIn(house, 'demo-admin');
    const change = await house.api(token).post('/profile/password', { password, newPassword: 'mine-from-now-on' });
    expect(change.body.type).toBe('/problems/shared-demonstration-account');
    expect((await trySignIn(house, 'demo-admin')).status).toBe(201);
  });
});

describe('Pages of the people', () => {
  const browser = () => request.agent(house.app);
  const csrfIn = (html: string): string => /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';

  async function signedIn(login: string) {
    const agent = browser();
    const page = await agent.get('/session');
    const back = await agent
      .post('/session')
      .type('form')
      .send({ login, password, back: '/profile', _csrf: csrfIn(page.text) });
    expect(back.status).toBe(303);
    return { agent, location: back.headers.location as string };
  }

  it('the sign-in form signs a browser in, sets a cookie scripts cannot read, and goes back where one came from', async () => {
    const { login } = await registered(house, 150);
    const agent = browser();
    const page = await agent.get('/session?back=/profile');
    const answer = await agent
      .post('/session')
      .type('form')
      .send({ login, password, back: '/profile', _csrf: csrfIn(page.text) });
    expect(answer.headers.location).toBe('/profile');
    const cookie = (answer.headers['set-cookie'] as unknown as string[]).find((each) => each.startsWith('yg_session='));
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect((await agent.get('/profile')).text).toContain('user-150');
  });

  it('never goes back to another site', async () => {
    const { login } = await registered(house, 151);
    for (const back of ['https://evil.example/', '//evil.example', '/\\evil.example', '/\t/evil.example', 'javascript:alert(1)']) {
      const agent = browser();
      const page = await agent.get('/session');
      const answer = await agent
        .post('/session')
        .type('form')
        .send({ login, password, back, _csrf: csrfIn(page.text) });
      expect(answer.headers.location).toBe('/work');
    }
  });

  it('a form without its token is refused, at the door and inside; so is the API with a cookie and no token', async () => {
    const { login } = await registered(house, 152);
    const bare = await browser().post('/session').type('form').send({ login, password });
    expect(bare.status).toBe(403);
    const { agent } = await signedIn(login);
    expect((await agent.post('/session/end').type('form').send({})).status).toBe(403);
    expect(
      (
        await agent
          .post('/profile/password')
          .type('form')
          .send({ password, newPassword: 'x'.repeat(20), _csrf: 'wrong' })
      ).status,
    ).toBe(403);
    expect((await agent.post('/api/session/end').send({})).body.type).toBe('/problems/form-expired');
    expect((await agent.get('/profile')).status).toBe(200);
  });

  it('signing out clears the cookie', async () => {
    const { login } = await registered(house, 153);
    const { agent } = await signedIn(login);
    const page = await agent.get('/profile');
    expect(
      (
        await agent
          .post('/session/end')
          .type('form')
          .send({ _csrf: csrfIn(page.text) })
      ).headers.location,
    ).toBe('/');
    expect((await agent.get('/profile')).headers.location).toMatch(/^\/session\?back=/);
  });

  it('a refused registration keeps what was typed, says what is wrong beside the field, and never shows the password again', async () => {
    const agent = browser();
    const page = await agent.get('/organisations/new');
    const code = makeCode('420502', 154);
    const wrong = code.slice(0, 17) + otherThan(code[17] ?? '');
    const answer = await agent
      .post('/organisations')
      .type('form')
      .send({ ...form(154), code: wrong, password: 'very-secret-phrase', _csrf: csrfIn(page.text) });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(`value="${wrong}"`);
    expect(answer.text).toContain('第18位');
    expect(answer.text).toContain('宜昌第154建设有限公司');
    expect(answer.text).not.toContain('very-secret-phrase');
  });

  it('somebody with several roles is asked which one', async () => {
    const { login } = await registered(house, 155, ['agent', 'tenderee']);
    const { agent, location } = await signedIn(login);
    expect(location).toBe('/session/role?back=%2Fprofile');
    const page = await agent.get(location);
    expect(page.text).toContain('招标代理');
    const second = [...page.text.matchAll(/name="membership" value="([^"]+)"/g)][1]?.[1];
    const chosen = await agent
      .post('/session/role')
      .type('form')
      .send({ membership: second, back: '/profile', _csrf: csrfIn(page.text) });
    expect(chosen.headers.location).toBe('/profile');
  });

  it('every page opens, in both languages', async () => {
    const { login } = await registered(house, 156);
    const { agent } = await signedIn(login);
    const admin = (await signedIn(await administrator(house, 'page-admin'))).agent;
    const open = ['/session', '/session/role', '/organisations', '/organisations/new', `/organisations/${makeCode('420502', 156)}`];
    const pages = [...open, '/profile', '/profile/totp', '/users'].map((path) => [agent, path] as const);
    for (const [who, path] of [...pages, [admin, '/administration/users'] as const]) {
      await who.get('/language?to=zh&back=/');
      const chinese = await who.get(path);
      await who.get('/language?to=en&back=/');
      const english = await who.get(path);
      expect([path, chinese.status, english.status]).toEqual([path, 200, 200]);
      expect(chinese.text).toContain('<html lang="zh-CN"');
      expect(english.text).toContain('<html lang="en"');
    }
  });
});
