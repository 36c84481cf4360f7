import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { environmentWith } from '../src/config.ts';
import { signIn, until } from './client.ts';
import { riverbank } from './plans.ts';
import { poolSize } from './province.ts';
import { walkWhole } from './story.ts';

const walks = { construction: riverbank } as const;

/**
 * `yangguang demo [--only construction] [--out DIR]`: starts a throw-away node with real processes (database, web, worker, sequencer, three
 * custodians), walks a whole tender through its public API, verifies the evidence offline, and leaves nothing but the files in DIR.
 */
export async function demoCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { only: { type: 'string' }, out: { type: 'string' } } });
  const lines = values.only ? [values.only] : Object.keys(walks);
  const unknown = lines.find((line) => !(line in walks));
  if (unknown) {
    console.error(`no demonstration for '${unknown}'; there are: ${Object.keys(walks).join(', ')}`);
    return 2;
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'yangguang-demo-'));
  const port = await freePort();
  const node = startNode(dataDir, port);
  try {
    const base = `http://127.0.0.1:${port}`;
    await until(
      'the node',
      () =>
        fetch(`${base}/healthz`).then(
          (response) => response.ok,
          () => false,
        ),
      90,
    );
    await until('the experts', () => filled(base), 240);
    let failed = 0;
    for (const line of lines as (keyof typeof walks)[]) {
      const outcome = await walkWhole({ base, plan: walks[line], tell: (said) => console.log(said) });
      if (values.out) await keep(values.out, `${line}-${outcome.number}`, outcome);
      failed += outcome.verified ? 0 : 1;
    }
    return failed === 0 ? 0 : 1;
  } finally {
    await node.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** People first: the walk needs everyone signed in and a pool to draw from. */
async function filled(base: string): Promise<boolean> {
  const pool = await signIn(base, 'admin', 'administrator')
    .then((admin) => admin.get<{ total: number }>('/experts'))
    .catch(() => ({ total: 0 }));
  return pool.total >= poolSize;
}

function startNode(dataDir: string, port: number) {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src/main.ts')], {
    env: environmentWith({
      DATA_DIR: dataDir,
      PORT: String(port),
      SANDBOX: '1',
      SEED: 'people',
      DATABASE_URL: undefined,
      PUBLIC_URL: undefined,
      HOST: undefined,
      ORIGIN: undefined,
      NODE_ENV: undefined,
    }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.resume();
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** A port nobody listens on now. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

async function keep(
  folder: string,
  name: string,
  outcome: {
    readonly evidence: Uint8Array;
    readonly key: string;
    readonly papers: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  },
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.evidence.zip`), outcome.evidence);
  await writeFile(join(folder, 'platform.vkey'), `${outcome.key}\n`);
  for (const paper of outcome.papers) await writeFile(join(folder, `${name}-${paper.name}`), paper.bytes);
  const written = await readFile(join(folder, `${name}.evidence.zip`));
  console.log(`写入 written: ${join(folder, `${name}.evidence.zip`)} (${written.length} bytes), ${outcome.papers.length} papers`);
}
