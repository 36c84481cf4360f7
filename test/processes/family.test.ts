import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Family, type Member, startFamily } from '../../src/processes.ts';
import { isAlive } from '../../src/store/alive.ts';
import { claimFolder, releaseFolder } from '../../src/store/claim.ts';
import { choosePort } from '../../src/web/port.ts';

const script = (name: string): string => join(import.meta.dirname, 'members', `${name}.mjs`);
const member = (name: string, env: Record<string, string> = {}): Member => ({ name, args: [script(name)], env });

describe('the family of processes', () => {
  let lines: string[] = [];
  let family: Family;
  let folder: string;
  const log = (line: string): void => void lines.push(line);
  const pidIn = (text: string): number => Number(/steady \w+ (\d+)/.exec(text)?.[1]);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'yangguang-family-'));
  });
  afterEach(async () => {
    await family?.stop();
    lines = [];
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is ready when each member says so, and speaks with their names before each line', async () => {
    family = startFamily([member('steady', { GREETING: 'hello' })], { log });
    await family.ready;
    expect(lines.join('\n')).toMatch(/^steady {7}steady hello \d+$/m);
  });

  it('gives a member the environment that is written down for it, and no other', async () => {
    family = startFamily([{ ...member('steady'), env: {} }], { log });
    await family.ready;
    expect(lines.join('\n')).toContain('steady undefined');
  });

  it('ends cleanly when asked', async () => {
    family = startFamily([member('steady', { GREETING: 'a' }), { ...member('steady', { GREETING: 'b' }), name: 'second' }], { log });
    await family.ready;
    const pids = lines.map(pidIn);
    await family.stop();
    expect(lines.filter((line) => line.includes('cleaned up'))).toHaveLength(2);
    expect(pids.some(isAlive)).toBe(false);
  });

  it('kills a member that does not end in time, and not before', async () => {
    family = startFamily([member('stubborn')], { log, graceMilliseconds: 600 });
    await family.ready;
    const asked = performance.now();
    await family.stop();
    const took = performance.now() - asked;
    expect(took).toBeGreaterThanOrEqual(590);
    expect(took).toBeLessThan(2500);
  });

  it('starts a member again that died', async () => {
    family = startFamily([member('frail', { MARK: join(folder, 'once') })], { log, firstPauseMilliseconds: 10 });
    await family.ready;
    expect(lines).toEqual(['frail        frail at first', 'frail ended (exit code 3); it is started again']);
  });

  it('starts a member again that was killed while it worked', async () => {
    family = startFamily([member('steady', { GREETING: 'again' })], { log, firstPauseMilliseconds: 10 });
    await family.ready;
    process.kill(pidIn(lines.join('\n')), 'SIGKILL');
    await until(() => lines.filter((line) => line.includes('steady again')).length === 2);
    expect(lines.join('\n')).toContain('steady ended (SIGKILL)');
  });

  it('gives up on a member that never gets up, and says what it saw', async () => {
    family = startFamily([member('hopeless')], { log, firstPauseMilliseconds: 1 });
    await expect(family.ready).rejects.toThrow('hopeless ends at once, again and again (exit code 7)');
    expect(lines.filter((line) => line.includes('no such thing'))).toHaveLength(5);
  });

  it('does not outlive a supervisor that was killed', async () => {
    const parent: ChildProcess = spawn(process.execPath, [script('parent')], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    parent.stdout?.setEncoding('utf8').on('data', (part: string) => {
      said += part;
    });
    await until(() => said.includes('family is up'));
    const orphan = pidIn(said);
    expect(isAlive(orphan)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !isAlive(orphan));
  });
});

describe('the port', () => {
  let taken: Server;
  let port: number;
  beforeAll(async () => {
    taken = createServer();
    await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening));
    const address = taken.address();
    port = typeof address === 'object' && address ? address.port : 0;
  });
  afterAll(() => new Promise((closed) => taken.close(closed)));

  it('is the next free one where nobody asked for that one', async () => {
    const chosen = await choosePort('127.0.0.1', port, false);
    expect(chosen).toBeGreaterThan(port);
    expect(chosen).toBeLessThan(port + 100);
  });

  it('is refused in one sentence where somebody did', async () => {
    await expect(choosePort('127.0.0.1', port, true)).rejects.toThrow(`port ${port} is taken by another program; set PORT to a free one`);
  });

  it('must be one that this address can have', async () => {
    await expect(choosePort('192.0.2.1', port, true)).rejects.toThrow('cannot listen on 192.0.2.1');
  });
});

describe('a data folder', () => {
  it('belongs to one family at a time, and to the next when that one is gone, even without a word', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'yangguang-claim-'));
    const other = spawn(process.execPath, [script('claimant'), folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await new Promise((claimed) => other.stdout?.once('data', claimed));
      expect(claimFolder(folder, 'http://localhost:3001')).toMatchObject({ pid: other.pid, url: 'http://localhost:3000' });
      const gone = new Promise((exited) => other.once('exit', exited));
      other.kill('SIGKILL');
      await gone;
      expect(claimFolder(folder, 'http://localhost:3001')).toBeNull();
      releaseFolder(folder);
      expect(claimFolder(folder, 'http://localhost:3001')).toBeNull();
    } finally {
      other.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 20) {
    if (waited > 15_000) throw new Error('it did not come to that');
    await pause(20);
  }
}
