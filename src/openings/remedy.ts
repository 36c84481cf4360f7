import { z } from 'zod';
import type { Instant } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import { bytesShape, codeShape, idShape, instantShape, partShape } from '../sealing/shapes.ts';
import { sealedCopy } from '../tenders/remedy.ts';
import { layersUntil, type Standstill } from './layer.ts';

export { sealedCopy };

/**
 * The remedy `sealed-copy` in the opening (protocol §3): which bytes a copy may be, until when it is taken, and what its bidder signs. Pure: platform,
 * custodians and verifiers compute the same.
 */

/** A copy of the file as it was uploaded, or of the envelope under the bidder's own layer (policy `bidder+council`). */
export type CopyKind = 'sealed' | 'inner';

/** The digests that a bidder signed before the deadline: nothing but these bytes can be handed in. */
export interface SignedDigests {
  readonly sha256: string;
  readonly inner?: { readonly sha256: string } | null | undefined;
}

/** Which of the two files these bytes are, by their digest; undefined for any others. */
export function copyKindOf({ sha256, inner }: SignedDigests, digest: string): CopyKind | undefined {
  if (digest === sha256) return 'sealed';
  return inner && digest === inner.sha256 ? 'inner' : undefined;
}

/** Until when a copy is taken that was asked for at this moment: so many minutes, and longer by all the time in which the opening stood still. */
export const copyUntil = (awaitedAt: Instant, minutes: number, standstills: readonly Standstill[]): Instant =>
  layersUntil(awaitedAt, minutes, standstills);

/** What became of bytes that the platform stores: the reason of a bid that stays out through the platform. */
export const storedBytesDiffer = 'stored-bytes-differ';

/** What a bidder signs when it hands in a copy. */
export const remedyStatementShape = z.strictObject({
  format: z.literal('yangguang/remedy/v1'),
  lot: idShape,
  part: partShape,
  submission: idShape,
  bidder: codeShape,
  plan: z.literal(sealedCopy),
  kind: z.enum(['sealed', 'inner']),
  sha256: bytesShape(32),
  at: instantShape,
});
export type RemedyStatement = z.infer<typeof remedyStatementShape>;

export const copyWords: Readonly<Record<CopyKind, Words>> = {
  sealed: { zh: '密封投标文件副本', en: 'copy of the sealed bid' },
  inner: { zh: '内层密封副本', en: 'copy of the envelope under its own layer' },
};
