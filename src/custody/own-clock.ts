import { openCheckpoint, parseVerifierKey } from '../journal/checkpoint.ts';
import { cosignedAt } from '../journal/witness.ts';
import { dateOf, type Instant, instantOf, later } from '../kernel/clock.ts';
import { Refusal, type Trust } from './judge.ts';

/**
 * A custodian's own clock decides whether an opening is due, so it is checked itself: against what it showed before, and against the moments at
 * which the other witnesses cosigned. One clock that is wrong, its own or another's, neither opens early nor holds everybody up.
 */

/** Steps back of less than this are a clock being disciplined, not one being moved. */
const disciplined = 2000;

/** Throws `clock-went-back` when the machine shows an earlier moment than it did before. */
export function notGoneBack(real: Instant, latest: Instant | null): void {
  if (latest !== null && later(real, disciplined) < latest) throw new Refusal('clock-went-back', `it was ${latest}, now it is ${real}`);
}

export interface OthersTimes {
  /** of an even number the earlier, or the later, of the two in the middle: one wrong clock among two decides nothing */
  readonly lower: Instant;
  readonly upper: Instant;
}

/** When the other witnesses cosigned this checkpoint: the middle of their times; null when no other did. */
export function othersTimes(text: string, trust: Trust, ownName: string): OthersTimes | null {
  const key = parseVerifierKey(trust.platform);
  const opened = key && openCheckpoint(text, key);
  if (!opened || typeof opened === 'string') return null;
  const seconds = trust.witnesses
    .flatMap((vkey) => {
      const witness = parseVerifierKey(vkey);
      const at = witness && witness.name !== ownName ? cosignedAt(opened.note, witness) : undefined;
      return at === undefined ? [] : [at];
    })
    .sort((a, b) => a - b);
  const lower = seconds[Math.floor((seconds.length - 1) / 2)];
  const upper = seconds[Math.floor(seconds.length / 2)];
  return lower === undefined || upper === undefined ? null : { lower: instant(lower), upper: instant(upper) };
}

const instant = (seconds: number): Instant => instantOf(new Date(seconds * 1000));

/**
 * The moment to judge by: the own clock, but no later than the others' cosignatures on the evidence allow. Throws `clock-differs` when the own
 * clock lies behind theirs by more than the limit: it would be believed by nobody.
 */
export function judgedMoment(real: Instant, others: OthersTimes | null, limitMilliseconds: number): Instant {
  if (others === null) return real;
  if (later(real, limitMilliseconds) < others.lower)
    throw new Refusal('clock-differs', `own clock ${real}, the other witnesses’ ${others.lower}`);
  const latest = later(others.upper, limitMilliseconds);
  return dateOf(latest) < dateOf(real) ? latest : real;
}
