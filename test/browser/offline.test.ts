import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { collectDocuments } from '../../src/bids/collect-documents.ts';
import { noteSigner, printVerifierKey } from '../../src/journal/checkpoint.ts';
import { publishClients } from '../../src/publish-clients.ts';
import { watchClient } from '../../src/watch-client.ts';
import { assetFolder, buildAssets } from '../../src/web/assets.ts';
import { pageClient } from '../../src/web/clients.ts';
import { offlineClients } from '../../src/web/downloads.ts';
import { at } from '../awards/scene.ts';
import { keyFileOf, passphrase, tenderFileOf } from '../bids/offline-scene.ts';
import { witnessedTown } from '../openness/witness.ts';
import { launchChromium } from '../support/chromium.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { publishedLot } from '../support/opened-lot.ts';
import { addressOf } from '../support/serve.ts';
import { makeTown, type Person, type Town } from '../support/town.ts';

const inBrowser = process.env.SKIP_BROWSER === '1' ? describe.skip : describe;
const folder = mkdtempSync(join(tmpdir(), 'yangguang-offline-page-'));
const file = (name: string): string => join(folder, name);

inBrowser('The offline page, from a disk, with the network off', () => {
  let house: TestHouse;
  let town: Town;
  let bidder: Person;
  let stop: () => Promise<void>;
  let server: Server;
  let browser: Browser;
  let offline: BrowserContext;
  let page: Page;
  let desk: Page;
  let lot: string;
  let key: string;
  const asked: string[] = [];
  const complaints: string[] = [];
  const base = (): string => addressOf(server);
  /** what the platform answers instead of a file of its own, by path */
  const swapped = new Map<string, (text: string) => string>();

  beforeAll(async () => {
    house = await openHouse({ at: at('2031-03-03T09:00'), rate: 1 });
    const witnessed = await witnessedTown(await makeTown(house));
    town = witnessed.town;
    stop = witnessed.stop;
    ({ lot } = await publishedLot(town));
    const clients = await offlineClients();
    await publishClients({ frame: house.frame, builds: [pageClient(await buildAssets()), clients.page.build, clients.program.build] });
    const [first] = town.bidders;
    if (!first) throw new Error('the town has no bidder');
    bidder = first;
    await house.perform(collectDocuments, bidder.actor, { lot });
    await keyFileOf(house, await bidder.token(), folder);
    const tender = await tenderFileOf(house, lot);
    key = String(tender.platform);
    writeFileSync(file('tender.json'), JSON.stringify(tender));
    mkdirSync(file('disk'));
    writeFileSync(file('disk/yangguang-bid.html'), clients.page.text);
    writeFileSync(file('施工组织设计.pdf'), '%PDF-1.7 施工组织设计');
    writeFileSync(file('资格审查资料.zip'), 'PK 资格审查资料');
    writeFileSync(
      file('清单.csv'),
      '项目编码,项目名称,计量单位,工程量,综合单价（元）,合价（元）\r\n500101,土方开挖,m³,100,18.50,1850.00\r\n',
    );
    server = createServer((request, response) => {
      const swap = swapped.get(request.url ?? '');
      if (swap === undefined) return void house.app(request, response);
      response.setHeader('content-type', 'text/javascript');
      response.end(swap(readFileSync(join(assetFolder, (request.url ?? '').replace('/assets/', '')), 'utf8')));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    browser = await launchChromium();
    offline = await browser.newContext({ locale: 'zh-CN', acceptDownloads: true });
    await offline.setOffline(true);
    page = await offline.newPage();
    page.on('request', (each) => asked.push(each.url()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(pathToFileURL(file('disk/yangguang-bid.html')).href);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
    await stop?.();
    await house?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const shot = async (name: string): Promise<void> => {
    const to = process.env.SHOTS;
    if (!to) return;
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: join(to, `${name}-${width}.png`), fullPage: true });
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  };

  it('takes the tender file, refuses another key and an altered file, and seals nothing before the key was given', async () => {
    await page.setInputFiles('#tender-file', file('tender.json'));
    await page.waitForSelector('[data-key-missing]');
    expect(await page.locator('[data-seal]').count()).toBe(0);
    const other = printVerifierKey(noteSigner('test.yangguang.example/sandbox', new Uint8Array(32).fill(7)));
    const give = async (text: string): Promise<void> => {
      await page.fill('#platform-key', text);
      await page.locator('#platform-key').blur();
    };
    await give(other);
    await page.waitForSelector('[data-tender-refused]');
    await give(key);
    await page.waitForSelector('[data-tender-verified]');
    const text = readFileSync(file('tender.json'), 'utf8');
    writeFileSync(file('bent.json'), text.replace(/"groupKey":"./, '"groupKey":"z'));
    await page.setInputFiles('#tender-file', file('bent.json'));
    await page.waitForSelector('[data-tender-refused]');
    expect(await page.locator('[data-seal]').count()).toBe(0);
    await page.setInputFiles('#tender-file', file('tender.json'));
    await page.waitForSelector('[data-tender-verified]');
    expect(await page.textContent('[data-tender]')).toContain('与招标信息文件里公布的版本一致');
    await shot('1-tender');
  }, 60_000);

  it('is filled in with a sheet and files, keeps all of it through a change of language, checks and seals into one file', async () => {
    const typed = { price: '17800000', periodDays: '240', quality: '合格', 'manager.name': '王建国', 'manager.number': '鄂1422019' };
    for (const [name, value] of Object.entries(typed)) await page.fill(`input[name="${name}"]`, value);
    await page.fill('input[name=validityDays]', '90');
    await page.fill('input[name=security]', '电子保函 BH-2026-001');
    await page.setInputFiles('#f-billOfQuantities', file('清单.csv'));
    await page.waitForSelector('[data-sheet-total]');
    await page.setInputFiles('#f-technical', file('施工组织设计.pdf'));
    await page.setInputFiles('#f-qualification', file('资格审查资料.zip'));
    await page.waitForFunction(() => document.querySelectorAll('[data-files] li').length === 2);
    await page.click('#language');
    await page.waitForSelector('text=Fill in');
    // what was typed comes back while the form is still closed
    await page.waitForSelector('[data-bid-form]:not([disabled])');
    expect(await page.inputValue('input[name=security]')).toBe('电子保函 BH-2026-001');
    expect(await page.locator('[data-files] li').count()).toBe(2);
    await page.click('#language');
    await page.waitForSelector('text=填写后点');
    await page.waitForSelector('[data-bid-form]:not([disabled])');
    await page.click('[data-check]');
    await page.check('[data-doubts] input');
    await page.setInputFiles('#signer-file', file('key.p12'));
    await page.fill('#signer-passphrase', passphrase);
    const [identity] = await Promise.all([page.waitForEvent('download'), page.click('[data-own-key-make]')]);
    await identity.saveAs(file('identity.txt'));
    await page.click('[data-seal]');
    await page.waitForSelector('[data-saving]:not([hidden])', { timeout: 60_000 });
    await shot('2-sealed');
    expect(await page.textContent('main')).toContain('密封不等于递交');
    expect(await page.textContent('main')).not.toContain('已递交：');
    const [saved] = await Promise.all([page.waitForEvent('download'), page.click('[data-save]')]);
    expect(saved.suggestedFilename()).toMatch(/\.sealed-bid$/);
    await saved.saveAs(file('my.sealed-bid'));
  }, 120_000);

  it('opens the file again with the age identity, and refuses one that was altered', async () => {
    await page.setInputFiles('#reread-sealed', file('my.sealed-bid'));
    await page.setInputFiles('#reread-identity', file('identity.txt'));
    await page.click('[data-open]');
    await page.waitForSelector('[data-reread-verified]');
    expect(await page.textContent('[data-reread-bid]')).toContain('17,800,000.00');
    const bytes = readFileSync(file('my.sealed-bid'));
    bytes[bytes.length - 3000] = (bytes[bytes.length - 3000] ?? 0) ^ 1;
    writeFileSync(file('bent.sealed-bid'), bytes);
    await page.setInputFiles('#reread-sealed', file('bent.sealed-bid'));
    await page.click('[data-open]');
    await page.waitForSelector('[data-trouble=reread]:not([hidden])');
    expect(await page.textContent('[data-trouble=reread]')).toContain('与投标声明不符');
  }, 60_000);

  it('the desk takes the file, refuses an altered one, and hands it in; its own page is a build that the journal holds', async () => {
    const online = await browser.newContext({ locale: 'zh-CN', acceptDownloads: true });
    await online.addCookies([{ name: 'yg_session', value: await bidder.token(), url: base() }]);
    desk = await online.newPage();
    await desk.goto(`${base()}/lots/${lot}/bids`);
    await desk.waitForSelector('[data-bid-form]:not([disabled])');
    await desk.setInputFiles('[data-offline-file]', file('bent.sealed-bid'));
    await desk.waitForSelector('[data-trouble=offline]:not([hidden])');
    expect(await desk.textContent('[data-trouble=offline]')).toContain('与投标声明不符');
    await desk.setInputFiles('[data-offline-file]', file('my.sealed-bid'));
    await desk.waitForSelector('[data-submit-part]:not([disabled]) [data-submit]', { timeout: 60_000 });
    await desk.waitForSelector('[data-mark=uploaded]:not([hidden])', { timeout: 60_000 });
    await desk.click('[data-submit]');
    await desk.waitForSelector('[data-receipt]:not([hidden])', { timeout: 60_000 });
    const [receipt] = await Promise.all([desk.waitForEvent('download'), desk.click('[data-receipt-json]')]);
    await receipt.saveAs(file('receipt.json'));
    const watched = await watchClient({ platform: base(), key, desk: { lot, token: await bidder.token() } });
    expect(watched.differences).toEqual([]);
    expect(watched.seen.map((each) => each.page)).toEqual([`/lots/${lot}/bids`, 'yangguang-bid.html', 'yangguang-seal.mjs']);
  }, 120_000);

  it('says submitted when the receipt verifies, and of a receipt of something else it does not', async () => {
    const notice = (JSON.parse(readFileSync(file('tender.json'), 'utf8')) as { notice: object }).notice;
    writeFileSync(file('notice.json'), JSON.stringify(notice));
    await page.setInputFiles('#receipt-sealed', file('my.sealed-bid'));
    await page.setInputFiles('#receipt-files', file('notice.json'));
    await page.click('[data-judge]');
    await page.waitForSelector('[data-trouble=receipt]:not([hidden])');
    expect(await page.textContent('[data-trouble=receipt]')).toContain('说的不是这份密封投标');
    expect(await page.locator('[data-standing]').count()).toBe(0);
    await page.setInputFiles('#receipt-files', file('receipt.json'));
    await page.click('[data-judge]');
    await page.waitForSelector('[data-standing=submitted]');
    expect(await page.textContent('[data-receipt-result]')).toContain('已递交：回执核验无误');
    await shot('3-submitted');
  }, 60_000);

  it('asked for nothing but itself and complained of nothing', () => {
    expect(asked.filter((url) => !/^(file|blob):/.test(url))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('a script that the server altered does not run, and the watcher finds it', async () => {
    const path = `/assets/${(await buildAssets()).files['seal-bid.js']}`;
    swapped.set(path, (text) => `document.documentElement.dataset.doctored = 'yes';${text}`);
    const context = await browser.newContext({ locale: 'zh-CN' });
    await context.addCookies([{ name: 'yg_session', value: await bidder.token(), url: base() }]);
    const victim = await context.newPage();
    const said: string[] = [];
    victim.on('console', (message) => said.push(message.text()));
    await victim.goto(`${base()}/lots/${lot}/bids`);
    await victim.waitForFunction(() => document.documentElement.dataset.script === 'on');
    expect(await victim.evaluate(() => document.documentElement.dataset.doctored)).toBeUndefined();
    expect(said.join('\n')).toMatch(/integrity/);
    const watched = await watchClient({ platform: base(), key, desk: { lot, token: await bidder.token() } });
    expect(watched.differences.map(({ kind, where }) => [kind, where])).toEqual([['asset-differs', path]]);
    expect((await watchClient({ platform: base(), key })).differences.map(({ kind }) => kind)).toEqual(['asset-differs']);
    swapped.clear();
  }, 60_000);
});
