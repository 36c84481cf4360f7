import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import request from 'supertest';
import { verifyFile } from '../../src/evidence/file.ts';
import { checkLine, closingLines } from '../../src/evidence/report.ts';
import { parseVerifierKey } from '../../src/journal/checkpoint.ts';
import type { Language } from '../../src/kernel/words.ts';
import { downloadRouter } from '../../src/web/downloads.ts';
import { buildVerifiers, verifierNames } from '../../src/web/verifiers.ts';
import { launchChromium } from '../support/chromium.ts';
import { bundleOf } from './a-bundle.ts';
import { platformKey, tell } from './a-tender.ts';

/*
 * The verifiers that leave the house: one file for Node, one page for everybody else. Each is run alone, in a folder with nothing beside it, and must say
 * word for word what the verifier in the repository says.
 */
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'yangguang-verifiers-'));
const vectors = resolve(import.meta.dirname, '../vectors');
const files = { good: join(folder, 'tender.evidence.zip'), bent: join(folder, 'bent.evidence.zip'), odd: join(folder, 'odd.json') };
const receiptKey = String((JSON.parse(readFileSync(join(vectors, 'journal.json'), 'utf8')) as { key: string }).key);
const program = join(folder, 'alone', verifierNames.program);
const page = join(folder, 'alone', verifierNames.page);

beforeAll(async () => {
  const built = await buildVerifiers();
  mkdirSync(join(folder, 'alone'));
  writeFileSync(program, built.program);
  writeFileSync(page, built.page);
  const bytes = await bundleOf(await tell());
  writeFileSync(files.good, bytes);
  const bent = Buffer.from(bytes);
  const at = bent.indexOf('"price"');
  bent[at + 10] = (bent[at + 10] ?? 0) ^ 1;
  writeFileSync(files.bent, bent);
  writeFileSync(files.odd, '{"format":');
  copyFileSync(join(vectors, 'receipt.json'), join(folder, 'receipt.json'));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the verifier of the repository prints about a file. */
async function lines(file: string, key: string | undefined, language: Language): Promise<string[]> {
  const verdict = await verifyFile(readFileSync(file), { key: key === undefined ? undefined : parseVerifierKey(key) });
  return [...verdict.checks.map((check) => checkLine(check, language)), ...closingLines(verdict, language)];
}

async function alone(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  // nothing of the surroundings: no packages above the folder, no settings
  const options = { cwd: join(folder, 'alone'), env: { PATH: '' }, maxBuffer: 1 << 26 };
  return run(process.execPath, [program, ...args], options).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({ code: error.code, out: error.stdout, err: error.stderr }),
  );
}

describe('yangguang-verify.mjs: one file, Node and nothing else', () => {
  it('is built to the same bytes again', async () => {
    const again = await buildVerifiers();
    expect(again.program === readFileSync(program, 'utf8')).toBe(true);
    expect(again.page === readFileSync(page, 'utf8')).toBe(true);
  }, 60_000);

  it.each<Language>(['zh', 'en'])(
    'prints one line a check and answers 0 for what is true (%s)',
    async (lang) => {
      const { code, out, err } = await alone(files.good, '--key', platformKey, '--lang', lang);
      expect([code, err]).toEqual([0, '']);
      expect(out.trimEnd().split('\n')).toEqual(await lines(files.good, platformKey, lang));
    },
    30_000,
  );

  it('answers 1 for what is not, with what and why', async () => {
    const { code, out } = await alone(files.bent, '--key', platformKey);
    expect(code).toBe(1);
    expect(out.trimEnd().split('\n')).toEqual(await lines(files.bent, platformKey, 'zh'));
    expect(out).toContain('✗ 文件 award.json 与清单一致');
  }, 30_000);

  it('answers 2 for what cannot be read, for a misuse and for a file that is not there', async () => {
    for (const args of [[files.odd], ['nothing.zip'], [], [files.good, '--key', 'x'], [files.good, '--nonsense'], [folder]])
      expect([args, (await alone(...args)).code]).toEqual([args, 2]);
  }, 60_000);

  it('verifies a lone receipt and prints JSON for programs', async () => {
    const { code, out } = await alone(join(folder, 'receipt.json'), '--key', receiptKey, '--json');
    expect([code, (JSON.parse(out) as { result: string }).result]).toEqual([0, 'verified']);
    expect((await alone(join(folder, 'receipt.json'))).code).toBe(2);
  }, 30_000);

  it('holds no address of any network', () => {
    expect(readFileSync(program, 'utf8')).not.toMatch(/from"node:(net|http|https|tls|dgram|dns|http2)"|from"(net|http|https|tls)"/);
  });
});

describe('yangguang-verify.html: one page, from a disk, with the network off', () => {
  let browser: Browser;
  let context: BrowserContext;
  let shown: Page;
  const asked: string[] = [];
  const errors: string[] = [];
  beforeAll(async () => {
    browser = await launchChromium();
    context = await browser.newContext({ locale: 'en-GB' });
    await context.setOffline(true);
    shown = await context.newPage();
    shown.on('request', (each) => asked.push(each.url()));
    shown.on('pageerror', (error) => errors.push(error.message));
    await shown.goto(pathToFileURL(page).href);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
  });
  const verified = async (file: string, key: string): Promise<void> => {
    await shown.fill('#key', key);
    await shown.locator('#key').blur();
    await shown.setInputFiles('#file', file);
    await shown.waitForSelector('#result[data-state="done"]');
  };
  const linesShown = (): Promise<string[]> => shown.$$eval('.line', (all) => all.map((each) => each.textContent ?? ''));

  it('says the same lines as the command line, in both languages, and what they mean', async () => {
    await verified(files.good, platformKey);
    expect(await shown.textContent('#verdict')).toBe('✓ verified');
    const { length } = await lines(files.good, platformKey, 'en');
    for (const lang of ['en', 'zh'] as const) {
      const expected = await lines(files.good, platformKey, lang);
      expect(new Set([...(await linesShown()), expected.find((line) => line === '已核验' || line === 'verified')])).toEqual(
        new Set(expected),
      );
      expect((await linesShown()).length).toBe(length - 1);
      expect(await shown.textContent('#result')).toContain(lang === 'en' ? 'What this file cannot show' : '这个文件证明不了什么');
      await shown.click('#language');
    }
  }, 60_000);

  it('refutes a bundle with one bit changed, naming the file, and says that nothing is established', async () => {
    await verified(files.bent, platformKey);
    expect(await shown.textContent('#verdict')).toBe('✗ refuted');
    expect((await linesShown()).some((line) => line.startsWith('✗ File award.json'))).toBe(true);
    expect(await shown.textContent('#result')).not.toContain('What this establishes');
  }, 60_000);

  it('refuses a wrong pinned key, says when none was pinned, and verifies a receipt', async () => {
    await verified(files.good, receiptKey);
    expect(await shown.textContent('#verdict')).toBe('✗ refuted');
    await verified(files.good, '');
    expect(await shown.textContent('#result')).toContain('not pinned');
    await verified(files.good, 'nonsense');
    expect(await shown.textContent('#verdict')).toContain('no verifier key');
    await verified(join(folder, 'receipt.json'), receiptKey);
    expect(await shown.textContent('#verdict')).toBe('✓ verified');
    await verified(files.odd, '');
    expect(await shown.textContent('#verdict')).toBe('? unreadable');
  }, 60_000);

  it('takes a dropped file anywhere on the page', async () => {
    await shown.fill('#key', receiptKey);
    await shown.evaluate(
      (text) => {
        const data = new DataTransfer();
        data.items.add(new File([text], 'receipt.json', { type: 'application/json' }));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
      },
      readFileSync(join(folder, 'receipt.json'), 'utf8'),
    );
    await shown.waitForSelector('#result[data-state="done"] #verdict.verified');
    expect(await shown.textContent('#result')).toContain('receipt.json');
  }, 30_000);

  it('prints its lines and leaves out what is only for the screen', async () => {
    await shown.emulateMedia({ media: 'print' });
    expect(await shown.isVisible('#drop')).toBe(false);
    expect(await shown.isVisible('#verdict')).toBe(true);
    await shown.emulateMedia({ media: 'screen' });
  });

  it('asks for nothing, may ask for nothing, and fails nowhere', async () => {
    expect(asked).toEqual([pathToFileURL(page).href]);
    await context.setOffline(false);
    const refused = await shown.evaluate(() =>
      fetch('data:,x').then(
        () => 'fetched',
        () => 'refused',
      ),
    );
    expect(refused).toBe('refused');
    const policy = await shown.getAttribute('meta[http-equiv="Content-Security-Policy"]', 'content');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(errors).toEqual([]);
  });
});

describe('both can be fetched from the platform at addresses that stay', () => {
  it('as downloads, to the bytes that anyone builds from the sources', async () => {
    const app = express().use('/verify', downloadRouter());
    for (const [name, file] of [
      [verifierNames.page, page],
      [verifierNames.program, program],
    ] as const) {
      const { text, headers } = await request(app).get(`/verify/${name}`).buffer(true).expect(200);
      expect(headers['content-disposition']).toBe(`attachment; filename=${name}`);
      expect(text === readFileSync(file, 'utf8')).toBe(true);
    }
    await request(app).get('/verify/other.html').expect(404);
  }, 60_000);
});
