import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { Submission } from '../../src/bids/schema.ts';
import { OpeningItem } from '../../src/openings/schema.ts';
import { suiteOf } from '../../src/sealing/certificate.ts';
import { signerFromKeyFile } from '../../src/sealing/key-file.ts';
import { verifyDetached } from '../../src/sealing/signature.ts';
import { submissionBytes, submissionShape } from '../../src/sealing/statement.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { password } from '../parties/people.ts';
import { withOpenssl } from '../sealing/pki.ts';
import { launchChromium } from '../support/chromium.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { phaseOf, publishedLot, submitSealed, until } from '../support/opened-lot.ts';
import { addressOf, serve } from '../support/serve.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

const inBrowser = process.env.SKIP_BROWSER === '1' ? describe.skip : describe;
const passphrase = 'a passphrase 1';

inBrowser('A bid signed with SM2 in a real browser', () => {
  let house: TestHouse;
  let town: Town;
  let bidder: Person;
  let lot: string;
  let server: Server;
  let browser: Browser;
  let page: Page;
  let folder: string;
  const sent: string[] = [];
  const complaints: string[] = [];
  const base = (): string => addressOf(server);
  const keyFile = (): string => join(folder, 'key.pem');

  beforeAll(async () => {
    house = await openHouse({ at: soon(), rate: 1 });
    town = await makeTown(house, { experts: 1 });
    [, , bidder] = town.bidders as [Person, Person, Person];
    ({ lot } = await publishedLot(town));
    for (const [at, rival] of town.bidders.slice(0, 2).entries()) await submitSealed(town, lot, rival, { price: `1790000${at}.00` });
    server = await serve(house.app);
    folder = mkdtempSync(join(tmpdir(), 'yangguang-sm2-'));
    browser = await launchChromium();
    page = await (await browser.newContext({ acceptDownloads: true })).newPage();
    page.on('request', (request) => {
      if (request.method() !== 'GET') sent.push(request.postDataBuffer()?.toString('latin1') ?? '');
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/503|Failed to load resource/.test(message.text())) complaints.push(message.text());
    });
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
    await house?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('RSA is what the page offers first; SM2 is chosen, and its key is not offered for keeping', async () => {
    await page.goto(`${base()}/session?back=/certificates`);
    await page.fill('#f-login', bidder.login);
    await page.fill('#f-password', password);
    await page.click('form[action="/session"] button[type=submit]');
    expect(await page.isChecked('input[name=suite][value=international]')).toBe(true);
    expect(await page.isVisible('#f-remember')).toBe(true);
    await page.check('input[name=suite][value=sm]');
    await page.waitForSelector('#f-remember', { state: 'hidden' });
  }, 60_000);

  it('gives a key file under SM4 that openssl opens; the platform never saw the key, and the browser keeps none', async () => {
    await page.fill('#f-passphrase', passphrase);
    await page.fill('#f-again', passphrase);
    await page.click('[data-make-certificate] button[type=submit]');
    await page.waitForSelector('[data-certificate-done]:not([hidden])', { timeout: 60_000 });
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-key-file]')]);
    expect(download.suggestedFilename()).toMatch(/\.pem$/);
    await download.saveAs(keyFile());
    const opened = await signerFromKeyFile(new Uint8Array(readFileSync(keyFile())), passphrase);
    if (!opened.ok) throw opened.problem;
    expect(opened.signer).toMatchObject({ scheme: 'sm2-sm3', certificate: { code: bidder.actor.code } });
    expect([opened.signer.certificate, ...opened.signer.chain].map(suiteOf)).toEqual(['sm', 'sm', 'sm']);
    if (withOpenssl) {
      const text = execFileSync('openssl', ['pkey', '-in', keyFile(), '-passin', `pass:${passphrase}`, '-noout', '-text']).toString();
      expect(text).toContain('ASN1 OID: SM2');
    }
    for (const body of sent) expect(body).not.toMatch(/PRIVATE KEY|passphrase 1/);
    const kept = await page.evaluate(() => indexedDB.databases().then((all) => all.map(({ name }) => name)));
    await page.goto(`${base()}/certificates`);
    expect(await page.textContent('main')).toContain('国密 SM2');
    expect(await page.locator('[data-key-here]:not([hidden])').count()).toBe(0);
    expect(kept.filter((name) => name !== 'yangguang')).toEqual([]);
  }, 120_000);

  it('the bid is filled in, signed with the key file, sealed, uploaded and submitted', async () => {
    await page.goto(`${base()}/lots/${lot}/bids`);
    await page.click('.empty-state a');
    await page.click(`form[action="/lots/${lot}/interest"] button[type=submit]`);
    await page.goto(`${base()}/lots/${lot}/bids`);
    await page.waitForSelector('[data-bid-form]:not([disabled])');
    const typed = {
      price: '18123456.78',
      periodDays: '200',
      quality: '合格',
      'manager.name': '欧阳建国',
      'manager.number': '鄂1422021202103456',
    };
    for (const [name, value] of Object.entries({ ...typed, validityDays: '120', security: '电子保函 BH20311101' }))
      await page.fill(`input[name="${name}"]`, value);
    const files = {
      billOfQuantities: { name: '清单.csv', mimeType: 'text/csv', buffer: Buffer.from(bill) },
      technical: { name: '施工组织设计.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 施工组织设计') },
      qualification: { name: '资格审查资料.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 资格审查资料') },
    };
    for (const [name, file] of Object.entries(files)) await page.setInputFiles(`#f-${name}`, file);
    await page.waitForSelector('[data-files=qualification] li');
    await page.setInputFiles('#signer-file', keyFile());
    await page.fill('#signer-passphrase', 'another passphrase');
    await page.click('[data-check]');
    expect(await page.textContent('[data-findings]')).toContain('检查通过');
    await Promise.all([page.waitForEvent('download'), page.click('[data-own-key-make]')]);
    await page.click('[data-seal]');
    await page.waitForSelector('[data-signer-wrong]:not([hidden])');
    expect(await page.textContent('[data-signer-wrong]')).toContain('口令不正确');
    await page.fill('#signer-passphrase', passphrase);
    await page.click('[data-seal]');
    await page.waitForSelector('text=文件已完整上传', { timeout: 60_000 });
    await page.click('[data-submit]');
    await page.waitForSelector('[data-receipt]:not([hidden])', { timeout: 30_000 });
    expect(await page.textContent('[data-receipt] .seal-verified')).toContain('已递交，回执核验无误');
    const row = await house.em().findOneOrFail(Submission, { lot, bidder: bidder.actor.code ?? '' });
    const statement = submissionShape.parse(row.statement);
    const verdict = await verifyDetached(Buffer.from(row.signature, 'base64'), submissionBytes(statement), 'any-certificate');
    expect(verdict.ok && suiteOf(verdict.signer)).toBe('sm');
  }, 120_000);

  it('the bidder rereads it, and the browser verifies the SM2 signature', async () => {
    await page.waitForSelector('[data-submission] [data-mark=verified]:not([hidden])');
    await page.click('[data-reread]');
    await page.waitForSelector('[data-reread-verified]', { timeout: 60_000 });
    expect(await page.textContent('[data-reread-bid]')).toContain('¥18,123,456.78');
  }, 60_000);

  it('the opening accepts it beside those of the other suite', async () => {
    const { deadline } = await house.em().findOneOrFail(Lot, { id: lot });
    if (!deadline) throw new Error('a published lot has a deadline');
    await house.clock.to(deadline);
    await until(
      town,
      async () => (await phaseOf(house, lot)) === 'opening' && (await house.em().count(OpeningItem, { lot, state: 'sealed' })) === 0,
    );
    const items = await house.em().find(OpeningItem, { lot });
    expect(items.map(({ state }) => state)).toEqual(['opened', 'opened', 'opened']);
    expect(complaints).toEqual([]);
  }, 60_000);
});

const bill = `\uFEFF${[
  ['项目编码', '项目名称', '计量单位', '工程量', '综合单价', '合价'],
  ['010401003001', '砖墙', 'm3', '10000', '1812.345678', '18123456.78'],
]
  .map((row) => row.join(','))
  .join('\r\n')}\r\n`;
