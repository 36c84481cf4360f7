import { type Instant, later } from '../kernel/clock.ts';

/**
 * When an open-cry online auction ends. The end is half-open: a quote at the end itself is late. A valid quote within the last
 * `window` seconds moves the end to its time + window, so that nobody wins by being the last to press a key.
 */
export interface AuctionClock {
  readonly end: Instant;
  readonly windowSeconds: number;
}

export const isLate = (clock: AuctionClock, at: Instant): boolean => at >= clock.end;

/** The clock after a valid quote at this time. */
export function afterQuote(clock: AuctionClock, at: Instant): AuctionClock {
  const extended = later(at, clock.windowSeconds * 1000);
  return extended > clock.end ? { ...clock, end: extended } : clock;
}

/** The clock that stops at once (the limit was reached). */
export const stopped = (clock: AuctionClock, at: Instant): AuctionClock => ({ ...clock, end: at });
