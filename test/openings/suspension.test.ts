import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { readBid } from '../../src/openings/read-bid.ts';
import type { Hall } from '../../src/openings/reads.ts';
import { resumeOpenings } from '../../src/openings/resume-openings.ts';
import { OpeningItem } from '../../src/openings/schema.ts';
import { standingRecord } from '../../src/openings/standing-record.ts';
import { suspendOpenings } from '../../src/openings/suspend-openings.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { beat, houseNow, openingLot, phaseOf, publishedLot, submitSealed, until } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, soon, type Town } from '../support/town.ts';
import { readAndDrawn } from './scene.ts';

/** The platform fails as a whole: all openings stop, everybody is told until when, and all go on at that moment by themselves. */

const minute = 60_000;
let house: TestHouse;
let town: Town;
let lot: string;
let waiting: string;
let reopensAt: Instant;
const hall = async (): Promise<Hall> => (await house.api().get(`/lots/${lot}/hall`).expect(200)).body;
const unread = (): Promise<number> => house.em().count(OpeningItem, { lot, state: 'opened', readAt: null });
const reads = () => refusal(house.perform(readBid, town.agent.actor, { lot }));
const stops = (at: Instant) => house.perform(suspendOpenings, town.centre.actor, { reason: '机房断电，正在恢复', reopensAt: at });

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house, { bidders: 3 });
  ({ lot } = await openingLot(town));
  const now = await houseNow(house);
  const next = await publishedLot(town);
  waiting = next.lot;
  for (const bidder of town.bidders) await submitSealed(town, waiting, bidder, { price: '17800000.00' });
  const { deadline } = await house.em().findOneOrFail(Lot, { id: waiting });
  // so that the other lot reaches its deadline while everything is stopped
  reopensAt = later(deadline ?? now, 60 * minute);
}, 180_000);
afterAll(() => house.close());

describe('a failure of the whole platform', () => {
  it('is declared by the trading centre alone, with a time that lies ahead', async () => {
    const now = await houseNow(house);
    for (const who of [town.agent, town.tenderee, town.regulator, town.administrator])
      expect(await refusal(house.perform(suspendOpenings, who.actor, { reason: '机房断电', reopensAt: later(now, minute) }))).toBe(
        'not-permitted',
      );
    expect(await refusal(stops(now))).toBe('reopens-too-early');
    expect(await refusal(house.perform(resumeOpenings, town.centre.actor, { reason: '已经恢复' }))).toBe('openings-not-suspended');
  });

  it('stops every session at once, is said in every hall and on the list, and stands in the record', async () => {
    await stops(reopensAt);
    expect(await reads()).toBe('openings-suspended');
    await until(town, async () => (await hall()).record.some((each) => each.type === 'openings.suspended' && each.order !== null));
    const shown = await hall();
    expect(shown.stop).toMatchObject({ reason: '机房断电，正在恢复', reopensAt });
    const orders = shown.record.flatMap(({ order }) => order ?? []).reverse();
    expect(orders).toEqual(orders.map((_, at) => at + 1));
    for (const path of [`/lots/${lot}/hall`, `/lots/${lot}/screen`, '/openings', '/suspension'])
      expect((await request(house.app).get(path).expect(200)).text).toContain('全部开标暂停');
  }, 60_000);

  it('what is sealed stays sealed: a deadline that comes meanwhile opens nothing, and nothing is read by itself', async () => {
    await house.clock.to(later(reopensAt, -1));
    for (let round = 0; round < 5; round += 1) await beat(house);
    await until(town, async () => (await phaseOf(house, waiting)) === 'closed');
    await beat(house);
    expect(await phaseOf(house, waiting)).toBe('closed');
    expect(await unread()).toBe(3);
    expect(await reads()).toBe('openings-suspended');
  }, 60_000);

  it('at the announced moment everything goes on by itself; the pause runs anew', async () => {
    await house.clock.to(reopensAt);
    expect((await hall()).stop).toBeNull();
    await beat(house);
    expect(await unread()).toBe(3);
    expect(await reads()).toBe('performed');
    await until(town, async () => (await phaseOf(house, waiting)) === 'opening');
  }, 60_000);

  it('another time may be announced, and it may end before; the time to confirm a record runs anew as well', async () => {
    await readAndDrawn(town, lot);
    const now = await houseNow(house);
    await stops(later(now, 10 * minute));
    await stops(later(now, 40 * minute));
    await house.clock.to(later(now, 20 * minute));
    expect(await refusal(house.perform(readBid, town.agent.actor, { lot: waiting }))).toBe('openings-suspended');
    await house.perform(resumeOpenings, town.centre.actor, { reason: '提前恢复' });
    const standing = await standingRecord(house.em(), await house.em().findOneOrFail(Lot, { id: lot }));
    expect(standing?.until).toBe(later(now, 50 * minute));
    await house.clock.to(later(now, 50 * minute - 1));
    await beat(house);
    expect(await phaseOf(house, lot)).toBe('opening');
    await house.clock.to(later(now, 50 * minute));
    await beat(house);
    expect(await phaseOf(house, lot)).toBe('opened');
  }, 60_000);
});
