import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Council } from '../../src/sealing/council.ts';
import { createKeyFile } from '../../src/sealing/key-file.ts';
import { newKeyPair } from '../../src/sealing/signer.ts';
import { openTrusteeKey } from '../../src/sealing/trustee-key.ts';
import { sessionCookie } from '../../src/web/sessions.ts';
import { called, trusteesOf } from '../custody/ceremony-scene.ts';
import { addressOf, close, listening } from '../custody/scene.ts';
import { launchChromium } from '../support/chromium.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { makeTown, type Person, soon, type Town } from '../support/town.ts';

const inBrowser = process.env.SKIP_BROWSER === '1' ? describe.skip : describe;
jest.setTimeout(120_000);

inBrowser('A key ceremony, in three real browsers', () => {
  let house: TestHouse;
  let town: Town;
  let trustees: readonly Person[];
  let server: Server;
  let browser: Browser;
  let folder: string;
  let ceremony: string;
  const pages: Page[] = [];
  const passphraseOf = (index: number): string => `a long passphrase ${index}`;
  const sent: string[] = [];

  beforeAll(async () => {
    house = await openHouse({ at: soon() });
    town = await makeTown(house, { bidders: 0 });
    const pair = await newKeyPair();
    trustees = await trusteesOf(town, pair);
    server = await listening(createServer(house.app));
    browser = await launchChromium();
    folder = mkdtempSync(join(tmpdir(), 'yangguang-ceremony-page-'));
    ceremony = await called(town, trustees);
    for (const [at, trustee] of trustees.entries()) {
      const signer = await trustee.signer();
      const file = join(folder, `${at + 1}.p12`);
      writeFileSync(file, await createKeyFile(pair.privateKey, signer.certificate, signer.chain, 'signing-2026'));
      const context = await browser.newContext({ locale: 'zh-CN' });
      await context.addCookies([{ name: sessionCookie, value: await trustee.token(), url: addressOf(server) }]);
      const page = await context.newPage();
      page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
      await page.goto(`${addressOf(server)}/ceremonies/${ceremony}`);
      pages.push(page);
    }
  });
  afterAll(async () => {
    await browser?.close();
    await close(server);
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const begin = async (page: Page, index: number): Promise<void> => {
    await page.fill('#ceremony-passphrase', passphraseOf(index));
    if (await page.isVisible('#ceremony-again')) await page.fill('#ceremony-again', passphraseOf(index));
    await page.setInputFiles('#signer-file', join(folder, `${index}.p12`));
    await page.fill('#signer-passphrase', 'signing-2026');
    await page.click('[data-ceremony-go]');
  };

  it('takes no short passphrase, and tells one that was mistyped', async () => {
    const [page] = pages as [Page];
    await page.fill('#ceremony-passphrase', 'short');
    await page.click('[data-ceremony-go]');
    await page.getByText('口令至少 12 个字符').first().waitFor();
    await page.fill('#ceremony-passphrase', passphraseOf(1));
    await page.fill('#ceremony-again', 'another passphrase');
    await page.click('[data-ceremony-go]');
    await page.getByText('两次输入的口令不同').waitFor();
  });

  it('goes on where it was after a page was closed, and all three come to one code', async () => {
    const [first] = pages as [Page];
    await begin(first, 1);
    await first.getByText('已公布文件的哈希').waitFor();
    await first.reload();
    expect(await first.isVisible('#ceremony-again')).toBe(false);
    await begin(first, 1);
    await first.getByText('已从本浏览器保存的内容继续').waitFor();
    for (const [at, page] of pages.entries()) if (at > 0) await begin(page, at + 1);
    for (const page of pages) await page.getByText('全部份额成立').waitFor({ timeout: 60_000 });
    const codes = await Promise.all(pages.map((page) => page.textContent('[data-ceremony-code]')));
    expect(codes[0]).toMatch(/^\d{4} \d{4} \d{4} \d{4}$/);
    expect(new Set(codes).size).toBe(1);
  });

  it('says the last word only after the key file was opened again and the code compared; then the council stands', async () => {
    for (const [at, page] of pages.entries()) {
      const confirm = page.locator('[data-ceremony-confirm]');
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-ceremony-file="trustee-key.age"]')]);
      const file = join(folder, `key-${at + 1}.age`);
      await download.saveAs(file);
      await page.check('#ceremony-compared');
      expect(await confirm.isDisabled()).toBe(true);
      if (at === 0) {
        await page.setInputFiles('#ceremony-proof', join(folder, '1.p12'));
        await page.getByText('不是本次仪式产生的密钥文件').waitFor();
        expect(await confirm.isDisabled()).toBe(true);
      }
      await page.setInputFiles('#ceremony-proof', file);
      await page.getByText('密钥文件可以打开').waitFor();
      await confirm.click();
    }
    for (const page of pages) await page.getByText('委员会已成立', { exact: true }).waitFor({ timeout: 30_000 });
    const { council } = (await house.api().get(`/councils/${ceremony}`)).body as { council: Council };
    const keys = await Promise.all(
      [1, 2, 3].map((index) => openTrusteeKey(new Uint8Array(readFileSync(join(folder, `key-${index}.age`))), passphraseOf(index))),
    );
    for (const [at, key] of keys.entries()) expect(key).toMatchObject({ ok: true, key: { council: council.id, index: at + 1 } });
    for (const [at, key] of keys.entries()) {
      if (!key.ok) throw key.problem;
      for (const secret of [key.key.signingShare, key.key.identity, passphraseOf(at + 1), 'signing-2026'])
        expect(sent.some((text) => text.includes(secret))).toBe(false);
    }
  });

  it('gives a key file another passphrase, in the page alone; the old one no longer opens the new file', async () => {
    const [page] = pages as [Page];
    await page.goto(`${addressOf(server)}/ceremonies`);
    const before = sent.length;
    await page.setInputFiles('#change-file', join(folder, 'key-1.age'));
    await page.fill('#change-old', 'not the passphrase');
    await page.fill('#change-next', 'quite another passphrase');
    await page.fill('#change-again', 'quite another passphrase');
    await page.click('[data-passphrase-go]');
    await page.getByText('口令不正确').waitFor();
    await page.fill('#change-old', passphraseOf(1));
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('[data-passphrase-go]')]);
    await page.getByText('新文件可以打开：第 1 席').waitFor();
    await file.saveAs(join(folder, 'changed.age'));
    const bytes = new Uint8Array(readFileSync(join(folder, 'changed.age')));
    expect(await openTrusteeKey(bytes, 'quite another passphrase')).toMatchObject({ ok: true, key: { council: ceremony, index: 1 } });
    expect(await openTrusteeKey(bytes, passphraseOf(1))).toMatchObject({ ok: false });
    expect(sent.slice(before).some((text) => text.startsWith('POST'))).toBe(false);
  });
});
