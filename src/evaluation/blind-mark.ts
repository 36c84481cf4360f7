import { z } from 'zod';
import { type Mark, type MarkPlace, markKinds } from '../bids/file-marks.ts';

/**
 * What the platform's check tells a panel of a blind file: which kind of mark stands where, never the word that was found. `file` counts a bid's blind files
 * from 0, as the desk shows them.
 */
export const blindMarkShape = z.strictObject({
  file: z.int().min(0),
  kind: z.enum(markKinds),
  /** a page from 1; 0: outside the pages; -1: in the file's own name, which the panel does not see */
  page: z.int().min(-1),
});
export type BlindMark = z.infer<typeof blindMarkShape>;

const pageOf = (place: MarkPlace): number => (typeof place === 'number' ? place : place === 'file' ? 0 : -1);
export const placeOf = (page: number): MarkPlace => (page > 0 ? page : page === 0 ? 'file' : 'name');

/** Without what was found, each once. */
export function withoutWords(file: number, marks: readonly Mark[]): readonly BlindMark[] {
  const told = marks.map(({ kind, place }): BlindMark => ({ file, kind, page: pageOf(place) }));
  return [...new Map(told.map((each) => [`${each.kind}/${each.page}`, each])).values()];
}
