import { z } from 'zod';
import { head } from '../awards/answers.ts';
import { at, choice, words } from '../kernel/answer.ts';
import { stages } from './objection.ts';

export const objectionsAnswer = z.object({
  lot: head,
  objections: z.array(
    z.object({
      id: z.string(),
      stage: z.enum(stages),
      stageTitle: words,
      /** null while the objector's name is sealed */
      by: z.string().nullable(),
      mine: z.boolean(),
      text: z.string(),
      raisedAt: at,
      answerUntil: at.nullable(),
      answer: z.string().nullable(),
      answeredAt: at.nullable(),
      late: z.boolean(),
    }),
  ),
  /** the bids are open: names may be known and the list is whole */
  open: z.boolean(),
  /** what may be objected to now, and until when */
  stage: z.object({ stage: z.enum(stages), title: words, until: at.nullable(), over: z.boolean() }).nullable(),
  grounds: z.array(z.object({ rule: z.string(), source: words, says: words })),
  limit: z.object({ says: words, source: words, otherwise: words }),
  you: z.object({ host: z.boolean(), mayRaise: z.boolean(), mayAnswer: z.boolean() }),
});
export type ObjectionsAnswer = z.infer<typeof objectionsAnswer>;

export const reassessmentAnswer = z.object({
  lot: objectionsAnswer.shape.lot,
  grounds: z.array(choice.extend({ source: words })),
  bids: z.array(choice),
  items: z.array(choice),
  criteria: z.array(choice),
  objections: z.array(z.object({ id: z.string(), text: z.string() })),
  /** what the signed order says beside the form */
  order: z.object({ version: z.int(), was: z.string(), by: z.string(), signer: z.string() }),
});
export type ReassessmentAnswer = z.infer<typeof reassessmentAnswer>;
