import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import express, { type Router } from 'express';
import { utf8 } from '../kernel/bytes.ts';
import { sha256 } from '../sealing/digest.ts';
import { oneLanguage, singlePage } from './single-page.ts';

/**
 * The verifiers that leave the house: a program in one file for Node, and a page in one file for everybody else. Both need neither this platform
 * nor a network. Whoever does not want to take them from the platform builds the same bytes from the sources: `npm run verifiers -- --out FOLDER`.
 */
const root = resolve(import.meta.dirname, '../..');

export const verifierNames = { page: 'yangguang-verify.html', program: 'yangguang-verify.mjs' } as const;

export interface Verifiers {
  readonly page: string;
  readonly program: string;
}

/** Builds both; about a second. The same sources and pinned packages give the same bytes. */
export async function buildVerifiers(): Promise<Verifiers> {
  return { page: await verifierPage(), program: await verifierProgram() };
}

async function verifierProgram(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['src/verify-alone.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    charset: 'utf8',
    sourcemap: false,
    legalComments: 'none',
    minify: true,
    plugins: [oneLanguage],
    logLevel: 'silent',
    banner: {
      js: `#!/usr/bin/env node
// 阳光 Yangguang: rechecks evidence offline. Usage: node ${verifierNames.program} FILE [--key VKEY] [--json] [--lang zh|en]
// Built from src/verify-alone.ts by src/web/verifiers.ts; needs Node 20 or newer and nothing else. AGPL-3.0-or-later.
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);`,
    },
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error('the verifier was not built');
  return output.text;
}

const verifierPage = (): Promise<string> =>
  singlePage({
    title: '阳光 · 离线核验 Yangguang · verify offline',
    lang: 'zh-CN',
    script: 'src/browser/verifier-alone.ts',
    style: 'views/assets/verifier.css',
    body: `<main>
<header>${readFileSync(join(root, 'views/assets/sun.svg'), 'utf8').trim()}<h1 id="title">阳光 · 离线核验</h1><button type="button" id="language">English</button></header>
<noscript><p>核验需要脚本。也可以用命令行：node ${verifierNames.program} FILE --key VKEY<br>Verifying needs scripts. The command line does it too: node ${verifierNames.program} FILE --key VKEY</p></noscript>
<p id="lead"></p>
<div id="drop"></div>
<div id="key-place"></div>
<div id="result" tabindex="-1" role="region" aria-live="polite"></div>
</main>`,
  });

/** Offers both for download at addresses that stay: built when first asked for, then kept. */
export function verifierRouter(): Router {
  let built: Promise<Verifiers> | undefined;
  const router = express.Router();
  for (const [kind, name] of Object.entries(verifierNames) as [keyof Verifiers, string][])
    router.get(`/${name}`, async (_request, response) => {
      built ??= buildVerifiers();
      response.type(kind === 'page' ? 'text/html; charset=utf-8' : 'text/javascript; charset=utf-8');
      // to be kept and opened from a disk: shown here it would stand under this site's policy, not its own
      response.attachment(name).send((await built)[kind]);
    });
  return router;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { out: { type: 'string', default: '.' } } });
  mkdirSync(values.out, { recursive: true });
  for (const [kind, text] of Object.entries(await buildVerifiers()) as [keyof Verifiers, string][]) {
    writeFileSync(join(values.out, verifierNames[kind]), text);
    console.log(`${Buffer.from(sha256(utf8(text))).toString('hex')}  ${join(values.out, verifierNames[kind])}`);
  }
}
