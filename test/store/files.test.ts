import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FileStore } from '../../src/kernel/files.ts';
import { diskFiles } from '../../src/store/files.ts';

describe('files on disk', () => {
  let folder: string;
  let files: FileStore;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yangguang-files-'));
    files = await diskFiles(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const put = (content: Uint8Array) => files.put(Readable.from([content]));

  it('come back whole, in part, and measured', async () => {
    const content = Buffer.from('投标文件'.repeat(100_000));
    const stored = await put(content);
    expect(stored).toEqual({ key: stored.key, bytes: content.length, sha256: createHash('sha256').update(content).digest('base64url') });
    expect((await buffer(files.read(stored.key))).equals(content)).toBe(true);
    expect(await buffer(files.read(stored.key, { start: 3, end: 5 }))).toEqual(content.subarray(3, 6));
    expect(await buffer(files.read(stored.key, { start: content.length - 2 }))).toEqual(content.subarray(-2));
    expect((await stat(await files.localPath(stored.key))).size).toBe(content.length);
  });

  it('may be empty', async () => {
    expect(await put(new Uint8Array())).toMatchObject({ bytes: 0, sha256: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU' });
  });

  it('bear names that say nothing: the same content twice has two names', async () => {
    const [first, second] = [await put(Buffer.from('same')), await put(Buffer.from('same'))];
    expect(first.key).not.toBe(second.key);
    expect(first.key).toMatch(/^[0-9a-f]{40}$/);
    expect((await stat(await files.localPath(first.key))).mode & 0o077).toBe(0);
  });

  it('are not there at all when the sender breaks off', async () => {
    const before = await everything(folder);
    const broken = Readable.from(
      (async function* () {
        yield Buffer.alloc(100_000);
        throw new Error('connection lost');
      })(),
    );
    await expect(files.put(broken)).rejects.toThrow('connection lost');
    expect(await everything(folder)).toEqual(before);
  });

  it('go away when removed, also twice', async () => {
    const { key } = await put(Buffer.from('gone'));
    await files.remove(key);
    await files.remove(key);
    await expect(files.localPath(key)).rejects.toThrow('ENOENT');
    await expect(buffer(files.read(key))).rejects.toThrow('ENOENT');
  });

  it.each(['../../etc/passwd', '', 'A'.repeat(40), `${'a'.repeat(40)}/..`])('are never looked for outside the folder: %j', (key) => {
    expect(() => files.read(key)).toThrow('not a key');
  });

  it('of a writer that died are swept after a day, not before', async () => {
    const incoming = join(folder, 'incoming');
    const old = new Date((await stat(folder)).mtimeMs - 25 * 3_600_000);
    const recent = new Date((await stat(folder)).mtimeMs - 23 * 3_600_000);
    for (const [name, at] of [
      ['old', old],
      ['recent', recent],
    ] as const) {
      await writeFile(join(incoming, name), 'half');
      await utimes(join(incoming, name), at, at);
    }
    await diskFiles(folder);
    expect(await readdir(incoming)).toEqual(['recent']);
  });
});

const everything = async (folder: string): Promise<string[]> => (await readdir(folder, { recursive: true })).sort();
