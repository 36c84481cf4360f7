import { z } from 'zod';
import type { FieldProblem } from '../kernel/problem.ts';
import type { Draft, DraftKey } from './draft.ts';
import { methodFrom, methodSchema } from './method.ts';

/**
 * The terms of a lot as they were published: pinned on the lot, carried by the event `notice.published`, never changed afterwards
 * (only an addendum moves the deadline, on the lot itself). Amounts are yuan strings, moments RFC 3339 UTC.
 */
const words = z.object({ zh: z.string(), en: z.string() });
const yuanText = z.string().regex(/^\d+\.\d{2}$/);

export const termsSchema = z.object({
  format: z.literal('yangguang/lot-terms/v1'),
  name: z.string(),
  description: z.string(),
  scope: z.string(),
  quality: z.string(),
  place: z.string(),
  periodDays: z.int(),
  contact: z.object({ person: z.string(), phone: z.string() }),
  estimate: yuanText,
  ceiling: yuanText.nullable(),
  security: yuanText.nullable(),
  documentsFrom: z.string(),
  documentsUntil: z.string(),
  deadline: z.string(),
  bidValidityDays: z.int(),
  qualification: z.array(z.string()),
  consortium: z.boolean(),
  /** figures a bid must state, from the line's edition */
  figures: z.array(z.looseObject({ key: z.string(), label: words })),
  method: methodSchema,
  /** coefficients drawn in the opening session */
  parameters: z.array(z.object({ name: z.string(), choices: z.array(z.string()) })),
  items: z.array(z.object({ id: z.string(), name: z.string(), says: z.string() })),
  criteria: z.array(
    z.object({ id: z.string(), name: z.string(), says: z.string(), max: z.string(), kind: z.enum(['objective', 'subjective']) }),
  ),
  panel: z.object({
    size: z.int(),
    experts: z.int(),
    seats: z.array(z.object({ specialty: z.string(), count: z.int() })),
  }),
  sealPolicy: z.literal('council'),
  parts: z.array(z.literal('whole')),
  minimumBids: z.int(),
  publicityDays: z.int(),
});
export type LotTerms = z.infer<typeof termsSchema>;

/** What the law and the line give, which nobody types. */
export interface Given {
  readonly now: string;
  readonly minimumBids: number;
  readonly figures: LotTerms['figures'];
}

const needed: readonly DraftKey[] = [
  'name',
  'description',
  'scope',
  'quality',
  'place',
  'periodDays',
  'contactPerson',
  'contactPhone',
  'estimate',
  'documentsUntil',
  'deadline',
  'bidValidityDays',
  'qualification',
  'items',
  'template',
  'candidates',
  'panelSize',
  'panelExperts',
  'seats',
  'publicityDays',
];
const neededForScores: readonly DraftKey[] = ['benchmark', 'priceFull', 'priceFloor', 'above', 'below', 'criteria'];

const isEmpty = (value: unknown): boolean => value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** What is still missing before a notice can be published, field by field. */
export function missingIn(draft: Draft): readonly FieldProblem[] {
  const keys = draft.template === 'comprehensive' ? [...needed, ...neededForScores] : needed;
  const missing = keys.filter((key) => isEmpty(draft[key]));
  if (draft.template === 'comprehensive' && draft.benchmark === 'blend' && isEmpty(draft.blendWeight)) missing.push('blendWeight');
  if (draft.template === 'comprehensive' && draft.benchmark === 'blend' && isEmpty(draft.ceiling)) missing.push('ceiling');
  return missing.map((path) => ({ path, says: { zh: '必填。', en: 'Required.' } }));
}

/** The terms of a complete draft; null while something is missing. */
export function termsFrom(draft: Draft, given: Given): LotTerms | null {
  if (missingIn(draft).length > 0) return null;
  const items = (draft.items ?? []).map((item, at) => ({ id: `i${at + 1}`, name: item.name, says: item.says }));
  const scored = draft.template === 'comprehensive';
  const criteria = (scored ? (draft.criteria ?? []) : []).map(({ name, says, max, kind }, at) => ({
    id: `c${at + 1}`,
    name,
    says,
    max,
    kind,
  }));
  const { method, parameters } = methodFrom(
    {
      template: draft.template ?? 'comprehensive',
      benchmark: draft.benchmark ?? 'mean',
      blendWeight: draft.blendWeight ?? '1',
      dropExtremes: draft.dropExtremes ?? false,
      discounts: draft.discounts ?? [],
      priceFull: draft.priceFull ?? '0',
      priceFloor: draft.priceFloor ?? '0',
      above: draft.above ?? '0',
      below: draft.below ?? '0',
      trimFrom: draft.trimFrom,
      candidates: draft.candidates ?? 1,
      minimumValid: 1,
    },
    { items: items.map((item) => item.id), criteria, ceiling: draft.ceiling },
  );
  return termsSchema.parse({
    format: 'yangguang/lot-terms/v1',
    name: draft.name,
    description: draft.description,
    scope: draft.scope,
    quality: draft.quality,
    place: draft.place,
    periodDays: draft.periodDays,
    contact: { person: draft.contactPerson, phone: draft.contactPhone },
    estimate: draft.estimate,
    ceiling: draft.ceiling,
    security: draft.security,
    documentsFrom: given.now,
    documentsUntil: draft.documentsUntil,
    deadline: draft.deadline,
    bidValidityDays: draft.bidValidityDays,
    qualification: draft.qualification,
    consortium: draft.consortium ?? false,
    figures: given.figures,
    method,
    parameters,
    items,
    criteria,
    panel: { size: draft.panelSize, experts: draft.panelExperts, seats: draft.seats },
    sealPolicy: 'council',
    parts: ['whole'],
    minimumBids: given.minimumBids,
    publicityDays: draft.publicityDays,
  });
}

/** The published terms of a lot row. Throws for a lot that was never published: callers ask the phase first. */
export const termsOf = (lot: { readonly terms: unknown }): LotTerms => termsSchema.parse(lot.terms);
