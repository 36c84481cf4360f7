import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { deskPage } from '../../src/evaluation/desk-reads.ts';
import { scheduleSession } from '../../src/evaluation/schedule-session.ts';
import { startEvaluation } from '../../src/evaluation/start-evaluation.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { giveShare } from '../../src/openings/give-share.ts';
import { readBid } from '../../src/openings/read-bid.ts';
import { readingOrderOf } from '../../src/openings/reading-draw.ts';
import type { Hall } from '../../src/openings/reads.ts';
import { CouncilTask, DrawRequest as DrawRow, OpeningItem } from '../../src/openings/schema.ts';
import { evaluate } from '../../src/sealing/council.ts';
import type { DrawTranscript } from '../../src/sealing/draw.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { at, today } from '../awards/scene.ts';
import { witnessedTown } from '../openness/witness.ts';
import { panelAtWork, panelSigns } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { beat, houseNow, orderStands, phaseOf, publishedLot, sessionClosed, submitSealed, until } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, type Person, type Town } from '../support/town.ts';
import { bundleOf, custodianAsked, verdictOf } from './scene.ts';

/** Two lots in one session, each with two envelopes opened in turn and read in a drawn order; in each one bidder fails the first envelope. */

let house: TestHouse;
let town: Town;
let stop: () => Promise<void>;
let project: string;
let session: string;
let lots: readonly [string, string];
const bids = new Map<string, string[]>();
beforeAll(async () => {
  house = await openHouse({ at: at('2031-03-03T09:00') });
  const witnessed = await witnessedTown(await makeTown(house, { bidders: 4 }));
  town = today(witnessed.town);
  stop = witnessed.stop;
  const draft = { envelopes: 'technical+price', readingOrder: 'drawn' } as const;
  const first = await publishedLot(town, draft);
  project = first.project;
  lots = [first.lot, (await publishedLot(town, draft, project)).lot];
}, 120_000);
afterAll(async () => {
  await stop();
  await house.close();
});

const hall = async (path: string, who?: Person): Promise<Hall> =>
  (
    await house
      .api(who && (await who.token()))
      .get(path)
      .expect(200)
  ).body;
const host = async () => town.agent.api();
const reads = (lot: string) => refusal(house.perform(readBid, town.agent.actor, { lot }));
const unread = (lot: string): Promise<number> => house.em().count(OpeningItem, { lot, state: 'opened', readAt: null });
const openedIn = (lot: string, part: string): Promise<number> => house.em().count(OpeningItem, { lot, part, state: 'opened' });
const agendaOf = async (): Promise<unknown> => (await hall(`/halls/${session}`)).session.lots.map(({ id, state }) => [id, state]);
const readList = async (lot: string, part: string): Promise<string[]> =>
  (await house.em().find(OpeningItem, { lot, part, readAt: { $ne: null } }, { orderBy: { readOrder: 'asc' } })).map(
    (item) => item.submission,
  );
const orderDrawn = async (lot: string, part: string): Promise<readonly string[]> => {
  const draws = await house.em().find(DrawRow, { lot, part, purpose: 'reading' });
  expect(draws).toHaveLength(1);
  const items = await house.em().find(OpeningItem, { lot, part, state: 'opened' }, { orderBy: { id: 'asc' } });
  return readingOrderOf(
    draws[0]?.transcript as DrawTranscript,
    items.map((item) => item.submission),
  );
};

describe('the first session of both', () => {
  it('is arranged over the API, and everybody bids for both', async () => {
    const { body } = await (await host()).post(`/projects/${project}/sessions`, { lots }).expect(201);
    session = body.session;
    for (const lot of lots)
      for (const [place, bidder] of town.bidders.entries())
        bids.set(lot, [...(bids.get(lot) ?? []), await submitSealed(town, lot, bidder, { price: `1780000${place}.00` })]);
    const { deadline } = await house.em().findOneOrFail(Lot, { id: lots[0] });
    await house.clock.to(deadline as Instant);
    await until(town, async () => (await openedIn(lots[0], 'technical')) === 4 && (await openedIn(lots[1], 'technical')) === 4);
    expect(await agendaOf()).toEqual([
      [lots[0], 'opening'],
      [lots[1], 'opening'],
    ]);
  }, 120_000);

  it('a lot that waits for its draw holds nobody up, and nobody reads it by itself; drawn, it comes first again', async () => {
    await house.clock.to(later(await houseNow(house), 60 * 60_000));
    await beat(house);
    expect([await unread(lots[0]), await unread(lots[1])]).toEqual([4, 4]);
    expect([await reads(lots[0]), await reads(lots[1])]).toEqual(['reading-order-not-drawn', 'reading-order-not-drawn']);
    // the council has answered for the second lot alone
    const { task } = await house.em().findOneOrFail(DrawRow, { lot: lots[1], purpose: 'reading' });
    const points = (await house.em().findOneOrFail(CouncilTask, { id: task })).points as string[];
    for (const share of town.shares.slice(0, town.council.threshold))
      await house.perform(giveShare, theSystem, { task, share: evaluate(share, points, town.council) });
    expect([await reads(lots[0]), await reads(lots[1])]).toEqual(['reading-order-not-drawn', 'performed']);
    await orderStands(town, lots[0]);
    expect(await reads(lots[1])).toBe('another-lot-first');
    expect((await hall(`/halls/${session}`, town.agent)).lot).toBe(lots[0]);
  }, 60_000);

  it('each is read in its own drawn order, one lot after the other', async () => {
    for (const lot of lots) {
      expect((await hall(`/halls/${session}`, town.agent)).lot).toBe(lot);
      while ((await unread(lot)) > 0) await (await host()).post(`/lots/${lot}/readings`, { session }).expect(201);
      expect(await readList(lot, 'technical')).toEqual(await orderDrawn(lot, 'technical'));
    }
    for (const lot of lots) await (await host()).post(`/lots/${lot}/record`, { session }).expect(201);
    expect(await agendaOf()).toEqual([
      [lots[0], 'done'],
      [lots[1], 'done'],
    ]);
    const page = await request(house.app).get(`/halls/${session}`).expect(200);
    expect(page.text).toContain('已结束');
  }, 60_000);
});

describe('between the sessions', () => {
  it('each panel fails another bidder; a custodian refuses the price envelopes until a session is announced', async () => {
    for (const [place, lot] of lots.entries()) {
      await panelAtWork(town, lot);
      expect((await deskPage(house.em(), town.tenderee.actor, lot, undefined)).bidders.length).toBe(4);
      await panelSigns(town, lot, { fails: [bids.get(lot)?.[place] ?? ''] });
      expect(await phaseOf(house, lot)).toBe('waiting');
    }
    const going = (bids.get(lots[0]) ?? []).slice(1);
    expect(await custodianAsked(town, lots[0], { part: 'price', bids: going })).toBe('session-not-announced');
    expect(await agendaOf()).toEqual([
      [lots[0], 'done'],
      [lots[1], 'done'],
    ]);
  }, 120_000);

  it('a host who announces nothing within its time is overtaken by the platform, not a moment before', async () => {
    const [first, second] = lots;
    const now = await houseNow(house);
    await (await host()).post(`/lots/${first}/sessions`, { at: later(now, 48 * 3_600_000) }).expect(201);
    const bySystem = (lot: string) => refusal(house.perform(scheduleSession, theSystem, { lot }));
    const todos = (await (await host()).get('/work').expect(200)).body.todos as { what: { zh: string }; due: string | null }[];
    expect(todos.filter(({ what }) => what.zh === '公布下一信封的开标时间').map(({ due }) => due)).toEqual([later(now, 24 * 3_600_000)]);
    expect(
      (
        await request(house.app)
          .get(`/lots/${second}/envelopes`)
          .set('cookie', `yg_session=${await town.agent.token()}`)
      ).text,
    ).toContain('逾期由系统公布');
    await house.clock.to(later(now, 24 * 3_600_000 - 1));
    await beat(house);
    expect([await bySystem(second), (await house.em().findOneOrFail(Lot, { id: second })).sessionAt]).toEqual([
      'session-still-with-the-host',
      null,
    ]);
    await house.clock.to(later(now, 24 * 3_600_000));
    await beat(house);
    const { sessionAt } = await house.em().findOneOrFail(Lot, { id: second });
    expect(sessionAt).toBe(later(now, 48 * 3_600_000));
    // the host's own announcement is left alone, and none is made twice
    expect([await bySystem(first), await bySystem(second)]).toEqual(['session-still-with-the-host', 'session-still-with-the-host']);
    const announced = await house
      .em()
      .execute<{ body: string }[]>(`select body from journal_event where type = 'session.scheduled' and lot in (?, ?) order by id`, [
        first,
        second,
      ]);
    expect(announced.map(({ body }) => (JSON.parse(body) as { data: { by?: string } }).data.by)).toEqual([undefined, 'system']);
    // it may be put off by the host all the same
    expect(await refusal(house.perform(scheduleSession, town.agent.actor, { lot: second, at: later(sessionAt as Instant, -1) }))).toBe(
      'session-too-soon',
    );
  }, 60_000);
});

describe('the price session of both', () => {
  it('opens of each lot exactly those who passed, in one hall, by the agenda', async () => {
    const { sessionAt } = await house.em().findOneOrFail(Lot, { id: lots[1] });
    await house.clock.to(later(sessionAt as Instant, -1));
    await beat(house);
    expect([await phaseOf(house, lots[0]), await phaseOf(house, lots[1])]).toEqual(['waiting', 'waiting']);
    await house.clock.to(sessionAt as Instant);
    await until(town, async () => (await openedIn(lots[0], 'price')) === 3 && (await openedIn(lots[1], 'price')) === 3);
    for (const lot of lots) await orderStands(town, lot);
    expect(await agendaOf()).toEqual([
      [lots[0], 'opening'],
      [lots[1], 'opening'],
    ]);
    expect(await reads(lots[1])).toBe('another-lot-first');
    const shown = await hall(`/halls/${session}`, town.agent);
    expect([shown.lot, shown.items.length, shown.stage, shown.mayRead]).toEqual([lots[0], 3, 'reading', true]);
    const orders = shown.record.flatMap(({ order }) => order ?? []).reverse();
    expect(orders).toEqual(orders.map((_, place) => place + 1));
    for (const lot of lots) {
      await sessionClosed(town, lot);
      expect(await readList(lot, 'price')).toEqual(await orderDrawn(lot, 'price'));
    }
    for (const [place, lot] of lots.entries())
      expect([...(await readList(lot, 'price'))].sort()).toEqual((bids.get(lot) ?? []).filter((_, at) => at !== place).sort());
  }, 120_000);

  it('both are ranked, and the evidence of both verifies', async () => {
    for (const lot of lots) {
      await house.perform(startEvaluation, town.agent.actor, { lot });
      await panelSigns(town, lot);
      expect(await phaseOf(house, lot)).toBe('evaluated');
      const { result, checks } = await verdictOf(house, await bundleOf(house, lot));
      expect(result).toBe('verified');
      for (const part of ['technical', 'price']) expect(checks).toContain(`Bids (${part}) were read in the order that was drawn`);
      expect(checks).toContain('1 envelopes came back unopened: exactly those of bidders who did not go on');
    }
  }, 120_000);
});
