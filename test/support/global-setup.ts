import { type ChildProcess, fork } from 'node:child_process';
import { Client } from 'pg';
import { migrate, openStore, type Store } from '../../src/store/orm.ts';
import { type Keeper, template } from './keeper.ts';

/** Once per run: a throw-away PostgreSQL and the migrated template every test file clones. */
export default async function globalSetup(): Promise<void> {
  const { child, base } = await startKeeper();
  (globalThis as Keeper).keeper = child;
  const admin = new Client(`${base}postgres`);
  await admin.connect();
  await admin.query(`create database ${template}`);
  const store = await openStore({ url: base + template });
  await migrate(store);
  await catchUp(store);
  await store.close();
  // A template with an open connection cannot be cloned: nobody may connect to it from here on.
  await admin.query(`alter database ${template} is_template true allow_connections false`);
  await admin.end();
  process.env.TEST_DATABASE_BASE = base;
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

/** While tables are being changed the migration may lag behind: the tests run on what is declared, and test/store/drift.test.ts fails until both agree. */
async function catchUp(store: Store): Promise<void> {
  const missing = await store.orm.schema.getUpdateSchemaSQL({ safe: false, wrap: false });
  if (missing.trim() === '') return;
  process.stderr.write('the tables differ from the migrations: node src/store/make-migration.ts 0002 rooms\n');
  await store.orm.schema.execute(missing);
}
