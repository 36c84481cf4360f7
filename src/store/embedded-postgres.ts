import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { identityOf, isAlive, isStillThere, type ProcessIdentity } from './alive.ts';
import { nobody, othersMayEnter, traversablePlace } from './places.ts';
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.ts';
import { postmasterOf, type RunningPostmaster } from './postmaster.ts';

export interface EmbeddedOptions {
  /** where the database is wanted, such as `.data/pg`; put elsewhere when it could not run there (the folder remembers where) */
  readonly folder: string;
  /** `false` in tests only: a crash may lose everything, which makes writing much faster */
  readonly durable?: boolean;
  /** what the operator should know (where the data went, what was recovered) */
  readonly tell?: (line: string) => void;
  /** what the server says on its error stream */
  readonly log?: (line: string) => void;
  /** where given, a server that dies is started again at the same address; called when that cannot be done */
  readonly onLost?: (error: unknown) => void;
}

export interface EmbeddedPostgres {
  readonly port: number;
  readonly pid: number;
  /** true when a server started by somebody who still lives is used: `stop` then leaves it alone */
  readonly borrowed: boolean;
  /** connection text of the owner for the database of that name */
  url(database: string): string;
  /** the password of the role that the node's processes connect as */
  readonly applicationPassword: string;
  /** Stops the server: clean within two seconds, and never later than five. */
  stop(): Promise<void>;
}

interface Place {
  /** the folder other users may enter; holds `data` */
  readonly home: string;
  readonly data: string;
  readonly owner: { uid: number; gid: number } | null;
  /** data found there belong to a project folder of the same path that was removed: its password went with it */
  readonly fresh: boolean;
}

/** What is kept beside the data, readable by its owner only. */
interface Kept {
  password: string;
  applicationPassword: string;
  /** where the data went, when it could not stay in the folder */
  movedTo?: string;
  /** the Node process that started the server */
  startedBy?: ProcessIdentity;
}

/**
 * Starts the real PostgreSQL that comes with the project, making its data folder at first use. A server left over from a killed
 * start is stopped first; one whose starter still lives is used as it is.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const folder = resolve(options.folder);
  const tell = options.tell ?? (() => {});
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const kept = readKept(folder);
  const place = placeFor(folder, kept, tell);
  const running = postmasterOf(place.data);
  if (running && kept.startedBy && isStillThere(kept.startedBy)) {
    return {
      port: running.port,
      pid: running.pid,
      borrowed: true,
      url: urlWith(running.port, kept.password),
      applicationPassword: kept.applicationPassword,
      stop: async () => {},
    };
  }
  if (running) {
    tell(`stopping the database server left over from a killed start (process ${running.pid})`);
    await stopProcess(running);
  }
  const binaries = postgresBinaries({ forOtherUser: place.owner !== null, cache: () => cacheFor(place, folder) });
  if (place.fresh || !existsSync(join(place.data, 'PG_VERSION'))) initialise(binaries, place, kept.password, options.durable !== false);
  rmSync(join(place.data, 'postmaster.pid'), { force: true }); // nobody alive holds it: postmasterOf looked
  const { child, port } = await launch(binaries, place, options);
  writeKept(folder, { ...kept, startedBy: identityOf(process.pid) });
  const { onLost } = options;
  const server = onLost ? keptAlive(child, () => launch(binaries, place, options, port), onLost, tell) : standing(child);
  return {
    port,
    get pid() {
      return server.pid();
    },
    borrowed: false,
    url: urlWith(port, kept.password),
    applicationPassword: kept.applicationPassword,
    stop: server.stop,
  };
}

interface Standing {
  pid(): number;
  stop(): Promise<void>;
}

const standing = ({ pid = 0 }: ChildProcess): Standing => ({ pid: () => pid, stop: () => stopProcess({ pid }) });

/** A server that ends without being told to (killed, out of memory) is started again: it recovers what was committed, and everybody connects anew. */
function keptAlive(
  first: ChildProcess,
  again: () => Promise<{ child: ChildProcess }>,
  onLost: (error: unknown) => void,
  tell: (line: string) => void,
): Standing {
  let stopping = false;
  let current = Promise.resolve(first);
  let pid = first.pid ?? 0;
  const watch = (child: ChildProcess): void => {
    const revive = (): void => {
      if (stopping) return;
      tell(`the database server (process ${pid}) ended; it is started again`);
      current = pause(200)
        .then(again)
        .then(({ child: next }) => {
          pid = next.pid ?? 0;
          watch(next);
          return next;
        });
      current.catch(onLost);
    };
    if (child.exitCode !== null || child.signalCode !== null) revive();
    else child.once('exit', revive);
  };
  watch(first);
  return {
    pid: () => pid,
    stop: async () => {
      stopping = true;
      const child = await current.catch(() => null);
      if (child) await standing(child).stop();
    },
  };
}

/** Creates the database unless it is there. */
export async function ensureDatabase(server: EmbeddedPostgres, name: string): Promise<string> {
  const client = new Client(server.url('postgres'));
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  return server.url(name);
}

const urlWith = (port: number, password: string) => (database: string) => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;

function readKept(folder: string): Kept {
  const file = join(folder, 'kept.json');
  const there: Partial<Kept> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  if (there.password && there.applicationPassword) return there as Kept;
  const kept: Kept = { ...there, password: there.password ?? newPassword(), applicationPassword: newPassword() };
  writeKept(folder, kept);
  return kept;
}

const newPassword = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString('base64url');

function writeKept(folder: string, kept: Kept): void {
  const file = join(folder, 'kept.json');
  writeFileSync(`${file}.new`, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function placeFor(folder: string, kept: Kept, tell: (line: string) => void): Place {
  const owner = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : null;
  if (kept.movedTo) {
    if (!existsSync(kept.movedTo))
      throw new Error(`the database that stood in ${kept.movedTo} is gone; remove ${folder} to begin with an empty one`);
    return { home: kept.movedTo, data: join(kept.movedTo, 'data'), owner, fresh: false };
  }
  if (owner === null) return { home: folder, data: join(folder, 'data'), owner, fresh: false };
  chmodSync(folder, 0o711);
  if (othersMayEnter(folder)) return { home: folder, data: join(folder, 'data'), owner, fresh: false };
  const home = traversablePlace(placeName(folder));
  writeKept(folder, Object.assign(kept, { movedTo: home }));
  tell(`the database may not run as root, and other users may not enter ${folder}: its data stands in ${home}`);
  return { home, data: join(home, 'data'), owner, fresh: true };
}

/** The same folder gets the same name; different clones never share one. */
function placeName(folder: string): string {
  let hash = 0xcbf29ce484222325n; // FNV-1a: a name, not a secret
  for (const byte of Buffer.from(realpathSync(folder))) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return `yangguang-${hash.toString(16).padStart(16, '0')}`;
}

const cacheFor = (place: Place, folder: string): string => (place.owner === null ? folder : place.home);

/** macOS before 15 knows no C.UTF-8; the ctype matters to pg_trgm, which finds no Chinese without a UTF-8 one. */
const locale = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';
const environment = { LC_ALL: locale, TZ: 'UTC', PATH: '/usr/local/bin:/usr/bin:/bin' };

function initialise(binaries: PostgresBinaries, place: Place, password: string, durable: boolean): void {
  // Made beside its place and moved there when complete: a start that is killed half-way leaves nothing that looks whole.
  const half = join(place.home, 'data.half');
  const passwordFile = join(place.home, 'password.once');
  for (const leftover of [half, passwordFile, place.data]) rmSync(leftover, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (place.owner) for (const path of [half, passwordFile]) chownSync(path, place.owner.uid, place.owner.gid);
  const made = spawnSync(
    binaries.initdb,
    [
      '-D',
      half,
      '-U',
      'postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--lc-collate=C',
      `--lc-ctype=${locale}`,
      ...(durable ? [] : ['--no-sync']),
      '--no-instructions',
    ],
    { ...place.owner, cwd: place.home, env: environment, encoding: 'utf8' },
  );
  rmSync(passwordFile, { force: true });
  if (made.status !== 0)
    throw new Error(`PostgreSQL could not make its data folder in ${place.home}: ${made.error?.message ?? made.stderr}`);
  renameSync(half, place.data);
}

const fast = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off', '-c', 'autovacuum=off'];

/** Killed backends hold the shared memory for a moment, and a free port can be taken before we use it: both pass by themselves. */
async function launch(
  binaries: PostgresBinaries,
  place: Place,
  options: EmbeddedOptions,
  wantedPort?: number,
): Promise<{ child: ChildProcess; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = wantedPort ?? (await freePort());
    const child = spawn(
      binaries.postgres,
      [
        '-D',
        place.data,
        '-p',
        String(port),
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        'unix_socket_directories=',
        '-c',
        'timezone=UTC',
        '-c',
        'log_timezone=UTC',
        '-c',
        'max_connections=200',
        ...(options.durable === false ? fast : []),
      ],
      // Its own session: Ctrl-C in the terminal reaches this program, which stops the database last.
      { ...place.owner, cwd: place.home, env: environment, stdio: ['ignore', 'ignore', 'pipe'], detached: true },
    );
    const failure = await ready(child, options.log ?? (() => {}));
    if (failure === null) return { child, port };
    if (attempt >= 20 || !/shared memory block|could not bind|could not create any TCP/.test(failure))
      throw new Error(`PostgreSQL did not start: ${failure}`);
    await pause(300);
  }
}

/** Null when the server takes connections, or what it said before it gave up. Its error stream is drained as long as it lives. */
function ready(child: ChildProcess, log: (line: string) => void): Promise<string | null> {
  return new Promise((done) => {
    let said = '';
    let open = false;
    child.stderr?.setEncoding('utf8').on('data', (part: string) => {
      for (const line of part.split('\n')) if (line) log(line);
      if (open) return;
      said += part;
      if (said.includes('ready to accept connections')) {
        open = true;
        said = '';
        done(null);
      }
    });
    child.once('error', (error) => done(error.message));
    child.once('exit', () => done(said || 'it ended at once'));
  });
}

/** Fast shutdown first; then an immediate one, from which the next start recovers; then the end. */
async function stopProcess({ pid }: Pick<RunningPostmaster, 'pid'>): Promise<void> {
  for (const [signal, milliseconds] of [
    ['SIGINT', 3000],
    ['SIGQUIT', 1500],
    ['SIGKILL', 2000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return; // already gone
    }
    for (let waited = 0; waited < milliseconds; waited += 20) {
      if (!isAlive(pid)) return;
      await pause(20);
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? found(address.port) : failed(new Error('no free port'))));
    });
  });
}
