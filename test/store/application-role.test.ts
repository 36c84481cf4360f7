import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { admitApplication, powersOverThePast, RoleMissing, urlAs } from '../../src/store/application-role.ts';
import { openStore } from '../../src/store/orm.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { application } from '../support/keeper.ts';
import { makeTown, soon, type Town } from '../support/town.ts';

let house: TestHouse;
let town: Town;
beforeAll(async () => {
  house = await openHouse({ at: soon() });
  town = await makeTown(house, { bidders: 1, experts: 1 });
}, 120_000);
afterAll(() => house.close());

/** Tables whose rows stay, as the base migration guards them. */
const guarded = [
  'journal_event',
  'journal_leaf',
  'journal_node',
  'journal_checkpoint',
  'journal_cosignature',
  'journal_key',
  'node',
  'sandbox_clock',
];

async function asApplication(statement: string): Promise<string> {
  const client = new Client(house.database.url);
  await client.connect();
  try {
    await client.query(statement);
    return 'done';
  } catch (error) {
    return String((error as Error).message);
  } finally {
    await client.end();
  }
}

describe('The role of a running node cannot rewrite the past', () => {
  it('a whole town was made by it: it may do everything that acts do', () => {
    expect(house.database.url).toContain(application.role);
    expect(town.bidders).toHaveLength(1);
  });
  it.each(guarded)('%s: no update, delete, truncate, trigger or change of the table', async (table) => {
    for (const statement of [
      `update ${table} set ${table === 'node' ? 'origin' : 'ctid'} = null`,
      `delete from ${table}`,
      `truncate ${table}`,
    ])
      expect(await asApplication(statement)).toMatch(/permission denied|cannot assign to system column/);
    for (const statement of [
      `alter table ${table} disable trigger all`,
      `drop trigger ${table}_rows_stay on ${table}`,
      `alter table ${table} owner to ${application.role}`,
      `drop table ${table} cascade`,
    ])
      expect(await asApplication(statement)).toMatch(/must be owner/);
    expect(await asApplication(`create trigger mine before insert on ${table} for each row execute function refuse_change()`)).toContain(
      'permission denied',
    );
  });
  it('nor lift the guards for its own session, become the owner, or swap the functions they call', async () => {
    expect(await asApplication(`set session_replication_role = replica`)).toContain('permission denied');
    expect(await asApplication('set role postgres')).toContain('permission denied');
    expect(
      await asApplication(`create or replace function refuse_change() returns trigger language plpgsql as 'begin return new; end'`),
    ).toMatch(/must be owner|permission denied/);
    expect(await asApplication(`create or replace function yangguang_now() returns timestamptz language sql as 'select now()'`)).toMatch(
      /must be owner|permission denied/,
    );
    expect(await asApplication(`update migration set name = 'other'`)).toContain('permission denied');
    expect(await asApplication('create table public.mine (id int)')).toContain('permission denied');
  });
  it('what a node may do is said at its start: nothing of that kind for the application, too much for the owner', async () => {
    expect(await powersOverThePast(house.database)).toEqual([]);
    const owner = await openStore({ url: house.database.ownerUrl });
    expect(await powersOverThePast(owner)).toEqual(['postgres is a superuser']);
    await owner.close();
  });
});

describe('An owner who may not make roles', () => {
  it('is told which one is missing, and admits one that an administrator made; the owner itself is no application', async () => {
    const owner = await openStore({ url: house.database.ownerUrl });
    const em = owner.em();
    await em.execute(`create role small_owner login password 'small'`);
    await em.execute('create database small_province owner small_owner');
    await owner.close();
    const small = urlAs(house.database.ownerUrl.replace(/[^/]+$/, 'small_province'), { role: 'small_owner', password: 'small' });
    const store = await openStore({ url: small });
    try {
      await store.em().execute('create table migration (id int)');
      await expect(admitApplication(store, { role: 'no_such_role', password: 'x' })).rejects.toThrow(RoleMissing);
      await expect(admitApplication(store, { role: 'no_such_role', password: 'x' })).rejects.toThrow('create role no_such_role login');
      await admitApplication(store, application);
      await store.em().execute(`create function refuse_change() returns trigger language plpgsql as 'begin return null; end'`);
      await store.em().execute('create trigger rows_stay before update on migration for each row execute function refuse_change()');
      expect(await powersOverThePast(store)).toEqual(['small_owner owns migration']);
    } finally {
      await store.close();
      const admin = new Client(house.database.ownerUrl);
      await admin.connect();
      await admin.query('drop database small_province with (force)');
      await admin.query('drop role small_owner');
      await admin.end();
    }
  });
});
