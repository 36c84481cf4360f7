import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf, isStillThere, type ProcessIdentity } from './alive.ts';

/** Who runs the family of a data folder, and where it can be reached. */
export interface Claim extends ProcessIdentity {
  readonly url: string;
}

/** Claims a data folder for this process; answers who has it already, or null when it is now ours. */
export function claimFolder(folder: string, url: string): Claim | null {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'running.json');
  const holder = readClaim(file);
  if (holder && holder.pid !== process.pid && isStillThere(holder)) return holder;
  rmSync(file, { force: true });
  try {
    writeFileSync(file, JSON.stringify({ ...identityOf(process.pid), url } satisfies Claim), { flag: 'wx' });
  } catch (error) {
    // Somebody who started at the same moment was a little faster.
    const faster = readClaim(file);
    if (faster) return faster;
    throw error;
  }
  return null;
}

export function releaseFolder(folder: string): void {
  rmSync(join(folder, 'running.json'), { force: true });
}

function readClaim(file: string): Claim | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null; // absent, or half-written by a process that was killed
  }
}
