import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../..');

/** Each planted file and what its test does. */
const planted: Readonly<Record<string, string>> = {
  'a-passes':
    "it('passes', () => expect(1).toBe(1)); process.env.LEFT_BEHIND = 'yes'; jest.spyOn(Math, 'sign').mockImplementation(() => 7);",
  'b-after-it':
    "it('meets nothing of the file before', () => { expect(process.env.LEFT_BEHIND).toBeUndefined(); expect(Math.sign(-3)).toBe(-1); });",
  'c-expects': "it('expects what is not', () => expect(1).toBe(2));",
  'd-hook': "beforeAll(() => { throw new Error('no house'); }); it('has no house', () => {});",
  'e-rejects':
    "it('leaves a promise that fails', async () => { Promise.reject(new Error('nobody waits')); await new Promise((soon) => setTimeout(soon, 20)); });",
  'f-slow': "jest.setTimeout(50); it('takes too long', () => new Promise(() => {}));",
  'g-does-not-load': "import './missing.mjs'; it('is never reached', () => {});",
  'h-throws-at-once': "it('stands before the fault', () => {}); throw new Error('broken file');",
  'i-thrown-later':
    "it('is over before its fault', async () => { setTimeout(() => { throw new Error('later'); }, 5); await new Promise((soon) => setTimeout(soon, 50)); });",
  'j-after-all': "afterAll(() => { throw new Error('not closed'); }); it('passes, its house does not close', () => {});",
};

interface FileResult {
  readonly name: string;
  readonly status: string;
}

describe('The runner of the tests', () => {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'yangguang-runner-'));
  const status = new Map<string, string>();
  let tests: { passed: number; failed: number; broken: number };

  beforeAll(() => {
    for (const [name, text] of Object.entries(planted))
      writeFileSync(join(folder, `${name}.test.mjs`), `import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';\n${text}\n`);
    const config = { rootDir: folder, testMatch: ['**/*.test.mjs'], testRunner: join(root, 'test/support/circus.mjs'), transform: {} };
    const report = join(folder, 'report.json');
    const jest = join(root, 'node_modules/jest/bin/jest.js');
    spawnSync(process.execPath, [jest, '--config', JSON.stringify(config), '--runInBand', '--json', `--outputFile=${report}`], {
      cwd: folder,
      stdio: 'ignore',
    });
    const result = JSON.parse(readFileSync(report, 'utf8'));
    for (const file of result.testResults as FileResult[]) status.set(file.name.slice(folder.length + 1, -'.test.mjs'.length), file.status);
    tests = { passed: result.numPassedTests, failed: result.numFailedTests, broken: result.numRuntimeErrorTestSuites };
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('passes what passes, and lets a file find nothing that another left in its variables or spies', () => {
    expect([status.get('a-passes'), status.get('b-after-it')]).toEqual(['passed', 'passed']);
  });

  it.each(Object.keys(planted).slice(2))('fails %s', (name) => {
    expect(status.get(name)).toBe('failed');
  });

  it('counts them; a test whose house does not close has passed, its file has not', () => {
    expect(tests).toEqual({ passed: 3, failed: 5, broken: 3 });
  });
});
