import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { Envelope } from '../../src/bids/schema.ts';
import { OpeningItem } from '../../src/openings/schema.ts';
import { newAgeIdentity, rereadOwn } from '../../src/sealing/envelope.ts';
import { sessionCookie } from '../../src/web/sessions.ts';
import { keyFileOf, passphrase } from '../bids/offline-scene.ts';
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
    scene = await layeredLot(town, undefined, undefined, { remedyPlan: 'sealed-copy', remedyMinutes: 20 });
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

  /** The certificate key that signs, as a file with its passphrase. */
  async function signs(page: Page, at: number): Promise<void> {
    const key = await keyFileOf(house, await bidder(at).token(), folder);
    await page.setInputFiles('#signer-file', key);
    await page.fill('#signer-passphrase', passphrase);
  }
  const outerOf = async (at: number): Promise<string> => {
    const { fileKey } = await house.em().findOneOrFail(Envelope, { submission: scene.bids[at] ?? '' });
    return house.files.localPath(fileKey ?? '');
  };
  const copyIn = (page: Page) => page.locator('[data-copy-desk] input[type="file"]');

  it('a bidder that has lost its key hands in the inner copy it kept; another file is told beside the choice and not sent', async () => {
    const outer = readFileSync(await outerOf(1));
    const within = await rereadOwn(scene.identities[1] ?? '', new Blob([outer]).stream());
    writeFileSync(join(folder, 'inner.age'), new Uint8Array(await new Response(within as BodyInit).arrayBuffer()));
    writeFileSync(join(folder, 'outer.age'), outer);
    const page = await hall(bidder(1));
    await page.getByText('密钥丢失？可提交内层密封副本').click();
    await signs(page, 1);
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.method()));
    await copyIn(page).setInputFiles(join(folder, 'outer.age'));
    await page.getByText('签名并提交副本').click();
    await page.getByText('这份副本还带着外层').waitFor();
    await copyIn(page).setInputFiles(join(folder, '0.txt'));
    await page.getByText('签名并提交副本').click();
    await page.getByText('这不是截止前签名递交的那一份').waitFor();
    expect(sent.filter((method) => method !== 'GET')).toEqual([]);
    await copyIn(page).setInputFiles(join(folder, 'inner.age'));
    await page.getByText('签名并提交副本').click();
    await page.getByText('已提交内层密封副本').first().waitFor();
    await page.locator('[data-copy-own]').waitFor({ state: 'detached' });
    // what was handed in is said in the place of the form, at once
    await page.locator('[data-copy-done]').waitFor({ state: 'visible' });
    expect(await page.locator('[data-copy-send]').isVisible()).toBe(false);
  });

  it('when all have, the council opens at once; where the platform’s file is damaged the hall waits for its bidder’s copy, by name', async () => {
    const kept = readFileSync(await outerOf(2));
    writeFileSync(join(folder, 'kept.age'), kept);
    writeFileSync(await outerOf(2), kept.subarray(0, kept.length - 1));
    const page = await hall(bidder(2));
    await page.setInputFiles('[data-layer-desk] input[type="file"]', join(folder, '2.txt'));
    await page.locator('[data-layer-own] button[type="submit"]').click();
    await page.locator('[data-layer-own]').waitFor({ state: 'detached' });
    await until(town, async () => (await house.em().count(OpeningItem, { lot: scene.lot, state: 'opened' })) === 2);
    await until(town, async () => (await house.em().count(OpeningItem, { lot: scene.lot, copyAwaitedAt: { $ne: null } })) === 1);
    const gallery = await hall(null);
    await gallery.getByText('等待提交密封副本').waitFor();
    await page.getByText('请提交贵单位自存的密封副本').waitFor();
    for (const width of [390, 1440]) {
      for (const each of [gallery, page]) {
        await each.setViewportSize({ width, height: 900 });
        expect(await each.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      }
      await looked(gallery, `waits-${width}`);
      await looked(page, `own-${width}`);
    }
    await signs(page, 2);
    await copyIn(page).setInputFiles(join(folder, 'kept.age'));
    await page.getByText('签名并提交副本').click();
    await gallery.getByText('已提交密封副本').first().waitFor();
    await until(town, async () => (await house.em().count(OpeningItem, { lot: scene.lot, state: 'opened' })) === 3);
  });

  /** Kept to be looked at where `PICTURES` names a folder. */
  async function looked(page: Page, name: string): Promise<void> {
    if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, `${name}.png`), fullPage: true });
  }
});
