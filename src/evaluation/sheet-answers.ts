import { z } from 'zod';
import { at, words } from '../kernel/answer.ts';
import { councilShape } from '../sealing/council.ts';
import { partShape } from '../sealing/shapes.ts';

/** How far sealed sheets have come. */
export const deskSheetsAnswer = z.object({
  /** `sealing`: not all are in; `opening`: all in, the council answers; `open`: opened together */
  state: z.enum(['sealing', 'opening', 'open']),
  in: z.int(),
  of: z.int(),
  /** letters of those who sit and whose sheet is not in */
  missing: z.array(words),
  /** until when one's own has to be in */
  until: at.nullable(),
  hours: z.int(),
  holder: z.string(),
  /** `closed`: nothing can be replaced any more */
  own: z.object({ version: z.int(), at, sha256: z.string(), closed: z.boolean(), event: z.string().nullable() }).nullable(),
});
export type DeskSheets = z.infer<typeof deskSheetsAnswer>;

/** What a member's browser needs to fill in, keep and seal its sheet. */
export const sheetWorkAnswer = z.object({
  asks: z.object({
    lot: z.string(),
    part: partShape,
    member: z.string(),
    version: z.int(),
    bids: z.array(z.string()).readonly(),
    gone: z.array(z.string()).readonly(),
    items: z.array(z.string()).readonly(),
    criteria: z.array(z.object({ id: z.string(), max: z.string() })).readonly(),
  }),
  council: councilShape,
  /** base64 of the age file that only the member can open */
  draft: z.string().nullable(),
  /** nothing can be replaced any more */
  closed: z.boolean(),
  /** every seat's sheet is open */
  open: z.boolean(),
});
export type SheetWork = z.infer<typeof sheetWorkAnswer>;
