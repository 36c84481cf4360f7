import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { theSystem } from '../../src/kernel/actor.ts';
import { formCouncil } from '../../src/openings/form-council.ts';
import { holdCeremony } from '../../src/sealing/ceremony.ts';
import { pageOf } from '../awards/scene.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { openedLot, publishedLot } from '../support/opened-lot.ts';
import { freshId, makeTown, soon, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house, { bidders: 3 });
}, 120_000);
afterAll(() => house.close());

const listed = async (): Promise<{ id: string; state: string }[]> => {
  const { body } = await house.api().get('/councils');
  return (body as { councils: { council: { id: string }; state: string }[] }).councils.map(({ council, state }) => ({
    id: council.id,
    state,
  }));
};
const another = (): ReturnType<typeof holdCeremony> => holdCeremony(freshId(), '新一届开标委员会', ['甲机构', '乙机构', '丙机构'], 2);

describe('Every council there has been is listed for everybody', () => {
  it('the only one is in use', async () => {
    expect(await listed()).toEqual([{ id: town.council.id, state: 'in-use' }]);
    const page = await pageOf(house, null, '/councils');
    for (const said of [town.council.name, town.council.groupKey, '3 位中的任意 2 位']) expect(page.text).toContain(said);
  });
  it('one that was replaced serves what was published under it until the last of it is opened, and is then retired', async () => {
    const { lot } = await publishedLot(town);
    const next = another();
    const witnesses = (await house.em().execute<{ vkey: string }[]>('select vkey from journal_witness')).map((row) => row.vkey);
    await house.perform(formCouncil, theSystem, { council: next.council, witnesses });
    expect(await listed()).toEqual([
      { id: next.council.id, state: 'in-use' },
      { id: town.council.id, state: 'serving' },
    ]);
    await house.em().execute(`update lot set failed_at = yangguang_now(), failed_for = 'too-few-bids' where id = ?`, [lot]);
    expect((await listed()).at(-1)).toEqual({ id: town.council.id, state: 'retired' });
  }, 60_000);
  it('a lot opened and recorded under one still needs it for the draw of its experts, and no more once it is reported', async () => {
    const fresh = await openHouse({ at: soon() });
    try {
      const other = await makeTown(fresh, { bidders: 3 });
      await openedLot(other);
      const witnesses = (await fresh.em().execute<{ vkey: string }[]>('select vkey from journal_witness')).map((row) => row.vkey);
      await fresh.perform(formCouncil, theSystem, { council: another().council, witnesses });
      const states = async (): Promise<string[]> => {
        const { body } = await fresh.api().get('/councils');
        return (body as { councils: { state: string }[] }).councils.map(({ state }) => state);
      };
      expect(await states()).toEqual(['in-use', 'serving']);
      await fresh.em().execute('update lot set reported_at = yangguang_now()');
      expect(await states()).toEqual(['in-use', 'retired']);
    } finally {
      await fresh.close();
    }
  }, 120_000);
});
