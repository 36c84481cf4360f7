import { z } from 'zod';
import { poolLines, titleLevels } from './admission.ts';
import { specialtiesField } from './expert.ts';

const stated = (message: string) => z.preprocess((given) => given === true || given === 'true', z.literal(true, message));

/** What an application states. */
export const applicationFields = z.object({
  line: z.string().refine((id) => poolLines().some((line) => line.id === id), '没有这一交易类别。 | There is no such line of trade.'),
  field: z.string().trim().min(2).max(100),
  years: z.coerce.number().int().min(0).max(80),
  title: z.string().trim().min(1).max(40),
  titleLevel: z.enum(titleLevels),
  specialties: specialtiesField,
  healthy: stated('须声明身体健康、能够承担评标工作。 | Health fit for the work must be stated.'),
  clean: stated('须声明无不良记录。 | A clean record must be stated.'),
  truthful: stated('须承诺所填属实。 | The truth of the application must be stated.'),
});
export type ApplicationFields = z.infer<typeof applicationFields>;

/** What a proof proves. */
export const proofKinds = ['title', 'years', 'recommendation', 'other'] as const;
export type ProofKind = (typeof proofKinds)[number];

/** So many proofs an application takes, and so large each may be. */
export const mostProofs = 12;
export const largestProof = 20 * 1024 * 1024;
