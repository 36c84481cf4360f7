import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { theSystem } from '../../src/kernel/actor.ts';
import { canonicalBytes } from '../../src/kernel/bytes.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { closeBidding } from '../../src/openings/close-bidding.ts';
import { closeOpeningRecord } from '../../src/openings/close-opening-record.ts';
import { giveShare } from '../../src/openings/give-share.ts';
import { type OrderStatement, orderDigest } from '../../src/openings/order.ts';
import { readBid } from '../../src/openings/read-bid.ts';
import { CouncilTask, OpeningItem, SuspensionOrder } from '../../src/openings/schema.ts';
import { evaluate } from '../../src/sealing/council.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import type { WatchedAnswer } from '../../src/supervision/answers.ts';
import { resumeOpening } from '../../src/supervision/resume-opening.ts';
import { suspendOpening } from '../../src/supervision/suspend-opening.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { at, pageOf, regulatorOf, today } from '../awards/scene.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { beat, houseNow, phaseOf, publishedLot, submitSealed, until } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, type Person, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
let regulator: Person;
let elsewhere: Person;
let lot: string;
const reason = '收到投诉，需核实限制性条款';
const ground = '招标投标法实施条例第六十二条';

beforeAll(async () => {
  house = await openHouse({ at: at('2031-03-03T09:00') });
  town = today(await makeTown(house));
  regulator = town.regulator;
  elsewhere = await regulatorOf(town, '420100');
  ({ lot } = await publishedLot(town));
}, 90_000);
afterAll(() => house.close());

async function signed(who: Person, statement: OrderStatement) {
  const signer = await who.signer();
  const bytes = await signDetached(canonicalBytes(statement), signer, await houseNow(house));
  return Buffer.from(bytes).toString('base64');
}
const suspension = async (who: Person, change: Partial<{ at: Instant; lot: string; reason: string }> = {}) => {
  const statement = {
    format: 'yangguang/order/v1' as const,
    kind: 'suspend' as const,
    lot,
    authority: who.actor.code ?? '',
    reason,
    ground,
    at: await houseNow(house),
    ...change,
  };
  return { lot, reason, ground, at: statement.at, signature: await signed(who, statement) };
};
const statementOf = (order: { lot: string; at: Instant }): OrderStatement => ({
  format: 'yangguang/order/v1',
  kind: 'suspend',
  lot: order.lot,
  authority: regulator.actor.code ?? '',
  reason,
  ground,
  at: order.at,
});
const lifting = async (who: Person, lifts?: string) => {
  const standing = await house.em().findOne(SuspensionOrder, { lot, liftedAt: null });
  const statement = {
    format: 'yangguang/order/v1' as const,
    kind: 'lift' as const,
    lot,
    authority: who.actor.code ?? '',
    reason: '投诉不成立',
    lifts: lifts ?? orderDigest(standing?.statement ?? null),
    at: await houseNow(house),
  };
  return { lot, reason: statement.reason, at: statement.at, signature: await signed(who, statement) };
};

describe('An order of suspension', () => {
  it('is the supervisor’s of that region alone, and its signature must be its own, of these words, made now', async () => {
    for (const who of [town.agent, town.tenderee, town.centre, town.administrator, town.bidders[0], town.experts[0]])
      expect(
        await refusal(house.perform(suspendOpening, who?.actor ?? theSystem, { lot, reason, ground, at: '', signature: 'AAAA' })),
      ).toBe('not-permitted');
    const order = await suspension(regulator);
    expect(await refusal(house.perform(suspendOpening, elsewhere.actor, await suspension(elsewhere)))).toBe('not-found');
    expect(await refusal(house.perform(suspendOpening, regulator.actor, { ...order, reason: '另有原因，与签名不同' }))).toBe(
      'order-signature-refused',
    );
    expect(
      await refusal(
        house.perform(suspendOpening, regulator.actor, { ...order, signature: await signed(town.stranger, statementOf(order)) }),
      ),
    ).toBe('order-signature-refused');
    const old = await suspension(regulator, { at: later(await houseNow(house), -15 * 60_000 - 1) });
    expect(await refusal(house.perform(suspendOpening, regulator.actor, old))).toBe('order-signature-refused');
    expect(await house.em().count(SuspensionOrder, {})).toBe(0);
  });

  it('stands in the journal for everybody, once; bids are still taken, and the deadline stays', async () => {
    const before = (await house.em().findOneOrFail(Lot, { id: lot })).deadline;
    await house.perform(suspendOpening, regulator.actor, await suspension(regulator, { at: later(await houseNow(house), -15 * 60_000) }));
    expect(await refusal(house.perform(suspendOpening, regulator.actor, await suspension(regulator)))).toBe('already-suspended');
    for (const [index, price] of ['17800000.00', '18000000.00', '18250000.00'].entries()) {
      const bidder = town.bidders[index];
      if (bidder) await submitSealed(town, lot, bidder, { price });
    }
    expect((await house.em().findOneOrFail(Lot, { id: lot })).deadline).toBe(before);
    const { body } = await house.api().get(`/lots/${lot}/orders`);
    expect(body.orders).toMatchObject([{ reason, ground, authority: regulator.actor.code, liftedAt: null, heeded: [] }]);
  });

  it('is said by the pages of lot, hall and supervision, in both languages', async () => {
    for (const path of [`/lots/${lot}`, `/lots/${lot}/hall`]) {
      const { text } = await pageOf(house, null, path);
      expect(text).toContain('监管部门已责令暂停开标');
      expect(text).toContain(reason);
    }
    const answer = (await (await regulator.api()).get(`/supervision/lots/${lot}`)).body as WatchedAnswer;
    expect(answer).toMatchObject({ orders: [{ reason, liftedAt: null }], mayOrder: { kind: 'lift' }, custodians: { all: 3, enough: 2 } });
    expect(answer.entries.find((entry) => entry.type === 'order.suspended')?.kind).toBe('order');
  });

  it('lets the deadline come and go: nothing is closed, and no list appears', async () => {
    const { deadline } = await house.em().findOneOrFail(Lot, { id: lot });
    if (!deadline) throw new Error('no deadline');
    await house.clock.to(deadline);
    for (let round = 0; round < 8; round += 1) {
      await beat(house);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    expect(await phaseOf(house, lot)).toBe('closed');
    expect(await house.em().count(CouncilTask, { lot })).toBe(0);
    expect(await refusal(house.perform(closeBidding, theSystem, { lot }))).toBe('opening-suspended');
  });

  it('is lifted by a signature that names exactly this order, and by nobody else; then the opening goes on by itself', async () => {
    expect(await refusal(house.perform(resumeOpening, elsewhere.actor, await lifting(elsewhere)))).toBe('not-found');
    expect(await refusal(house.perform(resumeOpening, regulator.actor, await lifting(regulator, 'A'.repeat(43))))).toBe(
      'order-signature-refused',
    );
    await house.perform(resumeOpening, regulator.actor, await lifting(regulator));
    expect(await refusal(house.perform(resumeOpening, regulator.actor, await lifting(regulator)))).toBe('not-suspended');
    for (let round = 0; round < 50 && (await phaseOf(house, lot)) !== 'opening'; round += 1) {
      await beat(house);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    expect(await phaseOf(house, lot)).toBe('opening');
  });

  it('stops an opening in the middle: no share is taken and no bid is read until it is lifted', async () => {
    await house.perform(suspendOpening, regulator.actor, await suspension(regulator));
    const task = await house.em().findOneOrFail(CouncilTask, { lot, kind: 'opening' });
    const [share] = town.shares;
    if (!share) throw new Error('no share');
    const given = { task: task.id, share: evaluate(share, task.points as string[], town.council) };
    expect(await refusal(house.perform(giveShare, theSystem, given))).toBe('opening-suspended');
    expect(await refusal(house.perform(readBid, town.agent.actor, { lot }))).toBe('opening-suspended');
    await house.perform(resumeOpening, regulator.actor, await lifting(regulator));
    expect(await refusal(house.perform(giveShare, theSystem, given))).toBe('performed');
  });

  it('signed for one lot serves for no other', async () => {
    const other = (await publishedLot(town)).lot;
    const order = await suspension(regulator);
    expect(await refusal(house.perform(suspendOpening, regulator.actor, { ...order, lot: other }))).toBe('order-signature-refused');
  });

  it('is too late once the record is closed', async () => {
    const task = await house.em().findOneOrFail(CouncilTask, { lot, kind: 'opening' });
    const [, second] = town.shares;
    if (second)
      await house.perform(giveShare, theSystem, { task: task.id, share: evaluate(second, task.points as string[], town.council) });
    const unread = () => house.em().count(OpeningItem, { lot, readAt: null });
    await until(town, async () => (await house.em().count(OpeningItem, { lot, state: 'sealed' })) === 0);
    while ((await unread()) > 0) await house.perform(readBid, town.agent.actor, { lot });
    await until(town, async () => (await refusal(house.perform(closeOpeningRecord, town.agent.actor, { lot }))) === 'performed');
    expect(await refusal(house.perform(suspendOpening, regulator.actor, await suspension(regulator)))).toBe('not-in-this-phase');
  });
});
