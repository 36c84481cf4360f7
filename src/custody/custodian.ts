import type { NoteSigner } from '../journal/checkpoint.ts';
import { fromBase64url } from '../kernel/bytes.ts';
import { dateOf, type Instant, later, systemClock } from '../kernel/clock.ts';
import { nap } from '../kernel/nap.ts';
import type { TrusteeShare } from '../sealing/council.ts';
import { answerTasks } from './answer.ts';
import { type EvaluationLog, openLog } from './evaluations.ts';
import { readHolds } from './files.ts';
import { followJournal, type JournalSource } from './follow.ts';
import { originOf, Refusal, type Trust } from './judge.ts';
import { heedOrders } from './orders.ts';
import { notGoneBack } from './own-clock.ts';
import { type Platform, reachPlatform, type TlsFiles } from './platform.ts';
import { followRegister, noteDeadlines } from './register.ts';
import { type CustodianState, readState, recall, writeState } from './state.ts';
import { remember, type Standing } from './status.ts';

export interface CustodianOptions {
  /** address of the platform, without a slash at the end */
  readonly platform: string;
  readonly tls?: TlsFiles;
  readonly trust: Trust;
  readonly share: TrusteeShare;
  readonly witness: NoteSigner;
  readonly stateFile: string;
  readonly logFile: string;
  readonly holdsFile: string;
  readonly pollMilliseconds: number;
  /** how far the own clock may lie from the other witnesses' */
  readonly clockLimitMilliseconds?: number;
  /** how long after a deadline, by the own clock, a bid's entry may still come into the journal */
  readonly lateLimitMilliseconds?: number;
  /** the machine's clock; a test may turn it */
  readonly clock?: () => Instant;
  readonly standing?: Standing;
  readonly log: (line: string) => void;
}

export interface Custodian {
  stop(): Promise<void>;
  readonly ended: Promise<void>;
}

/** What the steps of a round share. */
export interface Round {
  readonly options: CustodianOptions;
  readonly platform: Platform;
  readonly log: EvaluationLog;
  readonly now: () => Instant;
  readonly holds: Readonly<Record<string, string>>;
  /** the last refusal told for each task, so that one that stays is told once */
  readonly told: Map<string, string>;
  /** when the log last said how far the journal was vouched for */
  readonly noted: { at: Instant | null };
  /** writes the state to disk, with the log's head, and answers it */
  keep(state: CustodianState): Promise<CustodianState>;
}

/**
 * The program that holds one trustee's key. It only calls out: follows the journal and cosigns what it has checked, follows the register of what
 * binds an opening, asks for tasks, judges each by itself, and answers or refuses. What it answered is in its log and its state before it leaves.
 */
export function startCustodian(options: CustodianOptions): Custodian {
  const stopping = new AbortController();
  const ended = live(options, stopping.signal);
  return {
    ended,
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

async function live(options: CustodianOptions, signal: AbortSignal): Promise<void> {
  const { stateFile, logFile } = options;
  const now = options.clock ?? systemClock;
  const { log, entries } = await openLog(logFile);
  try {
    await work(options, signal, now, log, recall(await readState(stateFile), entries, log.head));
  } finally {
    await log.close();
  }
}

async function work(
  options: CustodianOptions,
  signal: AbortSignal,
  now: () => Instant,
  log: EvaluationLog,
  recalled: ReturnType<typeof recall>,
): Promise<void> {
  const { stateFile, holdsFile, standing } = options;
  const platform = reachPlatform(options.platform, options.witness, options.tls ?? {}, signal);
  const keep = async (state: CustodianState): Promise<CustodianState> => {
    const whole = { ...state, log: log.head };
    await writeState(stateFile, whole);
    return whole;
  };
  await log.add(now(), 'started', { trustee: options.share.index, finding: recalled.finding });
  if (standing) standing.finding = recalled.finding;
  if (recalled.finding) options.log(`memory: ${recalled.finding}`);
  let state = await keep(recalled.state);
  const told = new Map<string, string>();
  const noted: Round['noted'] = { at: null };
  let trouble = '';
  while (!signal.aborted) {
    try {
      const round: Round = { options, platform, log, now, holds: readHolds(holdsFile), told, noted, keep };
      state = await turn(round, state, (better) => {
        state = better;
      });
      trouble = '';
      if (standing) standing.trouble = null;
    } catch (error) {
      const says = error instanceof Error ? error.message : String(error);
      if (says !== trouble && !signal.aborted) {
        trouble = says;
        options.log(says);
        if (error instanceof Refusal) await log.add(now(), 'refused', { reason: error.reason, detail: error.message });
        if (standing) tellTrouble(standing, error, now());
      }
    }
    if (standing) standing.log = log.head;
    await nap(options.pollMilliseconds, signal);
  }
  platform.close();
}

function tellTrouble(standing: Standing, error: unknown, at: Instant): void {
  standing.trouble = error instanceof Error ? error.message : String(error);
  if (!(error instanceof Refusal)) return;
  standing.refused.set(error.reason, (standing.refused.get(error.reason) ?? 0) + 1);
  remember(standing, { at, what: 'refused', about: 'journal', detail: error.message });
}

/** One round: the clock, the journal, the register, the orders, the tasks. `reached` is told every state on the way, so that none is lost to an error. */
async function turn(round: Round, before: CustodianState, reached: (state: CustodianState) => void): Promise<CustodianState> {
  const { options, now } = round;
  const real = now();
  notGoneBack(real, before.clock as Instant | null);
  let state: CustodianState = { ...before, clock: real };
  reached(state);
  state = await follow(round, state, reached);
  const { register } = state;
  const followed = await followRegister(
    async (from, size) => JSON.parse((await round.platform.get(`/council/register?from=${from}&size=${size}`)).body.toString('utf8')),
    register,
    { origin: '', size: state.seen.size, root: fromBase64url(state.seen.root) ?? new Uint8Array(0) },
    options.trust.supervisors ?? [],
  );
  // on a sandbox everybody may move the clock: there the journal's size at a moment says nothing
  const noted = isSandbox(options.trust)
    ? followed
    : noteDeadlines(followed, later(real, -(options.lateLimitMilliseconds ?? 1_800_000)), state.seen.size);
  if (noted !== register) state = await round.keep({ ...state, register: noted });
  reached(state);
  if (options.standing) tell(options.standing, state, round.holds, real);
  state = await heedOrders(round, state);
  reached(state);
  return answerTasks(round, state, reached);
}

const isSandbox = (trust: Trust): boolean => originOf(trust.platform).endsWith('/sandbox');

function tell(standing: Standing, state: CustodianState, holds: Round['holds'], at: Instant): void {
  if (standing.newest?.size !== state.seen.size) standing.newest = { ...state.seen, at };
  standing.orders = Object.values(state.register.lots).filter((lot) => lot.order !== null).length;
  standing.holds = Object.keys(holds).length;
  standing.clock = { own: at, others: standing.clock?.others ?? null };
  standing.lastContact = at;
}

/**
 * To every closing snapshot on the way, then to what is the newest checkpoint now: a snapshot that no witness cosigned would fix no list.
 * The newest is asked first, so that no snapshot below it can appear after we looked for them.
 */
async function follow(round: Round, state: CustodianState, reached: (state: CustodianState) => void): Promise<CustodianState> {
  const { platform } = round;
  const text = await platform.journal.checkpoint();
  const newest = sizeOf(text);
  const answer = await platform.get(`/journal/snapshots?from=${state.seen.size}`);
  const { sizes } = JSON.parse(answer.body.toString('utf8')) as { sizes: number[] };
  let known = state;
  for (const size of [...sizes.filter((each) => each < newest), newest])
    if (size >= known.seen.size || size === newest) {
      known = await step(round, known, size, size === newest ? { ...platform.journal, checkpoint: async () => text } : platform.journal);
      reached(known);
    }
  return known;
}

/** Second line of a checkpoint; whether it is true is checked when we follow to it. */
function sizeOf(checkpoint: string): number {
  const size = Number(checkpoint.split('\n')[1]);
  if (!Number.isSafeInteger(size) || size < 0) throw new Refusal('checkpoint', 'malformed');
  return size;
}

/** How often the log says how far the journal was vouched for. */
const cosignNoted = 60_000;

/** One step along the journal; `source` hands over the checkpoint of `size`, which was perhaps fetched already. */
async function step(round: Round, state: CustodianState, size: number, source: JournalSource): Promise<CustodianState> {
  const { platform, log, now, options } = round;
  const at = now();
  const seconds = Math.floor(dateOf(at).getTime() / 1000);
  const taken = await followJournal(source, options.trust.platform, state.seen, options.witness, seconds, size);
  if (!taken) return state;
  // the log remembers how far it vouched, once a minute: a state file that was set back cannot vouch for a fork
  if (round.noted.at === null || later(round.noted.at, cosignNoted) <= at) {
    round.noted.at = at;
    await log.add(at, 'cosigned', { ...taken.seen });
  }
  // on disk first: a witness that forgets what it vouched for could vouch for a fork
  const next = await round.keep({ ...state, seen: taken.seen });
  await platform.post('/journal/cosignatures', { size: taken.seen.size, line: taken.line });
  return next;
}
