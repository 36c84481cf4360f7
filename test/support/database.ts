import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { Instant } from '../../src/kernel/clock.ts';
import { urlAs } from '../../src/store/application-role.ts';
import { createNode, setSandboxClock } from '../../src/store/node.ts';
import { openStore, type Store, type StoreOptions } from '../../src/store/orm.ts';
import { application, template } from './keeper.ts';

export interface TestDatabase extends Store {
  /** connection text of the tables' owner, who can do what the application cannot */
  readonly ownerUrl: string;
  /** Moves the sandbox clock forward to a moment, or changes its speed; it never goes back. */
  setClock(to: { at?: Instant; rate?: number }): Promise<Instant>;
}

export interface TestDatabaseOptions {
  /** a sandbox node unless said otherwise: only those have a clock that can be set */
  readonly sandbox?: boolean;
  /** what the clock shows at first; it must not lie in the past */
  readonly at?: Instant;
  /** how fast the clock runs: 1 as in life, 0 stands still */
  readonly rate?: number;
  /** work as the owner of the tables, where a test makes tables of its own or tries the guards themselves; else as a node does */
  readonly asOwner?: boolean;
  /** only these tables' classes; all by default */
  readonly entities?: NonNullable<StoreOptions['entities']>;
}

/** As long as connections are given to come home when a test is over. */
const patience = 10_000;

/** A fresh migrated database with one node, for one test file (about 100 ms). Call `close()` in `afterAll`: it removes the database. */
export async function freshDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const base = process.env.TEST_DATABASE_BASE;
  if (!base) throw new Error('no test database: run tests through `npm test` or jest with its global set-up');
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await administer(base, `create database ${name} template ${template} strategy file_copy`);
  const url = options.asOwner ? base + name : urlAs(base + name, application);
  const store = await openStore({ url, ...(options.entities ? { entities: options.entities } : {}) });
  const sandbox = options.sandbox ?? true;
  await createNode(store, { origin: 'test.yangguang.example', sandbox });
  const setClock: TestDatabase['setClock'] = (to) => setSandboxClock(store, to);
  if (options.at !== undefined || options.rate !== undefined) {
    await setClock({
      ...(options.at === undefined ? {} : { at: options.at }),
      ...(options.rate === undefined ? {} : { rate: options.rate }),
    });
  }
  const close = async (): Promise<void> => {
    // a connection that some cut-off request still holds does not hold the end of a test: the database goes, and it with it
    await Promise.race([store.close(), pause(patience, undefined, { ref: false })]);
    await administer(base, `drop database ${name} with (force)`);
  };
  return { ...store, ownerUrl: base + name, close, setClock };
}

async function administer(base: string, statement: string): Promise<void> {
  const client = new Client(`${base}postgres`);
  await client.connect();
  await client.query(statement);
  await client.end();
}
