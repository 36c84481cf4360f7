import { z } from 'zod';
import { head } from '../awards/answers.ts';
import { at, words, yuanText } from '../kernel/answer.ts';
import { deedShape } from './deed.ts';

/** What the room's pages and its API answer: both sides', the host's and the supervisor's only. */

const signatures = z.object({ tenderee: at.nullable(), contractor: at.nullable() });
const labelled = z.object({ label: words, value: z.string() });
const payment = z.object({ amount: yuanText, paidOn: z.string() });

const milestone = z.object({
  number: z.int(),
  title: z.string(),
  dueOn: z.string(),
  amount: yuanText,
  inspections: z.array(z.object({ passed: z.boolean(), opinion: z.string(), people: z.string(), at })),
  accepted: z.boolean(),
  paid: yuanText,
  owed: yuanText,
  /** the first moment at which payment is late; null before the acceptance */
  payUntil: at.nullable(),
  overdue: z.boolean(),
  payments: z.array(payment),
});
export type MilestoneAnswer = z.infer<typeof milestone>;

export const deedAnswer = z.object({
  lot: head,
  award: z.object({ contractor: z.string(), price: yuanText, contractUntil: at.nullable() }),
  /** what was read out of the bid, as the contract takes it over */
  terms: z.array(labelled),
  /** the text that waits for a signature */
  pending: z.object({ text: deedShape, sha256: z.string(), change: z.int(), signed: signatures }).nullable(),
  contract: z
    .object({
      number: z.string(),
      price: yuanText,
      first: yuanText,
      startsOn: z.string(),
      endsOn: z.string(),
      guarantee: z.string().nullable(),
      paymentDays: z.int(),
      clauses: z.string(),
      sha256: z.string(),
      /** how much changes may add in all; null: the line sets no limit */
      addOn: z.object({ says: words, source: words }).nullable(),
    })
    .nullable(),
  /** the contract and its changes, each as both sides signed it */
  concluded: z.array(z.object({ change: z.int(), price: yuanText, sha256: z.string(), signed: signatures, concludedAt: at })),
  milestones: z.array(milestone),
  grounds: z.array(z.object({ rule: z.string(), source: words, says: words })),
  you: z.object({
    side: z.enum(['tenderee', 'contractor']).nullable(),
    holder: z.string(),
    mayDraft: z.boolean(),
    mayChange: z.boolean(),
    maySign: z.boolean(),
    mayInspect: z.boolean(),
    mayPay: z.boolean(),
  }),
});
export type DeedAnswer = z.infer<typeof deedAnswer>;
