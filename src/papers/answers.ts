import { z } from 'zod';
import { at, words } from '../kernel/answer.ts';

const paper = z.object({
  /** null: not in the journal yet, made afresh from the same events each time it is asked for */
  id: z.string().nullable(),
  kind: z.string(),
  title: words,
  number: z.string().nullable(),
  /** the event it follows */
  source: z.string(),
  at,
  bytes: z.int().nullable(),
  /** base64url SHA-256 of the file, as the journal has it */
  sha256: z.string().nullable(),
  dataHash: z.string().nullable(),
  /** the event that tells of it */
  event: z.string().nullable(),
  href: z.string(),
});
export type PaperEntry = z.infer<typeof paper>;

export const papersAnswer = z.object({
  lot: z.object({ id: z.string(), number: z.string(), name: z.string(), phase: z.string(), phaseTitle: words }),
  papers: z.array(paper),
});
export type PapersAnswer = z.infer<typeof papersAnswer>;

export const paperAnswer = z.object({
  lot: z.object({ id: z.string(), number: z.string(), name: z.string() }),
  paper,
  /** the address under which this was asked */
  dataHash: z.string(),
});
export type PaperAnswer = z.infer<typeof paperAnswer>;
