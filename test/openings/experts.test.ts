import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { requestDraw } from '../../src/experts/request-draw.ts';
import { DrawSeat } from '../../src/experts/schema.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { openingLot, until } from '../support/opened-lot.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';
import { readAndDrawn } from './scene.ts';

/** An expert that is called to the panel may not be in the hall before the evaluation; the gallery stays open to everybody else. */

let house: TestHouse;
let town: Town;
let lot: string;
const status = async (who: Person | null, path: string): Promise<number> =>
  (await house.api(who ? await who.token() : undefined).get(path)).status;

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house, { bidders: 3, experts: 40 });
  ({ lot } = await openingLot(town));
  await readAndDrawn(town, lot);
}, 180_000);
afterAll(() => house.close());

describe('experts and the hall', () => {
  it('while nobody is called, an expert may watch like anybody', async () => {
    expect(await status(town.experts[0] as Person, `/lots/${lot}/hall`)).toBe(200);
  });

  it('from the call on, those who are called are refused hall and screen; others are not', async () => {
    await house.perform(requestDraw, town.agent.actor, { lot });
    await until(town, async () => (await house.em().count(DrawSeat, { lot, state: 'called' })) > 0);
    const called = new Set((await house.em().find(DrawSeat, { lot, state: 'called' })).map((seat) => seat.expert));
    const inside = town.experts.find((person) => called.has(person.actor.expert ?? '')) as Person;
    const outside = town.experts.find((person) => !called.has(person.actor.expert ?? '')) as Person;
    for (const path of [`/lots/${lot}/hall`, `/lots/${lot}/screen`]) {
      expect([path, await status(inside, path)]).toEqual([path, 403]);
      expect([path, await status(outside, path)]).toEqual([path, 200]);
      expect([path, await status(null, path)]).toEqual([path, 200]);
    }
  }, 60_000);

  it('the session’s draw is shown step by step, with its proof', async () => {
    const { text } = await request(house.app).get(`/lots/${lot}/hall`).expect(200);
    const { body } = await house.api().get(`/lots/${lot}/draws`).expect(200);
    expect(text).toContain('现场抽取');
    const hall = (await house.api().get(`/lots/${lot}/hall`).expect(200)).body;
    for (const each of [hall.draw.digest, hall.draw.seed]) expect(text).toContain(each);
    expect(hall.draw.shares.length).toBe(town.council.threshold);
    expect(body.draws[0].request.id).toBe(hall.draw.id);
  });
});
