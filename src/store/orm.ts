import { Migrator } from '@mikro-orm/migrations';
import { type EntityManager, MikroORM, type Options } from '@mikro-orm/postgresql';
import { entities as everyEntity } from './entities.ts';
import { migrationsList } from './migrations/list.ts';

export interface StoreOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** the tables to know; all of them unless a test wants fewer */
  readonly entities?: NonNullable<Options['entities']>;
  /** the migrations to know; all of them unless a new one is being written */
  readonly migrations?: typeof migrationsList;
  /** connections this process may hold at once */
  readonly poolMax?: number;
}

/** The open database of one process. */
export interface Store {
  readonly orm: MikroORM;
  readonly url: string;
  /** A fresh unit of work; one for each request or job, never shared. */
  em(): EntityManager;
  close(): Promise<void>;
}

/** Opens the database (connecting at first use); throws when an entity is wrongly declared. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const orm = await MikroORM.init({
    clientUrl: options.url,
    entities: options.entities ?? [...everyEntity],
    extensions: [Migrator],
    // A list, not a folder: nothing is looked for on disk, and a bundler or another Node cannot lose one.
    migrations: {
      migrationsList: [...(options.migrations ?? migrationsList)],
      snapshot: false,
      silent: true,
      allOrNothing: true,
      tableName: 'migration',
    },
    // Made by hand in the base migration: not declared by a room, and not to be dropped for it.
    schemaGenerator: { ignoreRoutines: true, ignoreTriggers: true, skipTables: ['node', 'sandbox_clock', 'migration'] },
    forceUtcTimezone: true,
    pool: { min: 0, max: options.poolMax ?? 8 },
    // Acts fork for each request; the global unit of work would mix their states.
    allowGlobalContext: false,
  });
  return { orm, url: options.url, em: () => orm.em.fork() as EntityManager, close: () => orm.close(true) };
}

/** A number no other program is likely to lock in the same database. */
const migrationLock = 0x79616e67; // 'yang'

/** Brings the schema to the newest migration. Nodes that start together wait for each other; returns the names that were run. */
export async function migrate(store: Store): Promise<readonly string[]> {
  const connection = store.orm.em.getConnection();
  return connection.transactional(async (context) => {
    // Held until this transaction ends; the migrator works on its own connection meanwhile.
    await connection.execute(`select pg_advisory_xact_lock(${migrationLock})`, [], 'all', context);
    const run = await store.orm.migrator.up();
    return run.map((each) => each.name);
  });
}
