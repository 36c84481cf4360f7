import { z } from 'zod';
import { at, choice, words } from '../kernel/answer.ts';

const sourced = choice.extend({ hint: words });

export const negotiationAnswer = z.object({
  lot: z.object({ id: z.string(), number: z.string(), name: z.string(), phase: z.string(), phaseTitle: words }),
  reader: z.enum(['member', 'host', 'supervisor', 'supplier']),
  round: z.number(),
  /** for group, buyer and supervisor; a supplier is shown no other */
  suppliers: z.array(
    z.object({
      bid: z.string(),
      name: z.string(),
      state: z.enum(['in', 'out', 'left']),
      talked: z.boolean(),
      reason: z.string().nullable(),
    }),
  ),
  minutes: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      round: z.number(),
      text: z.string(),
      goesOn: z.boolean(),
      reason: z.string().nullable(),
      at,
      state: z.enum(['open', 'confirmed', 'void']),
      agreed: z.number(),
      members: z.number(),
      mayAgree: z.boolean(),
    }),
  ),
  changes: z.array(z.object({ number: z.number(), touches: words, text: z.string(), at })),
  /** the supplier that reads: how it stands */
  own: z
    .object({ state: z.enum(['in', 'out', 'left']), reason: z.string().nullable(), securityBackBy: at.nullable(), mayLeave: z.boolean() })
    .nullable(),
  /** where those who stay make their last offers; for a supplier only where it is one of them */
  offers: z.object({ lot: z.string(), number: z.string(), deadline: at.nullable() }).nullable(),
  may: z.object({ start: z.boolean(), keep: z.boolean(), change: z.boolean(), call: z.boolean(), end: z.boolean() }),
  /** what still stands before the call for last offers */
  waits: z.array(words),
  choices: z.object({
    talks: z.array(z.object({ value: z.string(), label: z.string() })),
    changeable: z.array(choice),
    exceptions: z.array(sourced),
    endings: z.array(sourced),
    hours: words,
    source: words,
  }),
});
export type NegotiationAnswer = z.infer<typeof negotiationAnswer>;
