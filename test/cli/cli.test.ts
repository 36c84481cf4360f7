import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commandOptions } from '../../src/command-options.ts';
import { canonical } from '../../src/kernel/bytes.ts';
import { bundleOf } from '../evidence/a-bundle.ts';
import { platformKey, tell } from '../evidence/a-tender.ts';

/** The command line as people run it: a process, its lines and its exit code. */
const root = fileURLToPath(new URL('../../', import.meta.url));
const vectors = join(root, 'test/vectors');

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}
const yangguang = (...args: readonly string[]): Promise<Run> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['src/cli.mjs', ...args], { cwd: root, env: {} }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out, err });
    });
  });
const load = async (path: string): Promise<Record<string, unknown>> => JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;

/** What was printed of each of several files, by its name. */
function sectionsOf(out: string): Map<string, string[]> {
  const parts = out.trimEnd().split(/^== /m).slice(1);
  return new Map(parts.map((part) => part.split('\n')).map(([file = '', ...lines]) => [file, lines]));
}

let folder: string;
let key: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yangguang-cli-'));
  key = String((await load(join(vectors, 'journal.json'))).key);
});
afterAll(() => rm(folder, { recursive: true }));
const written = async (name: string, content: string | Uint8Array): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

describe('yangguang verify', () => {
  it('verifies every independent vector, one line a check', async () => {
    const files = [
      'receipt.json',
      'opening.json',
      'draw.json',
      ...(await readdir(join(vectors, 'evaluation'))).map((name) => `evaluation/${name}`),
    ];
    expect(files).toHaveLength(38);
    const { code, out } = await yangguang('verify', ...files.map((file) => join(vectors, file)), '--key', key, '--lang', 'en');
    expect(code).toBe(0);
    const sections = sectionsOf(out);
    expect([...sections.keys()]).toEqual(files.map((file) => join(vectors, file)));
    for (const [file, said] of sections) {
      expect([file, said.filter((line) => line.startsWith('✓ ')).length > 2]).toEqual([file, true]);
      expect([file, said.filter((line) => line === 'verified')]).toEqual([file, ['verified']]);
      expect([file, said.some((line) => line.includes('✗'))]).toEqual([file, false]);
    }
  }, 120_000);

  it('one lie among several files outweighs a file that cannot be read, and that one outweighs the rest', async () => {
    const [good, lie, missing] = [join(vectors, 'draw.json'), join(vectors, 'tampered/draw-called.json'), join(folder, 'missing.json')];
    expect((await yangguang('verify', good, missing, lie)).code).toBe(1);
    expect((await yangguang('verify', missing, good)).code).toBe(2);
    const lines = (await yangguang('verify', good, lie, '--json')).out.trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { result: string }).result)).toEqual(['verified', 'refuted']);
  });

  it('refutes every tampered vector, and says what and why', async () => {
    const files = await readdir(join(vectors, 'tampered'));
    expect(files.length).toBeGreaterThanOrEqual(19);
    const { code, out } = await yangguang('verify', ...files.map((file) => join(vectors, 'tampered', file)), '--key', key, '--lang', 'en');
    expect(code).toBe(1);
    const sections = sectionsOf(out);
    expect(sections.size).toBe(files.length);
    for (const [file, said] of sections) {
      expect([file, said.filter((line) => line.startsWith('✗ ')).length]).toEqual([file, 1]);
      expect([file, said.some((line) => /^refuted: .{10,}/.test(line))]).toEqual([file, true]);
    }
    expect((await yangguang('verify', join(vectors, 'tampered', files[0] ?? ''), '--key', key)).code).toBe(1);
  }, 120_000);

  it('speaks Chinese unless asked otherwise', async () => {
    const { out } = await yangguang('verify', join(vectors, 'draw.json'));
    expect(out).toContain('✓ 由种子重新计算的结果一致');
    expect(out).toContain('已核验');
  });

  it('needs the key for a lone receipt, and refutes it under another key', async () => {
    const receipt = join(vectors, 'receipt.json');
    expect(await yangguang('verify', receipt, '--lang', 'en')).toMatchObject({ code: 2, out: expect.stringContaining('--key') });
    expect(await yangguang('verify', receipt, '--key', platformKey)).toMatchObject({ code: 1 });
    expect(await yangguang('verify', receipt, '--key', `${key}x`)).toMatchObject({ code: 2, err: expect.stringContaining('--key') });
  });

  it('prints one canonical JSON object with --json', async () => {
    const { code, out } = await yangguang('verify', join(vectors, 'tampered/draw-called.json'), '--json');
    const said = JSON.parse(out) as { result: string; checks: unknown[] };
    expect([code, said.result, said.checks.length]).toEqual([1, 'refuted', 5]);
    expect(out).toBe(`${canonical(said)}\n`);
  });

  it('tells unreadable input from a lie', async () => {
    const unreadable = [
      await written('empty.json', ''),
      await written('no-format.json', '{}'),
      await written('twice.json', '{"format":"yangguang/receipt/v1","format":"yangguang/receipt/v1"}'),
      await written('broken.zip', 'PK\u0003\u0004'),
      join(folder, 'missing.json'),
    ];
    for (const file of unreadable) expect([file, (await yangguang('verify', file, '--key', key)).code]).toEqual([file, 2]);
    const hollow = await written('hollow.json', '{"format":"yangguang/draw-transcript/v1"}');
    expect((await yangguang('verify', hollow)).code).toBe(1);
  }, 60_000);

  it('rechecks an evidence bundle, with and without its key pinned', async () => {
    const bytes = await bundleOf(await tell());
    const file = await written('tender.evidence.zip', bytes);
    expect(await yangguang('verify', file, '--key', platformKey, '--lang', 'en')).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /\nverified\n! Regulator’s edition[^\n]*\n! Withheld[^\n]*\n! The council’s key was made in one process[^\n]*\n$/,
      ),
    });
    const loose = await yangguang('verify', file, '--lang', 'en');
    expect(loose.code).toBe(0);
    expect(loose.out.trimEnd().split('\n').at(-1)).toContain('not pinned');
    const bent = bytes.slice();
    const place = Buffer.from(bytes).indexOf('"price":"980.00"') + 9;
    bent[place] = 0x38;
    const refuted = await yangguang('verify', await written('bent.evidence.zip', bent), '--lang', 'en');
    expect(refuted).toMatchObject({ code: 1, out: expect.stringContaining('is as the manifest says') });
  }, 60_000);
});

describe('yangguang rank', () => {
  it('prints the result of every vector, byte for byte', async () => {
    const inputs: string[] = [];
    let results = '';
    for (const name of await readdir(join(vectors, 'evaluation'))) {
      const { result, ...input } = await load(join(vectors, 'evaluation', name));
      inputs.push(await written(name, JSON.stringify(input)));
      results += `${canonical(result)}\n`;
    }
    expect(await yangguang('rank', ...inputs)).toMatchObject({ code: 0, out: results });
  }, 120_000);

  it('names the error of a bundle without a result', async () => {
    const bundle = await load(join(vectors, 'evaluation/evaluation-02.json'));
    const file = await written('incomplete.json', JSON.stringify({ ...bundle, reviews: (bundle.reviews as unknown[]).slice(1) }));
    const { code, out } = await yangguang('rank', file);
    expect([code, JSON.parse(out)]).toMatchObject([1, { error: 'incomplete' }]);
    expect((await yangguang('rank', join(vectors, 'draw.json'))).code).toBe(2);
  });
});

describe('yangguang', () => {
  it('explains itself in both languages', async () => {
    const { code, out } = await yangguang('--help');
    expect(code).toBe(0);
    for (const word of ['verify FILE', 'rank FILE', '退出码', 'exit codes', '离线核验', 'offline']) expect(out).toContain(word);
  });
  it('explains every option that a command reads', async () => {
    const sources: Readonly<Record<string, string>> = {
      verify: 'src/verify.ts',
      seal: 'src/seal.ts',
      layer: 'src/layer.ts',
      'watch-client': 'src/watch-client.ts',
      custodian: 'src/custody/command.ts',
      ceremony: 'src/custody/ceremony-command.ts',
      witness: 'src/custody/witness-command.ts',
      probe: 'src/custody/probe-command.ts',
      audit: 'src/audit.ts',
      'rotate-identity-key': 'src/rotate-identity-key.ts',
      demo: 'seeds/demo.ts',
    };
    for (const [name, source] of Object.entries(sources)) {
      const read = [...(await readFile(join(root, source), 'utf8')).matchAll(/'?([\w-]+)'?: \{ type: '(?:string|boolean)'/g)];
      const told = (commandOptions[name] ?? []).map(([flag]) => flag.replace(/ .*/, ''));
      expect([name, told.sort()]).toEqual([name, [...new Set(read.map((found) => `--${found[1]}`))].sort()]);
    }
    const { code, out } = await yangguang('custodian', '--help');
    expect([code, out]).toEqual([0, expect.stringContaining('--status-port PORT\n      状态页和监控指标的端口')]);
  });
  it('answers misuse with usage and exit code 2', async () => {
    for (const args of [
      [],
      ['nonsense'],
      ['verify'],
      ['verify', 'a', '--nope'],
      ['verify', 'a', '--lang', 'fr'],
      ['rank', '--x'],
      ['witness', '--x'],
      ['audit', '--key'],
    ]) {
      expect([args, (await yangguang(...args)).code]).toEqual([args, 2]);
    }
  }, 30_000);
});
