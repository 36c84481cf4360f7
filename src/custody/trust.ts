import { z } from 'zod';
import { councilShape } from '../sealing/council.ts';

/** `trust.json`: whom a trustee believes, told by its own institution and never by the platform. */
export const trustShape = z.object({
  platform: z.string(),
  witnesses: z.array(z.string()).min(1),
  quorum: z.number().int().min(1),
  council: councilShape,
  supervisors: z.array(z.string().regex(/^[0-9a-f]{64}$/)).default([]),
});
