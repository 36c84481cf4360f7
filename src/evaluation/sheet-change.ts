import { z } from 'zod';

/** What a member signs when it changes its sheet after the opening: every verdict and mark it changes, each with its reason. Pure. */
export interface SheetChanges {
  readonly verdicts: readonly { readonly bid: string; readonly item: string; readonly pass: boolean; readonly reason: string }[];
  readonly scores: readonly { readonly bid: string; readonly criterion: string; readonly score: string; readonly reason: string }[];
}
export const sheetChange = (
  of: { readonly lot: string; readonly part: string; readonly member: string; readonly at: string },
  { verdicts, scores }: SheetChanges,
) => ({
  format: 'yangguang/sheet-change/v1',
  lot: of.lot,
  part: of.part,
  member: of.member,
  verdicts: verdicts.map(({ bid, item, pass, reason }) => ({ bid, item, pass, reason })),
  scores: scores.map(({ bid, criterion, score, reason }) => ({ bid, criterion, score, reason })),
  at: of.at,
});

const text = z.string();
/** As a journal tells it. */
export const sheetChangeShape = z.object({
  format: text,
  lot: text,
  part: text,
  member: text,
  verdicts: z.array(z.object({ bid: text, item: text, pass: z.boolean(), reason: text })),
  scores: z.array(z.object({ bid: text, criterion: text, score: text, reason: text })),
  at: text,
});
