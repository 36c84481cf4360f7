import type { NoteSigner } from '../journal/checkpoint.ts';
import { signEd25519 } from '../journal/checkpoint.ts';
import { base64, utf8 } from '../kernel/bytes.ts';
import { dateOf, systemClock } from '../kernel/clock.ts';
import { askMessage, type TaskEvidence, taskEvidence } from '../openings/tasks.ts';
import { evaluate, type TrusteeShare } from '../sealing/council.ts';
import { followJournal, type JournalSource } from './follow.ts';
import { judge, ownNow, Refusal, type Trust } from './judge.ts';
import { type CustodianState, note, readState, writeState } from './state.ts';

export interface CustodianOptions {
  /** address of the platform, without a slash at the end */
  readonly platform: string;
  readonly trust: Trust;
  readonly share: TrusteeShare;
  readonly witness: NoteSigner;
  readonly stateFile: string;
  readonly logFile: string;
  readonly pollMilliseconds: number;
  readonly log: (line: string) => void;
}

export interface Custodian {
  stop(): Promise<void>;
  readonly ended: Promise<void>;
}

/**
 * The program that holds one trustee's key. It only calls out: follows the journal and cosigns what it has checked, asks for tasks, judges
 * each by itself, and answers or refuses. What it answered is on its disk before the answer leaves.
 */
export function startCustodian(options: CustodianOptions): Custodian {
  const { pollMilliseconds, log, stateFile } = options;
  const stopping = new AbortController();
  const work = async (): Promise<void> => {
    let state = await readState(stateFile);
    const refused = new Map<string, string>();
    while (!stopping.signal.aborted) {
      try {
        state = await follow(options, state, stopping.signal);
        state = await answerTasks(options, state, refused, stopping.signal);
      } catch (error) {
        if (error instanceof Refusal) await note(options.logFile, { at: systemClock(), refused: error.reason, detail: error.message });
        if (!stopping.signal.aborted) log(error instanceof Error ? error.message : String(error));
      }
      await nap(pollMilliseconds, stopping.signal);
    }
  };
  const ended = work();
  return {
    ended,
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

const nap = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', end, { once: true });
  });

/**
 * To every closing snapshot on the way, then to what is the newest checkpoint now: a snapshot that no witness cosigned would fix no list.
 * The newest is asked first, so that no snapshot below it can appear after we looked for them.
 */
async function follow(options: CustodianOptions, state: CustodianState, signal: AbortSignal): Promise<CustodianState> {
  const { platform } = options;
  const newest = sizeOf(await sourceAt(platform, signal).checkpoint());
  const { sizes } = (await (await get(`${platform}/journal/snapshots?from=${state.seen.size}`, signal)).json()) as { sizes: number[] };
  let known = state;
  for (const size of [...sizes.filter((each) => each < newest), newest])
    if (size >= known.seen.size) known = await step(options, known, signal, size);
  return known;
}

/** Second line of a checkpoint; whether it is true is checked when we follow to it. */
function sizeOf(checkpoint: string): number {
  const size = Number(checkpoint.split('\n')[1]);
  if (!Number.isSafeInteger(size) || size < 0) throw new Refusal('checkpoint', 'malformed');
  return size;
}

async function step(options: CustodianOptions, state: CustodianState, signal: AbortSignal, size: number): Promise<CustodianState> {
  const { platform, trust, witness, stateFile } = options;
  const seconds = Math.floor(dateOf(systemClock()).getTime() / 1000);
  const taken = await followJournal(sourceAt(platform, signal), trust.platform, state.seen, witness, seconds, size);
  if (!taken) return state;
  // on disk first: a witness that forgets what it vouched for could vouch for a fork
  const next = { ...state, seen: taken.seen };
  await writeState(stateFile, next);
  await send(`${platform}/journal/cosignatures`, { size: taken.seen.size, line: taken.line }, signal);
  return next;
}

const sourceAt = (platform: string, signal: AbortSignal): JournalSource => ({
  checkpoint: async (size) => (await get(`${platform}/journal/checkpoint${size === undefined ? '' : `?size=${size}`}`, signal)).text(),
  tile: async (path) => new Uint8Array(await (await get(`${platform}/journal/${path}`, signal)).arrayBuffer()),
});

async function answerTasks(
  options: CustodianOptions,
  state: CustodianState,
  refused: Map<string, string>,
  signal: AbortSignal,
): Promise<CustodianState> {
  const { tasks } = (await (await ask(options, `/council/tasks?trustee=${options.share.index}`, signal)).json()) as { tasks: string[] };
  let known = state;
  for (const task of tasks) {
    try {
      const answered = await ask(options, `/council/tasks/${task}`, signal);
      // the question is not in a witnessed checkpoint yet: asked again at the next poll
      if (answered.status === 503) continue;
      const evidence = taskEvidence.parse(await answered.json());
      known = await answer(options, known, evidence, signal);
      refused.delete(task);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (refused.get(task) !== error.message) {
        refused.set(task, error.message);
        options.log(`refused task ${task}: ${error.message}`);
        await note(options.logFile, { at: systemClock(), task, refused: error.reason, detail: error.message });
      }
    }
  }
  return known;
}

async function answer(
  options: CustodianOptions,
  state: CustodianState,
  evidence: TaskEvidence,
  signal: AbortSignal,
): Promise<CustodianState> {
  const { trust, share, platform, stateFile, logFile } = options;
  const size = snapshotSize(evidence);
  const snapshot = size === null ? undefined : await sourceAt(platform, signal).checkpoint(size);
  const now = ownNow(
    systemClock(),
    originOf(trust.platform),
    evidence.events.map(({ event }) => event),
  );
  const { points, remember } = judge(evidence, trust, {
    now,
    answered: state.answered,
    snapshot: (asked) => (asked === size ? snapshot : undefined),
  });
  const next = { ...state, answered: { ...state.answered, [remember.key]: remember.list } };
  await writeState(stateFile, next);
  await send(`${platform}/council/tasks/${evidence.task}/shares`, evaluate(share, points, trust.council), signal);
  await note(logFile, { at: systemClock(), task: evidence.task, answered: remember.key, list: remember.list, points: points.length });
  options.log(`answered ${remember.key} (${points.length})`);
  return next;
}

function snapshotSize(evidence: TaskEvidence): number | null {
  const closed = evidence.events.find(({ event }) => event.type === 'bidding.closed');
  const size = (closed?.event.data as { treeSize?: unknown } | undefined)?.treeSize;
  return typeof size === 'number' && Number.isSafeInteger(size) ? size : null;
}

/** The origin is the name of the platform's key: `<name>+<hash>+<key>`. */
const originOf = (vkey: string): string => vkey.split('+')[0] ?? '';

async function get(url: string, signal: AbortSignal, headers: Record<string, string> = {}): Promise<Response> {
  const response = await fetch(url, { headers, signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]) });
  if (!response.ok && response.status !== 503) throw new Error(`${url}: ${response.status}`);
  return response;
}

/** Asks as a known witness: evidence about sealed envelopes is not for everyone. */
function ask({ platform, witness }: CustodianOptions, path: string, signal: AbortSignal): Promise<Response> {
  const seconds = Math.floor(dateOf(systemClock()).getTime() / 1000);
  const signature = base64(signEd25519(utf8(askMessage(path, seconds)), witness));
  return get(platform + path, signal, { 'x-custodian': `${witness.name} ${seconds} ${signature}` });
}

async function send(url: string, body: object, signal: AbortSignal): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
  });
  // somebody handed it in before us (a restart after the answer left): that is what we wanted
  if (!response.ok && response.status !== 409) throw new Error(`${url}: ${response.status} ${await response.text()}`);
}
