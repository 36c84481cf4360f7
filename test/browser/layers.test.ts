import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { OpeningItem } from '../../src/openings/schema.ts';
import { newAgeIdentity } from '../../src/sealing/envelope.ts';
import { sessionCookie } from '../../src/web/sessions.ts';
import { addressOf, close, listening } from '../custody/scene.ts';
import { type LayeredLot, layeredLot } from '../layers/scene.ts';
import { launchChromium } from '../support/chromium.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { until } from '../support/opened-lot.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

const inBrowser = process.env.SKIP_BROWSER === '1' ? describe.skip : describe;
jest.setTimeout(120_000);

inBrowser('Bidders remove their layers in the hall, in real browsers', () => {
  let house: TestHouse;
  let town: Town;
  let scene: LayeredLot;
  let server: Server;
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    house = await openHouse({ at: soon() });
    town = await makeTown(house, { bidders: 3 });
    scene = await layeredLot(town);
    server = await listening(createServer(house.app));
    browser = await launchChromium();
    folder = mkdtempSync(join(tmpdir(), 'yangguang-layers-'));
    for (const [at, identity] of scene.identities.entries()) writeFileSync(join(folder, `${at}.txt`), `${identity}\n`);
    writeFileSync(join(folder, 'other.txt'), `${(await newAgeIdentity()).identity}\n`);
  });
  afterAll(async () => {
    await browser?.close();
    await close(server);
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function hall(who: Person | null): Promise<Page> {
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
    if (who) await context.addCookies([{ name: sessionCookie, value: await who.token(), url: addressOf(server) }]);
    const page = await context.newPage();
    await page.goto(`${addressOf(server)}/lots/${scene.lot}/hall`);
    return page;
  }
  const bidder = (at: number): Person => {
    const found = town.bidders[at];
    if (!found) throw new Error('no such bidder');
    return found;
  };

  it('a wrong key is told beside the choice and nothing is sent; the right one removes the layer, and everybody sees it', async () => {
    const page = await hall(bidder(0));
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`));
    await page.getByText('请解密贵单位的投标文件').waitFor();
    await page.setInputFiles('[data-layer-desk] input[type="file"]', join(folder, 'other.txt'));
    await page.locator('[data-layer-own] button[type="submit"]').click();
    await page.getByText('密钥不对').waitFor();
    expect(sent.some((text) => text.startsWith('POST'))).toBe(false);
    await page.setInputFiles('[data-layer-desk] input[type="file"]', join(folder, '0.txt'));
    await page.locator('[data-layer-own] button[type="submit"]').click();
    await page.locator('[data-layer-own]').waitFor({ state: 'detached' });
    expect(sent.some((text) => text.includes(scene.identities[0] ?? '?'))).toBe(false);
    const gallery = await hall(null);
    await gallery.getByText('投标人解密').first().waitFor();
    const { body } = await house.api().get(`/lots/${scene.lot}/layers`);
    expect(
      JSON.stringify(body)
        .match(/"state":"(waits|removed)"/g)
        ?.sort(),
    ).toEqual(['"state":"removed"', '"state":"waits"', '"state":"waits"']);
    expect(await gallery.getByText('待解密').count()).toBeGreaterThanOrEqual(2);
    expect(await gallery.locator('[data-layer-own]').count()).toBe(0);
    expect(await gallery.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await gallery.setViewportSize({ width: 390, height: 844 });
    expect(await gallery.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });

  it('when all have, the council opens at once', async () => {
    for (const at of [1, 2]) {
      const page = await hall(bidder(at));
      await page.setInputFiles('[data-layer-desk] input[type="file"]', join(folder, `${at}.txt`));
      await page.locator('[data-layer-own] button[type="submit"]').click();
      await page.locator('[data-layer-own]').waitFor({ state: 'detached' });
    }
    await until(town, async () => (await house.em().count(OpeningItem, { lot: scene.lot, state: 'opened' })) === 3);
  });
});
