import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openHouse, type TestHouse } from '../support/house.ts';
import { openedLot, phaseOf } from '../support/opened-lot.ts';
import { makeTown, soon, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house);
}, 120_000);
afterAll(() => house.close());

describe('a lot', () => {
  it('is opened', async () => {
    const from = performance.now();
    const { lot } = await openedLot(town);
    console.log('opened in', performance.now() - from);
    expect(await phaseOf(house, lot)).toBe('opened');
  }, 60_000);
});
