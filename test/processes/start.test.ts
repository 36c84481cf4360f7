import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { isAlive } from '../../src/store/alive.ts';
import { temporaryFolder } from '../../src/store/places.ts';

const root = join(import.meta.dirname, '../..');
jest.setTimeout(120_000);

interface Started {
  readonly npm: ChildProcess;
  /** all it has printed */
  said(): string;
  /** the exit code, when it has ended */
  readonly ended: Promise<number | null>;
}

/** As in a terminal: npm and everything it starts are one process group. */
function npmStart(env: Record<string, string>): Started {
  const { NODE_OPTIONS: _, ...ours } = process.env;
  const npm = spawn('npm', ['start'], { cwd: root, env: { ...ours, PORT: '', ...env }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [npm.stdout, npm.stderr])
    stream?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  return { npm, said: () => text, ended: new Promise((done) => npm.once('exit', (code) => done(code))) };
}

/** The process and all that descend from it. */
function familyOf(pid: number): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    rows.filter(([, ppid]) => ppid === parent).flatMap(([child]) => [child ?? 0, ...below(child ?? 0)]);
  return [pid, ...below(pid)];
}

const address = /→\s+http:\/\/localhost:(\d+)/;
async function up(started: Started): Promise<number> {
  for (let waited = 0; waited < 40_000; waited += 50) {
    const port = address.exec(started.said())?.[1];
    if (port) return Number(port);
    if (started.npm.exitCode !== null) break;
    await pause(50);
  }
  throw new Error(`it did not come up:\n${started.said()}`);
}
/** Members that lost their supervisor end by themselves: within their grace, which a new start does not wait for. */
async function allGone(family: readonly number[]): Promise<void> {
  for (let waited = 0; waited < 15_000 && family.some(isAlive); waited += 50) await pause(50);
  expect(family.filter(isAlive)).toEqual([]);
}
const answers = async (port: number): Promise<boolean> => (await fetch(`http://127.0.0.1:${port}/healthz`)).ok;

describe('npm start', () => {
  // Below a folder that only its owner may enter, as in root's home.
  const home = temporaryFolder('yangguang-start-');
  const env = { DATA_DIR: join(home, 'locked', '.data') };
  let other: Server;
  let running: Started | undefined;

  beforeAll(async () => {
    mkdirSync(join(home, 'locked'), { mode: 0o700 });
    chmodSync(join(home, 'locked'), 0o700);
    other = createServer();
    await new Promise<void>((settled) => {
      other.once('error', () => settled()); // somebody else has it: as good
      other.listen(3000, '127.0.0.1', settled);
    });
  });
  afterEach(async () => {
    if (running && running.npm.exitCode === null) {
      running.npm.kill('SIGTERM');
      await running.ended;
    }
  });
  afterAll(async () => {
    await new Promise((closed) => other.close(closed));
    const moved = /its data stands in (\S+)/.exec(told)?.[1];
    for (const folder of [home, moved]) if (folder) rmSync(folder, { recursive: true, force: true });
  });
  let told = '';

  it('brings the first page within twenty seconds, on the next port when 3000 is taken, and ends cleanly when it is told to', async () => {
    const begin = performance.now();
    running = npmStart(env);
    const port = await up(running);
    expect(await answers(port)).toBe(true);
    expect(performance.now() - begin).toBeLessThan(20_000);
    told = running.said();
    expect(port).toBeGreaterThan(3000);
    const family = familyOf(running.npm.pid ?? 0);
    expect(family.length).toBeGreaterThanOrEqual(5);

    const second = npmStart(env);
    expect(await second.ended).toBe(1);
    expect(second.said()).toContain(`is running already: http://localhost:${port}`);

    const asked = performance.now();
    running.npm.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    // its members are killed after four seconds, which nobody must have needed; a busy machine may take longer over the rest
    expect(performance.now() - asked).toBeLessThan(15_000);
    expect(running.said()).not.toContain('SIGKILL');
    expect(family.filter(isAlive)).toEqual([]);
  });

  it('ends as well when Ctrl-C reaches npm and everything it started', async () => {
    running = npmStart(env);
    await up(running);
    const family = familyOf(running.npm.pid ?? 0);
    process.kill(-(running.npm.pid ?? 0), 'SIGINT');
    expect(await running.ended).toBe(0);
    expect(family.filter(isAlive)).toEqual([]);
  });

  it('ends cleanly also while it is still starting', async () => {
    running = npmStart(env);
    await pause(1200);
    running.npm.kill('SIGTERM');
    await running.ended;
    await pause(200);
    expect(familyOf(running.npm.pid ?? 0).filter(isAlive)).toEqual([]);
    running = npmStart(env);
    expect(await answers(await up(running))).toBe(true);
  });

  it.each([
    ['the whole family was killed', (family: number[]) => family],
    ['only its head was killed', (family: number[]) => family.slice(0, 2)],
  ])('recovers by itself when %s', async (_what, whom) => {
    running = npmStart(env);
    await up(running);
    const family = familyOf(running.npm.pid ?? 0);
    for (const pid of whom(family)) process.kill(pid, 'SIGKILL');
    await running.ended;
    running = npmStart(env);
    expect(await answers(await up(running))).toBe(true);
    await allGone(family);
  });

  it('says in one sentence which setting is wrong, or that the wanted port is taken', async () => {
    const wrong = npmStart({ ...env, PORT: 'eighty' });
    expect(await wrong.ended).toBe(1);
    expect(wrong.said()).toMatch(/^PORT: .*eighty/m);
    const taken = npmStart({ ...env, PORT: '3000' });
    expect(await taken.ended).toBe(1);
    expect(taken.said()).toContain('port 3000 is taken by another program; set PORT to a free one');
  });
});
