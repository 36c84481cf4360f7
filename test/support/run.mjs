// The test command: starts jest on the Node that npm brought, and ends with one line that a machine can read.
// Plain JavaScript, so that an older Node can start it too.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));
const bin = join(root, 'node_modules/.bin');
const node = existsSync(join(bin, 'node')) ? join(bin, 'node') : process.execPath;
// Everything temporary of this run lies in one folder and goes with it; a database in it may run as another user, who must get there.
const folder = mkdtempSync(join(realpathSync(tmpdir()), 'yangguang-run-'));
chmodSync(folder, 0o711);
const report = join(folder, 'report.json');

const quick = process.argv.includes('--quick');
const given = process.argv.slice(2).filter((each) => each !== '--quick');
const args = [
  join(root, 'node_modules/jest/bin/jest.js'),
  '--reporters=default',
  `--reporters=${join(root, 'test/support/count.mjs')}`,
  `--cacheDirectory=${join(root, '.cache/jest')}`,
  ...given,
];
if (quick) args.push('--testPathIgnorePatterns', '/node_modules/', '<rootDir>/test/browser/', '<rootDir>/test/stories/');

const jest = spawn(node, args, {
  cwd: root,
  // Its own session: Ctrl-C reaches us alone, and whatever it leaves behind can be ended together.
  detached: true,
  stdio: ['ignore', 'ignore', 'inherit'], // what people read is on stderr
  env: {
    ...process.env,
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --no-warnings`.trim(),
    PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
    // programs that tests start, and workers that are exchanged, read back what the first one compiled
    NODE_COMPILE_CACHE: join(root, '.cache/node'),
    TMPDIR: folder,
    TEST_COUNT_FILE: report,
  },
});
// An interrupted run ends jest; the keeper of its database sees that and cleans up.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => jest.kill(signal));

jest.on('exit', async (code, signal) => {
  const result = counted();
  await cleanUp();
  const failed = result.failed === 0 && (code !== 0 || signal !== null) ? 1 : result.failed;
  console.log(`${result.passed} passed, ${failed} failed${result.skipped > 0 ? `, ${result.skipped} skipped` : ''}`);
  process.exitCode = failed > 0 ? 1 : 0;
});

/** After an interruption the keeper still has to stop its database, tests may be under way, and databases they started stand alone. */
async function cleanUp() {
  const keeper = numberIn(join(folder, 'keeper.pid'));
  for (let waited = 0; keeper && send(keeper, 0) && waited < 8000; waited += 50) await pause(50);
  send(-jest.pid, 'SIGKILL');
  for (const name of readdirSync(folder, { recursive: true })) {
    const left = name.endsWith('postmaster.pid') && numberIn(join(folder, name));
    for (let waited = 0; left && send(left, waited === 0 ? 'SIGQUIT' : 0) && waited < 5000; waited += 50) await pause(50);
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

function numberIn(file) {
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
}

/** Whether the process (or group) was there to be told. */
function send(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

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
