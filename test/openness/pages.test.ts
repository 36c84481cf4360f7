import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { submitBid } from '../../src/bids/submit-bid.ts';
import { parseVerifierKey } from '../../src/journal/checkpoint.ts';
import { verifyReceipt } from '../../src/journal/receipt.ts';
import { allEndpoints } from '../../src/kernel/endpoint.ts';
import { allProblems } from '../../src/kernel/problem.ts';
import { allRules } from '../../src/kernel/rule.ts';
import { todosOf } from '../../src/kernel/todo.ts';
import { parameters } from '../../src/rulebook/parameters.ts';
import { parseTradeNumber, spacedTradeNumber, type TradeParts, tradeNumber } from '../../src/tenders/number.ts';
import { publishAddendum } from '../../src/tenders/publish-addendum.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { at, pageOf, sendForm, today } from '../awards/scene.ts';
import { holdNumbers } from '../support/held-numbers.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { houseNow, openingLot, publishedLot, submitSealed } from '../support/opened-lot.ts';
import { makeTown, type Person, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
let bidding: string;
let opening: string;
let receipt: string;
const bidder = (): Person => town.bidders[0] as Person;

beforeAll(async () => {
  house = await openHouse({ at: at('2031-03-03T09:00') });
  town = today(await makeTown(house));
  ({ lot: opening } = await openingLot(town));
  ({ lot: bidding } = await publishedLot(town));
  await submitSealed(town, bidding, bidder(), { price: '17800000.00' });
  const [row] = await house
    .em()
    .execute<{ id: string }[]>(`select id from journal_event where lot = ? and type = 'bid.received'`, [bidding]);
  receipt = row?.id ?? '';
}, 60_000);
afterAll(() => house.close());

const page = async (path: string, who: Person | null = null): Promise<string> => {
  const answer = await pageOf(house, who, path);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
  return answer.text;
};

describe('The front page and the sessions', () => {
  it('say what is open, what is being opened, and lead there', async () => {
    const text = await page('/');
    expect(text).toContain(`href="/lots/${bidding}"`);
    expect(text).toContain(`href="/lots/${opening}/hall"`);
    expect(text).toMatch(/<form[^>]*action="\/lots"[^>]*role="search"/);
  });

  it('GET /openings tells sessions apart: in session, to come, of late', async () => {
    const { body } = await house.api().get('/openings');
    expect(body.inSession.map((lot: { id: string }) => lot.id)).toEqual([opening]);
    expect(body.past).toEqual([]);
    // the deadline lies thirty days ahead: one millisecond later it is within the month
    expect(body.coming).toEqual([]);
    await house.clock.to((await houseNow(house)).replace('.000Z', '.001Z') as never);
    expect((await house.api().get('/openings')).body.coming.map((lot: { id: string }) => lot.id)).toEqual([bidding]);
  });

  it('a lot that is not published stands nowhere', async () => {
    const drafts = await house.em().find(Lot, { publishedAt: null });
    for (const path of ['/', '/openings', '/results', '/lots']) {
      const text = await page(path);
      for (const draft of drafts) expect(text).not.toContain(draft.id);
    }
  });
});

describe('Receipts', () => {
  it('verify against the published key, for those who may see the event', async () => {
    const key = parseVerifierKey((await house.api().get('/keys')).body.platform);
    if (!key) throw new Error('the platform has no key');
    const { status, body } = await (await bidder().api()).get(`/receipts/${receipt}`);
    expect(status).toBe(200);
    expect(verifyReceipt(body, key)).toMatchObject({ ok: true });
    expect(verifyReceipt({ ...body, event: { ...body.event, at: '2031-03-03T01:00:00.001Z' } }, key)).toMatchObject({ ok: false });
    expect((await house.api().get(`/receipts/${receipt}`)).status).toBe(404);
  });

  it('have a page that names the event in words, and is not there for others', async () => {
    const text = await page(`/receipts/${receipt}`, bidder());
    expect(text).toContain('收到投标');
    expect(text).toContain(`data-verify="/api/receipts/${receipt}"`);
    expect((await pageOf(house, null, `/receipts/${receipt}`)).status).toBe(404);
  });

  it('answer 503 while the event waits for its number, and its page then waits instead of failing', async () => {
    const letGo = await holdNumbers(house);
    const { events } = await house.perform(publishAddendum, town.agent.actor, {
      lot: bidding,
      text: '更正第 3 页',
      affectsPreparation: false,
    });
    const waiting = await house.api().get(`/receipts/${events[0]}`);
    const shown = await page(`/receipts/${events[0]}`);
    await letGo();
    expect([waiting.status, waiting.body.type]).toEqual([503, '/problems/not-yet-in-the-journal']);
    expect(shown).toContain(`data-await="/api/receipts/${events[0]}"`);
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await house.api().get(`/receipts/${events[0]}`)).status === 200) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await page(`/receipts/${events[0]}`)).toContain('发布补遗');
  });
});

describe('What is enforced is what is shown', () => {
  it('every rule, every figure and every refusal has its anchor', async () => {
    const [rules, problems] = [await page('/rules'), await page('/problems')];
    for (const { id } of allRules()) expect(rules).toContain(`id="${id}"`);
    for (const { key } of parameters) expect(rules).toContain(`id="${key}"`);
    for (const { name } of allProblems()) expect(problems).toContain(`id="${name}"`);
    const anchors = [...rules.matchAll(/class="anchor" id="([^"]+)"/g)].map((found) => found[1]);
    expect(new Set(anchors).size).toBe(anchors.length);
  });

  it('the calendar counts a period before the reader’s eyes, for people and for programs', async () => {
    const asked = '/calendar?from=2026-09-30&count=5&unit=workday';
    const { body } = await house.api().get(asked);
    expect(body).toMatchObject({
      year: 2026,
      years: [2024, 2025, 2026],
      reckoning: { event: '2026-09-30', last: '2026-10-13', provisional: false },
    });
    expect(await page(asked)).toContain('2026-10-13（星期二） 24:00 届满');
    expect((await house.api().get('/calendar')).body).toMatchObject({ year: 2031, source: null, reckoning: null });
    for (const bad of ['from=2026-02-30&count=5', 'from=2026-09-30&count=401', 'from=2026-09-30&count=5&unit=week'])
      expect((await house.api().get(`/calendar?${bad}`)).body.type).toBe('/problems/invalid-input');
  });

  it('a trading code is taken apart, names what is published and nothing else, and a slip of one character is told', async () => {
    const { tradeCode, name } = (await house.api().get(`/lots/${bidding}`)).body.lot;
    const asked = async (code: string) => (await house.api().get(`/codes?code=${encodeURIComponent(code)}`)).body.explained;
    const own = await asked(tradeCode);
    expect(own.parts.map(({ text }: { text: string }) => text).join('')).toBe(tradeCode);
    expect([own.faults, own.names]).toEqual([[], [expect.objectContaining({ id: bidding, name, is: 'lot' })]]);
    // as people copy it: without the class, spaced
    const spaced = spacedTradeNumber(tradeCode);
    expect((await asked(spaced)).code).toBe(tradeCode);
    // the next serial is right in itself and names nothing; one digit changed is a slip
    const parts = parseTradeNumber(tradeCode) as TradeParts;
    expect(await asked(tradeNumber({ ...parts, serial: 999_999 }))).toMatchObject({ faults: [], names: [] });
    const slipped = `${tradeCode.slice(0, -2)}${tradeCode.at(-2) === '9' ? '8' : '9'}${tradeCode.at(-1)}`;
    expect((await asked(slipped)).faults[0].zh).toContain('校验码与前面各位不符');
    // exchanged neighbours of the party's code are found by its own check characters too
    expect((await asked(`A01${parts.code.slice(0, 16)}${parts.code[17]}${parts.code[16]}20310301000001X`)).faults.length).toBeGreaterThan(
      1,
    );
    expect(await asked('A01')).toBeNull();
    expect(await page(`/codes?code=${tradeCode}`)).toContain(name);
    expect(await page('/codes?code=A01')).toContain('这不是统一交易标识码');
  });

  it('the type of a refusal leads to its page', async () => {
    const { body } = await house.api().get('/lots/019a0000-0000-7000-8000-000000000000');
    expect(body.type).toBe('/problems/not-found');
    expect(await page(body.type)).toContain('<code>not-found</code>');
    expect((await pageOf(house, null, '/problems/of-no-name')).status).toBe(404);
  });

  it('the API page lists every endpoint, and stands beside the machine’s description', async () => {
    const text = await page('/api');
    for (const endpoint of allEndpoints().filter((each) => !each.pageOnly)) expect(text).toContain(`<code>/api${endpoint.path}</code>`);
    const openapi = await request(house.app).get('/api/openapi.json');
    expect(openapi.body.openapi).toBe('3.1.0');
    expect((await request(house.app).get('/api/no-such-thing')).status).toBe(404);
    expect((await request(house.app).post('/api')).status).toBe(404);
  });

  it('no page of this room carries inline script or style, and each exists in both languages', async () => {
    for (const path of [
      '/',
      '/openings',
      '/verify',
      '/rules',
      '/calendar',
      '/codes',
      '/problems',
      '/api',
      '/journal',
      '/sandbox',
      '/parts',
    ]) {
      const zh = await page(path);
      const en = (await request(house.app).get(path).set('cookie', 'lang=en')).text;
      expect(zh).toContain('<html lang="zh-CN">');
      expect(en).toContain('<html lang="en">');
      for (const text of [zh, en]) expect(text).not.toMatch(/<script(?![^>]*src=)|\son\w+=|style="/);
    }
  });
});

describe('Keys and clock', () => {
  it('everything a stranger needs to verify stands at one address', async () => {
    const { body } = await house.api().get('/keys');
    expect(body).toMatchObject({ origin: 'test.yangguang.example/sandbox', sandbox: true, earlier: [], council: { id: town.council.id } });
    expect(body.witnesses).toHaveLength(3);
    expect(body.authority.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  });

  it('the clock answers at its short address, for every page’s script', async () => {
    const { status, body, headers } = await request(house.app).get('/clock');
    expect([status, body.rate, headers['cache-control']]).toEqual([200, 0, 'no-store']);
    expect(body.now).toBe(await houseNow(house));
  });
});

describe('The sandbox’s clock', () => {
  const set = (body: object) => house.api().post('/sandbox/clock', body);

  it('goes forward by steps and to the next moment of a lot, never back', async () => {
    const before = await houseNow(house);
    expect((await set({ to: 'hour' })).status).toBe(201);
    expect(new Date(await houseNow(house)).getTime() - new Date(before).getTime()).toBe(3_600_000);
    const back = await set({ at: before });
    expect([back.status, back.body.type]).toEqual([409, '/problems/clock-goes-back']);
    const { documentsUntil } = await house.em().findOneOrFail(Lot, { id: bidding });
    await set({ to: 'next', lot: bidding });
    expect(await houseNow(house)).toBe(documentsUntil);
  });

  it('moves by a form too, and every move stands in the journal', async () => {
    const count = async () =>
      (await house.em().execute<{ n: string }[]>(`select count(*) as n from journal_event where type = 'clock.set'`))[0]?.n;
    const before = Number(await count());
    const sent = await sendForm(house, town.agent, '/sandbox/clock', { to: 'day', at: '', rate: '', lot: '' });
    expect([sent.status, sent.headers.location]).toEqual([303, '/sandbox']);
    expect(Number(await count())).toBe(before + 1);
  });

  it('lists public moments only', async () => {
    const { body } = await house.api().get('/sandbox');
    expect(body.moments.map((each: { lot: string }) => each.lot)).toEqual([bidding]);
    expect(JSON.stringify(body)).not.toContain(bidder().actor.code);
  });
});

describe('The workspace', () => {
  it('shows each role its own, most pressing first, with ground and what happens otherwise', async () => {
    for (const who of [town.agent, town.tenderee, bidder(), town.regulator, town.centre, town.administrator, town.experts[0] as Person]) {
      const { status, body } = await (await who.api()).get('/work');
      expect(status).toBe(200);
      const due = body.todos.map((todo: { due: string | null }) => todo.due ?? '~');
      expect(due).toEqual([...due].sort());
      for (const todo of body.todos) {
        for (const words of [todo.what, todo.why, todo.otherwise, todo.action]) expect([words.zh, words.en].every(Boolean)).toBe(true);
        const there = await pageOf(house, who, todo.href.split('#')[0]);
        expect([todo.href, there.status]).toEqual([todo.href, 200]);
      }
    }
  }, 30_000);

  it('asks the host to read, the bidder to be there, the regulator to watch; nobody else', async () => {
    const whats = async (who: Person): Promise<string[]> =>
      (await todosOf(house.em(), who.actor, await houseNow(house)))
        .filter((todo) => todo.href === `/lots/${opening}/hall`)
        .map((todo) => todo.what.en);
    expect(await whats(town.agent)).toEqual(['Read the bids out, one by one']);
    expect(await whats(bidder())).toEqual(['Sign in to the opening']);
    expect(await whats(town.regulator)).toEqual(['Watch the opening that goes on']);
    expect(await whats(town.stranger)).toEqual([]);
    expect(await whats(town.bidders[3] as Person)).toEqual([]);
  });

  it('is where people land after signing in', async () => {
    const signedIn = await request(house.app).get('/work').redirects(0);
    expect([signedIn.status, signedIn.headers.location]).toEqual([303, '/session?back=%2Fwork']);
  });

  it('a refused act tells nobody else’s list anything', async () => {
    await expect(house.perform(submitBid, bidder().actor, { lot: bidding })).rejects.toThrow();
    expect(JSON.stringify((await (await town.regulator.api()).get('/work')).body)).not.toContain(bidder().actor.code);
  });
});
