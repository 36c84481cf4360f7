import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The secret of that name among the keys of a data folder. */
export const secretKey = (dataDir: string, name: string, mayMake: () => Promise<boolean>): Promise<Uint8Array> =>
  keyIn(join(dataDir, 'keys'), name, mayMake);

/**
 * The 32 secret bytes of that name, from `<folder>/<name>.key` (readable by its owner only). They are made at first use; where
 * `mayMake` says no, a missing key is an error: a new one would silently sign on in the place of the one that is lost.
 */
export async function keyIn(folder: string, name: string, mayMake: () => Promise<boolean>): Promise<Uint8Array> {
  const file = join(folder, `${name}.key`);
  if (existsSync(file)) {
    const bytes = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
    if (bytes.length !== 32) throw new Error(`${file} does not hold a key of 32 bytes`);
    return new Uint8Array(bytes);
  }
  if (!(await mayMake())) throw new Error(`the key ${file} is missing, but it has been used before: bring it back from its safe copy`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  // Written aside and moved: a process that dies here leaves no half of a key.
  writeFileSync(`${file}.${process.pid}`, `${Buffer.from(bytes).toString('base64url')}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.${process.pid}`, file);
  return bytes;
}
