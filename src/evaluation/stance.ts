import type { Instant } from '../kernel/clock.ts';
import { signUntil, silenceMayComplete } from './sign-until.ts';

/** How a member stands to a result: signed it, refused with written reasons, or said nothing until the end of its time (art. 53 of the Regulation). */
export type Stance = 'signed' | 'refused' | 'deemed';

/** A result that half of the panel or more refuses is nobody's: more than half must stand behind it. */
export const isWithdrawn = (refused: number, members: number): boolean => refused * 2 >= members;

/** Does a result stand with these words? Every seat has given one or is silent at its end, and more than half of them have signed. */
export function standsWith(seats: readonly string[], words: ReadonlyMap<string, Stance>): boolean {
  const given = seats.map((seat) => words.get(seat));
  const signed = given.filter((stance) => stance === 'signed').length;
  return given.every((stance) => stance !== undefined) && signed * 2 > seats.length;
}

/**
 * Who loses its seat by silence at the end of the time to sign the result of an envelope: whoever said nothing, where no more than half of the seats have
 * signed, so that its silence completes nothing. Nobody where it does.
 */
export function silentSeats(seats: readonly string[], words: ReadonlyMap<string, Stance>): readonly string[] {
  const signed = seats.filter((seat) => words.get(seat) === 'signed').length;
  return silenceMayComplete(signed, seats.length) ? [] : seats.filter((seat) => !words.has(seat));
}

/** What the journal tells of a result that lapsed. */
export interface Lapse {
  readonly concludedAt: Instant;
  /** the panel that reached it, and what its members had said by then */
  readonly seats: readonly string[];
  readonly words: ReadonlyMap<string, Stance>;
  readonly at: string;
  /** who is said to have been silent */
  readonly silent: readonly string[];
  /** the panel that concluded anew */
  readonly next: readonly string[];
}

/**
 * Was it right to let a result lapse? At the end of its time, for want of the signatures of more than half; exactly those who had said nothing are out, and
 * as many as before judged on without them. For custodians and verifiers alike.
 */
export function rightlyLapsed({ concludedAt, seats, words, at, silent, next }: Lapse): boolean {
  const out = new Set(silentSeats(seats, words));
  return (
    at >= signUntil(concludedAt) &&
    out.size > 0 &&
    silent.length === out.size &&
    new Set(silent).size === out.size &&
    silent.every((seat) => out.has(seat)) &&
    next.length === seats.length &&
    !next.some((seat) => out.has(seat))
  );
}
