import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import PDFDocument from 'pdfkit';
import type { Browser, Page } from 'playwright-core';
import { Envelope, Submission } from '../../src/bids/schema.ts';
import { makeCode } from '../../src/parties/code.ts';
import { combine, evaluate } from '../../src/sealing/council.ts';
import { decryptFile } from '../../src/sealing/decrypt-node.ts';
import { unwrapFileKey } from '../../src/sealing/envelope.ts';
import { bytesSource, verifyPackage } from '../../src/sealing/package-reader.ts';
import type { Part } from '../../src/sealing/shapes.ts';
import { council, secretShares } from '../bids/scene.ts';
import { giveAuthority } from '../support/authority.ts';
import { launchChromium } from '../support/chromium.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { addressOf, serve } from '../support/serve.ts';
import { at, cast, publishedLot, withCouncil } from '../tenders/scene.ts';

const inBrowser = process.env.SKIP_BROWSER === '1' ? describe.skip : describe;
const password = 'sunlit-harbour-7';
const passphrase = 'a passphrase 1';
const code = makeCode('420502', 78);
const bill = '项目编码,项目名称,计量单位,工程量,综合单价（元）,合价（元）\n1,土方,m3,1,9123456.78,9123456.78\n';

/** A plan of two pages in an embedded typeface, whose program kept who wrote it. */
async function written(words: string): Promise<Buffer> {
  const document = new PDFDocument({ info: { Author: '张伟' } });
  document.font(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'));
  document.text('第一章 施工部署').addPage().text(words);
  document.end();
  return buffer(document);
}

inBrowser('A bid of two envelopes in a real browser', () => {
  let house: TestHouse;
  let server: Server;
  let browser: Browser;
  let page: Page;
  let lot: string;
  /** its construction plans are judged blind */
  let blind: string;
  const folder = mkdtempSync(join(tmpdir(), 'yangguang-envelopes-'));
  const complaints: string[] = [];
  const base = (): string => addressOf(server);
  const paper = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.7 ${name}`) });

  /** Everything but the attachments. */
  async function fillIn(): Promise<void> {
    for (const [name, value] of Object.entries({
      periodDays: '200',
      quality: '合格',
      'manager.name': '欧阳建国',
      'manager.number': '鄂1422021202103456',
      validityDays: '120',
      security: '电子保函 BH20311101',
      price: '9123456.78',
    }))
      await page.fill(`input[name="${name}"]`, value);
    await page.setInputFiles('#f-billOfQuantities', { name: '清单.csv', mimeType: 'text/csv', buffer: Buffer.from(bill) });
    await page.waitForSelector('text=1 行，合计 9,123,456.78 元');
  }

  beforeAll(async () => {
    await giveAuthority();
    house = await openHouse({ at: at('2031-11-01T09:00'), rate: 1 });
    const people = await cast(house);
    await withCouncil(house);
    lot = await publishedLot(house, people, { envelopes: 'technical+price' });
    blind = await publishedLot(house, people, { envelopes: 'technical+price', sheets: 'open', blind: 'yes', blindPictures: 'drawings' });
    server = await serve(house.app);
    browser = await launchChromium();
    page = await (await browser.newContext({ acceptDownloads: true })).newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`${base()}/organisations/new`);
    const typed = { code, name: '宜昌楚江建设有限公司', legalRepresentative: '张伟', userName: '李明', login: 'chujiang', password };
    for (const [name, value] of Object.entries(typed)) await page.fill(`#f-${name}`, value);
    await page.selectOption('#f-region', '420502');
    await page.check('input[name=kinds][value=bidder]');
    await page.click('form[action="/organisations"] button[type=submit]');
    await page.goto(`${base()}/session?back=/certificates`);
    await page.fill('#f-login', 'chujiang');
    await page.fill('#f-password', password);
    await page.click('form[action="/session"] button[type=submit]');
    await page.fill('#f-passphrase', passphrase);
    await page.fill('#f-again', passphrase);
    await page.click('[data-make-certificate] button[type=submit]');
    await page.waitForSelector('[data-certificate-done]:not([hidden])', { timeout: 90_000 });
    await page.goto(`${base()}/lots/${lot}/bids`);
    await page.click('.empty-state a');
    await page.click(`form[action="/lots/${lot}/interest"] button[type=submit]`);
    await page.goto(`${base()}/lots/${lot}/bids`);
    await page.waitForSelector('[data-bid-form]:not([disabled])');
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
    await house?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('the form is cut as the notice says, and a price that shows in the first envelope keeps the bid from being sealed', async () => {
    expect(await page.locator('[data-envelope]').evaluateAll((all) => all.map((each) => each.getAttribute('data-envelope')))).toEqual([
      'technical',
      'price',
    ]);
    await fillIn();
    await page.setInputFiles('#f-technical', paper('方案-报价9123456.78.pdf'));
    await page.setInputFiles('#f-qualification', paper('资格审查资料.pdf'));
    await page.waitForSelector('[data-files=qualification] li');
    await page.click('[data-check]');
    expect(await page.textContent('[data-findings]')).toContain('先开启的信封不得显示报价');
    expect(await page.locator('[data-seal]').isEnabled()).toBe(false);
    await page.click('[data-files=technical] [data-remove]');
    await page.setInputFiles('#f-technical', paper('施工组织设计.pdf'));
    await page.waitForSelector('[data-files=technical] li');
    await page.click('[data-check]');
    expect(await page.textContent('[data-findings]')).toContain('检查通过');
  }, 60_000);

  it('both envelopes are sealed, uploaded and submitted under one statement; the receipt is verified here', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-own-key-make]')]);
    await download.saveAs(join(folder, 'own.txt'));
    await page.click('[data-seal]');
    await page.waitForSelector('text=文件已完整上传', { timeout: 120_000 });
    await page.click('[data-submit]');
    await page.waitForSelector('[data-receipt]:not([hidden])', { timeout: 60_000 });
    const bid = await house.em().findOneOrFail(Submission, { lot });
    const envelopes = await house.em().find(Envelope, { lot }, { orderBy: { part: 'desc' } });
    expect(envelopes.map(({ part, submission }) => [part, submission])).toEqual([
      ['technical', bid.id],
      ['price', bid.id],
    ]);
    expect((bid.statement as { parts: { part: string }[] }).parts.map(({ part }) => part)).toEqual(['technical', 'price']);
  }, 180_000);

  it('each envelope is a signed package of its own part, and only the price envelope holds the price', async () => {
    const { root } = await giveAuthority();
    const { receivedAt } = await house.em().findOneOrFail(Submission, { lot });
    for (const { part, fileKey, ephemeral, proof, wrappedKey } of await house.em().find(Envelope, { lot })) {
      const shared = combine(
        council,
        [ephemeral],
        secretShares.slice(0, 2).map((share) => evaluate(share, [ephemeral], council)),
      );
      const context = { lot, part: part as Part, bidder: code };
      const key = unwrapFileKey(council, context, { ephemeral, proof, wrappedKey }, (shared.ok && shared.shared[0]) || '');
      if (!key.ok) throw key.problem;
      const path = await house.files.localPath(fileKey ?? '');
      const plain = new Uint8Array(await new Response(decryptFile(path, key.fileKey)).arrayBuffer());
      const verdict = await verifyPackage(bytesSource(plain), context, { anchors: [root], at: receivedAt });
      if (!verdict.ok) throw verdict.problem;
      const priced = part === 'price';
      expect(verdict.bid).toMatchObject({ part, price: priced ? '9123456.78' : '' });
      expect(Buffer.from(plain).includes('9123456.78')).toBe(priced);
      expect(verdict.files.map(({ name }) => name)).toEqual(priced ? [] : ['施工组织设计.pdf', '资格审查资料.pdf']);
    }
  }, 60_000);

  it('a blind file is checked page by page; what can be stripped is, the mended file is checked again and sealed', async () => {
    await page.goto(`${base()}/lots/${blind}/bids`);
    await page.click('.empty-state a');
    await page.click(`form[action="/lots/${blind}/interest"] button[type=submit]`);
    await page.goto(`${base()}/lots/${blind}/bids`);
    await page.waitForSelector('[data-bid-form]:not([disabled])');
    await fillIn();
    await page.setInputFiles('#f-qualification', paper('资格审查资料.pdf'));
    const plan = async (words: string) => ({ ...paper('施工组织设计.pdf'), buffer: await written(words) });
    await page.setInputFiles('#f-technical', await plan('编制：楚 江 建 设　联系 13800138000'));
    await page.waitForSelector('[data-files=technical] li');
    await page.click('[data-check]');
    await page.waitForSelector('[data-clean-blind]');
    const found = async (): Promise<string> => (await page.textContent('[data-findings]')) ?? '';
    for (const said of [
      '第 2 页：投标人名称或简称（楚江建设）',
      '第 2 页：电话号码（13800138000）',
      '页面以外：人员姓名或注册编号（张伟）',
      'Author: 张伟',
    ])
      expect(await found()).toContain(said);
    expect(await page.locator('[data-seal]').isEnabled()).toBe(false);
    await page.click('[data-clean-blind]');
    await page.waitForFunction(() => !document.querySelector('[data-findings]')?.textContent?.includes('张伟'));
    expect(await found()).toContain('第 2 页：投标人名称或简称');
    expect(await found()).not.toContain('属性中有内容');
    await page.click('[data-files=technical] [data-remove]');
    await page.setInputFiles('#f-technical', await plan('分三个流水段，按汛期安排围堰'));
    await page.waitForSelector('[data-files=technical] li');
    await page.click('[data-check]');
    await page.waitForFunction(() => document.querySelector('[data-findings]')?.textContent?.includes('属性中有内容'));
    await page.click('[data-clean-blind]');
    await page.waitForFunction(() => document.querySelector('[data-findings]')?.textContent?.includes('检查通过'));
    // the own key that was made for the other lot is remembered
    await page.click('[data-seal]');
    await page.waitForSelector('text=文件已完整上传', { timeout: 120_000 });
    await page.click('[data-submit]');
    await page.waitForSelector('[data-receipt]:not([hidden])', { timeout: 60_000 });
    expect(await house.em().count(Submission, { lot: blind })).toBe(1);
    expect(complaints).toEqual([]);
  }, 180_000);

  it('the bidder rereads both', async () => {
    await page.goto(`${base()}/lots/${lot}/bids`);
    await page.reload();
    await page.waitForSelector('[data-submission] [data-mark=verified]:not([hidden])', { timeout: 60_000 });
    await page.click('[data-reread]');
    await page.waitForFunction(() => document.querySelectorAll('[data-reread-verified]').length === 2, undefined, { timeout: 60_000 });
    const read = (await page.textContent('[data-reread-result]')) ?? '';
    for (const said of ['商务技术文件', '报价文件', '¥9,123,456.78', '欧阳建国', '施工组织设计.pdf']) expect(read).toContain(said);
    expect(complaints).toEqual([]);
  }, 120_000);
});
