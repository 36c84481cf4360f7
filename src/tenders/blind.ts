import { z } from 'zod';
import { partShape } from '../sealing/shapes.ts';

/**
 * Blind review of the technical part (暗标): which of a bid's files the panel sees under a pseudonym, what it judges while it does not know whose they are, and
 * how these files must look so that they do not tell. Pure, published with the notice.
 */
export const blindRulesShape = z.object({
  /** most pages of one file; null: as many as one likes */
  pages: z.int().min(1).nullable(),
  /** pictures: `drawings` where the subject needs them, or none at all */
  pictures: z.enum(['drawings', 'none']),
  /** names of typefaces that may be used; empty: any */
  fonts: z.array(z.string().min(1).max(40)).max(10),
});
export type BlindRules = z.infer<typeof blindRulesShape>;

export const blindShape = z.object({
  /** the envelope whose files are blind */
  part: partShape,
  /** keys of the form's files */
  documents: z.array(z.string()).min(1),
  /** ids of review items and criteria that are judged blind; everything else of the envelope is judged when the names are known */
  items: z.array(z.string()),
  criteria: z.array(z.string()),
  rules: blindRulesShape,
});
export type Blind = z.infer<typeof blindShape>;

export const blindPictures = ['drawings', 'none'] as const;

/** Is this part of the lot still judged under pseudonyms? */
export const isBlind = (
  lot: { readonly unblindedAt?: string | null | undefined },
  terms: { readonly blind?: Blind | undefined },
  part: string,
): boolean => terms.blind?.part === part && !lot.unblindedAt;
