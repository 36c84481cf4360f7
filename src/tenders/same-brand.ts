import { z } from 'zod';
import type { Words } from '../kernel/words.ts';
import type { Draft } from './draft.ts';
import type { BidField, LineEdition } from './line.ts';

/**
 * The rule about bidders who offer one brand (Order 87 art. 31), as a notice takes it up: the bid names a brand, that of the core product where
 * several are bought, and the method says how a tie within a brand is decided. What follows from it is the evaluation's.
 */
export const brandTies = ['draw', 'price', 'technical', 'receipt'] as const;
export type BrandTie = (typeof brandTies)[number];

export const sameBrandShape = z.strictObject({ tie: z.enum(brandTies) });
export type SameBrand = z.infer<typeof sameBrandShape>;

/** Ties by lowest price are of equal prices, and nothing has been scored. */
const byLowestPrice: readonly BrandTie[] = ['draw', 'receipt'];
export const tieFits = (tie: BrandTie, scored: boolean): boolean => scored || byLowestPrice.includes(tie);

/** Under which key a bid names its brand. */
export const brandKey = 'brand';

/** A brand as it is compared: the same letters in whatever width, case and spacing are the same brand. */
export const brandName = (brand: string): string =>
  brand
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200f\u2060\ufeff]+/gu, '')
    .toLowerCase();

/** Does this draft take the rule up? Only for goods: works and services have no brand. */
export function sameBrandOf(edition: LineEdition, draft: Pick<Draft, 'sameBrand' | 'subject'>, scored: boolean): SameBrand | undefined {
  if (!edition.sameBrand || draft.subject !== 'goods' || draft.sameBrand === null || draft.sameBrand === 'none') return undefined;
  return tieFits(draft.sameBrand, scored) ? { tie: draft.sameBrand } : { tie: 'draw' };
}

/** The form of a bid where the notice asks for its brand. */
export function formWithBrand(edition: LineEdition, coreProduct: string | null): readonly BidField[] {
  const { sameBrand, bidForm } = edition;
  if (!sameBrand) return bidForm;
  const label: Words = coreProduct
    ? { zh: `核心产品（${coreProduct}）的品牌`, en: `Brand of the core product (${coreProduct})` }
    : sameBrand.field.label;
  return [...bidForm, { ...sameBrand.field, key: brandKey, label }];
}
