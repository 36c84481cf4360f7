// The test command: starts jest on the Node that npm brought, and ends with one line that a machine can read.
// Plain JavaScript, so that an older Node can start it too.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
const bin = join(root, 'node_modules/.bin');
const node = existsSync(join(bin, 'node')) ? join(bin, 'node') : process.execPath;
const folder = mkdtempSync(join(tmpdir(), 'yangguang-run-'));
const report = join(folder, 'report.json');

const quick = process.argv.includes('--quick');
const given = process.argv.slice(2).filter((each) => each !== '--quick');
const args = [join(root, 'node_modules/jest/bin/jest.js'), '--json', `--outputFile=${report}`, '--testLocationInResults', ...given];
if (quick) args.push('--testPathIgnorePatterns', '/node_modules/', '<rootDir>/test/browser/', '<rootDir>/test/stories/');

const jest = spawn(node, args, {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'], // what people read is on stderr; stdout would repeat the report
  env: {
    ...process.env,
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --no-warnings`.trim(),
    PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
  },
});
// An interrupted run ends jest; the keeper of its database sees that and cleans up.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => jest.kill(signal));

jest.on('exit', (code, signal) => {
  const result = counted();
  rmSync(folder, { recursive: true, force: true });
  const failed = result.failed === 0 && (code !== 0 || signal !== null) ? 1 : result.failed;
  console.log(`${result.passed} passed, ${failed} failed${result.skipped > 0 ? `, ${result.skipped} skipped` : ''}`);
  process.exitCode = failed > 0 ? 1 : 0;
});

/** A test file that could not even run counts as one failure. */
function counted() {
  if (!existsSync(report)) return { passed: 0, failed: 0, skipped: 0 };
  const result = JSON.parse(readFileSync(report, 'utf8'));
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}
