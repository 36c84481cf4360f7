import { z } from 'zod';
import { at, words } from '../kernel/answer.ts';

/** What the pages of tables of experts answer: of the people in them nothing but what is masked. */
const previewRow = z.object({ row: z.int(), name: z.string(), employer: z.string(), specialties: z.array(words), region: z.string() });
export type PreviewRow = z.infer<typeof previewRow>;

const head = z.object({
  sheet: z.string(),
  name: z.string(),
  at,
  mode: z.string(),
  rows: z.int(),
  stored: z.int(),
  known: z.int(),
  wrong: z.int(),
});
const choice = z.object({ value: z.string(), label: words });

export const sheetsAnswer = z.object({
  imports: z.array(head),
  /** may take tables in; a regulator only takes them out */
  mayImport: z.boolean(),
  lines: z.array(choice),
  statuses: z.array(choice),
  columns: z.array(z.object({ title: words, needed: z.boolean(), says: words })),
});
export type SheetsAnswer = z.infer<typeof sheetsAnswer>;

export const sheetAnswer = head.extend({
  sha256: z.string(),
  faults: z.array(z.object({ row: z.int(), column: words.nullable(), value: z.string(), says: words })),
  preview: z.array(previewRow),
});
export type SheetAnswer = z.infer<typeof sheetAnswer>;
