import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { registerWitness } from '../../src/journal/register-witness.ts';
import { witnessStandings } from '../../src/journal/witness-reads.ts';
import { theSystem } from '../../src/kernel/actor.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { makeAuthority, readAuthority, useAuthority } from '../../src/parties/authority.ts';
import { type SmallNode, smallNode } from '../journal/small-node.ts';

const cli = join(import.meta.dirname, '../../src/cli.ts');
const run = promisify(execFile);

let node: SmallNode;
let folder: string;
beforeAll(async () => {
  useAuthority(await readAuthority(await makeAuthority({ now: systemClock(), sandbox: true })));
  node = await smallNode();
  folder = mkdtempSync(join(tmpdir(), 'yangguang-witness-'));
  await node.write(3);
}, 60_000);
afterAll(async () => {
  await node.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Program {
  readonly child: ChildProcess;
  readonly said: () => string;
  /** what the line that matches says in its first group */
  line(wanted: RegExp): Promise<string>;
  readonly exit: Promise<number | null>;
}

function witness(...more: string[]): Program {
  const args = [
    'witness',
    '--platform',
    node.address,
    '--key',
    join(folder, 'key'),
    '--state',
    join(folder, 'state'),
    '--name',
    'process.example',
    '--poll',
    '50',
    ...more,
  ];
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece: Buffer) => (said += piece.toString()));
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    child,
    exit,
    said: () => said,
    line: async (wanted) => {
      const until = performance.now() + 20_000;
      for (;;) {
        const [, found] = wanted.exec(said) ?? [];
        if (found !== undefined) return found;
        if (child.exitCode !== null || performance.now() > until) throw new Error(`no ${wanted} in: ${said}`);
        await new Promise((soon) => setTimeout(soon, 20));
      }
    },
  };
}

async function audited(...args: string[]): Promise<{ code: number; text: string }> {
  try {
    const { stdout } = await run(process.execPath, [cli, 'audit', '--lang', 'en', ...args]);
    return { code: 0, text: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, text: stdout + stderr };
  }
}

describe('yangguang witness', () => {
  it('makes its key, prints it, pins the platform’s, and cosigns from the moment it is registered', async () => {
    const program = witness('--origin-key', node.vkey);
    const vkey = await program.line(/this witness: (process\.example\+\S+)\n/);
    expect(await program.line(/the platform: (\S+)\n/)).toBe(node.vkey);
    await program.line(/was (not taken)/);
    await node.house.perform(registerWitness, theSystem, { vkey });
    await node.write(1);
    await program.line(/(cosigned \d+)/);
    program.child.kill('SIGTERM');
    expect(await program.exit).toBe(0);
    expect(await witnessStandings(node.house.em())).toMatchObject([{ name: 'process.example', alarm: null }]);
  }, 30_000);
  it('follows no other platform with the same state', async () => {
    const program = witness('--origin-key', node.vkey.replace('test.', 'best.'));
    expect(await program.exit).not.toBe(0);
    expect(program.said()).toContain('not best.');
  }, 30_000);
  it('is audited: from the tiles by anyone, from the tables by whoever may read them', async () => {
    const state = join(folder, 'audited');
    expect(await audited('--platform', node.address, '--key', node.vkey, '--state', state)).toMatchObject({ code: 0 });
    expect(existsSync(state)).toBe(true);
    const tables = await audited('--database', node.house.database.url, '--key', node.vkey);
    expect(tables).toMatchObject({ code: 0 });
    expect(tables.text).toContain('process.example vouches for');
  }, 30_000);
  it('refuses a rewritten journal and keeps the evidence; the next audit against what it kept finds the fork', async () => {
    await node.rewriteFrom(1);
    const program = witness();
    await program.line(/(refused to cosign: journal-rewritten)/);
    program.child.kill('SIGTERM');
    await program.exit;
    for (const args of [
      ['--state', join(folder, 'audited')],
      ['--checkpoint', join(folder, 'state')],
    ]) {
      const { code, text } = await audited('--platform', node.address, '--key', node.vkey, ...args);
      expect([code, text]).toEqual([1, expect.stringContaining('a forked log')]);
    }
  }, 60_000);
  it('does not begin anew with its old key when its memory is gone', async () => {
    rmSync(join(folder, 'state'));
    const program = witness();
    expect(await program.exit).not.toBe(0);
    expect(program.said()).toContain('begins again with a new key');
  }, 30_000);
  it('an audit that cannot read says so with 2, and is no verdict', async () => {
    expect(await audited()).toMatchObject({ code: 2 });
    writeFileSync(join(folder, 'broken'), '{');
    expect(await audited('--platform', 'http://127.0.0.1:9')).toMatchObject({ code: 2 });
  }, 30_000);
});
