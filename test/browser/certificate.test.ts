import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type * as Signing from '../../src/browser/signer.ts';
import { instantOf } from '../../src/kernel/clock.ts';
import { signerFromKeyFile } from '../../src/sealing/key-file.ts';
import { signerPart } from '../../views/parts/signer.ts';
import { viewOf } from '../../views/view.ts';
import { type Person, password, registered } from '../parties/people.ts';
import { giveAuthority } from '../support/authority.ts';
import { launchChromium } from '../support/chromium.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { addressOf, serve } from '../support/serve.ts';

declare global {
  var signing: typeof Signing;
}

const inBrowser = process.env.SKIP_BROWSER === '1' ? describe.skip : describe;
const root = new URL('../..', import.meta.url).pathname;
const passphrase = 'a passphrase 1';

inBrowser('A certificate made in the browser', () => {
  let house: TestHouse;
  let server: Server;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let person: Person;
  let folder: string;
  const base = () => addressOf(server);
  const sent: string[] = [];

  beforeAll(async () => {
    await giveAuthority();
    house = await openHouse();
    server = await serve(house.app);
    browser = await launchChromium();
    folder = mkdtempSync(join(tmpdir(), 'yangguang-key-'));
    person = await registered(house, 1);
    context = await browser.newContext();
    page = await context.newPage();
    page.on('request', (request) => sent.push(request.postData() ?? ''));
    await page.goto(`${base()}/session?back=/certificates`);
    await page.fill('#f-login', person.login);
    await page.fill('#f-password', password);
    await page.click('form.form button[type=submit]');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
    await house?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('refuses two passphrases that differ, and one that other software could not read', async () => {
    const refused = async (first: string, second: string, says: string): Promise<void> => {
      await page.fill('#f-passphrase', first);
      await page.fill('#f-again', second);
      await page.click('[data-make-certificate] button[type=submit]');
      await page.locator('[data-wrong]', { hasText: says }).waitFor();
    };
    await refused(passphrase, 'a passphrase 2', '不一致');
    await refused('口令口令口令口令', '口令口令口令口令', '8 位以上');
  });

  it('gives a key file that openssl and the platform open, and the platform never saw the key', async () => {
    await page.fill('#f-passphrase', passphrase);
    await page.fill('#f-again', passphrase);
    await page.click('[data-make-certificate] button[type=submit]');
    await page.waitForSelector('[data-certificate-done]:not([hidden])', { timeout: 90_000 });
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-key-file]')]);
    const file = join(folder, 'key.p12');
    await download.saveAs(file);
    const opened = await signerFromKeyFile(new Uint8Array(readFileSync(file)), passphrase);
    if (!opened.ok) throw opened.problem;
    expect(opened.signer.certificate.code).toBe(person.code);
    expect(opened.signer.chain).toHaveLength(2);
    const pem = execFileSync('openssl', ['pkcs12', '-in', file, '-passin', `pass:${passphrase}`, '-nodes']).toString();
    expect(pem).toContain('BEGIN PRIVATE KEY');
    expect(sent.filter((body) => body.includes('CERTIFICATE REQUEST'))).toHaveLength(1);
    for (const body of sent) expect(body).not.toMatch(/PRIVATE KEY|passphrase 1/);
  }, 120_000);

  it('its file gets another passphrase, and another browser takes it in and can sign', async () => {
    const elsewhere = await (await browser.newContext({ storageState: await context.storageState() })).newPage();
    elsewhere.on('request', (request) => sent.push(request.postData() ?? ''));
    await elsewhere.goto(`${base()}/certificates`);
    await elsewhere.setInputFiles('#key-file input[type=file]', join(folder, 'key.p12'));
    await elsewhere.fill('#f-filePassphrase', 'a wrong one');
    await elsewhere.click('#key-file button[value=keep]');
    await elsewhere.locator('#key-file [data-wrong]', { hasText: '口令不正确' }).waitFor();
    await elsewhere.fill('#f-filePassphrase', passphrase);
    await elsewhere.fill('#f-nextPassphrase', 'another phrase 2');
    const [download] = await Promise.all([elsewhere.waitForEvent('download'), elsewhere.click('#key-file button[value=rewrap]')]);
    const file = join(folder, 'renewed.p12');
    await download.saveAs(file);
    const pem = execFileSync('openssl', ['pkcs12', '-in', file, '-passin', 'pass:another phrase 2', '-nodes']).toString();
    expect(pem).toContain('BEGIN PRIVATE KEY');
    expect(await signerFromKeyFile(new Uint8Array(readFileSync(file)), passphrase)).toMatchObject({ ok: false, reason: 'key-file-locked' });
    expect(await elsewhere.locator('[data-key-here]').first().isVisible()).toBe(false);
    await elsewhere.click('#key-file button[value=keep]');
    await elsewhere.locator('[data-key-here]').first().waitFor({ state: 'visible' });
    for (const body of sent) expect(body).not.toMatch(/PRIVATE KEY|another phrase 2/);
    await elsewhere.context().close();
  }, 120_000);

  it('keeps the key in this browser so that nobody can take it out', async () => {
    await page.goto(`${base()}/certificates`);
    await page.waitForSelector('[data-key-here]:not([hidden])');
    const kept = await page.evaluate(
      () =>
        new Promise<{ extractable: boolean; usages: string[] }[]>((done) => {
          const request = indexedDB.open('yangguang', 1);
          request.onsuccess = () => {
            const all = request.result.transaction('keys').objectStore('keys').getAll();
            all.onsuccess = () => done(all.result.map(({ key }) => ({ extractable: key.extractable, usages: key.usages })));
          };
        }),
    );
    expect(kept).toEqual([{ extractable: false, usages: ['sign'] }]);
  });

  it('signs on other pages with the kept key, with the key file, and with nobody else’s', async () => {
    const bundle = await build({
      stdin: {
        contents: "import * as signing from './src/browser/signer.ts'; globalThis.signing = signing;",
        resolveDir: root,
        loader: 'ts',
      },
      bundle: true,
      format: 'iife',
      platform: 'browser',
      write: false,
      logLevel: 'silent',
    });
    const state = await context.storageState({ indexedDB: false });
    expect(state.cookies.length).toBeGreaterThan(0);
    // An injected script needs the policy out of the way; the page's own scripts ran under it above.
    const session = await context.newCDPSession(page);
    await session.send('Page.setBypassCSP', { enabled: true });
    await page.goto(`${base()}/certificates`);
    const fixed = { lang: 'zh', me: null, sandbox: null, csrf: '', path: '/', problem: null, values: {}, checkpoint: null } as const;
    const now = instantOf(new Date(await page.evaluate(() => performance.timeOrigin + performance.now())));
    const view = viewOf({ ...fixed, now, asset: () => '', integrity: () => '', capitals: () => null });
    const show = (holder: string) =>
      page.evaluate((markup) => {
        (document.querySelector('main') as HTMLElement).innerHTML = markup;
      }, signerPart(view, { holder }).toString());
    await page.addScriptTag({ content: bundle.outputFiles[0]?.text ?? '' });
    const sign = () =>
      page.evaluate(async () => {
        const part = document.querySelector('[data-signer]') as HTMLElement;
        const choice = await globalThis.signing.signerChoice(part);
        const file = part.querySelector('#signer-file') as HTMLInputElement;
        if (file.dataset.use) (part.querySelector('input[value="file"]') as HTMLInputElement).checked = true;
        const signer = await choice.signer();
        const said = part.querySelector('[data-signer-wrong]')?.textContent;
        return signer === null ? said : { code: signer.certificate.code, bytes: (await signer.sign(new Uint8Array([1, 2, 3]))).length };
      });
    await show(person.code);
    expect(await sign()).toEqual({ code: person.code, bytes: 384 });
    const withFile = async (given: string) => {
      await page.setInputFiles('#signer-file', join(folder, 'key.p12'));
      await page.evaluate(
        ([word]) => {
          (document.querySelector('#signer-passphrase') as HTMLInputElement).value = word ?? '';
          (document.querySelector('#signer-file') as HTMLElement).dataset.use = 'yes';
        },
        [given],
      );
      return sign();
    };
    expect(await withFile(passphrase)).toEqual({ code: person.code, bytes: 384 });
    await show(person.code);
    expect(await withFile('another phrase')).toContain('口令不正确');
    await show('91420502MA0000000X');
    expect(await withFile(passphrase)).toContain('不属于当前单位');
  }, 60_000);
});
