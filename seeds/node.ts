import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { environmentWith } from '../src/config.ts';

/** A node started from here: the whole family of processes, as `npm start` starts it. */
export interface StartedNode {
  /** `http://127.0.0.1:<port>` */
  readonly base: string;
  readonly port: number;
  readonly dataDir: string;
  /** the process that started the others */
  readonly pid: number;
  /** everything it has printed so far */
  said(): string;
  /** Resolves once it has printed this; throws when it ends first, or after so many seconds. */
  saying(text: string, seconds?: number): Promise<void>;
  /** Ends it as Ctrl-C does and resolves with its exit code. */
  stop(): Promise<number | null>;
  /** the exit code, once it has ended by whatever way */
  readonly ended: Promise<number | null>;
}

export interface NodeOptions {
  /** holds everything of the node; the same folder again is the same node again */
  readonly dataDir: string;
  /** any free one when left out */
  readonly port?: number;
  /** `people`: organisations and experts; `all`: tenders at several stages too */
  readonly seed?: 'people' | 'none' | 'all';
}

/** What the seeding says last. */
export const seeded = '演示数据就绪';
/** Stands in the line that tells where to go: the first page answers. */
export const firstPage = '→  http';

/**
 * Starts a sandbox node with real processes (database, web, worker, sequencer, three custodians) and resolves when its first page answers; wait for
 * `seeded` to be said before people are needed.
 */
export async function startNode(options: NodeOptions): Promise<StartedNode> {
  const port = options.port ?? (await freePort());
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src/main.ts')], {
    env: environmentWith({
      DATA_DIR: options.dataDir,
      PORT: String(port),
      SANDBOX: '1',
      SEED: options.seed ?? 'people',
      // a test run's or an operator's own settings are not this node's
      DATABASE_URL: undefined,
      PUBLIC_URL: undefined,
      HOST: undefined,
      ORIGIN: undefined,
      NODE_ENV: undefined,
      NODE_OPTIONS: undefined,
    }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const node: StartedNode = {
    base: `http://127.0.0.1:${port}`,
    port,
    dataDir: options.dataDir,
    pid: child.pid ?? 0,
    said: () => text,
    saying: async (wanted, seconds = 240) => {
      for (const start = performance.now(); !text.includes(wanted); ) {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the node ended before it said “${wanted}”:\n${text}`);
        if (performance.now() - start > seconds * 1000) throw new Error(`${seconds} s and no “${wanted}”:\n${text}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
    ended,
  };
  await node.saying(firstPage, 120).catch(async (error: unknown) => {
    await node.stop();
    throw error;
  });
  return node;
}

/** A port nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
