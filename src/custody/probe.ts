import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { NoteSigner, NoteVerifier } from '../journal/checkpoint.ts';
import {
  type MinuteState,
  minuteMilliseconds,
  minuteOf,
  mostMinutes,
  type ProbeStatement,
  type SignedStatement,
  signedStatementShape,
  signStatement,
  statementDigest,
} from '../journal/probe.ts';
import { dateOf, type Instant, instantOf, later, millisecondsBetween } from '../kernel/clock.ts';
import type { EvaluationLog } from './evaluations.ts';
import { keepSecret } from './files.ts';
import type { Intake } from './intake.ts';
import { Refusal } from './judge.ts';
import { notGoneBack } from './own-clock.ts';
import { receiptHolds } from './probe-receipt.ts';

/** What a probe must not forget: what it has said, what the platform has not taken yet, and for what it still wants a receipt. */
const stateShape = z.strictObject({
  platform: z.string(),
  /** number and digest of its newest statement */
  number: z.int(),
  head: z.string(),
  /** the first minute it has not spoken of, and the letters since */
  from: z.string().nullable(),
  letters: z.string(),
  slowest: z.int().nullable(),
  waiting: z.array(signedStatementShape),
  taken: z.array(z.strictObject({ number: z.int(), digest: z.string(), event: z.string() })),
  clock: z.string().nullable(),
  /** the platform has taken a statement: from then on it cannot say that it does not know this probe */
  admitted: z.boolean(),
});
export type ProbeState = z.infer<typeof stateShape>;

export const freshProbe = (platform: string): ProbeState => ({
  platform,
  number: 0,
  head: '',
  from: null,
  letters: '',
  slowest: null,
  waiting: [],
  taken: [],
  clock: null,
  admitted: false,
});

/** Reads the state; null when there is none. A damaged one throws: a probe that forgets what it said could say something else. */
export const readProbeState = (file: string): ProbeState | null =>
  existsSync(file) ? stateShape.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
export const writeProbeState = (file: string, state: ProbeState): void => keepSecret(file, JSON.stringify(state));

export interface ProbeOptions {
  readonly intake: Intake;
  readonly key: NoteSigner;
  readonly platform: NoteVerifier;
  readonly stateFile: string;
  readonly evaluations: EvaluationLog;
  readonly log: (line: string) => void;
  /** real time */
  readonly clock: () => Instant;
  /** how often it tries the intake, by real time */
  readonly everyMilliseconds: number;
  /** after so many minutes it hands in what it has, whether or not anything changed */
  readonly batchMinutes: number;
}

/** The own clock may lie this far from the platform's; beyond, nobody knows whose is wrong, and the minute is not spoken of. */
const clockLimit = 60_000;
/** Trials a minute apart may begin this much earlier than a minute after each other, so that none slips into the next. */
const slack = 5_000;
/** Statements that nobody takes are not kept without end; the log has them all. */
const mostWaiting = 2000;

/**
 * An independent probe (docs/protocol.md §13): once a minute it hands a file in as a bidder would, and says so or that it could not, signed. While
 * the platform is away it keeps what it has to say. On a sandbox, whose clock anybody may move, minutes are the sandbox's: those that were jumped
 * over were not looked at.
 */
export class Probe {
  readonly #options: ProbeOptions;
  #state: ProbeState;
  #tried: { at: Instant; minute: Instant } | null = null;
  #letter = new Map<Instant, MinuteState>();
  /** what the platform last said of time, to reckon a sandbox's clock while it is away */
  #told: { real: Instant; virtual: Instant; rate: number } | null = null;
  #deadlines: readonly string[] = [];
  #says = '';

  constructor(options: ProbeOptions, state: ProbeState) {
    this.#options = options;
    this.#state = state;
  }

  get state(): ProbeState {
    return this.#state;
  }

  /** One look round: the clock, the intake when its turn has come, and what is to be handed in. */
  async look(): Promise<void> {
    const { clock } = this.#options;
    const real = clock();
    notGoneBack(real, this.#state.clock as Instant | null);
    this.#state = { ...this.#state, clock: real };
    // a sandbox's minute is known only from what it says
    if (this.#sandbox) await this.#askTime(real);
    if (this.#due(real)) await this.#try(real, this.#sandbox || (await this.#askTime(real)));
    this.#close(minuteOf(this.#now(clock())));
    await this.#sign(this.#now(clock()));
    await this.#handIn();
  }

  get #sandbox(): boolean {
    return this.#options.platform.name.endsWith('/sandbox');
  }

  /** A new minute, and long enough after the last trial: the minutes of a hurried sandbox are shorter than that. */
  #due(real: Instant): boolean {
    if (this.#tried === null) return true;
    const { at, minute } = this.#tried;
    return minute !== minuteOf(this.#now(real)) && millisecondsBetween(at, real) >= this.#options.everyMilliseconds - slack;
  }

  #now(real: Instant): Instant {
    if (!this.#sandbox || this.#told === null) return real;
    const { real: then, virtual, rate } = this.#told;
    return instantOf(new Date(dateOf(virtual).getTime() + Math.max(0, millisecondsBetween(then, real)) * rate));
  }

  /** Whether the own clock may be believed about this minute. */
  async #askTime(real: Instant): Promise<boolean> {
    const told = await this.#options.intake.time().catch(() => null);
    if (told === null) return true; // nothing to compare with: that it is away is what the trial finds
    const rate = this.#sandbox ? told.rate : 1;
    this.#told = { real, virtual: told.now, rate };
    this.#deadlines = told.deadlines;
    const apart = Math.abs(millisecondsBetween(told.now, real));
    if (this.#sandbox || apart <= clockLimit) return true;
    await this.#say(`clock-differs: own ${real}, the platform’s ${told.now}`, 'clock-differs', { platform: told.now });
    return false;
  }

  async #try(real: Instant, trusted: boolean): Promise<void> {
    const minute = minuteOf(this.#now(real));
    this.#tried = { at: real, minute };
    if (!trusted) return;
    const { intake, log } = this.#options;
    const outcome = await intake.trial();
    if (!outcome.known && !this.#state.admitted) return this.#say(outcome.why ?? '', 'not-registered', {});
    this.#says = '';
    this.#letter.set(minute, outcome.took === null ? 'd' : 'u');
    if (outcome.took === null) log(`down: ${outcome.why ?? ''}`);
    else this.#state = { ...this.#state, slowest: Math.max(this.#state.slowest ?? 0, outcome.took) };
  }

  /** Letters for every minute that has passed since the last one spoken of. */
  #close(minute: Instant): void {
    const known = this.#state.from === null ? minute : later(this.#state.from as Instant, this.#state.letters.length * minuteMilliseconds);
    if (minute < known) return;
    let { from, letters } = this.#state;
    from ??= minute;
    for (let at = known; at < minute; at = later(at, minuteMilliseconds)) {
      if (millisecondsBetween(at, minute) > mostMinutes * minuteMilliseconds) {
        // longer than a statement reaches: it begins anew where it ends in time
        at = later(minute, -mostMinutes * minuteMilliseconds);
        [from, letters] = [at, ''];
      }
      letters += this.#letter.get(at) ?? '-';
      this.#letter.delete(at);
    }
    if (letters.length > mostMinutes) {
      const over = letters.length - mostMinutes;
      from = later(from as Instant, over * minuteMilliseconds);
      letters = letters.slice(over);
    }
    if (letters !== this.#state.letters || from !== this.#state.from) this.#keep({ ...this.#state, from, letters });
  }

  /** Signs what it has when something changed, when a deadline has come, or when it is long enough. */
  async #sign(now: Instant): Promise<void> {
    const { from, letters, slowest, number, head } = this.#state;
    if (from === null || letters === '') return;
    const { key, platform, batchMinutes, clock, evaluations } = this.#options;
    const [before, latest] = [letters.at(-2) ?? this.#last, letters.at(-1)];
    const changed = before !== latest && (before === 'd' || latest === 'd');
    const deadline = this.#deadlines.some((each) => each > from && each <= now);
    // the first words come at once: until then nobody sees that it is there
    if (number > 0 && !changed && !deadline && letters.length < batchMinutes) return;
    const statement: ProbeStatement = {
      format: 'yangguang/probe-report/v1',
      platform: platform.name,
      probe: key.name,
      number: number + 1,
      previous: head,
      from,
      states: letters,
      slowest,
    };
    const signed = signStatement(statement, key);
    const digest = statementDigest(statement);
    // in the log and in the state before anybody hears of it
    await evaluations.add(clock(), 'stated', { digest, ...signed });
    this.#last = letters.at(-1) ?? '-';
    this.#keep({
      ...this.#state,
      number: number + 1,
      head: digest,
      from: later(from as Instant, letters.length * minuteMilliseconds),
      letters: '',
      slowest: null,
      waiting: [...this.#state.waiting, signed].slice(-mostWaiting),
    });
  }
  #last: string = '-';

  async #handIn(): Promise<void> {
    const { intake } = this.#options;
    for (const signed of this.#state.waiting) {
      const answer = await intake.handIn(signed).catch(() => null);
      if (answer === null || answer.again) return;
      await this.#handedIn(signed, answer);
    }
    for (const each of this.#state.taken) await this.#receipt(each);
  }

  async #handedIn(
    signed: SignedStatement,
    answer: { readonly event?: string | undefined; readonly refused?: string | undefined },
  ): Promise<void> {
    const { evaluations, clock, log } = this.#options;
    const digest = statementDigest(signed.statement);
    const { number } = signed.statement;
    const waiting = this.#state.waiting.filter((each) => each !== signed);
    if (answer.event === undefined) {
      await evaluations.add(clock(), 'refused', { of: number, digest, why: answer.refused ?? '' });
      log(`statement ${number} was refused: ${answer.refused ?? ''}`);
      return this.#keep({ ...this.#state, waiting });
    }
    await evaluations.add(clock(), 'taken', { of: number, digest, event: answer.event });
    this.#keep({
      ...this.#state,
      admitted: true,
      waiting,
      taken: [...this.#state.taken, { number, digest, event: answer.event }].slice(-mostWaiting),
    });
  }

  /** The receipt proves that the statement stands in the journal; what is taken and never gets one is in the log. */
  async #receipt(taken: ProbeState['taken'][number]): Promise<void> {
    const { intake, platform, evaluations, clock } = this.#options;
    const receipt = await intake.receipt(taken.event).catch(() => null);
    if (receipt === null) return;
    const holds = receiptHolds(receipt, platform, taken.digest);
    await evaluations.add(clock(), holds ? 'receipt' : 'receipt-refuted', { of: taken.number, digest: taken.digest, receipt });
    this.#keep({ ...this.#state, taken: this.#state.taken.filter((each) => each !== taken) });
  }

  async #say(line: string, what: string, detail: Readonly<Record<string, unknown>>): Promise<void> {
    if (this.#says === what) return;
    this.#says = what;
    this.#options.log(line);
    await this.#options.evaluations.add(this.#options.clock(), what, detail);
  }

  #keep(state: ProbeState): void {
    this.#state = state;
    writeProbeState(this.#options.stateFile, state);
  }
}

/** A clock that went back: nothing is said until it is right again. */
export const isClockRefusal = (error: unknown): boolean => error instanceof Refusal && error.reason === 'clock-went-back';
