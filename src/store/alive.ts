import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Whether a process of this number runs (a zombie, dead but not yet collected by its parent, does not). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return statOf(pid)?.state !== 'Z';
}

/** One process for good: numbers are given again to others, a number with the moment it began is not. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly began: string;
}

export const identityOf = (pid: number): ProcessIdentity => ({ pid, began: startedAt(pid) });
export const isStillThere = (process: ProcessIdentity): boolean => isAlive(process.pid) && startedAt(process.pid) === process.began;

/** When the process began, as the system tells it; empty where unknown. */
function startedAt(pid: number): string {
  if (process.platform === 'linux') return statOf(pid)?.began ?? '';
  return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
}

/** The command line of a process; empty where it cannot be told. */
export function commandOf(pid: number): string {
  if (process.platform !== 'linux') return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** The third and the twenty-second field of /proc/<pid>/stat; the second, the name, may hold spaces and brackets. */
function statOf(pid: number): { state: string; began: string } | null {
  if (process.platform !== 'linux') return null;
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', began: fields[19] ?? '' };
  } catch {
    return null;
  }
}
