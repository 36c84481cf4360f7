import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AnyEndpoint, allEndpoints } from '../../src/kernel/endpoint.ts';
import { registered, signIn } from '../parties/people.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { makeTown, type Person, soon } from '../support/town.ts';

/** Every declared endpoint asked by everybody who has no right to it: the answer is the declared one, and nothing happens. */

let house: TestHouse;
let server: Server;
let base: string;
let roles: readonly { readonly role: string; readonly token: string | null }[];

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  const town = await makeTown(house, { bidders: 1, experts: 1 });
  server = house.app.listen(0);
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const trustee = await registered(house, 77, ['trustee']);
  const bank = await registered(house, 78, ['bank']);
  const people = [town.bidders[0], town.agent, town.tenderee, town.experts[0], town.regulator, town.centre, town.administrator] as Person[];
  roles = [
    { role: 'public', token: null },
    ...(await Promise.all(people.map(async (person) => ({ role: person.actor.role, token: await person.token() })))),
    { role: 'trustee', token: (await signIn(house, trustee.login)).token },
    { role: 'bank', token: (await signIn(house, bank.login)).token },
  ];
}, 60_000);
afterAll(async () => {
  await new Promise<void>((closed) => server.close(() => closed()));
  await house.close();
});

const addressOf = (endpoint: AnyEndpoint): string => endpoint.path.replace(/:\w+/g, '019a0000-0000-7000-8000-000000000000');

function ask(endpoint: AnyEndpoint, token: string | null, api: boolean, more: Record<string, string> = {}): Promise<Response> {
  const who: Record<string, string> = token === null ? {} : api ? { authorization: `Bearer ${token}` } : { cookie: `yg_session=${token}` };
  return fetch(`${base}${api ? '/api' : ''}${addressOf(endpoint)}`, {
    method: endpoint.method.toUpperCase(),
    redirect: 'manual',
    headers: { ...who, ...more, ...(endpoint.method === 'post' ? { 'content-type': 'application/json' } : {}) },
    ...(endpoint.method === 'post' ? { body: '{}' } : {}),
  });
}

const events = async (): Promise<number> => {
  const [row] = await house.em().execute<{ count: string }[]>(`select count(*) as count from journal_event where type <> 'act.refused'`);
  return Number(row?.count);
};
const mayAsk = (endpoint: AnyEndpoint, role: string): boolean =>
  endpoint.by === 'anyone' || (endpoint.by === 'signed-in' ? role !== 'public' : (endpoint.by as readonly string[]).includes(role));
const isPage = (endpoint: AnyEndpoint): boolean =>
  !endpoint.apiOnly && (endpoint.method === 'get' ? Boolean(endpoint.page) || Boolean(endpoint.download) : Boolean(endpoint.goTo));

describe('Without a right', () => {
  it('the API answers 401 to nobody and 403 to the wrong role, with a named problem', async () => {
    const wrong: string[] = [];
    let asked = 0;
    for (const endpoint of allEndpoints().filter((each) => !each.pageOnly))
      for (const { role, token } of roles.filter((each) => !mayAsk(endpoint, each.role))) {
        asked += 1;
        const answer = await ask(endpoint, token, true);
        const problem = (await answer.json()) as { type?: string };
        const expected = role === 'public' ? [401, '/problems/not-signed-in'] : [403, '/problems/not-permitted'];
        if (answer.status !== expected[0] || problem.type !== expected[1])
          wrong.push(`${role} ${endpoint.method} ${endpoint.path}: ${answer.status} ${problem.type}`);
      }
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(200);
  }, 120_000);

  it('a page sends nobody to sign in, and shows the wrong role a page that says so', async () => {
    const wrong: string[] = [];
    for (const endpoint of allEndpoints().filter((each) => isPage(each) && each.method === 'get'))
      for (const { role, token } of roles.filter((each) => !mayAsk(endpoint, each.role))) {
        const answer = await ask(endpoint, token, false);
        const right =
          role === 'public' ? answer.status === 303 && answer.headers.get('location')?.startsWith('/session?back=') : answer.status === 403;
        if (!right) wrong.push(`${role} ${endpoint.path}: ${answer.status} ${answer.headers.get('location')}`);
      }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('a form without its token does nothing, for anybody', async () => {
    const before = await events();
    const wrong: string[] = [];
    for (const endpoint of allEndpoints().filter((each) => isPage(each) && each.method === 'post'))
      for (const { role, token } of roles) {
        const answer = await ask(endpoint, token, false);
        const sentAway = role === 'public' && endpoint.by !== 'anyone' && answer.status === 303;
        if (!sentAway && answer.status !== 403 && answer.status !== 404) wrong.push(`${role} ${endpoint.path}: ${answer.status}`);
      }
    expect(wrong).toEqual([]);
    expect(await events()).toBe(before);
  }, 120_000);

  it('a read of what is not there is 404 or 409 for those who may ask, never a failure of ours', async () => {
    const broken: string[] = [];
    for (const endpoint of allEndpoints().filter((each) => each.method === 'get'))
      for (const { role, token } of roles.filter((each) => mayAsk(endpoint, each.role))) {
        const answer = await ask(endpoint, token, !endpoint.pageOnly);
        if (answer.status >= 500) broken.push(`${role} ${endpoint.path}: ${answer.status}`);
      }
    expect(broken).toEqual([]);
  }, 120_000);
});
