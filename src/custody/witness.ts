import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { checkpointBody, type NoteSigner, openCheckpoint, parseVerifierKey } from '../journal/checkpoint.ts';
import { type RefusalReason, type RefusalReport, refusalReasons, signRefusal } from '../journal/refusal.ts';
import { cosign } from '../journal/witness.ts';
import { dateOf, type Instant, systemClock } from '../kernel/clock.ts';
import { keepSecret } from './files.ts';
import { followJournal, type Seen } from './follow.ts';
import { Refusal } from './judge.ts';
import { jsonOf, type Platform } from './platform.ts';

/** What a witness must not forget: whose journal it follows and what it vouched for, with the very words that the platform signed. */
const stateShape = z.strictObject({
  platform: z.string(),
  seen: z.strictObject({ size: z.number().int(), root: z.string() }),
  checkpoint: z.string(),
});
export type WitnessState = z.infer<typeof stateShape>;

/** Reads the state; null when there is none yet. A damaged one throws: a witness that starts anew could vouch for a fork. */
export const readWitnessState = (file: string): WitnessState | null =>
  existsSync(file) ? stateShape.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
export const writeWitnessState = (file: string, state: WitnessState): void => keepSecret(file, JSON.stringify(state));

export interface WitnessOptions {
  readonly platform: Platform;
  readonly witness: NoteSigner;
  readonly stateFile: string;
  readonly log: (line: string) => void;
  readonly now?: () => Instant;
}

interface Line {
  readonly size: number;
  readonly line: string;
}

/**
 * A witness without a share: the custodian's program with one key less. It follows the journal by its tiles, cosigns what continues what it saw before,
 * and keeps what it was shown when it does not. It knows nothing of any tender.
 */
export class Witness {
  readonly #options: WitnessOptions;
  #state: WitnessState;
  /** cosigned, and not taken by the platform yet (it may not know this witness yet) */
  #unsent: Line | null = null;
  /** what was wrong at the last look: a lagging mirror is forgiven once */
  #doubt = '';
  #reported = '';
  #untold: RefusalReport | null = null;

  constructor(options: WitnessOptions, state: WitnessState) {
    this.#options = options;
    this.#state = state;
    const key = parseVerifierKey(state.platform);
    const vouched = key && state.checkpoint !== '' ? openCheckpoint(state.checkpoint, key) : undefined;
    // said again at every start: whether the last time was heard is not known
    if (vouched !== undefined && typeof vouched !== 'string') this.#unsent = this.#signed(checkpointBody(vouched.checkpoint), state.seen);
  }

  get seen(): Seen {
    return this.#state.seen;
  }

  /** One look at the journal. Answers the report when this look ended in one. */
  async look(): Promise<RefusalReport | null> {
    const shown = { text: '' };
    try {
      for (const size of await this.#sizes(shown)) await this.#follow(size, shown);
      this.#doubt = '';
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return await this.#refuse(error, shown.text);
    }
    await this.#send();
    return null;
  }

  /** Every closing snapshot on the way, then what is newest: the newest is asked first, so that no snapshot below it appears after we looked. */
  async #sizes(shown: { text: string }): Promise<readonly number[]> {
    const { platform } = this.#options;
    shown.text = await platform.journal.checkpoint();
    const newest = Number(shown.text.split('\n')[1]);
    if (!Number.isSafeInteger(newest) || newest < 0) throw new Refusal('checkpoint', 'malformed');
    const { sizes } = jsonOf(await platform.get(`/journal/snapshots?from=${this.seen.size}`)) as { sizes: number[] };
    return [...sizes.filter((size) => size > this.seen.size && size < newest), newest];
  }

  async #follow(size: number, shown: { text: string }): Promise<void> {
    const { platform, witness, stateFile } = this.#options;
    const source = {
      tile: platform.journal.tile,
      checkpoint: async (asked?: number) => {
        shown.text = await platform.journal.checkpoint(asked);
        return shown.text;
      },
    };
    const taken = await followJournal(source, this.#state.platform, this.seen, witness, this.#seconds(), size);
    if (!taken) return;
    // the snapshot before is heard before the next one takes its place
    await this.#send();
    // on disk first: a witness that forgets what it vouched for could vouch for a fork
    this.#state = { ...this.#state, seen: { ...taken.seen }, checkpoint: shown.text };
    writeWitnessState(stateFile, this.#state);
    this.#unsent = { size: taken.seen.size, line: taken.line };
  }

  async #send(): Promise<void> {
    if (this.#unsent && (await this.#told('/journal/cosignatures', this.#unsent, `the cosignature of ${this.#unsent.size}`))) {
      this.#options.log(`cosigned ${this.#unsent.size}`);
      this.#unsent = null;
    }
  }

  /** Whether the platform took it. One that does not, or is not there, changes nothing about what was seen: it is told again at the next look. */
  async #told(path: string, body: object, what: string): Promise<boolean> {
    const { platform, log } = this.#options;
    try {
      const { status, body: answer } = await platform.post(path, body);
      if (status === 201 || answer.includes('refusal-already-noted')) return true;
      log(`${what} was not taken: ${status}`);
    } catch (error) {
      log(`${what} was not taken: ${error instanceof Error ? error.message : String(error)}`);
    }
    return false;
  }

  /** The evidence lies on this witness's own disk before anybody is told. */
  async #refuse(error: Refusal, shown: string): Promise<RefusalReport | null> {
    const { witness, stateFile, log } = this.#options;
    const what = `${error.message}\n${shown}`;
    if (this.#doubt !== what && error.reason !== 'journal-rewritten') {
      this.#doubt = what;
      log(`${error.message}: looking again`);
      return null;
    }
    // once for what it vouched for: the report is an event itself, and would otherwise call for the next one
    const { seen, checkpoint } = this.#state;
    const about = `${error.reason} ${seen.size} ${seen.root}`;
    if (this.#reported === about) {
      await this.#report();
      return null;
    }
    const at = this.#now();
    const report = signRefusal({ reason: reasonOf(error), seen: { ...seen, checkpoint }, shown, at }, witness);
    const file = `${stateFile}.refusal-${dateOf(at).getTime()}.json`;
    keepSecret(file, JSON.stringify(report));
    log(`refused to cosign: ${error.message}; the evidence is in ${file}`);
    this.#reported = about;
    this.#untold = report;
    await this.#report();
    return report;
  }

  async #report(): Promise<void> {
    if (this.#untold && (await this.#told('/journal/refusals', this.#untold, 'the report'))) this.#untold = null;
  }

  #signed = (body: string, seen: Seen): Line => ({ size: seen.size, line: cosign(body, this.#seconds(), this.#options.witness) });
  #now = (): Instant => (this.#options.now ?? systemClock)();
  #seconds = (): number => Math.floor(dateOf(this.#now()).getTime() / 1000);
}

const reasonOf = ({ reason }: Refusal): RefusalReason => (reason in refusalReasons ? (reason as RefusalReason) : 'checkpoint');
