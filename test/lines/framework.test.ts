import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { determineAward } from '../../src/awards/determine-award.ts';
import { checkQualification } from '../../src/evaluation/check-qualification.ts';
import { verification } from '../../src/evidence/checks.ts';
import { verifyFile } from '../../src/evidence/file.ts';
import { checkFramework } from '../../src/evidence/frameworks.ts';
import { History } from '../../src/evidence/history.ts';
import { entrantsOf, turnOf } from '../../src/frameworks/entrants.ts';
import { Agreement } from '../../src/frameworks/schema.ts';
import type { ProvenEvent } from '../../src/journal/receipt.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { dayOf } from '../../src/kernel/working-days.ts';
import { registerProject } from '../../src/tenders/register-project.ts';
import { pageOf, refusal, shown, today } from '../awards/scene.ts';
import { panelAtWork, panelSigns } from '../support/evaluated-lot.ts';
import { evidenceKey, evidenceOfLot } from '../support/fifty-bids.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { houseNow, type Offer, openedLot, phaseOf } from '../support/opened-lot.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;

const draft = {
  subject: 'services' as const,
  description: '夷陵区区直单位会计审计服务。',
  scope: '年度财务收支审计，按人工日计价',
  periodDays: 60,
  estimate: '1800000.00',
  ceiling: '1800.00',
  security: null,
  qualification: ['具有独立承担民事责任的能力'],
  sheets: 'open' as const,
  seats: [
    { specialty: 'A06', count: 2, reserve: 2 },
    { specialty: 'A04', count: 2, reserve: 2 },
  ],
  agreementWay: 'rotation',
  agreementMonths: 24,
  eliminationShare: '20%',
};
const offer = (price: string): Offer => ({
  price,
  figures: { periodDays: '45', smallEnterprise: '否', domesticProduct: '否' },
  tables: { priceSchedule: [{ name: '审计服务', model: '—', unit: '人工日', quantity: '1', unitPrice: price, amount: price }] },
});

beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house, { bidders: 5, expert: () => ({ memberships: ['construction', 'procurement'] }) });
}, 240_000);
afterAll(() => house.close());

describe('How many enter, and whose turn it is (GV-11, GV-15)', () => {
  it('a share is eliminated and one in any case, and no more enter than the notice says', () => {
    expect([10, 3, 2, 1, 5, 4].map((n) => entrantsOf(n, '0.2', null))).toEqual([8, 2, 1, 0, 4, 3]);
    expect([entrantsOf(10, '0.2', 5), entrantsOf(10, '0.2', 9), entrantsOf(10, '0.4', null)]).toEqual([5, 8, 6]);
  });
  it('each has its turn once in a round; who was removed is passed over', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((bidder, at) => ({ bidder, rank: at + 1 }));
    if (!a || !b || !c) throw new Error('three suppliers');
    const turns = [[], [a], [a, b], [a, b, c], [a, b, c, a]].map((awarded) => turnOf([c, a, b], awarded)?.bidder);
    expect(turns).toEqual(['a', 'b', 'c', 'a', 'b']);
    expect([turnOf([a, c], [a])?.bidder, turnOf([], [])]).toEqual(['c', null]);
  });
});

describe('A closed framework agreement, from the notice to its end', () => {
  let lot: string;
  const at = (path = ''): string => `/lots/${lot}/framework${path}`;
  const said = async (who: Person, path: string, body: object = {}): Promise<string> => {
    const { status, body: answer } = await (await who.api()).post(path).send(body);
    return status === 201 ? 'done' : [answer.problem ?? answer.type?.split('/').at(-1), answer.rule].filter(Boolean).join(' ');
  };
  const code = (place: number): string => town.bidders[place]?.actor.code ?? '';
  const order = { what: '2026年度审计', quantity: 10 };

  beforeAll(async () => {
    const { result } = await house.perform(registerProject, town.agent.actor, {
      name: '夷陵区会计审计服务',
      line: 'procurement',
      procedure: 'closed-framework',
      category: 'C23030000',
      intentionOn: dayOf(later(await houseNow(house), -31 * 86_400_000)),
      approvalNumber: '夷采计备〔2026〕281号',
      approvedBy: '夷陵区财政局',
      funds: '财政资金',
      estimate: '1800000.00',
      region: '420506',
      tenderee: town.tenderee.actor.code,
    });
    const prices = ['1500.00', '1400.00', '1600.00', '1700.00'];
    let bids: readonly string[];
    ({ lot, bids } = await openedLot(town, { into: result.project, draft, offers: prices.map(offer) }));
    await house.perform(checkQualification, town.agent.actor, { lot, bids: bids.map((bid) => ({ bid, pass: true })) });
    await panelAtWork(town, lot);
    await panelSigns(town, lot);
    town = today(town);
  }, 240_000);

  it('who enters is reckoned: nobody is awarded, and the agent does not determine it', async () => {
    expect(await phaseOf(house, lot)).toBe('evaluated');
    expect(await said(town.agent, at('/calls'), order)).toBe('not-in-this-phase PHASE');
    expect(await refusal(house.perform(determineAward, town.tenderee.actor, { lot, winner: lot, passed: [] }))).toBe(
      'not-in-this-phase PHASE',
    );
    expect(await said(town.agent, at())).toBe('host-determines-winner');
    expect(await said(town.tenderee, at())).toBe('done');
    const { body } = await shown(house, null, at());
    expect(body.entrants.map((each: { bidder: string; price: string }) => [each.bidder, each.price])).toEqual([
      [code(1), '1400.00'],
      [code(0), '1500.00'],
      [code(2), '1600.00'],
    ]);
  });

  it('contracts go round, at no more than the agreement’s price, and another’s turn is nobody’s to give (FRAME-TURN, FRAME-PRICE, FRAME-IN)', async () => {
    expect(await said(town.agent, at('/calls'), { ...order, bidder: code(0) })).toBe('not-its-turn FRAME-TURN');
    expect(await said(town.agent, at('/calls'), { ...order, bidder: code(3) })).toBe('not-entered FRAME-IN');
    expect(await said(town.agent, at('/calls'), { ...order, unitPrice: '1400.01' })).toBe('above-agreement-price FRAME-PRICE');
    expect(await said(town.agent, at('/calls'), { ...order, unitPrice: '1400.00' })).toBe('done');
    expect(await said(town.agent, at('/calls'), { ...order, bidder: code(0) })).toBe('done');
    expect((await shown(house, null, at())).body.turn.bidder).toBe(code(2));
  });

  it('a supplier is removed on a ground of the rules alone, and is passed over from then on (FRAME-OUT)', async () => {
    const why = { bidder: code(2), reason: '两次书面通知后仍无正当理由拒绝接受合同。' };
    expect(await said(town.agent, at('/removals'), { ...why, ground: 'too-dear' })).toBe('removal-without-ground FRAME-OUT');
    expect(await said(town.stranger, at('/removals'), { ...why, ground: 'refused-contract' })).not.toBe('done');
    expect(await said(town.agent, at('/removals'), { ...why, ground: 'refused-contract' })).toBe('done');
    expect(await said(town.agent, at('/calls'), { ...order, unitPrice: '1300.00' })).toBe('done');
    const { text, status } = await pageOf(house, null, at());
    expect([status, text.includes('无正当理由拒不接受合同授予')]).toEqual([200, true]);
  });

  it('it ends with its term: not a moment before, and nothing is awarded afterwards (FRAME-TERM, FRAME-END)', async () => {
    expect(await said(town.agent, at('/end'))).toBe('agreement-runs FRAME-END');
    const { until } = await house.em().findOneOrFail(Agreement, { lot });
    await house.clock.to(until as Instant);
    town = today(town);
    expect(await said(town.agent, at('/calls'), order)).toBe('agreement-over FRAME-TERM');
    expect(await said(town.agent, at('/end'))).toBe('done');
    expect(await phaseOf(house, lot)).toBe('lapsed');
  });

  it('its evidence verifies: entry, turns and prices are reckoned again', async () => {
    const key = await evidenceKey(house);
    const found = await verifyFile(await evidenceOfLot(house, lot), { ...(key ? { key } : {}) });
    expect(found.checks.filter(({ ok }) => !ok)).toEqual([]);
    const told = found.checks.map(({ says }) => says.zh);
    expect(told).toContain('入围供应商、次序和协议价格由评审结果和淘汰比例算得');
    expect(told).toContain('第 3 笔成交轮到的正是该供应商');
  });

  it('a verifier refutes a turn that was skipped, a price above the agreement, and an award to whom it had removed', async () => {
    const rows = await house.em().execute<{ body: string }[]>('select body from journal_event where lot = ? order by position', [lot]);
    const events = rows.map(({ body }) => JSON.parse(body) as ProvenEvent['event']);
    const judged = async (change: (data: Record<string, unknown>) => object, nth: number) => {
      let seen = 0;
      const told = events.map((event, index) => {
        const here = event.type === 'calloff.awarded' && ++seen === nth;
        return { index, salt: '', proof: [], event: here ? { ...event, data: change(event.data as Record<string, unknown>) } : event };
      });
      return (await verification((list) => checkFramework(new History(told, list), list, undefined))).result;
    };
    expect(await judged((data) => data, 1)).toBe('verified');
    expect(await judged((data) => ({ ...data, bidder: code(2) }), 1)).toBe('refuted');
    expect(await judged((data) => ({ ...data, unitPrice: '1400.01', amount: '14000.10' }), 1)).toBe('refuted');
    expect(await judged((data) => ({ ...data, bidder: code(2) }), 3)).toBe('refuted');
    expect(await judged((data) => ({ ...data, quantity: 11 }), 2)).toBe('refuted');
  });
});
