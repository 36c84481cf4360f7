import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { later } from '../../src/kernel/clock.ts';
import { draftLot } from '../../src/tenders/draft-lot.ts';
import { findingIds } from '../../src/tenders/method-check.ts';
import { retenderNumber } from '../../src/tenders/number.ts';
import { publishDocument } from '../../src/tenders/publish-document.ts';
import { publishNotice } from '../../src/tenders/publish-notice.ts';
import { Lot, TenderDocument } from '../../src/tenders/schema.ts';
import { secondFailureRules } from '../../src/tenders/second-failure.ts';
import { issueAll, papersIn } from '../papers/whole-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { houseNow, openingLot, phaseOf, until } from '../support/opened-lot.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

/** A lot that fails is tendered again, linked to the first; what the law allows after a second failure is a recorded act. */

let house: TestHouse;
let town: Town;
let first: string;
let second: string;
const days = 24 * 3_600_000;
const ask = async (who: Person | null, path: string) => (await house.api(who ? await who.token() : undefined).get(path)).body;
const send = async (who: Person, path: string, body: object) => {
  const { status, body: answer } = await house.api(await who.token()).post(path, body);
  return { status, ...answer };
};
/** What the failure notice of a lot says in Chinese, once it is issued. */
async function noticeOf(lot: string): Promise<{ readonly explanation: string; readonly next: string }> {
  await issueAll(house);
  const issued = (await papersIn(house, lot)).find(({ kind }) => kind === 'failure-notice');
  if (!issued) throw new Error(`lot ${lot} has no notice of its failure`);
  const { explanation, next } = issued.data as { explanation: { zh: string }; next: { zh: string } };
  return { explanation: explanation.zh, next: next.zh };
}
const decision = {
  way: 'own-decision',
  follows: 'direct',
  chosen: '宜昌长江建设有限公司',
  reason: '两次招标投标人均不足三个，市场竞争不充分。',
};

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house, { bidders: 2, experts: 1 });
  ({ lot: first } = await openingLot(town, { prices: ['17800000.00', '18000000.00'] }));
}, 120_000);
afterAll(() => house.close());

describe('rules', () => {
  const ways = [
    { id: 'approved', title: { zh: '', en: '' }, source: { zh: '', en: '' }, needsApproval: true },
    { id: 'own', title: { zh: '', en: '' }, source: { zh: '', en: '' }, needsApproval: false },
  ] as const;
  const refused = (
    grounds: readonly string[],
    way: (typeof ways)[number] | undefined,
    approvedBy: string | null,
    approvalNumber: string | null,
  ) => secondFailureRules.filter((rule) => rule.refuses({ grounds, way, approvedBy, approvalNumber }) !== false).map(({ id }) => id);
  const few = 'too-few-bids';

  it('SF-1: only where bidders were too few twice running', () => {
    expect(refused([few], ways[1], null, null)).toEqual(['SF-1']);
    expect(refused([few, 'too-few-valid'], ways[1], null, null)).toEqual(['SF-1']);
    expect(refused([few, few], ways[1], null, null)).toEqual([]);
    expect(refused(['too-few-valid', few, few], ways[1], null, null)).toEqual([]);
  });
  it('SF-2 and SF-3: a way of the line, and where it needs an approval, that with its number', () => {
    expect(refused([few, few], undefined, null, null)).toEqual(['SF-2']);
    expect(refused([few, few], ways[0], '发展和改革局', null)).toEqual(['SF-3']);
    expect(refused([few, few], ways[0], '发展和改革局', '夷发改〔2026〕9号')).toEqual([]);
  });
  it('a re-tender raises the three digits of the tender', () => {
    expect([retenderNumber('A014205022611220001001002'), retenderNumber('A014205022611220001009002')]).toEqual([
      'A014205022611220001002002',
      'A014205022611220001010002',
    ]);
  });
});

describe('a lot that failed', () => {
  it('its notice of failure speaks of tendering again, and of nothing else', async () => {
    const { explanation, next } = await noticeOf(first);
    expect(explanation).toContain('重新招标');
    expect(next).toBe('招标人分析招标失败的原因并采取相应措施后，依法重新招标。');
  });

  it('may not end after one failure, is tendered again once, by its host alone', async () => {
    expect(await phaseOf(house, first)).toBe('failed');
    expect((await ask(town.agent, `/lots/${first}`)).retender).toMatchObject({
      mayRetender: true,
      ways: [],
      chain: [{ failedFor: 'too-few-bids' }],
    });
    expect(await send(town.agent, `/lots/${first}/end-tendering`, decision)).toMatchObject({
      status: 409,
      type: '/problems/no-second-failure',
      rule: 'SF-1',
    });
    expect((await send(town.stranger, `/lots/${first}/retender`, {})).status).toBe(404);
    const made = await send(town.agent, `/lots/${first}/retender`, {});
    expect(made.status).toBe(201);
    second = made.lot;
    expect((await send(town.agent, `/lots/${first}/retender`, {})).status).toBe(409);
    const row = await house.em().findOneOrFail(Lot, { id: second });
    expect([row.retenderOf, row.phase, row.number.slice(-6, -3)]).toEqual([first, 'draft', '002']);
  });

  it('nobody but the host learns of the next tender before its notice', async () => {
    for (const who of [null, town.bidders[0] as Person]) expect((await ask(who, `/lots/${first}`)).retender.chain).toHaveLength(1);
    expect((await ask(town.agent, `/lots/${first}`)).retender.chain).toHaveLength(2);
  });

  it('after a second failure its end is recorded with its ground, and anybody sees the chain', async () => {
    const { agent } = town;
    const now = await houseNow(house);
    await house.perform(draftLot, agent.actor, { lot: second, documentsUntil: later(now, 8 * days), deadline: later(now, 30 * days) });
    const held = await house.em().findOneOrFail(TenderDocument, { lot: first });
    const document = { key: held.fileKey, name: held.name, type: held.type, bytes: Number(held.bytes), sha256: held.sha256 };
    await house.perform(publishDocument, agent.actor, { lot: second, document });
    await house.perform(publishNotice, agent.actor, { lot: second, acknowledged: [...findingIds] });
    await house.clock.to(later(now, 30 * days));
    await until(town, async () => (await phaseOf(house, second)) === 'failed');
    const { explanation, next } = await noticeOf(second);
    expect(explanation).toMatch(/^重新招标后.*仍少于规定的最少数/);
    for (const words of ['再次招标', '不再招标', '经原审批部门批准', '自行决定', '第38条']) expect(next).toContain(words);
    expect((await ask(agent, `/lots/${second}`)).retender.ways).toHaveLength(2);
    const unapproved = await send(agent, `/lots/${second}/end-tendering`, { ...decision, way: 'approved' });
    expect(unapproved).toMatchObject({ status: 409, type: '/problems/second-failure-not-approved', rule: 'SF-3' });
    expect((await send(town.bidders[0] as Person, `/lots/${second}/end-tendering`, decision)).status).toBe(403);
    expect((await send(agent, `/lots/${second}/end-tendering`, decision)).status).toBe(201);
    expect((await send(agent, `/lots/${second}/retender`, {})).status).toBe(409);
    for (const who of [null, town.regulator]) {
      const { retender } = await ask(who, `/lots/${second}`);
      expect(retender.chain.map((each: { lot: string; failedFor: string }) => [each.lot, each.failedFor])).toEqual([
        [first, 'too-few-bids'],
        [second, 'too-few-bids'],
      ]);
      expect(retender.ended).toMatchObject({
        follows: 'direct',
        chosen: decision.chosen,
        source: { zh: expect.stringContaining('第38条') },
      });
    }
    const { entries } = await ask(town.regulator, `/lots/${second}/timeline`);
    expect(entries.map((each: { type: string }) => each.type)).toEqual(expect.arrayContaining(['lot.retendered', 'tendering.ended']));
  }, 60_000);
});
