import { z } from 'zod';

/**
 * What the tender documents provide where a bid cannot be decrypted (补救方案, 电子招标投标办法 art. 31), as data of the notice. There is one plan: the bidder hands in
 * its own copy of the sealed bytes, which counts only if its digest is the one that the bidder signed before the deadline. So nothing new can slip in, and
 * nothing is told early. Pure: platform, custodians and verifiers read the same.
 */
export const sealedCopy = 'sealed-copy';
export const remedyChoices = ['none', sealedCopy] as const;

export const remedyShape = z.object({
  plan: z.literal(sealedCopy),
  /** from the moment at which a bidder is asked for its copy */
  minutes: z.int().min(1),
  /** whether the documents name the time, or the platform's rule does */
  basis: z.enum(['documents', 'platform-rule']),
});
export type Remedy = z.infer<typeof remedyShape>;

/** The remedy of a draft; undefined where its documents provide none. */
export function remedyOf(
  { remedyPlan, remedyMinutes }: { readonly remedyPlan: string | null; readonly remedyMinutes: number | null },
  usual: number,
): Remedy | undefined {
  if (remedyPlan !== sealedCopy) return undefined;
  return { plan: sealedCopy, minutes: remedyMinutes ?? usual, basis: remedyMinutes === null ? 'platform-rule' : 'documents' };
}
