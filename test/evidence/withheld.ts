import { commit } from '../../src/journal/merkle.ts';
import type { WithheldEvent } from '../../src/journal/withheld.ts';
import { base64url } from '../../src/kernel/bytes.ts';

interface Written {
  readonly index: number;
  readonly event: { readonly type: string };
  readonly salt: Uint8Array;
  readonly foreign: boolean;
}

/** The leaves whose events a story's bundle does not hold, as an edition lists them: none before the opening. */
export function withheldIn(written: readonly Written[], proofOf: (index: number) => string[]): readonly WithheldEvent[] {
  if (!written.some(({ event }) => event.type === 'opening.started')) return [];
  return written
    .filter((each) => each.foreign)
    .map(({ index, event, salt }) => ({
      index,
      commitment: base64url(commit(event, salt).commitment),
      proof: proofOf(index),
      reason: 'party',
    }));
}
