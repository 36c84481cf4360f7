import { z } from 'zod';
import { at, choice, words } from '../kernel/answer.ts';

const ground = z.object({ rule: z.string(), source: words, says: words });

/** The page of a prequalification: everyone sees the notice, each applicant its own application, the host what it has to judge once applications closed. */
export const prequalificationAnswer = z.object({
  lot: z.object({ id: z.string(), number: z.string(), name: z.string(), phase: z.string(), phaseTitle: words, phaseSays: words }),
  tenderee: z.string(),
  /** null before it is published: then the host alone sees the page */
  notice: z
    .object({
      publishedAt: at,
      until: at,
      invited: z.int(),
      ground: words,
      reason: z.string(),
      scope: z.string(),
      conditions: z.array(z.string()),
    })
    .nullable(),
  /** the notice of the tender is out, at the lot's own address */
  noticePublished: z.boolean(),
  grounds: z.array(choice.extend({ source: words })),
  rules: z.array(ground),
  /** the reader's own application; nobody else's */
  own: z
    .object({
      receivedAt: at,
      withdrawn: z.boolean(),
      statement: z.string(),
      contact: z.string(),
      file: z.object({ name: z.string(), bytes: z.number(), sha256: z.string() }),
      outcome: z.enum(['invited', 'not-drawn', 'not-qualified']).nullable(),
      reason: z.string().nullable(),
    })
    .nullable(),
  /** for the host, once applications have closed; for everyone once the opening has started */
  applications: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      code: z.string(),
      receivedAt: at,
      /** what was handed in, for the host alone */
      papers: z
        .object({ statement: z.string(), contact: z.string(), file: z.object({ name: z.string(), bytes: z.number(), sha256: z.string() }) })
        .nullable(),
      pass: z.boolean().nullable(),
      reason: z.string().nullable(),
      outcome: z.enum(['invited', 'not-drawn', 'not-qualified']).nullable(),
    }),
  ),
  witnesses: z.array(z.string()),
  you: z.object({
    host: z.boolean(),
    mayPublish: z.boolean(),
    mayApply: z.boolean(),
    mayJudge: z.boolean(),
    mayDraw: z.boolean(),
    mayInvite: z.boolean(),
    seesApplications: z.boolean(),
  }),
});
export type PrequalificationAnswer = z.infer<typeof prequalificationAnswer>;
