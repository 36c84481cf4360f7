import { z } from 'zod';
import { resultsAnswer } from '../awards/answers.ts';
import { at, words, yuanText } from '../kernel/answer.ts';
import type { PlatformStop } from '../openings/suspension-reads.ts';

/** Words and fields that the answers of this room share. Instants are RFC 3339 UTC, amounts yuan strings. */
export const none = z.object({});
/** An optional field of a search form: an empty one counts as not given. */
export const emptyOr = <T>(schema: z.ZodType<T>) => z.preprocess((given) => (given === '' ? undefined : given), schema.optional());

const shownLot = z.object({
  id: z.string(),
  number: z.string(),
  name: z.string(),
  phase: z.string(),
  line: words,
  region: words,
  ceiling: yuanText.nullable(),
});
export type ShownLot = z.infer<typeof shownLot>;

const session = shownLot.extend({ at });
export const openingsAnswer = z.object({
  inSession: z.array(session),
  coming: z.array(session),
  past: z.array(session),
  /** all openings are stopped now */
  stop: z.custom<PlatformStop | null>(),
});
export type OpeningsAnswer = z.infer<typeof openingsAnswer>;

export const portalAnswer = z.object({
  open: z.array(shownLot.extend({ deadline: at })),
  openTotal: z.int(),
  openings: openingsAnswer,
  results: resultsAnswer,
  sandbox: z.boolean(),
});
export type PortalAnswer = z.infer<typeof portalAnswer>;
