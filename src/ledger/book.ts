import type { Call } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { balanced, merged, type Posting } from './books.ts';
import { LedgerPosting } from './schema.ts';

/** Writes a booking in the act's transaction. Postings that do not add up to nothing are an error of the program, not a refusal. */
export function book({ em, now }: Call, kind: string, postings: readonly Posting[]): void {
  const net = merged(postings);
  if (net.length === 0) return;
  if (!balanced(net)) throw new Error(`a booking '${kind}' does not balance`);
  const booking = newId(now);
  for (const { account, amount } of net) em.create(LedgerPosting, { booking, account, amount, kind, at: now });
}
