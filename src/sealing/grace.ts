import * as z from 'zod';
import { type Instant, later } from '../kernel/clock.ts';

/**
 * The grace of a committed bid (protocol §5): its statement, signature and heads came before the deadline, its bytes may follow. The notice
 * fixes the three figures before anybody bids; platform, custodians and verifiers compute the same moment from them.
 */
export const graceShape = z.strictObject({
  /** given to everybody */
  minutes: z.int().min(0),
  /** the line that is slow enough for anybody: each begun minute of it is added */
  bytesPerMinute: z.int().min(1),
  mostMinutes: z.int().min(0),
});
export type Grace = z.infer<typeof graceShape>;

/** How many minutes after the deadline a bid of this size may still be on its way. */
export const graceMinutes = (grace: Grace, bytes: number): number =>
  Math.min(grace.mostMinutes, grace.minutes + Math.ceil(bytes / grace.bytesPerMinute));

/** The moment at which the bytes must be there; at it they are too late. */
export const bytesUntil = (deadline: Instant, minutes: number): Instant => later(deadline, minutes * 60_000);

/** The same from what stands in the journal. A notice without figures gives no grace: the bytes had to be there before the deadline. */
export const bytesUntilOf = (deadline: Instant, grace: Grace | undefined, parts: readonly { readonly bytes: number }[]): Instant =>
  grace === undefined
    ? deadline
    : bytesUntil(
        deadline,
        graceMinutes(
          grace,
          parts.reduce((sum, part) => sum + part.bytes, 0),
        ),
      );
