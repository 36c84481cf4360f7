import { z } from 'zod';
import { lotHead } from '../experts/answers.ts';
import { at, words } from '../kernel/answer.ts';
import { yuanAnswer } from '../kernel/money.ts';
import { verdicts, yearStates } from './annual.ts';
import { entryStates } from './conduct.ts';

const dimension = z.object({ id: z.string(), says: words });
const scores = z.record(z.string(), z.int());

const appraisal = z.object({
  id: z.string(),
  side: z.enum(['host', 'regulator', 'expert']),
  scores,
  comment: z.string().nullable(),
  late: z.boolean(),
  at,
  answer: z.string().nullable(),
});
export type AppraisalAnswer = z.infer<typeof appraisal>;

const fee = z.object({
  minutes: z.int(),
  base: yuanAnswer,
  extra: yuanAnswer,
  travel: yuanAnswer,
  amount: yuanAnswer,
  withheld: z.array(words),
});

/** as its payer states it */
const payment = z.object({ on: z.string(), reference: z.string() });

const entry = z.object({
  id: z.string(),
  lot: z.string(),
  about: z.string(),
  /** mask, or the name for whoever may know it */
  who: z.string(),
  says: words,
  source: words,
  points: z.int(),
  ground: z.string(),
  evidence: z.string(),
  at,
  until: z.string(),
  state: z.enum(entryStates),
  consequence: words,
  objection: z.string().nullable(),
  decision: z.string().nullable(),
  objectUntil: at,
  may: z.object({ object: z.boolean(), decide: z.boolean() }),
});
export type EntryAnswer = z.infer<typeof entry>;

/** After an evaluation: what host and supervisor say of its experts, what they are paid, what was entered against them. */
export const aftermathAnswer = z.object({
  lot: lotHead,
  reportedAt: at.nullable(),
  /** until when the host appraises */
  due: at.nullable(),
  dimensions: z.array(dimension),
  members: z.array(
    z.object({
      member: z.string(),
      mask: words,
      name: z.string().nullable(),
      appraisals: z.array(appraisal),
      fee: fee.nullable(),
      may: z.object({ appraise: z.boolean(), enter: z.boolean() }),
    }),
  ),
  /** what the experts said of the host: means, of three or more; each of them for the supervisor */
  host: z.object({ dimensions: z.array(dimension), count: z.int(), means: z.record(z.string(), z.string()).nullable() }),
  codes: z.array(z.object({ code: z.string(), says: words })),
  fees: z
    .object({
      confirmedAt: at.nullable(),
      /** until when they are to be confirmed */
      due: at,
      paid: payment.nullable(),
      total: yuanAnswer,
      mayConfirm: z.boolean(),
      mayPay: z.boolean(),
    })
    .nullable(),
});
export type AftermathAnswer = z.infer<typeof aftermathAnswer>;

export const conductAnswer = z.object({ entries: z.array(entry) });
export type ConductAnswer = z.infer<typeof conductAnswer>;

/** An expert's own: evaluations, appraisals, fees, points. */
export const ownWorkAnswer = z.object({
  calls: z.object({ called: z.int(), accepted: z.int(), declined: z.int(), silent: z.int() }),
  dimensions: z.array(dimension),
  hostDimensions: z.array(dimension),
  evaluations: z.array(
    z.object({
      lot: z.string(),
      name: z.string(),
      number: z.string(),
      reportedAt: at.nullable(),
      appraisals: z.array(appraisal),
      fee: fee.nullable(),
      /** until when the fee is to be confirmed; null before the result */
      feeDue: at.nullable(),
      paid: payment.nullable(),
      mayAppraise: z.boolean(),
    }),
  ),
  /** fees by the year of their confirmation, newest first */
  feeYears: z.array(z.object({ year: z.string(), evaluations: z.int(), amount: yuanAnswer, paid: yuanAnswer })),
  points: z.int(),
  entries: z.array(entry),
  /** its annual reviews, newest first */
  years: z.array(
    z.object({
      id: z.string(),
      year: z.int(),
      state: z.enum(yearStates),
      verdict: z.enum(verdicts).nullable(),
      /** until when it may ask for a recheck */
      contestUntil: at.nullable(),
    }),
  ),
});
export type OwnWorkAnswer = z.infer<typeof ownWorkAnswer>;
