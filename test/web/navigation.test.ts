import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { type Role, theSystem } from '../../src/kernel/actor.ts';
import { makeCode } from '../../src/parties/code.ts';
import { registerOrganisation } from '../../src/parties/register-organisation.ts';
import { navigation } from '../../views/navigation.ts';
import { password, registered, signIn } from '../parties/people.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
let trustee: string;
let bank: string;
beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house);
  await house.perform(registerOrganisation, theSystem, {
    code: makeCode('420502', 900),
    name: '宜昌市夷陵公证处',
    kinds: ['trustee'],
    region: '420500',
    legalRepresentative: '张伟',
    login: 'notary',
    userName: '胡建平',
    password,
    demonstration: true,
  });
  trustee = (await signIn(house, 'notary')).token;
  const keeper = await registered(house, 901, ['bank']);
  bank = (await signIn(house, keeper.login)).token;
}, 120_000);
afterAll(() => house.close());

describe('The header leads somewhere: every entry of every role is a page that this role may see', () => {
  it.each(Object.keys(navigation).filter((role) => role !== 'system') as Role[])('%s', async (role) => {
    const people: Partial<Record<Role, Person | undefined>> = {
      bidder: town.bidders[0],
      agent: town.agent,
      tenderee: town.tenderee,
      expert: town.experts[0],
      regulator: town.regulator,
      centre: town.centre,
      administrator: town.administrator,
    };
    const person = people[role];
    const token = role === 'trustee' ? trustee : role === 'bank' ? bank : person ? await person.token() : null;
    expect(token === null).toBe(role === 'public');
    for (const { href } of navigation[role]) {
      const answer = await request(house.app)
        .get(href)
        .set('cookie', token === null ? '' : `yg_session=${token}`);
      expect(`${href} ${answer.status}`).toBe(`${href} 200`);
      expect(answer.text).toContain(`<a href="${href}" aria-current="page"`);
    }
  });
});
