import type { Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import PDFDocument from 'pdfkit';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { pdfMarks } from '../../src/bids/pdf-marks.ts';
import { concludeEvaluation } from '../../src/evaluation/conclude-evaluation.ts';
import { reviewBid } from '../../src/evaluation/review-bid.ts';
import { EvaluationReport, PanelMember, Review, Score, SheetDraft } from '../../src/evaluation/schema.ts';
import { scoreBid } from '../../src/evaluation/score-bid.ts';
import { enrolExpert } from '../../src/experts/enrol-expert.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { makeCode } from '../../src/parties/code.ts';
import { issueCertificateAct } from '../../src/parties/issue-certificate.ts';
import { readCertificates } from '../../src/sealing/certificate.ts';
import { createSigningRequest, signingRequestPem } from '../../src/sealing/issuing.ts';
import { createKeyFile } from '../../src/sealing/key-file.ts';
import { newKeyPair } from '../../src/sealing/signer.ts';
import { sessionCookie } from '../../src/web/sessions.ts';
import { faultsOf } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { panelAtWork } from '../support/evaluated-lot.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { walkByKeyboard } from '../support/keyboard.ts';
import { openedLot, until } from '../support/opened-lot.ts';
import { handsIn, sitting, workOf } from '../support/sealed-sheets.ts';
import { addressOf, serve } from '../support/serve.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

const inBrowser = process.env.SKIP_BROWSER === '1' ? describe.skip : describe;
const passphrase = 'a passphrase 1';
const items = [{ id: 'qualification', name: '资格条件', says: '不符合资格条件' }];
const criteria = [
  { id: 'plan', name: '施工方案', max: '30', kind: 'subjective' as const, says: '针对性' },
  { id: 'record', name: '企业业绩', max: '10', kind: 'objective' as const, says: '每项2分' },
];

/** A PDF with these properties. */
async function printed(info: Record<string, string>): Promise<Uint8Array> {
  const document = new PDFDocument({ info });
  document.text('Construction plan');
  document.end();
  return buffer(document);
}

inBrowser('A member’s day in a real browser', () => {
  let house: TestHouse;
  let town: Town;
  let server: Server;
  let browser: Browser;
  let lot: string;
  let bids: readonly string[];
  let members: readonly { readonly member: string; readonly person: Person }[];
  const base = () => addressOf(server);
  const me = (): Person => members[0]?.person ?? town.agent;

  async function open(script: boolean, who = me()): Promise<{ context: BrowserContext; page: Page }> {
    const context = await browser.newContext({ javaScriptEnabled: script, locale: 'zh-CN' });
    await context.addCookies([{ name: sessionCookie, value: await who.token(), url: base() }]);
    return { context, page: await context.newPage() };
  }

  /** A key file as its holder keeps it. */
  async function keyFileOf({ actor }: Person): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
    const pair = await newKeyPair();
    const csr = signingRequestPem(await createSigningRequest({ commonName: 'applicant' }, pair));
    const { result } = await house.perform(issueCertificateAct, actor, { csr });
    const [certificate, ...chain] = readCertificates(`${result.certificate}${result.chain}`);
    if (!certificate) throw new Error('no certificate came back');
    const buffer = Buffer.from(await createKeyFile(pair.privateKey, certificate, chain, passphrase));
    return { name: 'member.p12', mimeType: 'application/x-pkcs12', buffer };
  }

  beforeAll(async () => {
    house = await openHouse({ at: soon() });
    town = await makeTown(house);
    ({ lot, bids } = await openedLot(town, { draft: { items, criteria } }));
    members = await panelAtWork(town, lot);
    server = await serve(house.app);
    browser = await launchChromium();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
    await house?.close();
  });

  it('reviews and scores without script: each save goes on to the next bid, a refusal keeps what was typed', async () => {
    const { context, page } = await open(false);
    await page.goto(`${base()}/lots/${lot}/evaluation?view=review`);
    const order = await page
      .locator('a.bid-choice')
      .evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).searchParams.get('bid')));
    expect([...order].sort()).toEqual([...bids].sort());
    await page.getByLabel('不通过').check();
    await page.locator('#review button[type=submit]').first().click();
    expect(await page.locator('.field-wrong').textContent()).toContain('请写明理由');
    expect(await page.getByLabel('不通过').isChecked()).toBe(true);
    await page.getByLabel('通过', { exact: true }).check();
    await page.getByRole('button', { name: '保存，看下一家' }).click();
    expect(new URL(page.url()).searchParams.get('bid')).toBe(order[1]);
    for (const bid of order.slice(1)) {
      await page.goto(`${base()}/lots/${lot}/evaluation?view=review&bid=${bid}`);
      await page.getByLabel('通过', { exact: true }).check();
      await page.locator('#review button[type=submit]').first().click();
    }
    expect(await house.em().count(Review, { member: members[0]?.member ?? '' })).toBe(3);
    await page.goto(`${base()}/lots/${lot}/evaluation?view=score&bid=${order[0]}`);
    await page.locator('input[name="scores[0][score]"]').fill('30.01');
    await page.locator('#score-sheet button[type=submit]').first().click();
    expect(await page.locator('.field-wrong').textContent()).toContain('应在0至30之间');
    expect(await page.locator('input[name="scores[0][score]"]').inputValue()).toBe('30.01');
    await context.close();
  }, 120_000);

  it('adds up while one types, and asks for a reason only when a saved score is changed', async () => {
    const { context, page } = await open(true);
    await page.goto(`${base()}/lots/${lot}/evaluation?view=score&bid=${bids[0]}`);
    const mark = (at: number) => page.locator(`input[name="scores[${at}][score]"]`);
    await mark(0).fill('27.35');
    await mark(1).fill('8.2');
    expect(await page.locator('[data-sheet-sum]').textContent()).toBe('35.55');
    await mark(1).fill('10.01');
    expect(await page.locator('[data-sheet-sum]').textContent()).toBe('27.35');
    expect(await mark(1).getAttribute('aria-invalid')).toBe('true');
    await mark(1).fill('8');
    await page.locator('#score-sheet button[type=submit]').first().click();
    await page.waitForURL(/saved=1/);
    const reason = page.locator('input[name="scores[0][reason]"]');
    expect(await reason.isVisible()).toBe(false);
    await mark(0).fill('26');
    expect(await reason.isVisible()).toBe(true);
    await reason.fill('复核后更正');
    await page.locator('#score-sheet button[type=submit]').first().click();
    await page.waitForURL(/saved=1/);
    const kept = await house.em().find(Score, { member: members[0]?.member ?? '', criterion: 'plan' }, { orderBy: { version: 'asc' } });
    expect(kept.map((row) => [row.score, row.reason])).toEqual([
      ['27.35', null],
      ['26.00', '复核后更正'],
    ]);
    await context.close();
  }, 120_000);

  it('keeps what is typed until it is saved, and for nobody else', async () => {
    const { context, page } = await open(true);
    const at = `${base()}/lots/${lot}/evaluation?view=score&bid=${bids[1]}`;
    await page.goto(at);
    await page.locator('input[name="scores[0][score]"]').fill('21.5');
    await page.fill('#f-text', '工期偏紧');
    await page.goto(`${base()}/evaluations`);
    await page.goto(at);
    expect(await page.locator('input[name="scores[0][score]"]').inputValue()).toBe('21.5');
    expect(await page.inputValue('#f-text')).toBe('工期偏紧');
    expect(await page.locator('[data-restored]').isVisible()).toBe(true);
    expect(await page.locator('[data-sheet-sum]').textContent()).toBe('21.50');
    await page.getByRole('button', { name: '保存笔记' }).click();
    await page.waitForURL(/saved=1/);
    // the note is saved and gone from the browser, the mark is not and stays
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('工期偏紧');
    await page.goto(at);
    expect(await page.inputValue('#f-text')).toBe('工期偏紧');
    expect(await page.locator('input[name="scores[0][score]"]').inputValue()).toBe('21.5');
    // somebody else sits down at this computer
    const other = members[1]?.person;
    if (!other) throw new Error('there is no second member');
    await context.addCookies([{ name: sessionCookie, value: await other.token(), url: base() }]);
    await page.goto(at);
    expect(await page.locator('input[name="scores[0][score]"]').inputValue()).toBe('');
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('yangguang/desk/')))).toEqual([]);
    await context.close();
  }, 120_000);

  it('goes through a day by keys, every key in a list, and those of one letter can be turned off', async () => {
    const { context, page } = await open(true, members[1]?.person ?? town.agent);
    await page.goto(`${base()}/lots/${lot}/evaluation?view=review`);
    const here = () => page.locator('.bid-here .bid-name').textContent();
    const first = await here();
    await page.keyboard.press('j');
    await page.waitForURL(/bid=/);
    expect(await here()).not.toBe(first);
    await page.keyboard.press('k');
    await page.waitForFunction((name) => document.querySelector('.bid-here .bid-name')?.textContent === name, first);
    await page.keyboard.press('?');
    expect(await page.locator('[data-keys] kbd').first().isVisible()).toBe(true);
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press('?');
    await page.keyboard.press('p');
    expect(await page.getByLabel('通过', { exact: true }).isChecked()).toBe(true);
    await page.keyboard.press('f');
    expect(await page.getByLabel('不通过').isChecked()).toBe(true);
    // now in the reason: letters are letters there
    await page.keyboard.type('jk缺安全生产许可证n');
    expect(await page.locator('input[name="verdicts[0][reason]"]').inputValue()).toBe('jk缺安全生产许可证n');
    await page.keyboard.press('Control+s');
    await page.waitForURL(/saved=1/);
    expect(await house.em().count(Review, { member: members[1]?.member ?? '', pass: false })).toBe(1);
    await page.keyboard.press('n');
    await page.waitForURL(/#open$/);
    const at = page.url();
    await page.locator('[data-keys] summary').press('Enter');
    await page.locator('[data-keys-on]').uncheck();
    await page.locator('[data-keys] summary').press('Enter');
    await page.keyboard.press('j');
    expect(page.url()).toBe(at);
    await context.close();
  }, 120_000);

  it('walks the whole desk with Tab alone, on a screen and on a phone: everything is come to, nothing traps, and the focus always shows', async () => {
    const { context, page } = await open(true);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      for (const view of ['bids', 'review', 'score', 'compare&of=plan', 'sheet', 'result']) {
        await page.goto(`${base()}/lots/${lot}/evaluation?view=${view}`);
        await page.locator('[data-keys]').waitFor();
        const { stops, missed } = await walkByKeyboard(page);
        const lost = stops.flatMap((stop) => (stop.lost ? [`${stop.what} ${stop.lost}`] : []));
        expect([width, view, lost, missed]).toEqual([width, view, [], []]);
        expect(stops.length).toBeGreaterThan(15);
      }
    }
    await context.close();
  }, 120_000);

  it('compares all bids on one item and saves them together, without script too; no page has a fault that axe finds', async () => {
    const other = members[2]?.person ?? town.agent;
    const plain = await open(false, other);
    await plain.page.goto(`${base()}/lots/${lot}/evaluation?view=compare&of=record`);
    expect(await plain.page.locator('.compare-bid').count()).toBe(bids.length);
    for (const at of bids.keys()) await plain.page.locator(`input[name="scores[${at}][score]"]`).fill('6');
    await plain.page.getByRole('button', { name: '保存本项' }).click();
    expect(new URL(plain.page.url()).searchParams.get('of')).toBe('record');
    expect(await house.em().count(Score, { member: members[2]?.member ?? '', criterion: 'record' })).toBe(bids.length);
    await plain.page.locator('input[name="scores[0][score]"]').fill('99');
    await plain.page.getByRole('button', { name: '保存本项' }).click();
    expect(await plain.page.locator('.field-wrong').first().textContent()).toContain('应在0至10之间');
    await plain.context.close();
    const { context, page } = await open(true, other);
    for (const query of ['view=compare&of=record', `view=score&bid=${bids[0]}&file=0`, 'view=sheet', 'view=bids', 'view=result']) {
      await page.goto(`${base()}/lots/${lot}/evaluation?${query}`);
      expect([query, await faultsOf(page)]).toEqual([query, []]);
    }
    await page.goto(`${base()}/lots/${lot}/evaluation/log`);
    expect(await faultsOf(page)).toEqual([]);
    await context.close();
  }, 120_000);

  it('signs the report with the key file of the member, in the page', async () => {
    for (const { person } of members) {
      const verdicts = bids.map((bid) => ({ bid, item: 'qualification', pass: true, reason: '核对无误' }));
      const scores = bids.flatMap((bid) => [
        { bid, criterion: 'plan', score: '25', reason: '统一核对' },
        { bid, criterion: 'record', score: '8', reason: '统一核对' },
      ]);
      await house.perform(reviewBid, person.actor, { lot, verdicts });
      await house.perform(scoreBid, person.actor, { lot, scores });
    }
    await house.perform(concludeEvaluation, me().actor, { lot });
    const { context, page } = await open(true);
    await page.goto(`${base()}/lots/${lot}/evaluation?view=result`);
    await page.setInputFiles('#signer-file', await keyFileOf(me()));
    await page.fill('#signer-passphrase', 'not the passphrase');
    await page.getByRole('button', { name: '签署评标报告' }).click();
    await page.locator('[data-signer-wrong]:not([hidden])').waitFor();
    await page.fill('#signer-passphrase', passphrase);
    await page.getByRole('button', { name: '签署评标报告' }).click();
    await page.getByText('您已表态，等待其他成员。').waitFor();
    const member = await house.em().findOneOrFail(PanelMember, { id: members[0]?.member ?? '' });
    expect(member.signedAt).not.toBeNull();
    const { sha256 } = await house.em().findOneOrFail(EvaluationReport, { lot });
    expect(await page.content()).toContain(sha256);
    await context.close();
  }, 120_000);

  it('seals a sheet in the browser: the draft is its author’s alone, opens at another machine with the key file, and is handed in unread', async () => {
    const sealed = await openedLot(town, {
      draft: { items, criteria, sheets: 'sealed' },
      prices: ['17900000.00', '18100000.00', '18200000.00'],
    });
    const desk = (query: string): string => `${base()}/lots/${sealed.lot}/evaluation?${query}`;
    await panelAtWork(town, sealed.lot);
    const [mine, ...others] = await sitting(town, sealed.lot);
    if (!mine) throw new Error('the panel is empty');
    for (const seat of others) await handsIn(town, sealed.lot, seat);
    const { asks } = await workOf(town, sealed.lot, mine);
    const { context, page } = await open(true, mine.person);
    const kept = () => page.locator('[data-draft-state]', { hasText: '已加密保存' }).waitFor();
    const typed = async (query: string): Promise<void> => {
      await page.goto(desk(query));
      await page.locator('[data-sheet-form] fieldset.fields:not([disabled])').waitFor();
    };
    for (const bid of asks.bids) {
      await typed(`view=review&bid=${bid}`);
      await page.getByLabel('通过', { exact: true }).check();
      await typed(`view=score&bid=${bid}`);
      await page.locator('input[name="scores[0][score]"]').fill('27.35');
      await page.locator('input[name="scores[1][score]"]').fill('10');
      expect(await page.locator('[data-sheet-sum]').textContent()).toBe('37.35');
      await kept();
    }
    expect(await page.locator('nav.tabs').textContent()).toContain('评分 6/6');
    expect(await house.em().count(Score, { lot: sealed.lot })).toBe(0);
    const draft = await house.em().findOneOrFail(SheetDraft, { member: mine.member });
    expect(Buffer.from(draft.sealed, 'base64').toString('latin1')).toMatch(/^age-encryption\.org\/v1\n-> X25519 /);
    await page.locator('.desk-draft summary').click();
    const [key] = await Promise.all([page.waitForEvent('download'), page.locator('[data-key-download]').click()]);
    expect(await faultsOf(page)).toEqual([]);

    const elsewhere = await open(true, mine.person);
    await elsewhere.page.goto(desk(`view=score&bid=${asks.bids[0]}`));
    await elsewhere.page.locator('[data-key-wanted]:not([hidden])').waitFor();
    expect(await elsewhere.page.locator('input[name="scores[0][score]"]').inputValue()).toBe('');
    await elsewhere.page
      .locator('input[data-key-file]')
      .first()
      .setInputFiles(await key.path());
    await elsewhere.page.locator('[data-key-wanted]').waitFor({ state: 'hidden' });
    expect(await elsewhere.page.locator('input[name="scores[0][score]"]').inputValue()).toBe('27.35');
    await elsewhere.page.goto(desk('view=sheet'));
    await elsewhere.page.getByText('已全部填完，可以密封递交。').waitFor();
    expect(await faultsOf(elsewhere.page)).toEqual([]);
    const file = await keyFileOf(mine.person);
    await elsewhere.page.setInputFiles('#signer-file', file);
    await elsewhere.page.fill('#signer-passphrase', passphrase);
    await elsewhere.page.getByRole('button', { name: '签名、密封并递交' }).click();
    await elsewhere.page.getByText('已全部递交，开标委员会正在共同开启。').waitFor();
    await until(town, async () => (await workOf(town, sealed.lot, mine)).open);
    await elsewhere.page.goto(desk('view=result'));
    expect(await elsewhere.page.locator('main').textContent()).toContain('密封时与现在');

    await elsewhere.page.goto(desk(`view=score&bid=${asks.bids[0]}`));
    await elsewhere.page.locator('input[name="scores[0][score]"]').fill('28');
    await elsewhere.page.locator('input[name="scores[0][reason]"]').fill('复核后更正');
    await elsewhere.page.setInputFiles('#signer-file', file);
    await elsewhere.page.fill('#signer-passphrase', passphrase);
    await elsewhere.page.getByRole('button', { name: '签名更正' }).click();
    await elsewhere.page.waitForURL(/saved=1/);
    expect(await house.em().count(Score, { member: mine.member, score: '28.00', version: 2 })).toBe(1);
    await context.close();
    await elsewhere.context.close();
  }, 180_000);

  it('judges blind: no page, answer, address, file, file name or socket names a bidder before the pseudonyms are laid open', async () => {
    const names = town.bidders.slice(0, 3).map(({ actor }) => actor.organisationName ?? '?');
    const blind = await openedLot(town, {
      draft: { criteria, envelopes: 'technical+price', blind: true, blindPictures: 'drawings' },
      offers: await Promise.all(
        names.map(async (name, at) => ({
          price: `1790${at}000.00`,
          files: [
            { field: 'technical', name: `${name}施工组织设计.pdf`, content: await printed({ Author: name, Title: `${name}投标文件` }) },
            { field: 'qualification', name: '资格审查资料.zip', content: 'PK 资格审查资料' },
          ],
        })),
      ),
    });
    const [first] = await panelAtWork(town, blind.lot);
    if (!first) throw new Error('the panel is empty');
    const { context, page } = await open(true, first.person);
    const heard: string[] = [];
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))));
    page.on('response', (response) => heard.push(`${response.url()} ${JSON.stringify(response.headers())}`));
    const telling = [...names, ...town.bidders.map(({ actor }) => actor.code ?? '?'), ...blind.bids];
    const silent = (where: string, said: string): void =>
      expect([where, telling.filter((word) => said.includes(word))]).toEqual([where, []]);
    const desk = (query: string): string => `${base()}/lots/${blind.lot}/evaluation?${query}`;
    for (const query of [
      '',
      'view=bids',
      'view=review',
      'view=score&file=0',
      'view=compare',
      'view=compare&of=plan',
      'view=sheet',
      'view=result',
    ]) {
      await page.goto(desk(query));
      silent(query, decodeURIComponent(await page.content()));
      expect(await page.locator('main').textContent()).toContain('暗标');
    }
    await page.goto(desk('view=score'));
    const choices = await page.locator('a.bid-choice').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
    expect(choices).toHaveLength(3);
    for (const choice of choices) {
      const bid = new URL(choice).searchParams.get('bid') ?? '';
      const { bidders, ...answer } = await (await page.request.get(`${base()}/api/lots/${blind.lot}/evaluation?bid=${bid}`)).json();
      // who bids it knows as a set, from the opening on; whose a bid is, it does not
      expect([...bidders].sort()).toEqual([...names].sort());
      silent('the answer as JSON', JSON.stringify(answer));
      const file = await page.request.get(`${base()}/lots/${blind.lot}/bids/${bid}/files/0`);
      expect(decodeURIComponent(file.headers()['content-disposition'] ?? '')).toContain('施工组织设计.pdf');
      silent('the head of the file', decodeURIComponent(JSON.stringify(file.headers())));
      const { texts, marks } = await pdfMarks(new Uint8Array(await file.body()), { pages: null, pictures: 'drawings', fonts: [] });
      expect(marks).toEqual([]);
      silent('the file', texts.map(({ text }) => text).join('\n'));
    }
    silent('addresses, heads and sockets', decodeURIComponent(heard.join('\n')));
    expect(await faultsOf(page)).toEqual([]);
    await context.close();
  }, 180_000);

  it('an administrator admits an expert by form', async () => {
    const { context, page } = await open(false, town.administrator);
    await page.goto(`${base()}/experts`);
    const fields = {
      name: '秦松涛',
      title: '正高级工程师',
      employer: makeCode('420102', 950),
      employerName: '武汉水利设计院',
      specialties: 'A08，A0401',
    };
    for (const [name, value] of Object.entries(fields)) await page.fill(`#f-${name}`, value);
    await page.locator('form.form button[type=submit]').click();
    await page.locator('.stat-value', { hasText: /^33$/ }).waitFor();
    await context.close();
    await expect(
      house.perform(enrolExpert, theSystem, { ...fields, specialties: 'bridges', memberships: 'construction', region: '420100' }),
    ).rejects.toThrow();
  }, 60_000);
});
