import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { eventsOfLot } from '../../src/journal/reads.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { closeOpeningRecord } from '../../src/openings/close-opening-record.ts';
import { readBid } from '../../src/openings/read-bid.ts';
import type { Hall } from '../../src/openings/reads.ts';
import { scheduleOpening } from '../../src/openings/schedule-opening.ts';
import { OpeningItem } from '../../src/openings/schema.ts';
import { publishAddendum } from '../../src/tenders/publish-addendum.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { beat, houseNow, publishedLot, submitSealed, until } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

/** Several lots in one session: one agenda, one sequence of numbers for everybody, read one lot after the other. */

let house: TestHouse;
let town: Town;
let project: string;
let lots: [string, string, string];
let session: string;
let deadline: Instant;

const hall = async (path: string, who?: Person): Promise<Hall> =>
  (
    await house
      .api(who && (await who.token()))
      .get(path)
      .expect(200)
  ).body;
const unread = (lot: string): Promise<number> => house.em().count(OpeningItem, { lot, state: 'opened', readAt: null });
const reads = (lot: string): Promise<unknown> => house.perform(readBid, town.agent.actor, { lot });

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house, { bidders: 4 });
  const first = await publishedLot(town);
  project = first.project;
  const second = await publishedLot(town, {}, project);
  const third = await publishedLot(town, {}, project);
  lots = [first.lot, second.lot, third.lot];
  deadline = (await house.em().findOneOrFail(Lot, { id: first.lot })).deadline as Instant;
}, 120_000);
afterAll(() => house.close());

describe('putting lots into one session', () => {
  const schedules = (who: Person, ...ids: string[]) => refusal(house.perform(scheduleOpening, who.actor, { project, lots: ids }));

  it('HALL-3: takes lots of one project with one opening time, of one’s own, before the deadline', async () => {
    const elsewhere = await publishedLot(town);
    const moved = await publishedLot(town, { deadline: later(deadline, 60_000) }, project);
    expect(await schedules(town.agent, lots[0], elsewhere.lot)).toBe('lots-not-opened-together');
    expect(await schedules(town.agent, lots[0], moved.lot)).toBe('lots-not-opened-together');
    expect(await schedules(town.agent, lots[0])).toBe('invalid-input');
    expect(await schedules(town.agent, lots[0], lots[0])).toBe('invalid-input');
    expect(await schedules(town.stranger, lots[0], lots[1])).toBe('not-found');
    expect(await schedules(town.bidders[0] as Person, lots[0], lots[1])).toBe('not-permitted');
  });

  it('is arranged from the page of the project, and public', async () => {
    const [second, first, third] = [lots[1], lots[0], lots[2]];
    const api = await town.agent.api();
    const { body } = await api.post(`/projects/${project}/sessions`, { lots: [second, first, third] }).expect(201);
    session = body.session;
    expect(await schedules(town.agent, lots[0], lots[1])).toBe('lots-not-opened-together');
    lots = [second, first, third];
    const shown = await hall(`/halls/${session}`);
    expect(shown.session.lots.map(({ id, state }) => [id, state])).toEqual(lots.map((lot) => [lot, 'waits']));
    const page = await request(house.app).get(`/halls/${session}`).expect(200);
    expect(page.text).toContain('本场议程');
  });

  it('a lot whose deadline is moved leaves the session and has one of its own', async () => {
    await house.perform(publishAddendum, town.agent.actor, {
      lot: lots[2],
      text: '延期',
      affectsPreparation: false,
      deadline: later(deadline, 3_600_000),
    });
    expect((await hall(`/halls/${session}`)).session.lots.map(({ id }) => id)).toEqual(lots.slice(0, 2));
    expect((await hall(`/lots/${lots[2]}/hall`)).session.id).toBeNull();
  });
});

describe('the session', () => {
  beforeAll(async () => {
    for (const lot of lots.slice(0, 2))
      for (const [at, bidder] of town.bidders.slice(0, 3).entries()) await submitSealed(town, lot, bidder, { price: `1780000${at}.00` });
  }, 120_000);

  it('before the start it shows names of lots only, to everybody', async () => {
    for (const who of [undefined, town.agent, town.regulator, town.centre, town.bidders[0], town.bidders[3]] as const) {
      const shown = await hall(`/halls/${session}`, who);
      expect([shown.items, shown.record, shown.council, shown.objections]).toEqual([[], [], null, []]);
    }
  });

  it('everybody sees one sequence over all lots, from 1 and without a gap, in the order of the journal', async () => {
    await house.clock.to(deadline);
    await until(town, async () => {
      const [one, two] = await Promise.all(lots.slice(0, 2).map((lot) => unread(lot)));
      return one === 3 && two === 3;
    });
    const seen = await Promise.all(
      [undefined, town.agent, town.regulator, town.bidders[0], town.bidders[3]].map(async (who) =>
        (await hall(`/halls/${session}`, who)).record
          .filter((each) => each.order !== null)
          .map(({ order, number, lot, type }) => ({ order, number, lot, type })),
      ),
    );
    const [first = []] = seen;
    for (const other of seen) expect(other).toEqual(first);
    const orders = first.map(({ order }) => order).reverse();
    expect(orders).toEqual(orders.map((_, at) => at + 1));
    const numbers = first.map(({ number }) => number ?? -1).reverse();
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(new Set(first.map(({ lot }) => lot))).toEqual(new Set(lots.slice(0, 2)));
    for (const lot of lots.slice(0, 2)) {
      const own = (await eventsOfLot(house.em(), lot, { types: ['opening.started', 'bid.opened'] })).map(({ index }) => index ?? -1);
      expect(
        first
          .filter((each) => each.lot === lot && ['opening.started', 'bid.opened'].includes(each.type))
          .map(({ number }) => number)
          .reverse(),
      ).toEqual(own);
    }
    // either lot’s own hall shows the same record
    expect((await hall(`/lots/${lots[1]}/hall`)).record.map(({ order }) => order)).toEqual(
      (await hall(`/halls/${session}`)).record.map(({ order }) => order),
    );
  }, 120_000);

  it('lots are read as the agenda says: the second waits, for the host and for the platform’s own reading', async () => {
    expect(await refusal(reads(lots[1]))).toBe('another-lot-first');
    expect((await hall(`/lots/${lots[1]}/hall`, town.agent)).mayRead).toBe(false);
    expect((await hall(`/halls/${session}`, town.agent)).lot).toBe(lots[0]);
    await house.clock.to(later(await houseNow(house), 6 * 60_000));
    await beat(house);
    expect([await unread(lots[0]), await unread(lots[1])]).toEqual([2, 3]);
    await reads(lots[0]);
    await reads(lots[0]);
    expect((await hall(`/halls/${session}`, town.agent)).lot).toBe(lots[1]);
  }, 60_000);

  it('a pause is the session’s: the second lot is not read by itself while the first was just read', async () => {
    await beat(house);
    expect(await unread(lots[1])).toBe(3);
    await reads(lots[1]);
    expect(await unread(lots[1])).toBe(2);
  });

  it('the numbers that stood before stand after; the hall leads back to itself', async () => {
    const before = (await hall(`/halls/${session}`)).record.filter((each) => each.order !== null);
    const token = await town.agent.token();
    const page = await request(house.app).get(`/halls/${session}`).set('cookie', `yg_session=${token}`);
    const csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const sent = await request(house.app)
      .post(`/lots/${lots[1]}/readings`)
      .set('cookie', `yg_session=${token}`)
      .type('form')
      .send({ _csrf: csrf, session });
    expect([sent.status, sent.headers.location]).toEqual([303, `/halls/${session}`]);
    await until(town, async () => (await hall(`/halls/${session}`)).record.every((each) => each.order !== null));
    const after = (await hall(`/halls/${session}`)).record;
    for (const entry of before) expect(after.find((each) => each.event === entry.event)?.order).toBe(entry.order);
  }, 60_000);

  it('goes on to the end of each of its lots', async () => {
    while ((await unread(lots[1])) > 0) await reads(lots[1]);
    for (const lot of lots.slice(0, 2))
      await until(town, async () => (await refusal(house.perform(closeOpeningRecord, town.agent.actor, { lot }))) === 'performed');
    const shown = await hall(`/halls/${session}`);
    expect(shown.session.lots.map(({ state }) => state)).toEqual(['done', 'done']);
  }, 120_000);
});
