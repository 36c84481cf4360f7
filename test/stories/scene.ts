import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { Client as DatabaseClient } from 'pg';
import { type Client, client, Refused, signIn } from '../../seeds/client.ts';
import { type StartedNode, seeded, startNode } from '../../seeds/node.ts';
import { organisations } from '../../seeds/organisations.ts';
import type { Outcome } from '../../seeds/story.ts';
import { startEmbedded } from '../../src/store/embedded-postgres.ts';
import { temporaryFolder } from '../../src/store/places.ts';

/**
 * What the stories share: a node of real processes on a throw-away folder, and the eyes of people who stand outside. Everything is read through the
 * public API, or from files that the API gave out.
 */

/**
 * A node with its people; `close` ends it and removes everything. Where nobody is killed its database does not wait for the disk at every commit:
 * that would keep a story waiting for what a crash of the machine alone could tell.
 */
export async function storyNode({ killed = false } = {}): Promise<{ readonly node: StartedNode; close(): Promise<void> }> {
  const dataDir = temporaryFolder('yangguang-story-');
  const remove = (): void => rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  try {
    const node = await startNode({ dataDir });
    if (!killed) await waitForNoDisk(dataDir);
    await node.saying(seeded);
    return {
      node,
      close: async () => {
        await node.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

async function waitForNoDisk(dataDir: string): Promise<void> {
  // the node's own server, which its starter lends to whoever asks for that folder
  const server = await startEmbedded({ folder: join(dataDir, 'pg') });
  const owner = new DatabaseClient(server.url('postgres'));
  await owner.connect();
  try {
    for (const setting of ['fsync', 'full_page_writes']) await owner.query(`alter system set ${setting} = off`);
    await owner.query('select pg_reload_conf()');
  } finally {
    await owner.end();
  }
}

/** What went wrong inside without anybody outside being told why: lines of the node's log. */
export const troubles = (node: StartedNode): string[] =>
  node
    .said()
    .split('\n')
    .filter((line) => /unknown failure|failed|ended/.test(line));

export interface Entry {
  readonly number: number | null;
  readonly event: string;
  readonly type: string;
  readonly at: string;
  readonly data: Readonly<Record<string, unknown>>;
}
export const timeline = async (reader: Client, lot: string): Promise<readonly Entry[]> =>
  (await reader.get<{ entries: Entry[] }>(`/lots/${lot}/timeline`)).entries;
export const typesIn = (entries: readonly Entry[]): string[] => entries.map((entry) => entry.type);
export const dataOf = (entries: readonly Entry[], type: string): Readonly<Record<string, unknown>>[] =>
  entries.filter((entry) => entry.type === type).map((entry) => entry.data);

export interface PaperRow {
  readonly id: string | null;
  readonly kind: string;
  readonly source: string;
  readonly sha256: string | null;
  readonly dataHash: string | null;
}
export const papersOf = async (reader: Client, lot: string): Promise<readonly PaperRow[]> =>
  (await reader.get<{ papers: PaperRow[] }>(`/lots/${lot}/papers`)).papers;

/** The name of the refusal a request ends with, or `done`. */
export const refusalOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof Refused) return String(error.problem.type).replace('/problems/', '');
      throw error;
    },
  );

/** Everyone who is not a party to the bids. */
export async function onlookers(base: string): Promise<ReadonlyMap<string, Client>> {
  const readers = new Map<string, Client>([['public', client(base)]]);
  for (const [login, role] of [
    ['agent', 'agent'],
    ['tenderee', 'tenderee'],
    ['regulator', 'regulator'],
    ['centre', 'centre'],
    ['admin', 'administrator'],
    ['bidder3', 'bidder'],
  ] as const)
    readers.set(login, await signIn(base, login, role));
  return readers;
}

/** Every address of the API's own description that shows something of one lot, and the lists on which it stands with no other tender's bidders. */
export async function readsOf(base: string, lot: string): Promise<readonly string[]> {
  const described = (await (await fetch(`${base}/api/openapi.json`)).json()) as { paths: Record<string, Record<string, unknown>> };
  const gets = Object.entries(described.paths).flatMap(([path, methods]) => (methods.get ? [path.replace(/^\/api/, '')] : []));
  const lists = ['/lots', '/work', '/openings', '/supervision', '/evaluations', '/projects'];
  const found = gets.flatMap((path) => {
    const named = path.replace('{lot}', lot);
    return named.includes('{') || (named === path && !lists.includes(path)) ? [] : [named];
  });
  expect(found.length).toBeGreaterThan(15);
  return found;
}

/** All a reader can read of a lot, as one text; what is refused counts by the words of its refusal, which could tell something too. */
export async function everythingShown(reader: Client, reads: readonly string[]): Promise<string> {
  const texts: string[] = [];
  const headers = { accept: 'application/json', ...(reader.token ? { authorization: `Bearer ${reader.token}` } : {}) };
  for (const path of reads) texts.push(await (await fetch(`${reader.base}/api${path}`, { headers })).text());
  return texts.join('\n');
}

/** Words by which a bidder could be recognised: its code, its names, its people's. */
export const namesOf = (login: string): readonly string[] => {
  const found = organisations.find((each) => each.users.some((user) => user.login === login));
  return found ? [found.code, found.name, found.nameEn] : [];
};

export interface Run {
  readonly code: number;
  readonly out: string;
}
const root = join(import.meta.dirname, '../..');

/** The command line as a stranger runs it: another process, without a word of this one's environment. */
export const yangguang = (...args: readonly string[]): Promise<Run> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['src/cli.mjs', ...args], { cwd: root, env: {}, maxBuffer: 64 * 1024 * 1024 }, (error, out) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out });
    });
  });

/** Runs a command on bytes, which it is given as a file. */
export async function onFile<T>(name: string, bytes: Uint8Array, use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'yangguang-file-'));
  try {
    const file = join(folder, name);
    await writeFile(file, bytes);
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Verified by a stranger, with the platform's key pinned: the exit code and what was printed. */
export const verified = (evidence: Uint8Array, key: string, { number }: Pick<Outcome, 'number'>): Promise<Run> =>
  onFile(`${number}.evidence.zip`, evidence, (file) => yangguang('verify', file, '--key', key, '--lang', 'en'));

/** A copy with one byte changed. */
export function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0x01;
  return copy;
}
