import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { dirname, join } from 'node:path';
import { accountLines } from '../seeds/accounts.ts';
import { custodianFolder, seedCouncil, trustees } from '../seeds/council.ts';
import { probeKeyFile, probers } from '../seeds/probes.ts';
import { type Config, environmentOfStrangers, environmentWith, readConfig, SettingsError } from './config.ts';
import { custodianFiles } from './custody/files.ts';
import { frameOf } from './frame.ts';
import { giveIdentityKeys, giveSecuritiesKey, type MemberName, memberNames, members, platformKey } from './members.ts';
import { type Family, type Member, onEnd, runMember, startFamily } from './processes.ts';
import { type Suite, suites } from './sealing/scheme.ts';
import { admitApplication, applicationRole, credentialsIn, RoleMissing, urlAs } from './store/application-role.ts';
import { ensureAuthority, suitesIssued } from './store/authority-files.ts';
import { claimFolder, releaseFolder } from './store/claim.ts';
import { type EmbeddedPostgres, ensureDatabase, startEmbedded } from './store/embedded-postgres.ts';
import { createNode, type NodeIdentity } from './store/node.ts';
import { migrate, openStore } from './store/orm.ts';
import { choosePort, PortTaken } from './web/port.ts';

/**
 * `node src/main.ts` starts everything on this machine: database, migrations, and one process for each member.
 * `node src/main.ts web|worker|sequencer` runs one member, `node src/main.ts migrate` only prepares the database: so a node is
 * spread over machines.
 */
export async function main(what: string | undefined): Promise<void> {
  try {
    const config = readConfig();
    if (what === undefined) await all(config);
    else if (what === 'migrate') await prepare(config, { databaseUrl: config.databaseUrl, ownerUrl: config.databaseOwnerUrl });
    else if (isMember(what)) await runMember(() => members[what](config));
    else throw new SettingsError(`there is no process "${what}"; there are: migrate, ${memberNames.join(', ')}`);
  } catch (error) {
    // What the operator can mend is said in one sentence; anything else with all we know.
    const mendable = error instanceof SettingsError || error instanceof PortTaken || error instanceof RoleMissing;
    console.error(mendable ? error.message : error);
    process.exit(1);
  }
}

const isMember = (name: string): name is MemberName => name in members;

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
  try {
    const onLost = (error: unknown): void => {
      console.error(error);
      void stop(1);
    };
    if (asked.databaseUrl === null) server = startEmbedded({ folder: join(asked.dataDir, 'pg'), tell: say, onLost });
    const { databaseUrl, ownerUrl } = server
      ? await ownDatabase(await server)
      : { databaseUrl: asked.databaseUrl, ownerUrl: asked.databaseOwnerUrl };
    const { sandbox } = await prepare(asked, { databaseUrl, ownerUrl }, { demonstration: true });
    const settings = {
      DATABASE_URL: databaseUrl ?? '',
      DATABASE_OWNER_URL: '',
      PORT: String(port),
      PUBLIC_URL: url,
      DATA_DIR: asked.dataDir,
    };
    family = startFamily(
      [
        ...platformMembers(settings),
        ...custodians(asked.dataDir, `http://127.0.0.1:${port}`),
        ...(sandbox ? probes(asked.dataDir, `http://127.0.0.1:${port}`) : []),
      ],
      { log: say },
    );
    await family.atWork;
    for (const line of ['', `阳光 · Yangguang  →  ${url}`, ...(sandbox ? accountLines() : []), '']) say(line);
    flushCompileCache();
    await family.ready;
  } catch (error) {
    console.error(error);
    await stop(1);
  }
}

/** The page comes first, and what a first visitor does not wait for comes after it. */
const platformMembers = (settings: Record<string, string>): Member[] =>
  memberNames.map((name) => ({
    name,
    args: [join(import.meta.dirname, 'main.ts'), name],
    env: environmentWith(settings),
    patient: name === 'worker' || name === 'seed',
  }));

/** One process for each custodian whose folder lies here (a sandbox's do); it knows the platform's address, and none of its secrets. */
const custodians = (dataDir: string, platform: string): Member[] =>
  trustees.flatMap((_, at) => {
    const folder = custodianFolder(dataDir, at + 1);
    if (!existsSync(custodianFiles(folder).trust)) return [];
    const args = [join(import.meta.dirname, 'cli.ts'), 'custodian', '--folder', folder, '--platform', platform];
    return [{ name: `custodian-${at + 1}`, args, env: environmentOfStrangers(), patient: true }];
  });

/** A demonstration brings its own probes, one process for each institution; like custodians they know the platform's address and nothing else of it. */
function probes(dataDir: string, platform: string): Member[] {
  // the key is known here: a probe that had to ask for it could not start, nor end, before the platform answered
  const { trust } = custodianFiles(custodianFolder(dataDir, 1));
  const pinned = existsSync(trust) ? ['--origin-key', (JSON.parse(readFileSync(trust, 'utf8')) as { platform: string }).platform] : [];
  return probers.map((_, at) => {
    const key = probeKeyFile(dataDir, at + 1);
    mkdirSync(dirname(key), { recursive: true, mode: 0o700 });
    const args = [
      join(import.meta.dirname, 'cli.ts'),
      'probe',
      '--platform',
      platform,
      '--key',
      key,
      '--name',
      `probe-${at + 1}.sandbox`,
      '--batch',
      '10',
      ...pinned,
    ];
    return { name: `probe-${at + 1}`, args, env: environmentOfStrangers(), patient: true };
  });
}

interface DatabaseUrls {
  readonly databaseUrl: string | null;
  /** null: the owner is who works */
  readonly ownerUrl: string | null;
}

/** The database that comes with the project: made by its owner, worked on by a role that cannot rewrite the past. */
async function ownDatabase(server: EmbeddedPostgres): Promise<{ databaseUrl: string; ownerUrl: string }> {
  const ownerUrl = await ensureDatabase(server, 'yangguang');
  return { ownerUrl, databaseUrl: urlAs(ownerUrl, { role: applicationRole, password: server.applicationPassword }) };
}

/** Brings the database to the newest schema and makes it a node with its certificate authorities, if it is not one yet; a demonstration gets its council. */
async function prepare(config: Config, { databaseUrl, ownerUrl }: DatabaseUrls, { demonstration = false } = {}): Promise<NodeIdentity> {
  if (databaseUrl === null) throw new SettingsError('DATABASE_URL: which database is to be prepared?');
  const store = await openStore({ url: ownerUrl ?? databaseUrl, poolMax: 2 });
  try {
    await giveIdentityKeys(config, store);
    await migrate(store);
    // before the members start: two that made it at once would each have their own
    await giveSecuritiesKey(config, store);
    if (ownerUrl !== null) await admitApplication(store, credentialsIn(databaseUrl));
    const node = await createNode(store, { origin: config.origin, sandbox: config.sandbox });
    const { created: now, sandbox } = node;
    const mayMake = async (suite: Suite): Promise<boolean> => !(await suitesIssued(store)).has(suite);
    for (const suite of suites) await ensureAuthority(config.authorityDir, { now, sandbox, suite, mayMake: () => mayMake(suite) });
    if (demonstration && node.sandbox) await seedCouncil(frameOf(store), config.dataDir, await platformKey(config.dataDir, store));
    return node;
  } finally {
    await store.close();
  }
}

function say(line: string): void {
  console.log(line);
}
