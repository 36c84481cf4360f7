import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { base64url, fromBase64, utf8 } from '../kernel/bytes.ts';
import { type ClientBuild, clientBuild } from '../sealing/client.ts';
import { sha256 } from '../sealing/digest.ts';
import { type AssetManifest, iconSprite } from './assets.ts';
import { singlePage } from './single-page.ts';
import { singleProgram } from './verifiers.ts';

/** The programs that seal bids, and the builds of them that the journal is to know (protocol §14). */

/** Everything the bid desk runs, by plain name: what its page loads, and nothing that these load by themselves (web/assets.ts). */
export const pageAssets = ['base.css', 'face.css', 'page.js', 'seal-bid.js'] as const;

/** The build of the bid desk, as the browser will measure it: file names and the digests it is held to. */
export function pageClient(manifest: AssetManifest): ClientBuild {
  const assets = pageAssets.map((plain) => ({
    name: manifest.files[plain] ?? '',
    sha256: base64url(fromBase64(manifest.integrity[plain]?.replace('sha256-', '') ?? '') ?? new Uint8Array()),
    bytes: manifest.sizes[plain] ?? 0,
  }));
  return clientBuild('bid-page', assets, null);
}

export const clientFiles = { page: 'yangguang-bid.html', program: 'yangguang-seal.mjs' } as const;

/** A client in one file, and its build. */
export interface BuiltClient {
  readonly text: string;
  readonly build: ClientBuild;
}

const digested = (name: string, text: string) => ({ name, sha256: base64url(sha256(utf8(text))), bytes: utf8(text).length });

const root = resolve(import.meta.dirname, '../..');

/** The offline page. Its build is over the script and the style as they stand in it: the page can measure these, and its own policy names them. */
export async function bidPage(): Promise<BuiltClient> {
  const name = clientFiles.page;
  const { html, script, style } = await singlePage({
    title: '阳光 · 离线投标 Yangguang · bid offline',
    lang: 'zh-CN',
    script: 'src/browser/bid-alone.ts',
    style: ['views/assets/bid-alone.css', 'views/assets/face.css'],
    body: `<main class="alone">
<header class="alone-head">${readFileSync(join(root, 'views/assets/sun.svg'), 'utf8').trim()}<h1 id="title">阳光 · 离线投标</h1><button type="button" class="btn btn-sm" id="language">English</button></header>
<noscript><p>签名和加密都在您的浏览器内完成，因此本页需要脚本。也可以用命令行：node ${clientFiles.program} --help<br>Signing and sealing happen in your browser: this page needs scripts. The command line does it too: node ${clientFiles.program} --help</p></noscript>
<div id="page" hidden></div>
</main>
<div class="alone-icons" aria-hidden="true">${iconSprite()}</div>`,
  });
  const assets = [digested(`${name}#script`, script), digested(`${name}#style`, style)];
  return { text: html, build: clientBuild('bid-offline', assets, digested(name, html)) };
}

/** The command as a program in one file. It measures the file that it was started from. */
export async function sealProgram(): Promise<BuiltClient> {
  const name = clientFiles.program;
  const text = await singleProgram('src/seal-alone.ts', `seals a bid offline. Usage: node ${name} --help`);
  return { text, build: clientBuild('bid-command', [digested(name, text)], digested(name, text)) };
}
