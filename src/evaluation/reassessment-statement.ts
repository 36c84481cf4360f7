import { z } from 'zod';
import { canonicalBytes } from '../kernel/bytes.ts';
import { codeShape, idShape, instantShape } from '../sealing/shapes.ts';
import { groundNames } from './reopening.ts';

/**
 * What whoever orders a signed evaluation to be done again signs with its certificate: which version, by its digest, on which ground, and exactly what
 * may change. The page puts it together and signs it, the journal keeps it, and a verifier holds the further version against it. Pure.
 */
export const reassessmentShape = z.strictObject({
  format: z.literal('yangguang/reassessment/v1'),
  lot: idShape,
  /** number of the version that is asked for */
  version: z.int().min(2),
  /** digest of the signed evaluation that it reopens */
  was: z.string(),
  ground: z.enum(groundNames),
  reference: z.string().nullable(),
  explanation: z.string(),
  bids: z.array(z.string()),
  items: z.array(z.string()),
  criteria: z.array(z.string()),
  /** code of the authority or host that orders it */
  by: codeShape,
  /** whose certificate signs: that code, or the id of the official who answers for it by name */
  signer: z.string(),
  at: instantShape,
});
export type ReassessmentStatement = z.infer<typeof reassessmentShape>;

/** One spelling of an order: lists sorted, nothing twice. */
export function reassessmentStatement(order: Omit<ReassessmentStatement, 'format'>): ReassessmentStatement {
  const once = (ids: readonly string[]): string[] => [...new Set(ids)].sort();
  const { bids, items, criteria } = order;
  return { ...order, format: 'yangguang/reassessment/v1', bids: once(bids), items: once(items), criteria: once(criteria) };
}

export const reassessmentBytes = (statement: ReassessmentStatement): Uint8Array => canonicalBytes(statement);
