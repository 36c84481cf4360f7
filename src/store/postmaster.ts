import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf, isAlive } from './alive.ts';

export interface RunningPostmaster {
  readonly pid: number;
  readonly port: number;
}

/**
 * The server that runs on this data folder, if one does. `postmaster.pid` survives a crash, and its number may meanwhile belong
 * to another program: only a process whose command line names this folder counts.
 */
export function postmasterOf(data: string): RunningPostmaster | null {
  let lines: string[];
  try {
    lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid) || !commandOf(pid).includes(data)) return null;
  return { pid, port };
}
