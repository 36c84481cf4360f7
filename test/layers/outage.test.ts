import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { verifyFile } from '../../src/evidence/file.ts';
import { noteSigner, printVerifierKey } from '../../src/journal/checkpoint.ts';
import { minuteOf, type ProbeStatement, signStatement, statementDigest } from '../../src/journal/probe.ts';
import { registerProbe } from '../../src/journal/register-probe.ts';
import { reportAvailability } from '../../src/journal/report-availability.ts';
import { thePublic } from '../../src/kernel/actor.ts';
import { canonicalBytes } from '../../src/kernel/bytes.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { awaitedDeadlines } from '../../src/openings/outage-reads.ts';
import { hallOf } from '../../src/openings/reads.ts';
import { OpeningItem } from '../../src/openings/schema.ts';
import { signDetached } from '../../src/sealing/signature.ts';
import { evidenceKey, evidenceOfLot } from '../support/fifty-bids.ts';
import { openHouse } from '../support/house.ts';
import { beat, houseNow, until } from '../support/opened-lot.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';
import { type LayeredLot, layeredLot } from './scene.ts';

/** Whose doing it was that a layer stayed on, where independent probes watch: at both sides of the edge, before and after they have spoken. */

const minute = 60_000;
let town: Town;
const keys = ['north', 'south', 'west'].map((name) => noteSigner(`${name}.probe.example`, crypto.getRandomValues(new Uint8Array(32))));
const heads = new Map<string, { number: number; head: string; until: string }>();

beforeAll(async () => {
  town = await makeTown(await openHouse({ at: soon() }));
  for (const [at, key] of keys.entries())
    await town.house.perform(registerProbe, town.administrator.actor, { vkey: printVerifierKey(key), institution: `独立机构${at + 1}` });
}, 120_000);
afterAll(() => town.house.close());

/** A probe states the minutes of this span, down for so many of them from its start. */
async function states(at: number, from: Instant, to: Instant, down: number): Promise<void> {
  const key = keys[at];
  if (!key) throw new Error('three probes');
  const { number, head } = heads.get(key.name) ?? { number: 0, head: '' };
  const count = Math.floor((Date.parse(to) - Date.parse(from)) / minute);
  const statement: ProbeStatement = {
    format: 'yangguang/probe-report/v1',
    platform: 'test.yangguang.example/sandbox',
    probe: key.name,
    number: number + 1,
    previous: head,
    from: minuteOf(from),
    states: 'd'.repeat(down).padEnd(count, 'u'),
    slowest: 30,
  };
  const signed = signStatement(statement, key);
  await town.house.perform(reportAvailability, thePublic, signed);
  heads.set(key.name, { number: number + 1, head: statementDigest(statement), until: to });
}

/** All probes say that all was well before this opening, so that its deadline was settled at once. */
async function scene(): Promise<LayeredLot> {
  return layeredLot(town, undefined, undefined, {}, async (deadline) => {
    const ended = minuteOf(deadline);
    for (const at of [0, 1, 2]) await states(at, later(ended, -120 * minute), ended, 0);
  });
}
const outcomeOf = async (submission: string) => {
  const item = await town.house.em().findOneOrFail(OpeningItem, { submission });
  return [item.state, item.attributedTo ?? null, item.rulingAskedAt != null];
};
const whole = (at: Instant): Instant => later(minuteOf(later(at, minute - 1)), 0);
const verdict = async (lot: string) => verifyFile(await evidenceOfLot(town.house, lot), { key: await evidenceKey(town.house) });
const bidderAt = (at: number): Person => {
  const bidder = town.bidders[at];
  if (!bidder) throw new Error(`no bidder ${at}`);
  return bidder;
};

describe('Probes watch the bidders’ time', () => {
  it.each([
    [10, ['invalid', 'platform', false], 'withdrawn'],
    [9, ['invalid', 'bidder', false], 'revoked'],
  ] as const)(
    '%i minutes down, seen by two institutions: %j',
    async (down, outcome, shown) => {
      const { house } = town;
      const lot = await scene();
      const [start, limit] = [whole(await houseNow(house)), (await lot.limit()) as Instant];
      for (const at of [0, 1]) await lot.remove(at);
      await house.clock.to(limit);
      await states(0, start, minuteOf(limit), 10);
      await states(1, start, minuteOf(limit), down);
      await states(2, start, minuteOf(limit), 0);
      await until(town, async () => (await outcomeOf(lot.bids[2] ?? ''))[1] !== null);
      expect(await outcomeOf(lot.bids[2] ?? '')).toEqual(outcome);
      const hall = await hallOf(house.em(), town.agent.actor, lot.lot, await houseNow(house));
      expect(hall.layers?.lines.find(({ submission }) => submission === lot.bids[2])?.state).toBe(shown);
      await until(town, async () => (await outcomeOf(lot.bids[0] ?? ''))[0] === 'opened');
      expect(await verdict(lot.lot)).toMatchObject({ result: 'verified' });
    },
    120_000,
  );

  it('waits for them with the attribution, and with nothing else: the others are opened meanwhile', async () => {
    const { house } = town;
    const lot = await scene();
    const [start, limit] = [whole(await houseNow(house)), (await lot.limit()) as Instant];
    for (const at of [0, 1]) await lot.remove(at);
    expect(await awaitedDeadlines(house.em(), await houseNow(house))).toContain(limit);
    await house.clock.to(limit);
    await until(town, async () => (await outcomeOf(lot.bids[0] ?? ''))[0] === 'opened');
    await beat(house);
    expect(await outcomeOf(lot.bids[2] ?? '')).toEqual(['invalid', null, false]);
    const hall = await hallOf(house.em(), town.agent.actor, lot.lot, await houseNow(house));
    expect(hall.layers?.lines.find(({ submission }) => submission === lot.bids[2])?.state).toBe('settling');
    expect(await verdict(lot.lot)).toMatchObject({ result: 'verified' });
    for (const at of [0, 1]) await states(at, start, minuteOf(limit), 0);
    await until(town, async () => (await outcomeOf(lot.bids[2] ?? ''))[1] !== null);
    expect(await outcomeOf(lot.bids[2] ?? '')).toEqual(['invalid', 'bidder', false]);
    expect(await awaitedDeadlines(house.em(), await houseNow(house))).not.toContain(limit);
    expect(await verdict(lot.lot)).toMatchObject({ result: 'verified' });
  }, 120_000);
});

describe('A bidder says that it was the platform, through the API', () => {
  it('counts for itself alone, signed and in time; a person rules, on record', async () => {
    const { house, regulator } = town;
    const lot = await scene();
    const [third, path] = [bidderAt(2), `/api/lots/${lot.lot}/layer-disputes`];
    const now = await houseNow(house);
    const text = '浏览器提示平台超时，无法提交解密密钥';
    const statement = (by: Person, submission: string) => ({
      format: 'yangguang/layer-dispute/v1',
      lot: lot.lot,
      submission,
      bidder: by.actor.code,
      text,
      at: now,
    });
    const signed = async (by: Person, about: object): Promise<string> =>
      Buffer.from(await signDetached(canonicalBytes(about), await by.signer(), now)).toString('base64');
    const send = async (by: Person, to: string, body: object) =>
      request(house.app)
        .post(to)
        .set('authorization', `Bearer ${await by.token()}`)
        .send(body);
    const own = await signed(third, statement(third, lot.bids[2] ?? ''));
    // by somebody that is not on the list, by another bidder with the third's word, and by the third about another's bid
    expect((await send(bidderAt(3), path, { text, at: now, signature: own })).body).toMatchObject({
      type: '/problems/not-on-the-closing-list',
    });
    const refused = { type: '/problems/signature-refused' };
    expect((await send(bidderAt(1), path, { text, at: now, signature: own })).body).toMatchObject(refused);
    const others = await signed(third, statement(bidderAt(1), lot.bids[1] ?? ''));
    expect((await send(third, path, { text, at: now, signature: others })).body).toMatchObject(refused);
    expect((await hallOf(house.em(), third.actor, lot.lot, now)).layers?.lines.some(({ disputed }) => disputed)).toBe(false);
    expect((await send(third, path, { text, at: now, signature: own })).status).toBe(201);
    expect((await send(third, path, { text, at: now, signature: own })).body).toMatchObject({ type: '/problems/layer-disputed-already' });
    const [start, limit] = [whole(now), (await lot.limit()) as Instant];
    for (const at of [0, 1]) await lot.remove(at);
    await house.clock.to(limit);
    for (const at of [0, 1]) await states(at, start, minuteOf(limit), 0);
    await until(town, async () => (await outcomeOf(lot.bids[2] ?? ''))[2] === true);
    expect((await send(third, path, { text, at: now, signature: own })).body).toMatchObject({ type: '/problems/layers-over' });
    const ruling = { submission: lot.bids[2], attributedTo: 'platform', ground: '经核实，平台当时确有超时' };
    const rulings = `/api/lots/${lot.lot}/attributions`;
    for (const by of [third, bidderAt(1), town.agent]) expect((await send(by, rulings, ruling)).status).toBe(403);
    expect((await send(regulator, rulings, ruling)).status).toBe(201);
    expect((await send(regulator, rulings, ruling)).body).toMatchObject({ type: '/problems/no-ruling-asked' });
    expect(await outcomeOf(lot.bids[2] ?? '')).toEqual(['invalid', 'platform', true]);
    const hall = await hallOf(house.em(), thePublic, lot.lot, await houseNow(house));
    expect(hall.record.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['layer.disputed', 'attribution.asked', 'attribution.ruled', 'bid.withdrawn-by-platform']),
    );
    expect(await verdict(lot.lot)).toMatchObject({ result: 'verified' });
  }, 120_000);
});
