import { type ChildProcess, fork } from 'node:child_process';
import type { Keeper } from './keeper.ts';
import { makeTemplate } from './template.ts';

/** Once per run: a throw-away PostgreSQL and the migrated template every test file clones. */
export default async function globalSetup(): Promise<void> {
  const { child, base } = await startKeeper();
  (globalThis as Keeper).keeper = child;
  await makeTemplate(base);
}

function startKeeper(): Promise<{ child: ChildProcess; base: string }> {
  // Without the options of the test run itself: the keeper is plain Node.
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = fork(new URL('./postgres-keeper.ts', import.meta.url).pathname, {
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
  });
  return new Promise((started, failed) => {
    child.once('message', (message: { base: string }) => started({ child, base: message.base }));
    child.once('exit', (code) => failed(new Error(`the test database did not start (exit ${code})`)));
  });
}
