import { join } from 'node:path';
import { type Config, environmentWith, readConfig, SettingsError } from './config.ts';
import { type MemberName, members } from './members.ts';
import { type Family, type Member, onEnd, runMember, startFamily } from './processes.ts';
import { ensureAuthority } from './store/authority-files.ts';
import { claimFolder, releaseFolder } from './store/claim.ts';
import { type EmbeddedPostgres, ensureDatabase, startEmbedded } from './store/embedded-postgres.ts';
import { createNode } from './store/node.ts';
import { migrate, openStore } from './store/orm.ts';
import { choosePort, PortTaken } from './web/port.ts';

/**
 * `node src/main.ts` starts everything on this machine: database, migrations, and one process for each member.
 * `node src/main.ts web|sequencer` runs one member, `node src/main.ts migrate` only prepares the database: so a node is spread over machines.
 */
async function main(what: string | undefined): Promise<void> {
  const config = readConfig();
  if (what === undefined) return all(config);
  if (what === 'migrate') return prepare(config, config.databaseUrl ?? '');
  if (what in members) return runMember(() => members[what as MemberName](config));
  throw new SettingsError(`there is no process "${what}"; there are: migrate, ${Object.keys(members).join(', ')}`);
}

async function all(asked: Config): Promise<void> {
  const port = await choosePort(asked.host, asked.port, asked.portGiven);
  const url = port === asked.port ? asked.publicUrl : asked.publicUrl.replace(`:${asked.port}`, `:${port}`);
  const other = claimFolder(asked.dataDir, url);
  if (other) throw new SettingsError(`this node is running already: ${other.url} (process ${other.pid}, data in ${asked.dataDir})`);

  let server: Promise<EmbeddedPostgres> | null = null;
  let family: Family | null = null;
  const stop = async (code: number): Promise<void> => {
    await family?.stop();
    await server?.then((started) => started.stop()).catch(() => {}); // one that never started needs no stopping
    releaseFolder(asked.dataDir);
    process.exit(code);
  };
  onEnd(() => stop(0));

  if (asked.databaseUrl === null) server = startEmbedded({ folder: join(asked.dataDir, 'pg'), tell: say });
  const databaseUrl = server ? await ensureDatabase(await server, 'yangguang') : (asked.databaseUrl ?? '');
  await prepare(asked, databaseUrl);
  const env = environmentWith({ DATABASE_URL: databaseUrl, PORT: String(port), PUBLIC_URL: url, DATA_DIR: asked.dataDir });
  family = startFamily(familyOf(env), { log: say });
  await family.ready.catch(async (error: unknown) => {
    console.error(error);
    await stop(1);
  });
  say(`阳光 · Yangguang  →  ${url}`);
}

const familyOf = (env: Record<string, string>): Member[] =>
  Object.keys(members).map((name) => ({ name, args: [import.meta.filename, name], env }));

/** Brings the database to the newest schema and makes it a node with its certificate authority, if it is not one yet. */
async function prepare(config: Config, databaseUrl: string): Promise<void> {
  const store = await openStore({ url: databaseUrl, poolMax: 2 });
  try {
    await migrate(store);
    const { created, sandbox } = await createNode(store, { origin: config.origin, sandbox: config.sandbox });
    await ensureAuthority(config.authorityDir, {
      now: created,
      sandbox,
      mayMake: async () => {
        const rows = await store.em().execute<{ issued: boolean }[]>('select exists (select from certificate) as issued');
        return rows[0]?.issued === false;
      },
    });
  } finally {
    await store.close();
  }
}

function say(line: string): void {
  console.log(line);
}

await main(process.argv[2]).catch((error: unknown) => {
  // What the operator can mend is said in one sentence; anything else with all we know.
  console.error(error instanceof SettingsError || error instanceof PortTaken ? error.message : error);
  process.exit(1);
});
