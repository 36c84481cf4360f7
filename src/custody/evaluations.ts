import { open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { base64url, utf8 } from '../kernel/bytes.ts';
import { sha256 } from '../sealing/digest.ts';

/**
 * The custodian's own log of what it evaluated and why, refusals included: one JSON line an entry, each naming the digest of the line before.
 * Nothing in it can be changed or taken out without breaking the chain; that the end was cut off shows beside the state file, which keeps the head.
 */
export interface Entry {
  /** from 1 */
  readonly number: number;
  /** SHA-256 of the line before, base64url; empty for the first */
  readonly previous: string;
  /** by the custodian's own clock */
  readonly at: string;
  readonly what: string;
  readonly [detail: string]: unknown;
}

export interface LogHead {
  readonly entries: number;
  /** digest of the newest line, base64url; empty for an empty log */
  readonly head: string;
}
export const emptyLog: LogHead = { entries: 0, head: '' };

export type LogCheck =
  | { readonly ok: true; readonly head: LogHead; readonly entries: readonly Entry[] }
  | { readonly ok: false; readonly line: number; readonly why: 'unreadable' | 'chain' | 'number' };

const digestOf = (line: string): string => base64url(sha256(utf8(line)));

/** Reads a log and checks its chain from the first line to the last. A last line without its end was torn by a crash and does not count. */
export function checkLog(text: string): LogCheck {
  const lines = text.split('\n').slice(0, -1);
  const entries: Entry[] = [];
  let head = emptyLog;
  for (const [at, line] of lines.entries()) {
    const entry = entryOf(line);
    if (!entry) return { ok: false, line: at + 1, why: 'unreadable' };
    if (entry.previous !== head.head) return { ok: false, line: at + 1, why: 'chain' };
    if (entry.number !== head.entries + 1) return { ok: false, line: at + 1, why: 'number' };
    entries.push(entry);
    head = { entries: entry.number, head: digestOf(line) };
  }
  return { ok: true, head, entries };
}

function entryOf(line: string): Entry | undefined {
  try {
    const read = JSON.parse(line) as Partial<Entry> | null;
    const whole = typeof read?.number === 'number' && typeof read.previous === 'string' && typeof read.what === 'string';
    return whole ? (read as Entry) : undefined;
  } catch {
    return undefined; // not JSON
  }
}

/** The text of a log file; empty when there is none yet. */
export async function readLog(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
}

/** Logs this very process has open. */
const held = new Set<string>();

/** Two programs on one log and one state would each forget what the other answered: the second does not start. */
async function hold(path: string): Promise<void> {
  const lock = `${path}.lock`;
  const taken = await writeFile(lock, String(process.pid), { flag: 'wx', mode: 0o600 }).then(
    () => false,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return true;
      throw error;
    },
  );
  if (taken) {
    const holder = Number(await readFile(lock, 'utf8'));
    // our own number in a lock that we do not hold: it is of a life before this one (in a container every program has the same)
    if (held.has(path) || (holder !== process.pid && lives(holder)))
      throw new Error(`${path}: the program with number ${holder} writes here already`);
    await writeFile(lock, String(process.pid), { mode: 0o600 });
  }
  held.add(path);
}

function lives(pid: number): boolean {
  try {
    return Number.isInteger(pid) && pid > 0 && process.kill(pid, 0);
  } catch (error) {
    // somebody else's program: it lives
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Opens the log for writing at its end. Throws when its chain is broken, for a custodian does not write on behind a forgery, and when another has it open. */
export async function openLog(path: string): Promise<{ readonly log: EvaluationLog; readonly entries: readonly Entry[] }> {
  await hold(path);
  try {
    return await openHeld(path);
  } catch (error) {
    await release(path);
    throw error;
  }
}

async function release(path: string): Promise<void> {
  held.delete(path);
  await rm(`${path}.lock`, { force: true });
}

async function openHeld(path: string): Promise<{ readonly log: EvaluationLog; readonly entries: readonly Entry[] }> {
  const text = await readLog(path);
  const check = checkLog(text);
  if (!check.ok) throw new Error(`${path}: line ${check.line} does not follow from the one before (${check.why})`);
  const whole = text.lastIndexOf('\n') + 1;
  if (whole < text.length) await truncate(path, Buffer.byteLength(text.slice(0, whole)));
  return { log: new EvaluationLog(path, check.head), entries: check.entries };
}

export class EvaluationLog {
  readonly #path: string;
  #head: LogHead;
  constructor(path: string, head: LogHead) {
    this.#path = path;
    this.#head = head;
  }

  get head(): LogHead {
    return this.#head;
  }

  /** Lets the next program have it. */
  close(): Promise<void> {
    return release(this.#path);
  }

  /** Adds an entry; it is on the disk when the promise resolves. */
  async add(at: string, what: string, details: Readonly<Record<string, unknown>>): Promise<void> {
    const entry = { number: this.#head.entries + 1, previous: this.#head.head, at, what, ...details };
    const line = JSON.stringify(entry);
    const file = await open(this.#path, 'a', 0o600);
    try {
      await file.writeFile(`${line}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    this.#head = { entries: entry.number, head: digestOf(line) };
  }
}
