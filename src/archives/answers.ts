import { z } from 'zod';
import { at, words } from '../kernel/answer.ts';

export const archiveAnswer = z.object({
  lot: z.object({ id: z.string(), number: z.string(), name: z.string(), tradeCode: z.string().nullable() }),
  /** when the lot ended; null while it runs */
  ended: at.nullable(),
  /** by when the volume is to be handed over to the archives */
  handoverBy: at.nullable(),
  keepYears: z.int(),
  source: words,
  volume: z
    .object({
      state: z.enum(['asked', 'sealed', 'destroyed']),
      askedAt: at,
      sealedAt: at.nullable(),
      keepUntil: at,
      sha256: z.string().nullable(),
      bytes: z.number().nullable(),
      destructionAskedAt: at.nullable(),
      destroyedAt: at.nullable(),
    })
    .nullable(),
  /** the catalogue; the host's and the supervisor's */
  files: z.array(
    z.object({
      name: z.string(),
      title: words,
      number: z.string().nullable(),
      at: z.string().nullable(),
      bytes: z.number(),
      sha256: z.string(),
      pages: z.int().nullable(),
    }),
  ),
  you: z.object({ mayClose: z.boolean(), mayOpen: z.boolean(), mayAsk: z.boolean(), mayDestroy: z.boolean() }),
});
export type ArchiveAnswer = z.infer<typeof archiveAnswer>;
