import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
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

const verifierProgram = (): Promise<string> =>
  singleProgram(
    'src/verify-alone.ts',
    `rechecks evidence offline. Usage: node ${verifierNames.program} FILE [--key VKEY] [--json] [--lang zh|en]`,
  );

/** A program in one file for Node 20 and nothing else; the same sources give the same bytes. */
export async function singleProgram(entry: string, says: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
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
// 阳光 Yangguang: ${says}
// Built from ${entry} by src/web/verifiers.ts; needs Node 20 or newer and nothing else. AGPL-3.0-or-later.
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);`,
    },
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`nothing was built from ${entry}`);
  return output.text;
}

const verifierPage = async (): Promise<string> => {
  const { html } = await singlePage({
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
  return html;
};
