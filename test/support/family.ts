import { execFileSync } from 'node:child_process';
import { isAlive } from '../../src/store/alive.ts';

/** A process of a running node. */
export interface FamilyMember {
  readonly pid: number;
  readonly command: string;
}

/** The process and all that descend from it, the eldest first. */
export function familyOf(pid: number): FamilyMember[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 })
    .split('\n')
    .flatMap((line) => {
      const [, child, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return child === undefined ? [] : [{ pid: Number(child), parent: Number(parent), command: command ?? '' }];
    });
  const below = (parent: number): FamilyMember[] =>
    rows.filter((row) => row.parent === parent).flatMap(({ pid: child, command }) => [{ pid: child, command }, ...below(child)]);
  return [...rows.filter((row) => row.pid === pid).map(({ command }) => ({ pid, command })), ...below(pid)];
}

/** Kills as a failing machine does: at once, without a word. Whoever is gone already is gone. */
export function killAll(pids: readonly number[]): void {
  for (const pid of pids) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
}
