import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { isAlive } from '../../src/store/alive.ts';
import { type EmbeddedPostgres, ensureDatabase, startEmbedded } from '../../src/store/embedded-postgres.ts';
import { nobody, temporaryFolder } from '../../src/store/places.ts';
import { packageHome, postgresBinaries } from '../../src/store/postgres-binaries.ts';

const asRoot = process.getuid?.() === 0;
const ask = async (url: string, statement: string): Promise<Record<string, unknown>[]> => {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
};

describe('the database that comes with the project', () => {
  let folder: string;
  let server: EmbeddedPostgres | undefined;
  let told: string[] = [];
  const start = async (): Promise<EmbeddedPostgres> => {
    server = await startEmbedded({ folder, durable: false, tell: (line) => told.push(line) });
    return server;
  };
  beforeEach(() => {
    folder = temporaryFolder('yangguang-embedded-');
    told = [];
  });
  afterEach(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps what was written from one start to the next, and stops in under two seconds', async () => {
    const url = await ensureDatabase(await start(), 'province');
    await ask(url, `create table t as select '宜昌市' as name`);
    const asked = performance.now();
    await server?.stop();
    expect(performance.now() - asked).toBeLessThan(2000);
    expect(isAlive(server?.pid ?? 0)).toBe(false);
    const again = await ensureDatabase(await start(), 'province');
    expect(await ask(again, 'select name from t')).toEqual([{ name: '宜昌市' }]);
    expect(told).toEqual([]);
  });

  it('finds Chinese by trigrams, sorts by code point and keeps its time in UTC', async () => {
    const url = (await start()).url('postgres');
    await ask(url, 'create extension pg_trgm');
    expect(
      await ask(
        url,
        `select array_length(show_trgm('宜昌市伍家岗区'), 1) > 5 as some, 'b' < 'a' collate "default" as odd, current_setting('timezone') as zone`,
      ),
    ).toEqual([{ some: true, odd: false, zone: 'UTC' }]);
  });

  it('wants its password, which only the owner of the folder can read', async () => {
    const url = (await start()).url('postgres');
    await expect(ask(url.replace(/:[^:@]+@/, ':guess@'), 'select 1')).rejects.toThrow('password authentication failed');
    const kept = readdirSync(folder).filter((name) => name.startsWith('kept'));
    expect(kept).toEqual(['kept.json']);
    expect(statSync(join(folder, 'kept.json')).mode & 0o077).toBe(0);
  });

  it('is used as it is while its starter lives, and left running', async () => {
    const { pid } = await start();
    const second = await startEmbedded({ folder });
    expect(second).toMatchObject({ pid, borrowed: true });
    await second.stop();
    expect(isAlive(pid)).toBe(true);
  });

  it('is found and stopped when its starter was killed; nothing committed is lost', async () => {
    const starter = spawn(process.execPath, [join(import.meta.dirname, 'starter.mjs'), folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const line = await new Promise<string>((said) => starter.stdout?.once('data', (data: Buffer) => said(data.toString())));
    const orphan: { pid: number; url: string } = JSON.parse(line);
    await ask(orphan.url, 'create table kept as select 1 as one');
    const gone = new Promise((exited) => starter.once('exit', exited));
    starter.kill('SIGKILL');
    await gone;
    expect(isAlive(orphan.pid)).toBe(true);
    const url = (await start()).url('postgres');
    expect(isAlive(orphan.pid)).toBe(false);
    expect(told.join()).toContain(`(process ${orphan.pid})`);
    expect(await ask(url, 'select one from kept')).toEqual([{ one: 1 }]);
  });

  it('is started again at the same address when it is killed; nothing committed is lost', async () => {
    server = await startEmbedded({
      folder,
      tell: (line) => told.push(line),
      onLost: (error) => {
        throw error;
      },
    });
    const [url, first] = [server.url('postgres'), server.pid];
    await ask(url, 'create table kept as select 1 as one');
    process.kill(first, 'SIGKILL');
    for (let waited = 0; server.pid === first && waited < 15_000; waited += 50) await pause(50);
    expect(await ask(url, 'select one from kept')).toEqual([{ one: 1 }]);
    expect(told).toEqual([`the database server (process ${first}) ended; it is started again`]);
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
  });

  it('starts although its lock names a process that is now another program', async () => {
    await start();
    await server?.stop();
    writeFileSync(join(dataOf(folder), 'postmaster.pid'), `${process.pid}\n${dataOf(folder)}\n1\n5432\n`);
    await expect(start()).resolves.toMatchObject({ borrowed: false });
  });

  it('begins anew when it was killed while it made its data folder', async () => {
    cpSync(import.meta.dirname, join(folder, 'data.half'), { recursive: true });
    await expect(start()).resolves.toMatchObject({ borrowed: false });
  });

  it('goes where it may run when it is wanted in a folder that only root may enter', async () => {
    chmodSync(folder, 0o700);
    const inner = join(folder, 'pg');
    const first = await startEmbedded({ folder: inner, durable: false, tell: (line) => told.push(line) });
    const { movedTo } = JSON.parse(readFileSync(join(inner, 'kept.json'), 'utf8')) as { movedTo?: string };
    try {
      await ask(first.url('postgres'), 'create table kept as select 1 as one');
      await first.stop();
      expect(movedTo === undefined).toBe(!asRoot);
      expect(told).toHaveLength(asRoot ? 1 : 0);
      const second = await startEmbedded({ folder: inner, durable: false, tell: (line) => told.push(line) });
      expect(await ask(second.url('postgres'), 'select one from kept')).toEqual([{ one: 1 }]);
      await second.stop();
      expect(told).toHaveLength(asRoot ? 1 : 0); // said once, remembered after
      // The project folder was removed and made again: what lies in that place has another password, and is not ours any more.
      rmSync(inner, { recursive: true });
      const anew = await startEmbedded({ folder: inner, durable: false });
      expect(await ask(anew.url('postgres'), `select to_regclass('kept') as found`)).toEqual([{ found: null }]);
      await anew.stop();
    } finally {
      if (movedTo) rmSync(movedTo, { recursive: true, force: true });
    }
  });
});

describe('the programs of the database', () => {
  // As npm leaves them when scripts are off: without links; and where only their owner may come.
  const locked = mkdtempSync(join(tmpdir(), 'yangguang-locked-'));
  const home = join(locked, 'package');
  afterAll(() => rmSync(locked, { recursive: true, force: true }));

  it('are copied to where the other user may run them, with their links', () => {
    cpSync(packageHome(), home, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() });
    const cache = temporaryFolder('yangguang-cache-');
    try {
      const binaries = postgresBinaries({ forOtherUser: true, cache: () => cache, home });
      expect(binaries.postgres.startsWith(cache)).toBe(true);
      const ran = spawnSync(binaries.postgres, ['--version'], {
        ...(asRoot ? { uid: nobody, gid: nobody } : {}),
        cwd: cache,
        encoding: 'utf8',
      });
      expect(ran.stdout).toContain('postgres (PostgreSQL) 18');
      expect(readdirSync(cache)).toHaveLength(1);
      // A second look finds the copy.
      expect(postgresBinaries({ forOtherUser: true, cache: () => cache, home }).postgres).toBe(binaries.postgres);
    } finally {
      rmSync(cache, { recursive: true, force: true });
    }
  });

  it('get their links where they lie, when they can stay there', () => {
    rmSync(home, { recursive: true, force: true });
    cpSync(packageHome(), home, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() });
    const unused = (): string => {
      throw new Error('no copy is needed');
    };
    const { initdb } = postgresBinaries({ forOtherUser: false, cache: unused, home });
    expect(spawnSync(initdb, ['--version'], { encoding: 'utf8' }).stdout).toContain('PostgreSQL');
    expect(existsSync(join(home, 'native/lib/libpq.so.5'))).toBe(true);
  });
});

const dataOf = (folder: string): string => join(folder, 'data');
