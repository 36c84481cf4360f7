import { Client } from 'pg';
import { admitApplication } from '../../src/store/application-role.ts';
import { migrate, openStore, type Store } from '../../src/store/orm.ts';
import { application, template } from './keeper.ts';

/** Makes the migrated database that `freshDatabase` clones, on the server at `base` (`postgres://…/`), and tells it to them. */
export async function makeTemplate(base: string): Promise<void> {
  const admin = new Client(`${base}postgres`);
  await admin.connect();
  await admin.query(`create database ${template}`);
  const store = await openStore({ url: base + template });
  await migrate(store);
  await catchUp(store);
  await admitApplication(store, application);
  await store.close();
  // A template with an open connection cannot be cloned: nobody may connect to it from here on.
  await admin.query(`alter database ${template} is_template true allow_connections false`);
  await admin.end();
  process.env.TEST_DATABASE_BASE = base;
}

/** While tables are being changed the migration may lag behind: the tests run on what is declared, and test/store/drift.test.ts fails until both agree. */
async function catchUp(store: Store): Promise<void> {
  const missing = await store.orm.schema.getUpdateSchemaSQL({ safe: false, wrap: false });
  if (missing.trim() === '') return;
  process.stderr.write('the tables differ from the migrations: node src/store/make-migration.ts 0002 rooms\n');
  await store.orm.schema.execute(missing);
}
