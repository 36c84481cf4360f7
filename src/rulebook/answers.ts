import { z } from 'zod';
import { at, choice, words } from '../kernel/answer.ts';

export const shownOverride = z.object({
  id: z.string(),
  key: z.string(),
  /** the figure's sentence with the value that was set */
  says: words,
  value: words,
  /** the law's own value beside it */
  law: words,
  source: words,
  /** null: every line */
  line: words.nullable(),
  place: words,
  inForceFrom: z.string(),
  inForceTo: z.string().nullable(),
  reason: z.string(),
  /** why it was withdrawn or ended */
  endedFor: z.string().nullable(),
  setAt: at,
  state: z.enum(['coming', 'in-force', 'ended', 'withdrawn']),
  mayWithdraw: z.boolean(),
  mayEnd: z.boolean(),
  /** the first day from which it can be ended now */
  first: z.string(),
});
export type ShownOverride = z.infer<typeof shownOverride>;

export const overridesAnswer = z.object({
  overrides: z.array(shownOverride),
  /** how two that bind one lot are ranked */
  rule: z.object({ id: z.string(), says: words, source: words }),
  maySet: z.boolean(),
  /** the first day for which something can be set now */
  first: z.string(),
  /** what the form offers an administrator */
  figures: z.array(z.object({ key: z.string(), says: words, bounds: words })),
  lines: z.array(choice),
  regions: z.array(choice),
});
export type OverridesAnswer = z.infer<typeof overridesAnswer>;
