import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { completeBid, completions } from '../../src/bids/complete-bid.ts';
import { Envelope, Submission } from '../../src/bids/schema.ts';
import { databaseNow } from '../../src/kernel/act.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { makeCode } from '../../src/parties/code.ts';
import { combine, evaluate } from '../../src/sealing/council.ts';
import { decryptFile, readHeaderOfFile } from '../../src/sealing/decrypt-node.ts';
import { unwrapFileKey } from '../../src/sealing/envelope.ts';
import { bytesSource, verifyPackage } from '../../src/sealing/package-reader.ts';
import { buildAssets } from '../../src/web/assets.ts';
import { pageClient } from '../../src/web/clients.ts';
import { council, secretShares } from '../bids/scene.ts';
import { workbook } from '../bids/workbook.ts';
import { giveAuthority } from '../support/authority.ts';
import { launchChromium } from '../support/chromium.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { addressOf, serve } from '../support/serve.ts';
import { at, cast, publishedLot, withCouncil } from '../tenders/scene.ts';

const inBrowser = process.env.SKIP_BROWSER === '1' ? describe.skip : describe;
const megabytes = Number(process.env.BID_MEGABYTES ?? 30);
const passphrase = 'a passphrase 1';
const password = 'sunlit-harbour-7';
const code = makeCode('420502', 77);
const organisation = '宜昌楚江建设有限公司';
const manager = '欧阳建国';

inBrowser('A bid in a real browser', () => {
  let house: TestHouse;
  let server: Server;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let folder: string;
  let lot: string;
  /** under the bidders' own layers, with a remedy */
  let layered: string;
  const complaints: string[] = [];
  const sent: string[] = [];
  const base = (): string => addressOf(server);
  const file = (name: string): string => join(folder, name);

  beforeAll(async () => {
    await giveAuthority();
    house = await openHouse({ at: at('2031-11-01T09:00'), rate: 1 });
    const people = await cast(house);
    await withCouncil(house);
    lot = await publishedLot(house, people);
    layered = await publishedLot(house, people, { sealPolicy: 'bidder+council', remedyPlan: 'sealed-copy' });
    server = await serve(house.app);
    folder = mkdtempSync(join(tmpdir(), 'yangguang-bid-'));
    await paperOf(file('施工组织设计.pdf'), megabytes);
    await paperOf(file('资格审查资料.pdf'), 0.2);
    writeFileSync(
      file('清单.csv'),
      bill([
        ['010101001001', '平整场地', 'm2', '1240.00', '4.50', '5580.00'],
        ['010401003001', '砖墙', 'm3', '10000', '911.787678', '9117876.78'],
      ]),
    );
    browser = await launchChromium();
    context = await browser.newContext({ acceptDownloads: true });
    page = await context.newPage();
    page.on('request', (request) => {
      if (request.method() !== 'GET') sent.push(`${request.url()} ${request.postDataBuffer()?.toString('latin1') ?? ''}`);
    });
    page.on('console', (message) => {
      if (message.type() === 'error' && !/503|Failed to load resource/.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
    await house?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('a bidder registers, signs in, makes a certificate and collects the documents', async () => {
    await page.goto(`${base()}/organisations/new`);
    const typed = { code, name: organisation, legalRepresentative: '张伟', userName: '李明', login: 'chujiang', password };
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
    expect(await page.textContent('main')).toContain('请先获取招标文件');
    await page.click('.empty-state a');
    await page.click(`form[action="/lots/${lot}/interest"] button[type=submit]`);
    await page.goto(`${base()}/bids`);
    expect(await page.textContent('main')).toContain('未递交');
    await page.click(`a[href="/lots/${lot}/bids"]`);
    await page.waitForSelector('[data-bid-form]:not([disabled])');
  }, 120_000);

  it('what the bidder keeps in its dossier, signed here, is offered beside its fields and put in only by a press', async () => {
    const keep = async (kind: string, typed: Record<string, string>): Promise<void> => {
      await page.goto(`${base()}/dossier/new/${kind}`);
      for (const [name, value] of Object.entries(typed)) await page.fill(`#f-${name}`, value);
      if (kind === 'licence')
        await page.setInputFiles('#f-document', { name: '资质证书.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
      await page.click('form[action="/dossier/entries"] button[type=submit]');
      await page.waitForURL(/\/dossier\/entries\//);
    };
    const issued = { number: 'D142012345', issuer: '湖北省住房和城乡建设厅' };
    await keep('licence', { title: '建筑工程施工总承包一级', ...issued });
    await keep('licence', { title: '已到期的许可', ...issued, validUntil: '2031-11-02' });
    await keep('person', { title: '王工 一级建造师', name: '王工', number: '鄂142000000001' });
    await page.goto(`${base()}/dossier`);
    await page.click('form[action="/dossier/confirmations"] > .form-actions button[type=submit]');
    await page.waitForSelector('[data-dossier-confirmation]', { state: 'detached', timeout: 30_000 });
    await page.goto(`${base()}/lots/${lot}/bids`);
    await page.waitForSelector('[data-dossier-offers=qualification] details');
    // offered, never silently put in
    expect(await page.inputValue('input[name="manager.name"]')).toBe('');
    expect(await page.locator('[data-files=qualification] li').count()).toBe(0);
    await page.click('[data-dossier-offers=qualification] summary');
    const offered = page.locator('[data-dossier-offers=qualification] li');
    const late = offered.filter({ hasText: '已到期的许可' });
    expect([await late.textContent(), await late.locator('button').isDisabled()]).toEqual([expect.stringContaining('不能填入'), true]);
    await offered.filter({ hasText: '总承包一级' }).locator('button').click();
    await page.waitForSelector('[data-files=qualification] li');
    await page.click('[data-dossier-offers=manager] summary');
    await page.click('[data-dossier-offers=manager] [data-take]');
    expect(await page.inputValue('input[name="manager.number"]')).toBe('鄂142000000001');
  }, 60_000);

  it('what is missing or wrong is said beside its field before anything is sealed', async () => {
    await page.fill('input[name=price]', '9900000');
    expect(await page.textContent('#f-price-capitals')).toBe('玖佰玖拾万元整');
    await page.fill('input[name=periodDays]', '241');
    await page.fill('input[name=validityDays]', '1');
    await page.setInputFiles('#f-technical', { name: '方案.docx', mimeType: 'application/octet-stream', buffer: Buffer.from('x') });
    await page.setInputFiles('#f-billOfQuantities', {
      name: '清单.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(bill([['1', '土方', 'm3', '十', '2', '20']])),
    });
    await page.waitForSelector('[data-sheet] .problem');
    expect(await page.textContent('[data-sheet]')).toContain('第 2 行 · 工程量：“十”不是数字。');
    await page.click('[data-check]');
    await page.locator('[data-findings]', { hasText: '未填写' }).waitFor();
    const found = (await page.textContent('[data-findings]')) ?? '';
    for (const said of [
      '高于最高投标限价 9,800,000.00 元（超出 100,000.00 元）',
      '长于招标文件要求的 240 天',
      '短于招标文件要求的',
      '未填写',
      '类型不符',
      '表格有 1 处错误',
    ])
      expect(found).toContain(said);
    expect(await page.locator('[data-seal]').isEnabled()).toBe(false);
    expect(await page.getAttribute('input[name=price]', 'aria-invalid')).toBe('true');
    await page.click('[data-files=technical] [data-remove]');
  }, 60_000);

  it('a large Excel sheet is read in the browser too, where the policy forbids workers made from strings', async () => {
    const rows = Array.from({ length: 6000 }, (_, n) => [`0101${n}`, `分部分项工程第${n}项，含全部工作内容`, 'm3', 10, 100.5, 1005]);
    const buffer = Buffer.from(await workbook([['项目编码', '项目名称', '计量单位', '工程量', '综合单价（元）', '合价（元）'], ...rows]));
    await page.setInputFiles('#f-billOfQuantities', {
      name: '清单.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer,
    });
    await page.waitForSelector('text=6000 行，合计 6,030,000.00 元', { timeout: 30_000 });
  }, 60_000);

  it('the draft comes back after a reload, attachments included, and none of it was sent', async () => {
    await page.fill('input[name=price]', '9123456.78');
    await page.fill('input[name=periodDays]', '200');
    await page.fill('input[name=quality]', '合格');
    await page.fill('input[name="manager.name"]', manager);
    await page.fill('input[name="manager.number"]', '鄂1422021202103456');
    await page.fill('input[name=validityDays]', '120');
    await page.fill('input[name=security]', '电子保函 BH20311101');
    await page.setInputFiles('#f-billOfQuantities', file('清单.csv'));
    await page.waitForSelector('text=2 行，合计 9,123,456.78 元');
    await page.setInputFiles('#f-technical', file('施工组织设计.pdf'));
    await page.setInputFiles('#f-qualification', file('资格审查资料.pdf'));
    await page.waitForSelector('[data-files=qualification] li');
    await page.waitForTimeout(1500);
    await page.reload();
    await page.waitForSelector('[data-bid-form]:not([disabled])');
    expect(await page.inputValue('input[name=price]')).toBe('9123456.78');
    expect(await page.textContent('[data-files=technical]')).toContain('施工组织设计.pdf');
    expect(await page.textContent('[data-sheet]')).toContain('9,123,456.78');
    await page.click('[data-check]');
    await page.locator('[data-findings]', { hasText: '检查通过' }).waitFor();
  }, 60_000);

  it('a second tab of the same bid stands aside', async () => {
    const second = await context.newPage();
    await second.goto(`${base()}/lots/${lot}/bids`);
    await second.waitForSelector('[data-other-tab]:not([hidden])');
    expect(await second.getAttribute('[data-bid-form]', 'disabled')).not.toBeNull();
    await second.close();
  }, 30_000);

  it('it is sealed only with an own decryption key, which is handed over as a file', async () => {
    await page.click('[data-seal]');
    await page.locator('[data-own-key-wrong]', { hasText: '请先选择或生成' }).waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-own-key-make]')]);
    await download.saveAs(file('own.txt'));
    expect(readFileSync(file('own.txt'), 'utf8')).toMatch(/AGE-SECRET-KEY-1[0-9A-Z]{58}/);
  }, 30_000);

  it('it is packed, signed, sealed and uploaded; a reload and a lost connection only interrupt it', async () => {
    const slow = await context.newCDPSession(page);
    const throughput = (offline: boolean, bytes: number) =>
      slow.send('Network.emulateNetworkConditions', { offline, latency: 5, downloadThroughput: -1, uploadThroughput: bytes });
    await slow.send('Network.enable');
    await throughput(false, (megabytes / 6) * 1024 * 1024);
    await page.click('[data-seal]');
    await page.waitForSelector('[data-sealed]:not([hidden])', { timeout: 120_000 });
    await page.waitForFunction(() =>
      /^([1-9]\d*)\.\d [KM]B/.test(document.querySelector('[data-progress=upload] [data-progress-figures]')?.textContent ?? ''),
    );
    await page.waitForTimeout(1500);
    await page.reload();
    await page.waitForSelector('[data-uploading]:not([hidden])');
    await throughput(false, (megabytes / 6) * 1024 * 1024);
    const [first] = await house.em().execute<{ count: string }[]>('select count(*) from upload');
    await page.waitForTimeout(700);
    await throughput(true, 0);
    await page.waitForSelector('text=网络中断', { timeout: 30_000 });
    expect(await page.locator('[data-submit]').isEnabled()).toBe(false);
    await throughput(false, -1);
    await page.waitForSelector('text=文件已完整上传', { timeout: 60_000 });
    const [last] = await house.em().execute<{ count: string }[]>('select count(*) from upload');
    expect([first?.count, last?.count]).toEqual(['1', '1']);
    expect(await page.textContent('[data-mark=uploaded]:not([hidden])')).toContain('未递交');
    expect(await house.em().count(Submission, { lot })).toBe(0);
    // its conditions would outlive this test
    await slow.detach();
  }, 180_000);

  it('submitted is said in green only after the receipt was verified here; the receipt can be kept', async () => {
    await page.click('[data-submit]');
    await page.waitForSelector('[data-receipt]:not([hidden])', { timeout: 30_000 });
    expect(await page.textContent('[data-receipt] .seal-verified')).toContain('已递交，回执核验无误');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-receipt-json]')]);
    await download.saveAs(file('receipt.json'));
    const receipt = JSON.parse(readFileSync(file('receipt.json'), 'utf8'));
    expect(receipt).toMatchObject({ format: 'yangguang/receipt/v1', event: { type: 'bid.received', subject: { lot, party: code } } });
    await page.waitForSelector('[data-submission] [data-mark=verified]:not([hidden])');
    const paper = await page.request.get(`${base()}${await page.getAttribute('[data-receipt-pdf]', 'href')}`);
    expect([paper.status(), (await paper.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
    const taken = await house.em().findOneOrFail(Submission, { lot });
    expect(taken.bidder).toBe(code);
    // what the page measured of itself is the build that a node publishes
    const { name, version, sha256 } = pageClient(await buildAssets());
    expect(taken.statement).toMatchObject({ format: 'yangguang/submission/v2', client: { name, version, sha256 } });
    for (const said of sent) {
      expect(said).not.toContain('9123456.78');
      expect(said).not.toContain(Buffer.from(manager).toString('latin1'));
      expect(said).not.toMatch(/AGE-SECRET-KEY|a passphrase 1/);
    }
  }, 60_000);

  it('what the platform holds is exactly that bid, and only the council opens it', async () => {
    const { fileKey, ephemeral, proof, wrappedKey, submission } = await house.em().findOneOrFail(Envelope, { lot });
    const path = await house.files.localPath(fileKey ?? '');
    const head = await readHeaderOfFile(path);
    expect(head.ok && head.header.ephemeral).toBe(ephemeral);
    const shared = combine(
      council,
      [ephemeral],
      secretShares.slice(0, 2).map((share) => evaluate(share, [ephemeral], council)),
    );
    const context = { lot, part: 'whole', bidder: code } as const;
    const key = unwrapFileKey(council, context, { ephemeral, proof, wrappedKey }, (shared.ok && shared.shared[0]) || '');
    if (!key.ok) throw key.problem;
    const plain = new Uint8Array(await new Response(decryptFile(path, key.fileKey)).arrayBuffer());
    const { root } = await giveAuthority();
    const { receivedAt } = await house.em().findOneOrFail(Submission, { id: submission });
    const verdict = await verifyPackage(bytesSource(plain), context, { anchors: [root], at: receivedAt });
    if (!verdict.ok) throw verdict.problem;
    expect(verdict.bid).toMatchObject({
      price: '9123456.78',
      bidderName: organisation,
      figures: { manager: `${manager}（鄂1422021202103456）`, periodDays: '200' },
    });
    // what still stands there as it was taken is pinned by its digest; the person was overwritten
    const kept = await house
      .em()
      .execute<{ entry: string; sha256: string }[]>(`select entry, sha256 from dossier_version where title = '建筑工程施工总承包一级'`);
    const pins = kept.map(({ entry, sha256 }) => ({ field: 'qualification', entry, version: 1, sha256 }));
    expect((verdict.bid as unknown as { dossier: object[] }).dossier).toEqual(pins);
    expect((verdict.bid as unknown as { tables: { billOfQuantities: object[] } }).tables.billOfQuantities).toHaveLength(2);
    expect(verdict.files.map(({ name, size }) => [name, size])).toEqual([
      ['施工组织设计.pdf', Math.round(megabytes * 1024 * 1024)],
      ['资质证书.pdf', 8],
      ['资格审查资料.pdf', Math.round(0.2 * 1024 * 1024)],
    ]);
  }, 60_000);

  it('the bidder rereads it, with the remembered key and with the file; another key does not open it', async () => {
    await page.reload();
    await page.waitForSelector('[data-submission] [data-mark=verified]:not([hidden])');
    await page.click('[data-reread]');
    await page.waitForSelector('[data-reread-verified]', { timeout: 60_000 });
    const read = (await page.textContent('[data-reread-bid]')) ?? '';
    for (const said of ['¥9,123,456.78', '玖佰壹拾贰万叁仟肆佰伍拾陆元柒角捌分', manager, '2 行', '施工组织设计.pdf'])
      expect(read).toContain(said);
    const save = page.locator('[data-reread-bid] li', { hasText: '资格审查资料.pdf' }).locator('button');
    const [saved] = await Promise.all([page.waitForEvent('download'), save.click()]);
    await saved.saveAs(file('again.pdf'));
    expect(readFileSync(file('again.pdf')).equals(readFileSync(file('资格审查资料.pdf')))).toBe(true);
    await page.check('input[name=own-key-from][value=file]');
    await page.setInputFiles('[data-own-key-file] input', { name: 'other.txt', mimeType: 'text/plain', buffer: Buffer.from('nothing') });
    await page.locator('[data-own-key-wrong]', { hasText: '没有' }).waitFor();
    await page.setInputFiles('[data-own-key-file] input', file('own.txt'));
    await page.click('[data-reread]');
    await page.waitForSelector('[data-reread-verified]', { timeout: 60_000 });
  }, 120_000);

  it('it is replaced by one that is committed while it uploads: no green before the second receipt, and the first no longer counts', async () => {
    await page.fill('input[name=price]', '9000000');
    await page.click('[data-check]');
    expect(await page.textContent('[data-findings]')).toContain('与投标报价相差 123,456.78 元');
    expect(await page.locator('[data-seal]').isEnabled()).toBe(false);
    await page.check('[data-doubts] input');
    await page.check('input[name=own-key-from][value=kept]');
    const slow = await context.newCDPSession(page);
    const throughput = (bytes: number) =>
      slow.send('Network.emulateNetworkConditions', { offline: false, latency: 5, downloadThroughput: -1, uploadThroughput: bytes });
    await slow.send('Network.enable');
    // so slow that the commitment is there long before the bytes; let go below
    await throughput((megabytes / 200) * 1024 * 1024);
    await page.click('[data-seal]');
    await page.waitForSelector('[data-submit-part]:not([disabled])', { timeout: 60_000 });
    expect(await page.locator('[data-mark=uploading]').isVisible()).toBe(true);
    await page.click('[data-submit]');
    await page.waitForSelector('[data-committed]:not([hidden])', { timeout: 30_000 });
    expect(await page.textContent('[data-committed]')).toContain('传完并核验第二张回执后，投标才计入');
    expect(await page.locator('[data-receipt]').isVisible()).toBe(false);
    expect(await page.locator('[data-mark=verified]:visible').count()).toBe(0);
    await throughput(-1);
    await page.waitForSelector('text=正在核验第二张回执', { timeout: 60_000 });
    for (const command of await completions.due(house.em(), await databaseNow(house.em())))
      await house.perform(completeBid, theSystem, command);
    await page.waitForSelector('[data-receipt]:not([hidden])', { timeout: 30_000 });
    await page.waitForSelector('[data-submission] [data-mark=verified]:not([hidden])');
    const rows = await house.em().find(Submission, { lot }, { orderBy: { receivedAt: 'asc' } });
    expect(rows.map((row) => row.status)).toEqual(['replaced', 'current']);
    expect(rows[1]?.supersedes).toBe(rows[0]?.id);
    await page.waitForSelector('text=已被新文件替换');
  }, 120_000);

  it('it is withdrawn, after a question that must be ticked', async () => {
    await page.click('[data-withdrawal] > summary');
    await page.click('[data-withdraw]');
    expect(await house.em().count(Submission, { lot, status: 'current' })).toBe(1);
    await page.check('[data-understood]');
    await page.click('[data-withdraw]');
    await page.waitForSelector('[data-withdrawn]', { timeout: 30_000 });
    expect(await house.em().count(Submission, { lot, status: 'current' })).toBe(0);
    await page.locator('[data-live=stand]', { hasText: '未递交' }).waitFor();
    expect(await page.textContent('[data-council]')).toContain(council.groupKey);
  }, 60_000);

  it('where the notice provides the remedy the sealed bytes can be kept: as uploaded, and as they are under the own layer', async () => {
    await page.goto(`${base()}/lots/${layered}`);
    await page.click(`form[action="/lots/${layered}/interest"] button[type=submit]`);
    await page.goto(`${base()}/lots/${layered}/bids`);
    await page.waitForSelector('[data-bid-form]:not([disabled])');
    const answers = {
      price: '9123456.78',
      periodDays: '200',
      quality: '合格',
      'manager.name': manager,
      'manager.number': '鄂1422021202103456',
    };
    for (const [name, value] of Object.entries({ ...answers, validityDays: '120', security: '电子保函 BH20311101' }))
      await page.fill(`input[name="${name}"]`, value);
    await page.setInputFiles('#f-billOfQuantities', file('清单.csv'));
    await page.waitForSelector('text=2 行，合计 9,123,456.78 元');
    await page.setInputFiles('#f-technical', file('资格审查资料.pdf'));
    await page.setInputFiles('#f-qualification', file('资格审查资料.pdf'));
    await page.waitForSelector('[data-files=qualification] li');
    await page.click('[data-check]');
    await page.waitForSelector('[data-seal-part]:not([disabled])');
    await page.click('[data-seal]');
    await page.waitForSelector('[data-sealed]:not([hidden])', { timeout: 60_000 });
    expect(await page.textContent('[data-copies]')).toContain('内层副本用于解密密钥丢失时代替密钥');
    const digests: Record<string, string> = {};
    for (const kind of ['sealed', 'inner']) {
      const [copy] = await Promise.all([page.waitForEvent('download'), page.click(`[data-save-copy=${kind}]`)]);
      expect(copy.suggestedFilename()).toMatch(new RegExp(`^${kind}-whole-[0-9a-f]{8}\\.age$`));
      await copy.saveAs(file(`${kind}.age`));
      digests[kind] = createHash('sha256')
        .update(readFileSync(file(`${kind}.age`)))
        .digest('base64url');
    }
    expect(await page.textContent('[data-sealed-digest]')).toBe(digests.sealed);
    await page.waitForSelector('text=文件已完整上传', { timeout: 60_000 });
    await page.click('[data-submit]');
    await page.waitForSelector('[data-receipt]:not([hidden])', { timeout: 30_000 });
    const { sha256, inner } = await house.em().findOneOrFail(Envelope, { lot: layered });
    expect([sha256, (inner as { sha256: string }).sha256]).toEqual([digests.sealed, digests.inner]);
  }, 120_000);

  it('the page broke no rule of its own policy and logged no error', () => {
    expect(complaints).toEqual([]);
  });
});

const bill = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${[['项目编码', '项目名称', '计量单位', '工程量', '综合单价', '合价'], ...rows].map((row) => row.join(',')).join('\r\n')}\r\n`;

/** A file of random bytes: nothing in it can be compressed or guessed. */
async function paperOf(path: string, size: number): Promise<void> {
  const bytes = Math.round(size * 1024 * 1024);
  const handle = await open(path, 'w');
  for (let left = bytes; left > 0; left -= 65_536) await handle.write(crypto.getRandomValues(new Uint8Array(Math.min(left, 65_536))));
  await handle.close();
}
