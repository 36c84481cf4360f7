import { type ChildProcess, spawn } from 'node:child_process';
import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

/** One process of the family. */
export interface Member {
  /** stands before each line it writes */
  readonly name: string;
  /** arguments for Node: the script and what it takes */
  readonly args: readonly string[];
  /** its whole environment: a custodian, say, is not to know the database's password */
  readonly env: Readonly<Record<string, string>>;
  /** waits until the members without this mark are ready: first the page, then what follows */
  readonly patient?: boolean;
}

export interface FamilyOptions {
  readonly log: (line: string) => void;
  /** how long the members have to end by themselves; then they are killed */
  readonly graceMilliseconds?: number;
  /** the wait before a member that died is started again; doubles up to a hundredfold while it keeps dying */
  readonly firstPauseMilliseconds?: number;
}

export interface Family {
  /** resolves when every member has said that it is ready; rejects when one cannot be brought up */
  readonly ready: Promise<void>;
  /** the same for the members that are not patient */
  readonly atWork: Promise<void>;
  /** Asks every member to end, kills those that do not, and resolves when all are gone. */
  stop(): Promise<void>;
}

/** A member that dies this often before it was ever ready will not get better by itself. */
const hopelessAfter = 5;
/** A member that lived this long has recovered: its next death is a first one. */
const settledMilliseconds = 30_000;

/**
 * Starts child processes on this same Node and keeps them alive. A member says `ready` over its channel (see `runMember`); when this
 * process dies, however it dies, the channel closes and the members end by themselves.
 */
export function startFamily(members: readonly Member[], options: FamilyOptions): Family {
  const stopping = new AbortController();
  const begin = (patient: boolean): Kept[] =>
    members.filter((member) => (member.patient ?? false) === patient).map((member) => keep(member, options, stopping.signal));
  const allReady = (some: readonly Kept[]): Promise<void> => Promise.all(some.map((each) => each.ready)).then(() => {});
  const kept = begin(false);
  const atWork = allReady(kept);
  const ready = atWork.then(() => {
    if (stopping.signal.aborted) return;
    const patient = begin(true);
    kept.push(...patient);
    return allReady(patient);
  });
  for (const promise of [atWork, ready]) promise.catch(() => {}); // whoever waits for it hears of it; nobody has to
  return {
    ready,
    atWork,
    stop: async () => {
      stopping.abort();
      const grace = options.graceMilliseconds ?? 4000;
      await Promise.all(kept.map((each) => each.end(grace)));
    },
  };
}

interface Kept {
  readonly ready: Promise<void>;
  end(graceMilliseconds: number): Promise<void>;
}

function keep(member: Member, options: FamilyOptions, stopping: AbortSignal): Kept {
  let child: ChildProcess | null = null;
  const ready = Promise.withResolvers<void>();
  const firstPause = options.firstPauseMilliseconds ?? 200;

  const live = async (): Promise<void> => {
    let wasReady = false;
    for (let deaths = 0; !stopping.aborted; ) {
      const born = performance.now();
      child = start(member, options.log, () => {
        wasReady = true;
        ready.resolve();
      });
      const how = await death(child);
      if (stopping.aborted) return;
      deaths = performance.now() - born > settledMilliseconds ? 1 : deaths + 1;
      options.log(`${member.name} ended (${how}); it is started again`);
      if (!wasReady && deaths >= hopelessAfter) throw new Error(`${member.name} ends at once, again and again (${how})`);
      await pause(firstPause * Math.min(2 ** (deaths - 1), 100), undefined, { signal: stopping }).catch(() => {});
    }
  };
  const lived = live().catch((error: unknown) => ready.reject(error));

  return {
    ready: ready.promise,
    async end(graceMilliseconds) {
      child?.kill('SIGTERM');
      const axe = setTimeout(() => child?.kill('SIGKILL'), graceMilliseconds);
      await lived;
      clearTimeout(axe);
    },
  };
}

function start(member: Member, log: (line: string) => void, onReady: () => void): ChildProcess {
  const child = spawn(process.execPath, member.args, {
    env: { ...member.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Its own session: Ctrl-C in the terminal reaches the supervisor alone, which ends the members in order.
    detached: true,
  });
  child.on('message', (message) => {
    if (message === 'ready') onReady();
  });
  for (const stream of [child.stdout, child.stderr]) if (stream) forward(stream, (line) => log(`${member.name.padEnd(12)} ${line}`));
  return child;
}

function forward(stream: Readable, say: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', say);
}

function death(child: ChildProcess): Promise<string> {
  return new Promise((died) => {
    child.once('error', (error) => died(error.message));
    child.once('exit', (code, signal) => died(signal ?? `exit code ${code}`));
  });
}

/** What a process does for a living. */
export interface Running {
  stop(): Promise<void>;
  /** where given: settles when the work has ended by itself, which it should not */
  readonly ended?: Promise<unknown>;
}

/** A member that cannot end cleanly in this time ends anyway (its supervisor would kill it a little later). */
const memberGraceMilliseconds = 3500;

/**
 * The body of a member: runs until it is told to end (TERM or INT), its supervisor is gone, or its work fails. Used alike by a
 * child of `npm start` and by a process that stands alone, as in a container.
 */
export async function runMember(begin: () => Promise<Running>): Promise<void> {
  const end = Promise.withResolvers<void>();
  let failure: unknown = null;
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => end.resolve());
  process.on('disconnect', () => end.resolve());
  // The pipe to a supervisor that is gone is closed: what can no longer be said must not end us uncleanly.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  // From the moment it is told to: one that is still beginning, waiting perhaps for somebody who will never answer, ends as well.
  void end.promise.then(() => setTimeout(() => process.exit(failure ? 1 : 0), memberGraceMilliseconds).unref());
  const running = await begin();
  running.ended?.then(
    () => end.resolve(),
    (error: unknown) => {
      failure = error;
      end.resolve();
    },
  );
  if (process.connected) process.send?.('ready');
  flushCompileCache(); // kept for the next start even if this one is killed
  await end.promise;
  await running.stop();
  if (failure) console.error(failure);
  process.exit(failure ? 1 : 0);
}

/** Runs `onStop` at the first INT, TERM or HUP. A second one, at least a second later, ends the process at once (npm passes Ctrl-C on, so the first comes twice). */
export function onEnd(onStop: () => Promise<void>): void {
  let first: number | null = null;
  const told = (): void => {
    if (first === null) {
      first = performance.now();
      void onStop();
    } else if (performance.now() - first > 1000) process.exit(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, told);
}
