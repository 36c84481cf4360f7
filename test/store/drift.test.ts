import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { appendOnlyTables } from '../../src/store/entities.ts';
import { migrationsList } from '../../src/store/migrations/list.ts';
import { migrate, openStore, type Store } from '../../src/store/orm.ts';

describe('the migrations', () => {
  const base = process.env.TEST_DATABASE_BASE ?? '';
  const name = `drift_${process.pid}`;
  let store: Store;
  const administer = async (statement: string): Promise<void> => {
    const client = new Client(`${base}postgres`);
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  beforeAll(async () => {
    await administer(`create database ${name}`);
    store = await openStore({ url: base + name });
  });
  afterAll(async () => {
    await store.close();
    await administer(`drop database ${name} with (force)`);
  });

  it('run once each, in order, also when two nodes start together', async () => {
    const other = await openStore({ url: base + name });
    const runs = await Promise.all([migrate(store), migrate(other)]);
    await other.close();
    expect(runs.map((run) => run.length).sort()).toEqual([0, migrationsList.length]);
    expect(runs.flat()).toEqual(migrationsList.map((each) => each.name));
    expect(await migrate(store)).toEqual([]);
  });

  it('make exactly the tables that the rooms declare', async () => {
    expect(await store.orm.schema.getUpdateSchemaSQL({ safe: false, wrap: false })).toBe('');
  });

  it.each([...appendOnlyTables])('guard %s against change', async (table) => {
    const em = store.em();
    await expect(em.execute(`truncate ${table} cascade`)).rejects.toThrow('append-only');
    const rows = await em.execute<{ said: string }[]>(
      `select pg_get_triggerdef(oid) as said from pg_trigger where tgrelid = '${table}'::regclass and not tgisinternal`,
    );
    const said = rows.map((row) => row.said).join('\n');
    for (const change of ['DELETE', 'UPDATE', 'TRUNCATE']) expect(said).toContain(change);
  });
});
