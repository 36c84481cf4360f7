import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deskPage } from '../../src/evaluation/desk-reads.ts';
import { formPanel } from '../../src/evaluation/form-panel.ts';
import { reviewBid } from '../../src/evaluation/review-bid.ts';
import { scheduleSession } from '../../src/evaluation/schedule-session.ts';
import { PanelMember } from '../../src/evaluation/schema.ts';
import { startEvaluation } from '../../src/evaluation/start-evaluation.ts';
import { startSession } from '../../src/evaluation/start-session.ts';
import { answerCall } from '../../src/experts/answer-call.ts';
import { requestDraw } from '../../src/experts/request-draw.ts';
import { DrawSeat } from '../../src/experts/schema.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { CouncilTask, OpeningItem } from '../../src/openings/schema.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { at, today } from '../awards/scene.ts';
import { witnessedTown } from '../openness/witness.ts';
import { panelSigns, panelSits } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { houseNow, openedLot, phaseOf, sessionClosed, until } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, type Town } from '../support/town.ts';
import { bundleOf, custodianAsked, verdictOf } from './scene.ts';

let house: TestHouse;
let town: Town;
let stop: () => Promise<void>;
let lot: string;
let bids: readonly string[];
beforeAll(async () => {
  house = await openHouse({ at: at('2031-03-03T09:00') });
  const witnessed = await witnessedTown(await makeTown(house, { bidders: 5 }));
  town = today(witnessed.town);
  stop = witnessed.stop;
}, 60_000);
afterAll(async () => {
  await stop();
  await house.close();
});

const expert = (id: string) => {
  const found = town.experts.find((each) => each.actor.expert === id);
  if (!found) throw new Error(`no expert ${id}`);
  return found.actor;
};
const eventsOf = async (type: string) =>
  (await house.em().execute<{ body: string }[]>('select body from journal_event where lot = ? and type = ? order by id', [lot, type])).map(
    ({ body }) => JSON.parse(body) as { at: string; subject: Record<string, string>; data: Record<string, unknown> },
  );
/** the house's clock stands still, so that bids of one moment have no order of their own */
const sorted = (list: readonly string[]): string[] => [...list].sort();
const asked = (part: string, of: readonly string[], more: { envelopesOf?: string; now?: Instant } = {}) =>
  custodianAsked(town, lot, { part, bids: of, ...more });

describe('Two envelopes: five bidders, one of whom fails with the first', () => {
  it('the first session opens the technical envelopes alone and reads no price', async () => {
    const prices = ['17800000.00', '18000000.00', '18250000.00', '18100000.00', '17000000.00'];
    ({ lot, bids } = await openedLot(town, { prices, draft: { envelopes: 'technical+price' } }));
    expect(await phaseOf(house, lot)).toBe('opened');
    const tasks = await house.em().find(CouncilTask, { lot, kind: 'opening' });
    expect(tasks.map((task) => (task.question as { part: string }).part)).toEqual(['technical']);
    const read = await eventsOf('bid.read');
    expect(read.map(({ data }) => [data.part, data.price])).toEqual(bids.map(() => ['technical', '']));
    expect(JSON.stringify(read)).not.toMatch(/17800000|18000000/);
    expect(await eventsOf('draw.requested')).toEqual([]);
  }, 60_000);

  it('a custodian refuses the price envelopes while the technical ones have no signed result, also under another part’s name', async () => {
    expect(await asked('technical', bids)).toBe('answered');
    expect(await asked('price', bids)).toBe('earlier-part-open');
    expect(await asked('technical', bids, { envelopesOf: 'price' })).toBe('list-differs');
    expect(await asked('qualification', bids)).toBe('part-unknown');
  });

  it('the panel judges only what belongs to this envelope, and says who goes on', async () => {
    // whoever is to declare must see of whom
    await house.perform(requestDraw, town.agent.actor, { lot });
    const called = () => house.em().find(DrawSeat, { lot, state: 'called' });
    await until(town, async () => (await called()).length > 0);
    for (const seat of await called()) await house.perform(answerCall, expert(seat.expert), { seat: seat.id, accepts: true });
    await house.perform(formPanel, town.agent.actor, { lot, representative: [town.tenderee.login] });
    const desk = await deskPage(house.em(), town.tenderee.actor, lot, undefined);
    expect([desk.bidders.length, desk.bids]).toEqual([5, null]);
    const members = await panelSits(town, lot);
    const [first] = members;
    if (!first) throw new Error('the panel is empty');
    const judged = (item: string) =>
      refusal(house.perform(reviewBid, first.person.actor, { lot, verdicts: [{ bid: bids[0], item, pass: true }] }));
    expect(await judged('price-limit')).toBe('unknown-item');
    await panelSigns(town, lot, { fails: [bids[4] ?? ''] });
    expect(await phaseOf(house, lot)).toBe('waiting');
    const [result] = await eventsOf('part.reported');
    expect(result?.data).toMatchObject({ part: 'technical', outcome: 'passed' });
    expect(sorted(result?.data.passed as string[])).toEqual(sorted(bids.slice(0, 4)));
    expect(result?.data.failed).toEqual([{ bid: bids[4], bidder: town.bidders[4]?.actor.code, reason: 'review:qualification' }]);
    expect(await house.em().count(PanelMember, { lot, signedAt: { $ne: null } })).toBe(0);
  }, 60_000);

  it('PART-SESSION: announced ten minutes ahead or more, never moved forward, and not started a moment early', async () => {
    const now = await houseNow(house);
    const announced = (at: Instant) => refusal(house.perform(scheduleSession, town.agent.actor, { lot, at }));
    expect(await asked('price', bids.slice(0, 4))).toBe('session-not-announced');
    expect(await announced(later(now, 10 * 60_000 - 1))).toBe('session-too-soon');
    expect(await announced(later(now, 20 * 60_000))).toBe('performed');
    expect(await announced(later(now, 10 * 60_000))).toBe('session-too-soon');
    expect(await refusal(house.perform(scheduleSession, town.stranger.actor, { lot }))).toBe('not-found');
    const session = later(now, 20 * 60_000);
    await house.clock.to(later(session, -1));
    expect(await refusal(house.perform(startSession, theSystem, { lot }))).toBe('session-too-soon');
    expect(await asked('price', bids.slice(0, 4))).toBe('session-not-due');
    expect(await asked('price', bids.slice(0, 4), { now: session })).toBe('answered');
    expect(await asked('price', bids, { now: session })).toBe('list-differs');
    expect(await asked('price', bids.slice(0, 3), { now: session })).toBe('list-differs');
    await house.clock.to(session);
  });

  it('the price session opens exactly those who passed; the other’s envelope comes back unopened', async () => {
    await until(town, async () => (await house.em().count(OpeningItem, { lot, part: 'price', state: 'opened' })) === 4);
    expect(await house.em().count(OpeningItem, { lot, part: 'price' })).toBe(4);
    const returned = await eventsOf('envelope.returned');
    expect(returned.map(({ data }) => [data.submission, data.part])).toEqual([[bids[4], 'price']]);
    expect(returned[0]?.subject.party).toBe(town.bidders[4]?.actor.code);
    await sessionClosed(town, lot);
    const read = (await eventsOf('bid.read')).filter(({ data }) => data.part === 'price');
    expect(sorted(read.map(({ data }) => String(data.price)))).toEqual(['17800000.00', '18000000.00', '18100000.00', '18250000.00']);
    expect(sorted(read.map(({ data }) => String(data.order)))).toEqual(['1', '2', '3', '4']);
    expect(JSON.stringify(await eventsOf('bid.read'))).not.toContain('17000000');
  }, 60_000);

  it('the ranking is of those who passed; what was judged before the prices were known stands', async () => {
    await house.perform(startEvaluation, town.agent.actor, { lot });
    const [seat] = await house.em().find(PanelMember, { lot }, { orderBy: { seat: 'asc' } });
    const person = town.experts.find((each) => each.actor.expert === seat?.expert);
    if (!person) throw new Error('the first seat is an expert’s');
    const verdicts = [{ bid: bids[0], item: 'qualification', pass: false, reason: '看到报价之后改主意' }];
    expect(await refusal(house.perform(reviewBid, person.actor, { lot, verdicts }))).toBe('sheets-closed');
    await panelSigns(town, lot);
    expect(await phaseOf(house, lot)).toBe('evaluated');
    const [concluded] = await eventsOf('evaluation.concluded');
    const { bundle } = (concluded?.data ?? {}) as { bundle: { bids: { id: string }[]; result: { outcome: string; rows: unknown[] } } };
    expect(sorted(bundle.bids.map((bid) => bid.id))).toEqual(sorted(bids.slice(0, 4)));
    expect(bundle.result).toMatchObject({ outcome: 'ranked' });
    expect(bundle.result.rows).toHaveLength(4);
  }, 60_000);

  it('the evidence verifies: two transcripts, the order of the sessions, what came back', async () => {
    const { result, checks } = await verdictOf(house, await bundleOf(house, lot));
    expect(result).toBe('verified');
    expect(checks).toContain('1 envelopes came back unopened: exactly those of bidders who did not go on');
    expect(checks).toContain('No envelope was opened before the result of the one before');
    expect(checks).toContain('The opening list (price) is exactly the bids that count');
    expect((await house.em().findOneOrFail(Lot, { id: lot })).part).toBe('price');
  }, 60_000);
});
