import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { determineAward } from '../../src/awards/determine-award.ts';
import { notifyAward } from '../../src/awards/notify-award.ts';
import { Award } from '../../src/awards/schema.ts';
import { collectDocuments } from '../../src/bids/collect-documents.ts';
import { formPanel } from '../../src/evaluation/form-panel.ts';
import { EvaluationReport, PanelMember } from '../../src/evaluation/schema.ts';
import { startEvaluation } from '../../src/evaluation/start-evaluation.ts';
import { verifyFile } from '../../src/evidence/file.ts';
import { answerCall } from '../../src/experts/answer-call.ts';
import { requestDraw } from '../../src/experts/request-draw.ts';
import { DrawSeat } from '../../src/experts/schema.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { type Todo, todosOf } from '../../src/kernel/todo.ts';
import { dayOf } from '../../src/kernel/working-days.ts';
import { negotiation } from '../../src/lines/procurement/negotiation.ts';
import { OpeningItem } from '../../src/openings/schema.ts';
import { addLot } from '../../src/tenders/add-lot.ts';
import { draftLot } from '../../src/tenders/draft-lot.ts';
import { publishAddendum } from '../../src/tenders/publish-addendum.ts';
import { registerProject } from '../../src/tenders/register-project.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { pageOf, refusal, shown, today } from '../awards/scene.ts';
import { declared, expertOf, panelSigns, panelSits } from '../support/evaluated-lot.ts';
import { evidenceKey, evidenceOfLot } from '../support/fifty-bids.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { houseNow, type Offer, openedLot, phaseOf, sessionClosed, submitSealed, until } from '../support/opened-lot.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
const lotRow = (lot: string): Promise<Lot> => house.em().findOneOrFail(Lot, { id: lot });

const draft = {
  subject: 'goods' as const,
  description: '水情会商系统采购及安装调试。',
  scope: '会商系统一套',
  periodDays: 60,
  estimate: '1800000.00',
  ceiling: '1800000.00',
  security: '36000.00',
  qualification: ['具有独立承担民事责任的能力'],
  smallDiscount: '10%',
  panelSize: 3,
  panelExperts: 2,
  sheets: 'sealed' as const,
  seats: [
    { specialty: 'A06', count: 1, reserve: 2 },
    { specialty: 'A04', count: 1, reserve: 2 },
  ],
};

const offer = (price: string, small: '是' | '否' = '否'): Offer => ({
  price,
  figures: { periodDays: '45', smallEnterprise: small, domesticProduct: '否' },
  tables: { priceSchedule: [{ name: '会商系统', model: 'HS-1', unit: '套', quantity: '1', unitPrice: price, amount: price }] },
});

const projectBy = async (procedure: string, category: string): Promise<string> => {
  const { result } = await house.perform(registerProject, town.agent.actor, {
    name: '夷陵区水情会商系统采购',
    line: 'procurement',
    procedure,
    category,
    intentionOn: dayOf(later(await houseNow(house), -30 * 86_400_000)),
    approvalNumber: '夷采计备〔2026〕261号',
    approvedBy: '夷陵区财政局',
    funds: '财政资金',
    estimate: '1800000.00',
    region: '420506',
    tenderee: town.tenderee.actor.code,
  });
  return result.project;
};

/** The group of a lot of responses: drawn, called, formed, declared. */
async function groupOf(lot: string): Promise<readonly Person[]> {
  await house.perform(requestDraw, town.agent.actor, { lot });
  const called = () => house.em().find(DrawSeat, { lot, state: 'called' });
  await until(town, async () => (await called()).length > 0);
  for (const seat of await called()) await house.perform(answerCall, expertOf(town, seat.expert).actor, { seat: seat.id, accepts: true });
  await house.perform(formPanel, town.agent.actor, { lot, representative: [town.tenderee.login] });
  const rows = await house.em().find(PanelMember, { lot }, { orderBy: { seat: 'asc' } });
  const members = rows.map((row) => ({ member: row.id, person: row.expert ? expertOf(town, row.expert) : town.tenderee }));
  for (const { member, person } of members) await declared(house, person, lot, member);
  return members.map(({ person }) => person);
}

const post = async (who: Person, path: string, body: object = {}) => {
  const { status, body: answer } = await (await who.api()).post(path).send(body);
  return { status, answer };
};
const said = async (who: Person, path: string, body: object = {}): Promise<string> => {
  const { status, answer } = await post(who, path, body);
  return status === 201 ? 'done' : [answer.problem ?? answer.type?.split('/').at(-1), answer.rule].filter(Boolean).join(' ');
};

/** One talk of the whole group, its minutes confirmed by a second member. */
async function talk(group: readonly Person[], lot: string, bid: string, verdict: object = { goesOn: true }): Promise<void> {
  const at = `/lots/${lot}/negotiation`;
  const [first, second] = group as [Person, Person];
  const { status, answer } = await post(first, `${at}/minutes`, { bid, text: '就交货期、质保和付款条款与供应商谈判。', ...verdict });
  expect([status, answer]).toEqual([201, { minutes: expect.any(String) }]);
  expect((await post(second, `${at}/words`, { minutes: answer.minutes, agrees: true })).answer).toEqual({ state: 'confirmed' });
}

/** Last offers of these bidders, opened behind closed doors. */
async function offered(offers: string, made: readonly (readonly [number, Offer])[]): Promise<void> {
  for (const [at, each] of made) await submitSealed(town, offers, town.bidders[at] as Person, each);
  await house.clock.to((await lotRow(offers)).deadline as Instant);
  await until(town, async () => {
    const sealed = await house.em().count(OpeningItem, { lot: offers, state: 'sealed' });
    return (await phaseOf(house, offers)) === 'opening' && sealed === 0;
  });
  await sessionClosed(town, offers);
}

const verified = async (lot: string) => {
  const key = await evidenceKey(house);
  const found = await verifyFile(await evidenceOfLot(house, lot), { ...(key ? { key } : {}) });
  expect(found.checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(found.result).toBe('verified');
  return found.checks.map(({ says }) => says.zh);
};

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house, { bidders: 7, expert: () => ({ memberships: ['construction', 'procurement'] }) });
}, 240_000);
afterAll(() => house.close());

describe('A competitive negotiation, from the notice to the award', () => {
  let lot: string;
  let bids: readonly string[];
  let group: readonly Person[];
  let offers: string;
  const at = (path = ''): string => `/lots/${lot}/negotiation${path}`;
  const bidder = (place: number): Person => town.bidders[place] as Person;

  beforeAll(async () => {
    const project = await projectBy('negotiation', 'A02010108');
    const responses = ['1700000.00', '1750000.00', '1650000.00', '1600000.00', '1790000.00'].map((price) => offer(price));
    ({ lot, bids } = await openedLot(town, { into: project, draft, offers: responses }));
  }, 240_000);

  it('is opened to the group alone: the public and the suppliers find neither names nor numbers nor prices', async () => {
    for (const who of [null, bidder(0), bidder(6), town.stranger])
      for (const page of ['hall', 'screen', 'record', 'opening', 'draws', 'evidence', 'panel', 'award', 'qualification'])
        expect([page, (await shown(house, who, `/lots/${lot}/${page}`)).status]).toEqual([page, 409]);
    expect((await shown(house, town.agent, `/lots/${lot}/hall`)).body.items).toHaveLength(5);
    expect((await pageOf(house, null, `/lots/${lot}/hall`)).status).toBe(409);
    for (const who of [null, bidder(0)])
      for (const page of ['', '/timeline', '/papers']) {
        const { status, text } = await pageOf(house, who, `/lots/${lot}${page}`);
        expect([page, status]).toEqual([page, 200]);
        for (const other of town.bidders.slice(1)) expect(text).not.toContain(other.actor.organisationName);
        expect(text).not.toContain('1650000');
      }
    const { body } = await shown(house, null, `/lots/${lot}/timeline`);
    const told = (body.entries as { type: string }[]).map(({ type }) => type);
    expect(told.filter((type) => /^(bid|opening|share|record|draw|expert|panel)\./.test(type))).toEqual([]);
  });

  it('nothing is judged here; a group that has declared begins, for its host alone', async () => {
    expect((await shown(house, bidder(5), at())).status).toBe(404);
    group = await groupOf(lot);
    expect(await refusal(house.perform(startEvaluation, town.agent.actor, { lot }))).toBe('negotiate-first');
    expect(await said(town.stranger, at())).not.toBe('done');
    const asked = async (who: Person): Promise<readonly Todo[]> =>
      (await todosOf(house.em(), who.actor, await houseNow(house))).filter(({ what }) => what.zh === '开始谈判');
    // by the articles of this way of procurement
    expect(await asked(town.agent)).toMatchObject([{ href: at(), why: negotiation.editions.at(-1)?.negotiation?.source }]);
    expect(await asked(bidder(0))).toEqual([]);
    expect(await said(town.agent, at())).toBe('done');
    expect(await asked(town.agent)).toEqual([]);
    expect(await phaseOf(house, lot)).toBe('negotiating');
  });

  it('minutes stand with more than half of the group; a refusal of a response has its reason, and is told to its supplier alone', async () => {
    const text = '就交货期、质保和付款条款与供应商谈判。';
    const [first, second, third] = group as [Person, Person, Person];
    expect(await said(bidder(0), at('/minutes'), { bid: bids[0], text, goesOn: true })).not.toBe('done');
    expect(await said(first, at('/minutes'), { bid: bids[4], text, goesOn: false })).toBe('reason-for-refusal');
    const { answer } = await post(first, at('/minutes'), { bid: bids[4], text, goesOn: false, reason: '不接受质保期要求' });
    expect(await said(second, at('/minutes'), { bid: bids[4], text, goesOn: true })).toBe('minutes-wait');
    expect(await said(first, at('/words'), { minutes: answer.minutes, agrees: true })).toBe('word-given');
    expect((await shown(house, bidder(4), at())).body.minutes).toEqual([]);
    expect((await post(second, at('/words'), { minutes: answer.minutes, agrees: false })).answer).toEqual({ state: 'open' });
    expect((await post(third, at('/words'), { minutes: answer.minutes, agrees: true })).answer).toEqual({ state: 'confirmed' });
    const own = (await shown(house, bidder(4), at())).body;
    expect([own.own.state, own.minutes.length, own.suppliers]).toEqual(['out', 1, []]);
    expect((await shown(house, bidder(0), at())).body.minutes).toEqual([]);
  });

  it('a change is confirmed by the buyer’s representative, touches what may be changed, and reaches all at once', async () => {
    for (const bid of bids.slice(0, 4)) await talk(group, lot, bid);
    const change = { touches: 'technical', text: '质保期由三年改为五年，按变动后的要求响应。' };
    expect(await said(town.agent, at('/changes'), change)).not.toBe('done');
    expect(await said(town.tenderee, at('/changes'), { ...change, touches: 'qualification' })).toBe('change-not-allowed NEG-CHANGE');
    expect(await said(town.tenderee, at('/changes'), change)).toBe('done');
    for (const place of [0, 1, 2, 3]) expect((await shown(house, bidder(place), at())).body.changes).toHaveLength(1);
    const told = async (who: Person | null) =>
      ((await shown(house, who, `/lots/${lot}/timeline`)).body.entries as { type: string }[]).map(({ type }) => type);
    expect(await told(bidder(0))).toContain('requirement.changed');
    expect(await told(null)).not.toContain('requirement.changed');
    expect(await said(town.agent, at('/offers'), { hours: 4 })).toBe('not-all-talked-to NEG-ALL');
  });

  it('a supplier may leave before last offers, and is told when its security is back', async () => {
    expect(await said(bidder(5), at('/leaves'), { reason: '产能不足' })).not.toBe('done');
    const { answer } = await post(bidder(3), at('/leaves'), { reason: '产能不足，无法按期交货' });
    expect(answer.securityBackBy).toMatch(/^2/);
    expect(await said(bidder(3), at('/leaves'), { reason: '产能不足' })).toBe('supplier-gone');
    for (const bid of bids.slice(0, 3)) await talk(group, lot, bid);
  });

  it('those who stay are asked at once, by one time; nobody else may come, and nothing changes any more', async () => {
    expect(await said(town.agent, at('/end'), { ground: 'too-few-suppliers' })).toBe('ending-unknown NEG-END');
    const { status, answer } = await post(town.agent, at('/offers'), { hours: 4 });
    expect([status, answer.offers]).toEqual([201, expect.any(String)]);
    offers = answer.offers;
    expect(await phaseOf(house, lot)).toBe('offering');
    expect(await said(bidder(0), at('/leaves'), { reason: '太晚' })).toBe('not-in-this-phase PHASE');
    for (const place of [3, 4, 5])
      expect(await refusal(house.perform(collectDocuments, bidder(place).actor, { lot: offers }))).toBe('not-asked-for-an-offer BID-OFFER');
    expect((await shown(house, bidder(0), at())).body.offers).toMatchObject({ lot: offers });
    for (const place of [3, 4]) expect((await shown(house, bidder(place), at())).body.offers).toBeNull();
    const changed = { lot: offers, text: '再次变动采购需求内容', affectsPreparation: false };
    expect(await refusal(house.perform(publishAddendum, town.agent.actor, changed))).toBe('requirement-fixed');
    await offered(offers, [
      [0, offer('1500000.00')],
      [1, offer('1580000.00', '是')],
      [2, offer('1490000.00')],
    ]);
    expect((await shown(house, bidder(0), `/lots/${offers}/hall`)).status).toBe(409);
  });

  it('the same group judges; the lowest last offer after deductions is awarded; both bundles verify and name each other', async () => {
    await panelSits(town, offers);
    await panelSigns(town, offers);
    const { bundle } = await house.em().findOneOrFail(EvaluationReport, { lot: offers });
    const { rows } = (bundle as { result: { rows: { evaluatedPrice: string }[] } }).result;
    // 1,580,000 less 10 %
    expect(rows.map((row) => row.evaluatedPrice)).toEqual(['1422000.00', '1490000.00', '1500000.00']);
    town = today(town);
    expect((await shown(house, bidder(0), `/lots/${offers}/award`)).status).toBe(409);
    const { body } = await shown(house, town.tenderee, `/lots/${offers}/award`);
    await house.perform(determineAward, town.tenderee.actor, { lot: offers, winner: body.candidates[0].submission });
    await house.perform(notifyAward, town.agent.actor, { lot: offers });
    expect(await house.em().findOneOrFail(Award, { lot: offers })).toMatchObject({ price: 158000000n });
    expect((await shown(house, null, `/lots/${offers}/award`)).status).toBe(200);
    expect((await shown(house, null, `/lots/${lot}/hall`)).body.items).toHaveLength(5);
    expect(await verified(lot)).toContain('要求最后报价的，正是继续参加的供应商');
    expect(await verified(offers)).toContain('提交最后报价的都是受到通知的供应商');
  });
});

describe('A competitive consultation', () => {
  it('bounds the weight of the price on both sides, and leaves ten days', async () => {
    const project = await projectBy('consultation', 'A02010109');
    const { result } = await house.perform(addLot, town.agent.actor, { project, name: '水情会商系统' });
    const save = ({ subject = 'goods', priceFull }: { subject?: 'goods' | 'services'; priceFull: string }) => {
      // the criteria carry the other points
      const criteria = [{ id: 'c', name: '技术', says: '技术响应', max: (100 - Number(priceFull)).toFixed(2), kind: 'objective' as const }];
      return refusal(house.perform(draftLot, town.agent.actor, { lot: result.lot, ...draft, subject, priceFull, criteria }));
    };
    expect(await save({ priceFull: '60' })).toBe('done');
    expect(await save({ priceFull: '60.01' })).toBe('price-weight-too-high PROC-N15GM');
    expect(await save({ priceFull: '29.99' })).toBe('price-weight-too-low PROC-N15G');
    expect(await save({ subject: 'services', priceFull: '30' })).toBe('done');
    expect(await save({ subject: 'services', priceFull: '30.01' })).toBe('price-weight-too-high PROC-N15SM');
    expect(await save({ subject: 'services', priceFull: '9.99' })).toBe('price-weight-too-low PROC-N15S');
  });

  it('goes on with two under a named exception, scores the last offers, and awards; without one it ends', async () => {
    const project = await projectBy('consultation', 'A02010110');
    const responses = ['1700000.00', '1750000.00', '1650000.00'].map((price) => offer(price));
    const { lot, bids } = await openedLot(town, { into: project, draft, offers: responses });
    const group = await groupOf(lot);
    const at = `/lots/${lot}/negotiation`;
    expect(await said(town.agent, at)).toBe('done');
    for (const [place, bid] of bids.entries())
      await talk(group, lot, bid, place === 2 ? { goesOn: false, reason: '未响应核心技术要求' } : { goesOn: true });
    expect(await said(town.agent, `${at}/offers`, { hours: 2 })).toBe('too-few-suppliers NEG-LEAST');
    expect(await said(town.agent, `${at}/offers`, { hours: 2, exception: 'tender-failed', approval: '宜财采〔2026〕77号' })).toBe(
      'exception-unknown',
    );
    expect(await said(town.agent, `${at}/offers`, { hours: 2, exception: 'research' })).toBe('exception-unknown');
    const { answer } = await post(town.agent, `${at}/offers`, { hours: 2, exception: 'research', approval: '夷科函〔2026〕9号' });
    await offered(answer.offers, [
      [0, offer('1600000.00')],
      [1, offer('1500000.00')],
    ]);
    await panelSits(town, answer.offers);
    await panelSigns(town, answer.offers);
    const { bundle } = await house.em().findOneOrFail(EvaluationReport, { lot: answer.offers });
    const { rows } = (bundle as { result: { rows: { price: string; total: string }[] } }).result;
    expect(rows.map((row) => row.price)).toEqual(['40.00', '37.50']);
    const { body } = await shown(house, town.tenderee, `/lots/${answer.offers}/award`);
    await house.perform(determineAward, town.tenderee.actor, { lot: answer.offers, winner: body.candidates[0].submission });
    await house.perform(notifyAward, town.agent.actor, { lot: answer.offers });
    await verified(lot);
    await verified(answer.offers);
  }, 240_000);

  it('ends when too few stay, and nobody learns who had taken part', async () => {
    const project = await projectBy('consultation', 'A02010111');
    const responses = ['1700000.00', '1750000.00', '1650000.00'].map((price) => offer(price));
    const { lot } = await openedLot(town, { into: project, draft, offers: responses });
    await groupOf(lot);
    const at = `/lots/${lot}/negotiation`;
    expect(await said(town.agent, at)).toBe('done');
    expect(await said(town.bidders[0] as Person, `${at}/leaves`, { reason: '无法按期交货' })).toBe('done');
    expect(await said(town.agent, `${at}/end`, { ground: 'too-few-suppliers' })).toBe('done');
    expect(await lotRow(lot)).toMatchObject({ phase: 'failed', failedFor: 'too-few-suppliers' });
    expect((await shown(house, null, `/lots/${lot}/hall`)).status).toBe(409);
    expect((await shown(house, null, `/lots/${lot}`)).body.lot.failedFor).toBe('too-few-suppliers');
  }, 120_000);
});
