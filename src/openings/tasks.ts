import { z } from 'zod';
import { provenEvent } from '../journal/receipt.ts';
import { councilShape } from '../sealing/council.ts';
import { drawRequestShape } from '../sealing/draw.ts';

/**
 * What a custodian is handed for one task. It believes none of it: every event proves itself against a checkpoint that witnesses
 * cosigned, every point is computed from what the events say, and the rest is refused (custody/).
 */
export const taskEvidence = z.object({
  task: z.string(),
  kind: z.enum(['opening', 'draw', 'sheets']),
  lot: z.string(),
  council: councilShape,
  checkpoint: z.string(),
  /** every event of the lot up to the checkpoint, with salt and inclusion proof */
  events: z.array(provenEvent),
  opening: z
    .object({
      part: z.string(),
      items: z.array(
        z.object({
          submission: z.string(),
          bidder: z.string(),
          sha256: z.string(),
          ephemeral: z.string(),
          proof: z.string(),
          wrappedKey: z.string(),
        }),
      ),
    })
    .nullable(),
  draw: z.object({ request: drawRequestShape }).nullable(),
  /** the score sheets of one round (evaluation/seal-sheet.ts) */
  sheets: z
    .object({
      part: z.string(),
      round: z.number(),
      items: z.array(
        z.object({
          member: z.string(),
          version: z.number(),
          sha256: z.string(),
          ephemeral: z.string(),
          proof: z.string(),
          wrappedKey: z.string(),
        }),
      ),
    })
    .nullish(),
});
export type TaskEvidence = z.infer<typeof taskEvidence>;

/** What a custodian signs to ask: this path, at this second. Keeps the wrapped keys of the envelopes from everyone else. */
export const askMessage = (path: string, seconds: number): string => `yangguang-custodian-ask/1//${path}//${seconds}`;
/** How old such a signature may be. */
export const askLifetimeSeconds = 120;
