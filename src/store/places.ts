import { chmodSync, lstatSync, mkdirSync, mkdtempSync, realpathSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** PostgreSQL refuses to run as root; `nobody` exists on every Linux without being created. */
export const nobody = 65534;

/** Whether users other than the owner may pass through every folder on the way into `path` (which must exist). */
export function othersMayEnter(path: string): boolean {
  let at = realpathSync(path);
  for (;;) {
    const { mode } = statSync(at);
    if (!(mode & 0o001)) return false;
    if (dirname(at) === at) return true;
    at = dirname(at);
  }
}

/** Whether users other than the owner may read the file, or list the folder. */
export const othersMayRead = (path: string): boolean => (statSync(path).mode & 0o004) !== 0;

/**
 * A folder with this name that other users may pass through but not list, in the first suitable place for temporary files.
 * Such places are open to everybody, so a folder of this name that somebody else made is left alone and the next name is tried.
 */
export function traversablePlace(name: string): string {
  for (const parent of ['/var/tmp', tmpdir(), '/tmp']) {
    if (!usable(parent)) continue;
    for (let attempt = 0; attempt < 16; attempt++) {
      const place = join(parent, attempt === 0 ? name : `${name}-${attempt}`);
      try {
        mkdirSync(place, { recursive: false });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') break;
      }
      const found = lstatSync(place);
      if (!found.isDirectory() || found.uid !== process.getuid?.()) continue;
      chmodSync(place, 0o711);
      return place;
    }
  }
  throw new Error(
    'found no folder that other users may enter, for a database that may not run as root: set DATABASE_URL, or do not run as root',
  );
}

function usable(parent: string): boolean {
  try {
    return othersMayEnter(parent);
  } catch {
    return false; // not there
  }
}

/** A new empty folder for one run, where a database may live even when this program runs as root. The caller removes it. */
export function temporaryFolder(prefix: string): string {
  const asRoot = process.getuid?.() === 0;
  const parent = [tmpdir(), '/var/tmp', '/tmp'].find((each) => !asRoot || usable(each)) ?? tmpdir();
  const folder = mkdtempSync(join(parent, prefix));
  chmodSync(folder, 0o711);
  return folder;
}
