import { z } from 'zod';
import { head } from '../awards/answers.ts';
import { at, words } from '../kernel/answer.ts';
import { yuanAnswer } from '../kernel/money.ts';

export const frameworkAnswer = z.object({
  lot: head,
  source: words,
  terms: z.object({ way: words, inTurn: z.boolean(), months: z.number(), eliminated: z.string(), most: z.number().nullable() }),
  agreement: z.object({ from: at, until: at, endedAt: at.nullable() }).nullable(),
  entrants: z.array(
    z.object({
      bidder: z.string(),
      name: z.string(),
      rank: z.number(),
      price: yuanAnswer,
      contracts: z.number(),
      /** why it was removed, and the facts */
      removed: z.object({ ground: words, reason: z.string() }).nullable(),
    }),
  ),
  /** where contracts go round: whose turn it is */
  turn: z.object({ bidder: z.string(), name: z.string() }).nullable(),
  calls: z.array(
    z.object({
      number: z.number(),
      name: z.string(),
      what: z.string(),
      quantity: z.number(),
      unitPrice: yuanAnswer,
      amount: yuanAnswer,
      reason: z.string().nullable(),
      at,
    }),
  ),
  removals: z.array(z.object({ value: z.string(), label: words })),
  grounds: z.array(z.object({ rule: z.string(), source: words, says: words })),
  you: z.object({ mayDetermine: z.boolean(), mayAward: z.boolean(), mayRemove: z.boolean(), mayEnd: z.boolean() }),
});
export type FrameworkAnswer = z.infer<typeof frameworkAnswer>;
