import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { launchChromium } from '../support/chromium.ts';
import { type Comparison, rate } from './measure.ts';
import { sealedBytes } from './seal-once.ts';
import { context, council } from './sealed.ts';

const megabytes = 100;

/** A bid of 100 MB sealed as the bidder's own computer does it, in Node and in Chromium, against WebCrypto's AES-GCM over the same bytes at once. */
export async function sealing(folder: string): Promise<Comparison[]> {
  const bare = 'WebCrypto AES-256-GCM';
  const bytes = new Uint8Array(megabytes * 1024 * 1024);
  const ours = await rate(() => sealedBytes(bytes, council, context));
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt']);
  const bareRate = await rate(() => crypto.subtle.encrypt({ name: 'AES-GCM', iv: crypto.getRandomValues(new Uint8Array(12)) }, key, bytes));
  const browser = await inBrowser(folder);
  return [
    { what: `seal ${megabytes} MB in Node`, ours, bare, bareRate, limit: 0.03 },
    { what: `seal ${megabytes} MB in Chromium`, ours: browser.ours, bare, bareRate: browser.bareRate, limit: 0.03 },
  ];
}

async function inBrowser(folder: string): Promise<{ readonly ours: number; readonly bareRate: number }> {
  const home = join(folder, 'sealing');
  mkdirSync(home, { recursive: true });
  await build({
    entryPoints: [join(import.meta.dirname, 'seal-once.ts')],
    outfile: join(home, 'seal.js'),
    bundle: true,
    format: 'iife',
    globalName: 'sealing',
    platform: 'browser',
    minify: true,
    logLevel: 'silent',
  });
  writeFileSync(join(home, 'seal.html'), '<!doctype html><meta charset="utf-8"><script src="seal.js"></script>');
  const chromium = await launchChromium();
  try {
    const page = await chromium.newPage();
    await page.goto(pathToFileURL(join(home, 'seal.html')).href);
    return await page.evaluate(
      `sealing.measured(${megabytes}, ${JSON.stringify(council)}, ${JSON.stringify(context)})` as unknown as () => Promise<{
        ours: number;
        bareRate: number;
      }>,
    );
  } finally {
    await chromium.close();
  }
}
