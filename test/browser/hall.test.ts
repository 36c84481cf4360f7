import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { DrawRequest } from '../../src/openings/schema.ts';
import { issueCertificateAct } from '../../src/parties/issue-certificate.ts';
import { sessionOf } from '../../src/parties/reads.ts';
import { readCertificates } from '../../src/sealing/certificate.ts';
import { createSigningRequest, signingRequestPem } from '../../src/sealing/issuing.ts';
import { createKeyFile } from '../../src/sealing/key-file.ts';
import { newKeyPair } from '../../src/sealing/signer.ts';
import { lotView } from '../../src/tenders/reads.ts';
import { type Live, startLive } from '../../src/web/live.ts';
import { editionsOf } from '../../src/web/public-edition.ts';
import { faultsOf } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { walkByKeyboard } from '../support/keyboard.ts';
import { openingLot, until } from '../support/opened-lot.ts';
import { addressOf, serve } from '../support/serve.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

const inBrowser = process.env.SKIP_BROWSER === '1' ? describe.skip : describe;

inBrowser('A session in real browsers: host, two bidders, regulator, gallery', () => {
  let house: TestHouse;
  let town: Town;
  let lot: string;
  let server: Server;
  let live: Live;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];
  let host: Page;
  let bidder: Page;
  let rival: Page;
  let regulator: Page;
  let gallery: Page;
  let keyFile: Buffer;
  const passphrase = 'opening-day-2026';
  const base = (): string => addressOf(server);

  async function enter(who: Person | null): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    contexts.push(context);
    if (who) await context.addCookies([{ name: 'yg_session', value: await who.token(), url: base() }]);
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    // what is handed to the browser's voice; a machine without loudspeakers has none
    await page.addInitScript(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      Object.defineProperty(window, 'speechSynthesis', {
        value: { speak: (said: SpeechSynthesisUtterance) => heard.push(`${said.lang} ${said.text}`), cancel: () => heard.push('silence') },
      });
    });
    await page.goto(`${base()}/lots/${lot}/hall`);
    return page;
  }
  const heard = (page: Page): Promise<string[]> => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
  const entries = (page: Page): Promise<string[]> =>
    page
      .locator('[data-live="record"] [data-index]')
      .evaluateAll((found) => found.map((each) => (each as HTMLElement).dataset.index ?? ''));
  const says = (page: Page, text: string) => page.locator('[data-live="reading"]', { hasText: text }).waitFor({ timeout: 15_000 });
  const readNext = (): Promise<void> => host.locator('form[action$="/readings"] button[type=submit]').click();

  /** Hands a key file of the bidder to the page, as somebody does who keeps no key in this browser. */
  const chooseKey = async (page: Page, word: string): Promise<void> => {
    await page.setInputFiles('#signer-file', { name: 'key.p12', mimeType: 'application/x-pkcs12', buffer: keyFile });
    await page.fill('#signer-passphrase', word);
  };
  async function madeKeyFile(who: Person): Promise<Buffer> {
    const pair = await newKeyPair();
    const csr = signingRequestPem(await createSigningRequest({ commonName: 'applicant' }, pair));
    const { result } = await house.perform(issueCertificateAct, who.actor, { csr });
    const [certificate, ...chain] = readCertificates(`${result.certificate}${result.chain}`);
    if (!certificate) throw new Error('no certificate came back');
    return Buffer.from(await createKeyFile(pair.privateKey, certificate, chain, passphrase));
  }

  beforeAll(async () => {
    house = await openHouse({ at: soon() });
    town = await makeTown(house, { bidders: 5 });
    ({ lot } = await openingLot(town, { prices: ['17800000.00', '17900000.00', '18000000.00', '18100000.00', '18200000.00'] }));
    keyFile = await madeKeyFile(town.bidders[0] as Person);
    server = await serve(house.app);
    live = await startLive({
      server,
      url: house.database.url,
      fork: house.frame.fork,
      whoIs: (token) => sessionOf(house.frame.fork(), token),
      lotView,
      editions: editionsOf(house.app),
      log: (line, error) => console.error(line, error ?? ''),
    });
    browser = await launchChromium();
    [host, bidder, rival, regulator, gallery] = (await Promise.all(
      [town.agent, town.bidders[0] as Person, town.bidders[1] as Person, town.regulator, null].map(enter),
    )) as [Page, Page, Page, Page, Page];
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await live?.stop();
    server?.closeAllConnections();
    await new Promise<void>((closed) => server.close(() => closed()));
    await house?.close();
  });

  it('is without fault for a screen reader in its states, on a screen and on a phone', async () => {
    for (const page of [host, bidder, gallery]) expect(await faultsOf(page)).toEqual([]);
    await gallery.setViewportSize({ width: 390, height: 844 });
    expect(await faultsOf(gallery)).toEqual([]);
    expect(await gallery.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    // only what is read now is announced, and politely: the lists beside it do not chatter
    expect(
      await gallery
        .locator('[data-live][aria-live]')
        .evaluateAll((found) => found.map((each) => [(each as HTMLElement).dataset.live, each.getAttribute('aria-live')])),
    ).toEqual([['reading', 'polite']]);
    await gallery.setViewportSize({ width: 1280, height: 900 });
  }, 90_000);

  it('a bidder signs in to the session, and everybody sees it', async () => {
    await chooseKey(bidder, '不是口令');
    await bidder.locator('form[action$="/attendance"] button[type=submit]').click();
    await bidder.locator('[data-signer-wrong]:not([hidden])').waitFor();
    await bidder.fill('#signer-passphrase', passphrase);
    await bidder.locator('form[action$="/attendance"] button[type=submit]').click();
    await bidder.locator('form[action$="/attendance"]').waitFor({ state: 'detached', timeout: 15_000 });
    for (const page of [host, rival, regulator, gallery])
      await page.locator('[data-live="record"] [data-index]', { hasText: '签到' }).first().waitFor({ timeout: 15_000 });
  }, 60_000);

  it('the host reads; every screen says the same: the bidder, the amount in figures and in capitals', async () => {
    await gallery.locator('[data-speech-switch]').click();
    await readNext();
    for (const page of [host, bidder, rival, regulator, gallery]) await says(page, '第 1 家，共 5 家');
    const shown = await Promise.all(
      [host, bidder, gallery].map((page) => page.locator('[data-live="reading"] .money-capitals').textContent()),
    );
    expect(new Set(shown).size).toBe(1);
    expect(shown[0]).toMatch(/^[壹贰叁肆伍陆柒捌玖拾佰仟万元整]+$/);
  }, 60_000);

  it('who asked for it hears each reading once, and nobody else hears anything', async () => {
    await expect(heard(gallery)).resolves.toEqual([expect.stringMatching(/^zh-CN 第1家，.+，投标报价壹仟.+元整$/)]);
    expect(await heard(rival)).toEqual([]);
    await gallery.locator('[data-speech-switch]').click();
    expect(await heard(gallery)).toHaveLength(2);
  }, 60_000);

  it('a line that is gone for a while loses nothing and doubles nothing', async () => {
    const [away, other] = [contexts[4] as BrowserContext, contexts[2] as BrowserContext];
    await away.setOffline(true);
    await other.setOffline(true);
    await readNext();
    await says(host, '第 2 家，共 5 家');
    await readNext();
    await says(host, '第 3 家，共 5 家');
    await away.setOffline(false);
    await other.setOffline(false);
    for (const page of [gallery, rival]) {
      await says(page, '第 3 家，共 5 家');
      const there = await entries(page);
      expect(there).toEqual(await entries(host));
      expect(new Set(there).size).toBe(there.length);
    }
  }, 90_000);

  it('it goes on to the end: draw and record, on the keyboard alone', async () => {
    for (const place of [4, 5]) {
      await host.locator('form[action$="/readings"] button[type=submit]').focus();
      await host.keyboard.press('Enter');
      await says(regulator, `第 ${place} 家，共 5 家`).catch(async () => says(regulator, '抽取'));
    }
    await gallery.locator('[data-live="prices"]', { hasText: '17,800,000.00' }).waitFor();
    await gallery.locator('[data-live="prices"]', { hasText: '18,200,000.00' }).waitFor();
  }, 60_000);

  it('the host walks the hall with the keyboard alone: from the head of the page to the act, in order, and nothing traps it', async () => {
    await host.reload();
    await host.emulateMedia({ reducedMotion: 'reduce' });
    const { stops, missed } = await walkByKeyboard(host);
    expect(stops.map(({ what, lost }) => [what, lost]).filter(([, lost]) => lost !== null)).toEqual([]);
    expect(missed).toEqual([]);
    expect(stops.length).toBeGreaterThan(8);
  }, 60_000);

  it('the bidder confirms the record with its certificate; the host ends the session; everybody sees who signed', async () => {
    await until(town, async () => (await house.em().count(DrawRequest, { lot, completedAt: { $ne: null } })) > 0);
    await bidder.locator('form[action$="/confirmations"]').waitFor({ timeout: 15_000 });
    await chooseKey(bidder, passphrase);
    await bidder.locator('form[action$="/confirmations"] button[type=submit]').click();
    for (const page of [host, rival, regulator, gallery])
      await page.locator('[data-live="confirmation"]', { hasText: '已签名确认' }).waitFor({ timeout: 15_000 });
    await host.locator('form[action$="/record"] summary').click();
    await host.locator('form[action$="/record"] input[type=checkbox]').check();
    await host.locator('form[action$="/record"] button[type=submit]').click();
    for (const page of [rival, regulator, gallery]) await says(page, '开标结束');
    expect(await faultsOf(gallery)).toEqual([]);
    await gallery.goto(`${base()}/lots/${lot}/screen`);
    await says(gallery, '开标结束');
    expect(await faultsOf(gallery)).toEqual([]);
    // on paper: what was read, and no forms
    await gallery.goto(`${base()}/lots/${lot}/hall`);
    await gallery.emulateMedia({ media: 'print' });
    expect(
      await gallery.locator('form').evaluateAll((found) => found.filter((each) => (each as HTMLElement).offsetParent !== null).length),
    ).toBe(0);
    expect(await gallery.locator('[data-live="prices"]').isVisible()).toBe(true);
    await gallery.emulateMedia({ media: null });
    await gallery.goto(`${base()}/lots/${lot}/record`);
    expect(await gallery.locator('main').textContent()).toContain(town.bidders[0]?.actor.organisationName);
  }, 90_000);

  it('no page complained', () => expect(complaints).toEqual([]));
});
