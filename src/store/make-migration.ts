import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDatabase, startEmbedded } from './embedded-postgres.ts';
import { appendOnlyTables } from './entities.ts';
import { migrationsList } from './migrations/list.ts';
import { migrate, openStore } from './orm.ts';
import { temporaryFolder } from './places.ts';

/**
 * `node src/store/make-migration.ts <number> <name>` writes the migration that leads from the listed migrations to the declared
 * tables, on a throw-away database. A migration of that number that is listed already is left out first: before a release it is made
 * again as often as the tables change; after it, the number goes up. Read what it wrote: renaming looks like dropping and adding.
 */
async function make(number: string, name: string): Promise<void> {
  const title = `${number}-${name}`;
  const folder = temporaryFolder('yangguang-migration-');
  const server = await startEmbedded({ folder, durable: false });
  const store = await openStore({
    url: await ensureDatabase(server, 'draft'),
    migrations: migrationsList.filter((each) => each.name < number),
  });
  try {
    await migrate(store);
    const guarded = await guardedTables(store.orm.em.getConnection());
    const sql = await store.orm.schema.getUpdateSchemaSQL({ safe: false, wrap: false });
    const statements = [
      ...sql.split(/;\s*\n/).map((each) => each.trim().replace(/;$/, '')),
      ...appendOnlyTables.filter((table) => !guarded.has(table)).map((table) => `select append_only('${table}')`),
    ].filter((each) => each !== '');
    if (statements.length === 0) return console.log('the tables are as the migrations make them: nothing to write');
    const file = join(import.meta.dirname, 'migrations', `${title}.ts`);
    writeFileSync(file, sourceOf(number, name, statements));
    console.log(`${file}: ${statements.length} statements; list it in migrations/list.ts`);
  } finally {
    await store.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function guardedTables(connection: { execute(sql: string): Promise<unknown> }): Promise<Set<string>> {
  const rows = (await connection.execute(
    `select tgrelid::regclass::text as name from pg_trigger where tgfoid = 'refuse_change'::regproc`,
  )) as { name: string }[];
  return new Set(rows.map((row) => row.name));
}

const sourceOf = (
  number: string,
  name: string,
  statements: readonly string[],
): string => `import { Migration } from '@mikro-orm/migrations';

/** Made by src/store/make-migration.ts from the rooms' tables. */
export class Migration${number} extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

/** ${name}, in order */
const statements = [
${statements.map((each) => `  \`${each.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${')}\`,`).join('\n')}
];
`;

const [number, name] = process.argv.slice(2);
if (!number?.match(/^\d{4}$/) || !name?.match(/^[a-z-]+$/)) throw new Error('usage: node src/store/make-migration.ts 0002 rooms');
await make(number, name);
