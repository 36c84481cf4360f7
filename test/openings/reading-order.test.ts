import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { judge, Refusal, type Trust } from '../../src/custody/judge.ts';
import { verifyEvidence } from '../../src/evidence/verify.ts';
import { eventsOfLot } from '../../src/journal/reads.ts';
import { presentWitnesses } from '../../src/journal/witness-reads.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { canonicalBytes } from '../../src/kernel/bytes.ts';
import { later } from '../../src/kernel/clock.ts';
import { drawReadingOrder } from '../../src/openings/draw-reading-order.ts';
import { orderDigest } from '../../src/openings/order.ts';
import { readBid } from '../../src/openings/read-bid.ts';
import { readingOrderOf } from '../../src/openings/reading-draw.ts';
import type { Hall } from '../../src/openings/reads.ts';
import { resumeOpenings } from '../../src/openings/resume-openings.ts';
import { CouncilShare, CouncilTask, DrawRequest as DrawRow, OpeningItem, SuspensionOrder } from '../../src/openings/schema.ts';
import { suspendOpenings } from '../../src/openings/suspend-openings.ts';
import { evidenceOf } from '../../src/openings/task-reads.ts';
import type { TaskEvidence } from '../../src/openings/tasks.ts';
import type { DrawTranscript } from '../../src/sealing/draw.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import { resumeOpening } from '../../src/supervision/resume-opening.ts';
import { suspendOpening } from '../../src/supervision/suspend-opening.ts';
import { termsOf } from '../../src/tenders/lot.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { at, today } from '../awards/scene.ts';
import { witnessedTown } from '../openness/witness.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { beat, councilAnswers, houseNow, openingLot, orderStands, publishedLot, sessionClosed, until } from '../support/opened-lot.ts';
import { refusal } from '../support/refusal.ts';
import { makeTown, type Town } from '../support/town.ts';
import { bundleOf, verdictOf } from '../turns/scene.ts';

/** The order in which bids are read, drawn by the council where the notice says so: from the wizard to the evidence. */

let house: TestHouse;
let town: Town;
let stop: () => Promise<void>;
let lot: string;
let bids: readonly string[];
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

const prices = ['17800000.00', '18000000.00', '18250000.00', '18100000.00'];
const hall = async (of = lot): Promise<Hall> => (await house.api().get(`/lots/${of}/hall`).expect(200)).body;
const reads = (of = lot) => refusal(house.perform(readBid, town.agent.actor, { lot: of }));
const asks = (of = lot) => refusal(house.perform(drawReadingOrder, theSystem, { lot: of }));
const drawRows = (of = lot) => house.em().find(DrawRow, { lot: of, purpose: 'reading' });
const unread = (of = lot): Promise<number> => house.em().count(OpeningItem, { lot: of, state: 'opened', readAt: null });
const eventsOf = async (of: string, ...types: string[]) =>
  (await eventsOfLot(house.em(), of, { types: types as never })).map(
    ({ event }) => event as { type: string; data: Record<string, unknown> },
  );
const readList = async (of = lot): Promise<string[]> => (await eventsOf(of, 'bid.read')).map(({ data }) => String(data.submission));

describe('The notice says in which order bids are read', () => {
  it('the wizard asks for it, and as received is what it starts with', async () => {
    const { lot: plain } = await publishedLot(town);
    expect(termsOf(await house.em().findOneOrFail(Lot, { id: plain })).readingOrder).toBe('received');
    const page = await request(house.app).get(`/lots/${plain}`).expect(200);
    expect(page.text).toContain('按投标文件递交的先后');
  });

  it('a drawn order stands in the notice, on its page, and in the terms', async () => {
    ({ lot, bids } = await openingLot(town, { prices, draft: { readingOrder: 'drawn' } }));
    const [notice] = await eventsOf(lot, 'notice.published');
    expect([notice?.data.readingOrder, (notice?.data.terms as { readingOrder?: string } | undefined)?.readingOrder]).toEqual([
      'drawn',
      'drawn',
    ]);
    const page = await request(house.app).get(`/lots/${lot}`).expect(200);
    expect(page.text).toContain('开标现场抽签');
    const shown = await hall();
    expect([shown.readingOrder, shown.stage, shown.readingDraw]).toEqual(['drawn', 'order', null]);
    for (const path of [`/lots/${lot}/hall`, `/lots/${lot}/screen`])
      expect((await request(house.app).get(path).expect(200)).text).toContain('抽取唱标顺序');
  }, 60_000);
});

describe('The draw of the order', () => {
  it('nothing is read before it, neither by the host nor by the platform after the longest pause', async () => {
    expect(await reads()).toBe('reading-order-not-drawn');
    await house.perform(suspendOpenings, town.centre.actor, {
      reason: '机房断电，正在恢复',
      reopensAt: later(await houseNow(house), 600_000),
    });
    await beat(house);
    expect([await asks(), await drawRows()]).toEqual(['openings-suspended', []]);
    await house.perform(resumeOpenings, town.centre.actor, { reason: '已经恢复' });
    const order = await suspended();
    await beat(house);
    expect([await asks(), await drawRows()]).toEqual(['opening-suspended', []]);
    await lifted(order);
    await house.clock.to(later(await houseNow(house), 10 * 60_000));
    await beat(house);
    expect((await drawRows()).length).toBe(1);
    await house.clock.to(later(await houseNow(house), 10 * 60_000));
    await beat(house);
    expect([await unread(), await reads()]).toEqual([4, 'reading-order-not-drawn']);
  }, 60_000);

  it('is asked once, in the journal before any trustee answers, for exactly the opened bids', async () => {
    const [row, ...more] = await drawRows();
    expect([row?.part, more]).toEqual(['whole', []]);
    expect(await house.em().count(CouncilShare, { task: row?.task ?? '' })).toBe(0);
    const [asked] = await eventsOf(lot, 'draw.requested');
    expect(asked?.data).toMatchObject({ purpose: 'reading', digest: row?.digest, request: { parameters: [] } });
    expect(await asks()).toBe('reading-order-asked');
    const doubled = house.em().execute(
      `insert into draw_request (id, lot, purpose, part, request, digest, task, requested_at)
      select gen_random_uuid(), lot, purpose, part, request, digest, task, requested_at from draw_request where id = ?`,
      [row?.id ?? ''],
    );
    await expect(doubled).rejects.toThrow('one_reading_draw_a_part');
  });

  it('a custodian answers it by the true journal, and not with a bid left out', async () => {
    const [row] = await drawRows();
    const evidence = await evidenceThere(row?.task ?? '');
    expect(await custodianSays(evidence)).toBe('answered');
    const less = evidence.events.filter(
      ({ event }) => event.type !== 'bid.opened' || (event.data as { submission: string }).submission !== bids[0],
    );
    expect(await custodianSays({ ...evidence, events: less })).toBe('reading-not-due');
    const kept = evidence.events.filter(({ event }) => event.type !== 'draw.requested');
    expect(await custodianSays({ ...evidence, events: kept })).toBe('request-not-in-the-journal');
  }, 60_000);

  it('then bids are read in that order; the platform’s own pause runs from the draw', async () => {
    await councilAnswers(town);
    await beat(house);
    expect(await unread()).toBe(4);
    const [row] = await drawRows();
    const order = readingOrderOf(row?.transcript as DrawTranscript, bids);
    expect([...order].sort()).toEqual([...bids].sort());
    const shown = await hall();
    expect([shown.stage, shown.readingDraw?.order]).toEqual(['reading', order]);
    expect(shown.items.map((item) => item.submission)).toEqual(order);
    const page = await request(house.app).get(`/lots/${lot}/hall`).expect(200);
    for (const words of ['唱标顺序抽签', '唱标顺序已抽定', row?.seed ?? '?', row?.digest ?? '?']) expect(page.text).toContain(words);
    const file = await house.api().get(`/lots/${lot}/draws/${row?.id}`).expect(200);
    expect((await verifyEvidence(file.body)).result).toBe('verified');
    expect(await reads()).toBe('performed');
    await house.clock.to(later(await houseNow(house), 6 * 60_000));
    await beat(house);
    expect(await unread()).toBe(2);
    await sessionClosed(town, lot);
    expect(await readList()).toEqual(order);
    expect(await drawRows()).toHaveLength(1);
  }, 60_000);

  it('the record that is confirmed names the draw, and file, paper and page say how the order came about', async () => {
    const { body } = await house.api().get(`/lots/${lot}/record`).expect(200);
    expect(body.record.reading.called['reading-order']).toHaveLength(4);
    expect((await verifyEvidence(body)).result).toBe('verified');
    expect((await request(house.app).get(`/lots/${lot}/record`).expect(200)).text).toContain('开标现场抽签');
  });

  it('the evidence verifies', async () => {
    const { result, checks } = await verdictOf(house, await bundleOf(house, lot));
    expect(result).toBe('verified');
    expect(checks).toContain('Bids (whole) were read in the order that was drawn');
  }, 60_000);
});

describe('Where there is nothing to draw', () => {
  it('one valid bid is read at once, without a draw, and the evidence verifies', async () => {
    const unpriced = { price: '' };
    const one = await openingLot(town, { offers: [unpriced, { price: '18000000.00' }, unpriced], draft: { readingOrder: 'drawn' } });
    expect((await house.em().find(OpeningItem, { lot: one.lot, state: 'opened' })).map((item) => item.submission)).toEqual([one.bids[1]]);
    expect([(await hall(one.lot)).stage, await asks(one.lot)]).toEqual(['reading', 'reading-order-as-received']);
    await beat(house);
    expect(await drawRows(one.lot)).toEqual([]);
    await sessionClosed(town, one.lot);
    expect(await readList(one.lot)).toEqual([one.bids[1]]);
    expect((await verdictOf(house, await bundleOf(house, one.lot))).result).toBe('verified');
  }, 60_000);

  it('bids read as received are never put to the council, and follow their receipts', async () => {
    const plain = await openingLot(town, { prices });
    expect([(await hall(plain.lot)).stage, await asks(plain.lot)]).toEqual(['reading', 'reading-order-as-received']);
    await orderStands(town, plain.lot);
    await sessionClosed(town, plain.lot);
    expect(await readList(plain.lot)).toEqual(plain.bids);
    expect((await eventsOf(plain.lot, 'notice.published'))[0]?.data.readingOrder).toBe('received');
    const { result, checks } = await verdictOf(house, await bundleOf(house, plain.lot));
    expect(result).toBe('verified');
    expect(checks).toContain('The notice has no order drawn: whole was read as received');
  }, 60_000);
});

async function suspended(): Promise<string> {
  const [reason, ground, moment] = ['收到投诉，需核实', '招标投标法实施条例第六十二条', await houseNow(house)];
  const code = town.regulator.actor.code ?? '';
  const statement = { format: 'yangguang/order/v1', kind: 'suspend', lot, authority: code, reason, ground, at: moment };
  await house.perform(suspendOpening, town.regulator.actor, { lot, reason, ground, at: moment, signature: await signedOrder(statement) });
  return orderDigest((await house.em().findOneOrFail(SuspensionOrder, { lot, liftedAt: null })).statement);
}
async function lifted(lifts: string): Promise<void> {
  const [reason, moment] = ['投诉不成立', await houseNow(house)];
  const statement = {
    format: 'yangguang/order/v1',
    kind: 'lift',
    lot,
    authority: town.regulator.actor.code ?? '',
    reason,
    lifts,
    at: moment,
  };
  await house.perform(resumeOpening, town.regulator.actor, { lot, reason, at: moment, signature: await signedOrder(statement) });
}
const signedOrder = async (statement: unknown): Promise<string> =>
  Buffer.from(await signDetached(canonicalBytes(statement), await town.regulator.signer(), await houseNow(house))).toString('base64');

/** What a custodian is handed, once witnesses have seen the request. */
async function evidenceThere(task: string): Promise<TaskEvidence> {
  let found: TaskEvidence | null = null;
  await until({ ...town, shares: [] }, async () => {
    found = await evidenceOf(house.em(), task);
    return found !== null;
  });
  if (!found) throw new Error('no evidence');
  return found;
}
async function custodianSays(evidence: TaskEvidence): Promise<string> {
  const platform = (await house.api().get('/keys')).body.platform;
  const trust: Trust = { platform, witnesses: await presentWitnesses(house.em(), { ofCouncil: true }), quorum: 2, council: town.council };
  const task = await house.em().findOneOrFail(CouncilTask, { id: evidence.task });
  try {
    const judgement = judge(evidence, trust, { now: await houseNow(house), answered: {}, snapshot: () => undefined });
    return JSON.stringify(judgement.points) === JSON.stringify(task.points) ? 'answered' : 'another point';
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
}
