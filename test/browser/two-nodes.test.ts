import { type ChildProcess, spawn } from 'node:child_process';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { eventsOfLot } from '../../src/journal/reads.ts';
import { later } from '../../src/kernel/clock.ts';
import { DrawRequest, OpeningItem } from '../../src/openings/schema.ts';
import { launchChromium } from '../support/chromium.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { councilAnswers, houseNow, openingLot, phaseOf } from '../support/opened-lot.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

const inBrowser = process.env.SKIP_BROWSER === '1' ? describe.skip : describe;

/** A process that is killed as a failing machine kills: at once. */
interface Member {
  readonly port: number;
  readonly child: ChildProcess;
  alive: boolean;
}

async function start(kind: 'web' | 'worker', house: TestHouse): Promise<Member> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'members/hall-node.ts'), kind, house.database.url, house.uploads], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((ready, failed) => {
    child.stdout?.on('data', (text: Buffer) => {
      const said = /ready (\d+)/.exec(text.toString())?.[1];
      if (said !== undefined) ready(Number(said));
    });
    child.once('exit', (code) => failed(new Error(`the ${kind} process ended with ${code}`)));
  });
  return { port, child, alive: true };
}

async function kill(member: Member | undefined): Promise<void> {
  if (!member?.alive) return;
  member.alive = false;
  if (member.child.exitCode !== null) return;
  const gone = new Promise<void>((done) => member.child.once('exit', () => done()));
  member.child.kill('SIGKILL');
  await gone;
}

inBrowser('One hall on two web nodes and two workers: real processes, five browsers', () => {
  let house: TestHouse;
  let town: Town;
  let lot: string;
  let browser: Browser;
  let proxy: Server;
  let served = 0;
  const webs: Member[] = [];
  const workers: Member[] = [];
  const lines = new Set<Socket>();
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];
  let pages: Page[] = [];
  const host = (): Page => pages[0] as Page;
  const base = (): string => `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;

  /** What stands before the nodes: each connection goes to the next node that lives. */
  function startProxy(): Promise<Server> {
    const server = createServer((socket) => {
      const living = webs.filter((web) => web.alive);
      const to = living[served++ % Math.max(1, living.length)];
      if (!to) return socket.destroy();
      const onward = connect(to.port, '127.0.0.1');
      for (const [one, other] of [[socket, onward] as const, [onward, socket] as const]) {
        lines.add(one);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          lines.delete(one);
          other.destroy();
        });
        one.pipe(other);
      }
    });
    return new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(server)));
  }

  async function enter(who: Person | null): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    contexts.push(context);
    if (who) await context.addCookies([{ name: 'yg_session', value: await who.token(), url: base() }]);
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`${base()}/lots/${lot}/hall`);
    return page;
  }
  const says = (page: Page, text: string) => page.locator('[data-live="reading"]', { hasText: text }).waitFor({ timeout: 30_000 });
  const everybodySees = async (text: string): Promise<void> => {
    for (const page of pages) await says(page, text);
  };
  const entries = (page: Page): Promise<string[]> =>
    page
      .locator('[data-live="record"] [data-index]')
      .evaluateAll((found) => found.map((each) => (each as HTMLElement).dataset.index ?? ''));
  const readNext = (): Promise<void> => host().locator('form[action$="/readings"] button[type=submit]').click();
  const read = (): Promise<number> => house.em().count(OpeningItem, { lot, readAt: { $ne: null } });
  async function eventually(holds: () => Promise<boolean>): Promise<void> {
    for (let round = 0; round < 400; round += 1) {
      if (await holds()) return;
      await councilAnswers(town);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('it did not come about');
  }

  beforeAll(async () => {
    house = await openHouse({ at: soon() });
    town = await makeTown(house, { bidders: 5 });
    ({ lot } = await openingLot(town, { prices: ['17800000.00', '17900000.00', '18000000.00', '18100000.00', '18200000.00'] }));
    webs.push(...(await Promise.all([start('web', house), start('web', house)])));
    workers.push(await start('worker', house));
    workers.push(await start('worker', house));
    proxy = await startProxy();
    browser = await launchChromium();
    pages = await Promise.all([town.agent, town.bidders[0] as Person, town.bidders[1] as Person, town.regulator, null].map(enter));
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    for (const line of lines) line.destroy();
    await new Promise<void>((closed) => (proxy ? proxy.close(() => closed()) : closed()));
    for (const member of [...webs, ...workers]) await kill(member);
    await house?.close();
  });

  it('both nodes serve it, and everybody sees each reading', async () => {
    await readNext();
    await everybodySees('第 1 家，共 5 家');
    expect(served).toBeGreaterThan(1);
  }, 120_000);

  it('a web node is killed in mid-reading: those who were on it go on on the other, with nothing lost and nothing doubled', async () => {
    await readNext();
    await kill(webs[0]);
    await everybodySees('第 2 家，共 5 家');
    await says(host(), '第 2 家，共 5 家');
    await readNext();
    await everybodySees('第 3 家，共 5 家');
    await eventually(async () => {
      const seen = await Promise.all(pages.map(entries));
      return seen.every((each) => JSON.stringify(each) === JSON.stringify(seen[0]));
    });
    const [there = []] = await Promise.all(pages.map(entries));
    expect(new Set(there).size).toBe(there.length);
  }, 180_000);

  it('the worker that runs the session is killed: another reads on when the host stays silent, draws, and closes the record', async () => {
    await kill(workers[0]);
    await house.clock.to(later(await houseNow(house), 6 * 60_000));
    await eventually(async () => (await read()) === 4);
    await everybodySees('第 4 家，共 5 家');
    await house.clock.to(later(await houseNow(house), 6 * 60_000));
    await eventually(async () => (await read()) === 5);
    await eventually(async () => (await house.em().count(DrawRequest, { lot, completedAt: { $ne: null } })) === 1);
    await everybodySees('请核对开标记录');
    await house.clock.to(later(await houseNow(house), 31 * 60_000));
    await eventually(async () => (await phaseOf(house, lot)) === 'opened');
    await everybodySees('开标结束');
  }, 240_000);

  it('the journal holds each step once: five readings in order, one draw, one record', async () => {
    const events = await eventsOfLot(house.em(), lot);
    const data = (type: string) => events.filter(({ event }) => event.type === type).map(({ event }) => event.data as { order?: number });
    expect(data('bid.read').map(({ order }) => order)).toEqual([1, 2, 3, 4, 5]);
    for (const type of ['opening.started', 'opening.combined', 'draw.requested', 'draw.completed', 'record.closed'])
      expect([type, data(type).length]).toEqual([type, 1]);
  });

  it('no page complained', () => expect(complaints).toEqual([]));
});
