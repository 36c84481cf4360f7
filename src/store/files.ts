import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { systemClock } from '../kernel/clock.ts';
import type { FileStore, StoredFile } from '../kernel/files.ts';

/** Incoming files older than this belong to a writer that died. */
const abandonedMilliseconds = 24 * 3_600_000;

/**
 * Files in a folder of this machine. A file is written beside its place, made durable, and only then moved there, so a reader meets
 * a whole file or none, and `put` answers when a power cut can no longer take it. Names are random: neither content nor owner show.
 */
export async function diskFiles(folder: string): Promise<FileStore> {
  const incoming = join(folder, 'incoming');
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  await sweep(incoming);

  return {
    async put(content: Readable): Promise<StoredFile> {
      const key = randomKey();
      const half = join(incoming, key);
      try {
        const measured = await write(content, half);
        const place = placeOf(folder, key);
        await mkdir(dirname(place), { recursive: true, mode: 0o700 });
        await rename(half, place);
        await makeDurable(dirname(place));
        return { key, ...measured };
      } catch (error) {
        await rm(half, { force: true });
        throw error;
      }
    },
    read: (key, range) =>
      createReadStream(placeOf(folder, key), range ? { start: range.start, ...(range.end === undefined ? {} : { end: range.end }) } : {}),
    remove: (key) => rm(placeOf(folder, key), { force: true }),
    async localPath(key: string): Promise<string> {
      const place = placeOf(folder, key);
      await access(place);
      return place;
    },
  };
}

/** Hexadecimal, because some file systems take `a` and `A` for the same letter. */
const randomKey = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(20))).toString('hex');

/** Keys come back from the database and from requests: anything that is not a key never becomes a path. */
function placeOf(folder: string, key: string): string {
  if (!/^[0-9a-f]{40}$/.test(key)) throw new Error('not a key of the file store');
  return join(folder, key.slice(0, 2), key);
}

async function write(content: Readable, path: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      hash.update(chunk);
      bytes += chunk.length;
      next(null, chunk);
    },
  });
  await pipeline(content, measure, createWriteStream(path, { mode: 0o600, flags: 'wx', flush: true }));
  return { sha256: hash.digest('base64url'), bytes };
}

/** A rename is durable when the folder it happened in is. */
async function makeDurable(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // folders cannot be opened there
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sweep(incoming: string): Promise<void> {
  const oldest = new Date(systemClock()).getTime() - abandonedMilliseconds;
  for (const name of await readdir(incoming)) {
    const found = await stat(join(incoming, name)).catch(() => null); // another process may sweep too
    if (found && found.mtimeMs < oldest) await rm(join(incoming, name), { force: true });
  }
}
