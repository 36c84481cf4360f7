import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { judge, Refusal, type Trust } from '../../src/custody/judge.ts';
import { deadlineInForce } from '../../src/journal/outage.ts';
import { presentWitnesses } from '../../src/journal/witness-reads.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { canonicalBytes } from '../../src/kernel/bytes.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { closeBidding } from '../../src/openings/close-bidding.ts';
import { type OrderStatement, orderDigest } from '../../src/openings/order.ts';
import { reachDeadline } from '../../src/openings/reach-deadline.ts';
import { CouncilTask, OpeningItem, SuspensionOrder } from '../../src/openings/schema.ts';
import { evidenceOf } from '../../src/openings/task-reads.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import type { WatchedAnswer } from '../../src/supervision/answers.ts';
import { suspendLot } from '../../src/supervision/suspend-lot.ts';
import type { LotAnswer } from '../../src/tenders/answers.ts';
import { publishAddendum } from '../../src/tenders/publish-addendum.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { terminateTender } from '../../src/tenders/terminate-tender.ts';
import { at, pageOf, regulatorOf, today } from '../awards/scene.ts';
import { witnessedTown } from '../openness/witness.ts';
import { issueAll, papersIn } from '../papers/whole-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { beat, houseNow, openedLot, openingLot, phaseOf, publishedLot, sessionClosed, submitSealed, until } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, type Person, type Town } from '../support/town.ts';
import { bundleOf, verdictOf } from '../turns/scene.ts';

/** A lot that stands still by a supervisor's order, and one that its host ends: through the API, to the evidence. */

let house: TestHouse;
let town: Town;
let stop: () => Promise<void>;
const [reason, ground] = ['收到投诉，需核实限制性条款', '招标投标法实施条例第六十二条'];

beforeAll(async () => {
  house = await openHouse({ at: at('2031-03-03T09:00') });
  const witnessed = await witnessedTown(await makeTown(house, { bidders: 4 }));
  town = today(witnessed.town);
  stop = witnessed.stop;
}, 120_000);
afterAll(async () => {
  await stop();
  await house.close();
});

const lotRow = (lot: string): Promise<Lot> => house.em().findOneOrFail(Lot, { id: lot });
const signed = async (who: Person, statement: OrderStatement): Promise<string> =>
  Buffer.from(await signDetached(canonicalBytes(statement), await who.signer(), await houseNow(house))).toString('base64');

async function order(lot: string, who = town.regulator, scope: 'proceedings' | null = 'proceedings') {
  const moment = await houseNow(house);
  const statement: OrderStatement = {
    format: 'yangguang/order/v1',
    kind: 'suspend',
    lot,
    authority: who.actor.code ?? '',
    reason,
    ground,
    ...(scope && { scope }),
    at: moment,
  };
  return { reason, ground, at: moment, signature: await signed(who, statement) };
}
async function lifting(lot: string) {
  const standing = await house.em().findOneOrFail(SuspensionOrder, { lot, liftedAt: null });
  const moment = await houseNow(house);
  const statement: OrderStatement = {
    format: 'yangguang/order/v1',
    kind: 'lift',
    lot,
    authority: town.regulator.actor.code ?? '',
    reason: '投诉不成立',
    lifts: orderDigest(standing.statement),
    at: moment,
  };
  return { reason: statement.reason, at: moment, signature: await signed(town.regulator, statement) };
}
const suspend = async (lot: string) =>
  (await (await town.regulator.api()).post(`/supervision/lots/${lot}/suspension`, await order(lot))).body as { order: string };
const resume = async (lot: string) =>
  (await (await town.regulator.api()).post(`/supervision/lots/${lot}/resumption`, await lifting(lot))).body as {
    periods: { period: string; counted: string; was: Instant; until: Instant }[];
  };

describe('A lot that is suspended while bids are taken', () => {
  let lot: string;
  let deadline: Instant;
  beforeAll(async () => {
    ({ lot } = await publishedLot(town));
    deadline = (await lotRow(lot)).deadline as Instant;
    const [first] = town.bidders;
    if (first) await submitSealed(town, lot, first, { price: '17800000.00' });
  }, 60_000);

  it('is suspended by its own supervisor’s signature over exactly this; an order about the opening alone is no such order', async () => {
    const elsewhere = await regulatorOf(town, '420100');
    for (const who of [town.agent, town.tenderee, town.centre, town.bidders[0]])
      expect(await refusal(house.perform(suspendLot, who?.actor ?? theSystem, { lot, ...(await order(lot)) }))).toBe('not-permitted');
    expect(await refusal(house.perform(suspendLot, elsewhere.actor, { lot, ...(await order(lot, elsewhere)) }))).toBe('not-found');
    expect(await refusal(house.perform(suspendLot, town.regulator.actor, { lot, ...(await order(lot, town.regulator, null)) }))).toBe(
      'order-signature-refused',
    );
    expect(await house.em().count(SuspensionOrder, { lot })).toBe(0);
    await suspend(lot);
    expect(await lotRow(lot)).toMatchObject({ phase: 'suspended', suspendedFrom: 'bidding', deadline });
    expect(await refusal(house.perform(suspendLot, town.regulator.actor, { lot, ...(await order(lot)) }))).toBe('already-suspended');
  });

  it('takes nothing but answers: no bid, no addendum, no end of bidding, though the deadline comes and goes', async () => {
    const second = town.bidders[1];
    if (!second) throw new Error('no bidder');
    expect(await submitSealed(town, lot, second, { price: '18000000.00' }).catch((error: Error) => error.message)).toContain(
      'not-in-this-phase',
    );
    expect(await refusal(house.perform(publishAddendum, town.agent.actor, { lot, text: '更正', affectsPreparation: false }))).toBe(
      'not-in-this-phase',
    );
    await house.clock.to(later(deadline, 1));
    await beat(house);
    expect(await refusal(house.perform(reachDeadline, theSystem, { lot }))).toBe('not-in-this-phase');
    expect(await refusal(house.perform(closeBidding, theSystem, { lot }))).toBe('not-in-this-phase');
    expect(await phaseOf(house, lot)).toBe('suspended');
  });

  it('says so to everybody, on its page, its timeline and in a paper, in both languages', async () => {
    const { text } = await pageOf(house, null, `/lots/${lot}`);
    for (const words of ['监管部门已责令暂停招标投标活动', reason, '各项期限停止计算']) expect(text).toContain(words);
    expect((await pageOf(house, null, `/lots/${lot}/timeline`)).text).toContain('暂停招标投标活动');
    const answer = (await (await town.regulator.api()).get(`/supervision/lots/${lot}`)).body as WatchedAnswer;
    expect(answer.mayOrder).toMatchObject({ kind: 'lift', scopes: ['proceedings'] });
    await issueAll(house);
    expect((await papersIn(house, lot)).map(({ kind }) => kind)).toContain('suspension-notice');
  });

  it('gets its time back when the order is lifted: the same hour, as many days later as it stood still', async () => {
    const { suspendedAt } = await house.em().findOneOrFail(SuspensionOrder, { lot, liftedAt: null });
    const { periods } = await resume(lot);
    const now = await houseNow(house);
    const moved = (await lotRow(lot)).deadline as Instant;
    expect(await phaseOf(house, lot)).toBe('bidding');
    expect(periods.find(({ period }) => period === 'deadline')).toMatchObject({ was: deadline, until: moved, counted: 'day' });
    expect(moved.slice(11)).toBe(deadline.slice(11));
    expect(Date.parse(moved) - Date.parse(now)).toBeGreaterThanOrEqual(Date.parse(deadline) - Date.parse(suspendedAt) - 60_000);
    for (const [index, price] of ['18000000.00', '18250000.00'].entries()) {
      const bidder = town.bidders[index + 1];
      if (bidder) await submitSealed(town, lot, bidder, { price });
    }
    await issueAll(house);
    expect((await papersIn(house, lot)).map(({ kind }) => kind)).toContain('resumption-notice');
    // to the millisecond: bidding goes on until the new end, and ends there
    await house.clock.to(later(moved, -5_000));
    expect(await refusal(house.perform(reachDeadline, theSystem, { lot }))).toBe('deadline-not-reached');
    await house.clock.to(moved);
    await until(town, async () => (await phaseOf(house, lot)) === 'opening');
  }, 60_000);

  it('custodians reckon the deadline by themselves, and find out a pause that was not given back in full', async () => {
    const task = await house.em().findOneOrFail(CouncilTask, { lot, kind: 'opening' });
    await until(town, async () => (await evidenceOf(house.em(), task.id)) !== null);
    const evidence = await evidenceOf(house.em(), task.id);
    const placed = evidence?.events ?? [];
    expect(deadlineInForce('any', placed)).toMatchObject({ deadline: (await lotRow(lot)).deadline });
    const early = placed.map((each) =>
      each.event.type === 'deadline.resumed'
        ? { ...each, event: { ...each.event, data: { ...(each.event.data as object), deadline: later(deadline, 1) } } }
        : each,
    );
    expect(deadlineInForce('any', early)).toBe('pause-not-given-back');
    const unknown = placed.filter(({ event }) => event.type !== 'lot.suspended');
    expect(deadlineInForce('any', unknown)).toBe('pause-not-given-back');
  });

  it('the evidence verifies: orders, the quiet in between, and every recomputed period', async () => {
    await until(town, async () => (await house.em().count(OpeningItem, { lot, state: 'sealed' })) === 0);
    await sessionClosed(town, lot);
    const { result, checks } = await verdictOf(house, await bundleOf(house, lot));
    expect(result).toBe('verified');
    expect(checks).toContain('Periods were reckoned again by how long the suspension lasted');
    expect(checks).toContain('Nothing was done while the lot was suspended');
  }, 60_000);
});

describe('TERM-1 A host ends a tender', () => {
  it('only on a ground of its line, with its reason; securities are due back, and it may be tendered again', async () => {
    const { lot } = await publishedLot(town);
    const api = await town.agent.api();
    const page = (await api.get(`/lots/${lot}`)).body as LotAnswer;
    expect(page.terminations.map(({ id }) => id)).toContain('force-majeure');
    const why = '规划红线调整，原设计不能实施';
    const ended = (change: object, who = town.agent) =>
      refusal(house.perform(terminateTender, who.actor, { lot, ground: 'approval-changed', reason: why, ...change }));
    expect(await ended({ ground: 'no-longer-liked' })).toBe('termination-ground-unknown');
    expect(await ended({ reason: '不想招了' })).toBe('invalid-input');
    expect(await ended({}, town.stranger)).not.toBe('performed');
    expect(await ended({}, town.regulator)).toBe('not-permitted');
    expect(await phaseOf(house, lot)).toBe('bidding');
    await api.post(`/lots/${lot}/termination`, { ground: 'approval-changed', reason: why });
    expect(await lotRow(lot)).toMatchObject({ phase: 'terminated', failedFor: 'terminated' });
    expect(await ended({})).toBe('not-in-this-phase');
    const { text } = await pageOf(house, null, `/lots/${lot}`);
    expect(text).toContain('终止');
    await issueAll(house);
    expect((await papersIn(house, lot)).map(({ kind }) => kind)).toContain('termination-notice');
    const { result, checks } = await verdictOf(house, await bundleOf(house, lot));
    expect(result).toBe('verified');
    expect(checks).toContain('Nothing was opened after the tender was ended');
    const again = (await api.post(`/lots/${lot}/retender`, {})).body as { lot: string };
    expect(await lotRow(again.lot)).toMatchObject({ retenderOf: lot, phase: 'draft' });
  }, 60_000);

  it('what is sealed stays sealed: custodians refuse a lot that was ended, whatever the platform asks', async () => {
    const { lot } = await openingLot(town, { prices: ['17800000.00', '18000000.00', '18250000.00'] });
    const task = await house.em().findOneOrFail(CouncilTask, { lot, kind: 'opening' });
    await house.perform(terminateTender, town.agent.actor, { lot, ground: 'funds-lost', reason: '专项债券额度被收回，资金不再落实' });
    const known = async () => (await evidenceOf(house.em(), task.id))?.events.some(({ event }) => event.type === 'tender.terminated');
    await until(town, async () => (await known()) === true);
    const evidence = await evidenceOf(house.em(), task.id);
    if (!evidence) throw new Error('no evidence');
    const { platform } = (await house.api().get('/keys')).body as { platform: string };
    const trust: Trust = { platform, witnesses: await presentWitnesses(house.em(), { ofCouncil: true }), quorum: 2, council: town.council };
    const own = { now: await houseNow(house), answered: {}, snapshot: () => undefined };
    expect(() => judge(evidence, trust, own)).toThrow(Refusal);
    expect(() => judge(evidence, trust, own)).toThrow(/terminated/);
  }, 60_000);
});

describe('A lot that is suspended after its opening', () => {
  it('may be suspended in the phases the table names, and goes on where it stood', async () => {
    const { lot } = await openedLot(town);
    await suspend(lot);
    expect(await lotRow(lot)).toMatchObject({ phase: 'suspended', suspendedFrom: 'opened' });
    expect((await resume(lot)).periods).toEqual([]);
    expect(await lotRow(lot)).toMatchObject({ phase: 'opened', suspendedFrom: null });
  }, 60_000);
});
