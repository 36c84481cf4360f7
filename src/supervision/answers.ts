import { z } from 'zod';
import { at, choice, words } from '../kernel/answer.ts';

/** What the supervisor's pages and the API answer. Instants are RFC 3339 UTC, amounts yuan strings; nothing sealed has a place here. */

const party = z.object({ code: z.string(), name: z.string() });

export const clockAnswer = z.object({
  kind: z.enum(['duty', 'period']),
  label: words,
  from: at,
  until: at,
  done: at.nullable(),
  ground: words,
  rule: z.string().nullable(),
  otherwise: words.nullable(),
  overdue: z.boolean(),
});
export type ClockAnswer = z.infer<typeof clockAnswer>;

const lot = z.object({
  id: z.string(),
  number: z.string(),
  name: z.string(),
  region: z.string(),
  regionName: words,
  tenderee: party,
  agent: party.nullable(),
  phase: z.string(),
  phaseTitle: words,
  failedFor: z.string().nullable(),
});

export const boardAnswer = z.object({
  rows: z.array(
    lot.extend({
      /** why it came to nothing, in the words of its trade */ stoppedFor: words.nullable(),
      step: z.int(),
      steps: z.int(),
      next: clockAnswer.nullable(),
      overdue: z.int(),
    }),
  ),
  counts: z.object({ all: z.int(), opening: z.int(), soon: z.int(), overdue: z.int() }),
  page: z.int(),
  pages: z.int(),
  total: z.int(),
  query: z.object({ text: z.string(), region: z.string(), phase: z.string(), due: z.string(), sort: z.string() }),
  choices: z.object({ regions: z.array(choice), phases: z.array(choice) }),
});
export type BoardAnswer = z.infer<typeof boardAnswer>;

const entry = z.object({
  number: z.int().nullable(),
  event: z.string(),
  type: z.string(),
  at,
  says: words,
  actor: z.string().nullable(),
  kind: z.enum(['plain', 'look', 'refused', 'order', 'draw']),
});
export type EntryAnswer = z.infer<typeof entry>;

export const watchedAnswer = z.object({
  lot: lot.extend({
    lineName: words,
    method: words.nullable(),
    ceiling: z.string().nullable(),
    publishedAt: at.nullable(),
    deadline: at.nullable(),
    openedAt: at.nullable(),
    reportedAt: at.nullable(),
    regionPath: z.array(words),
  }),
  stages: z.array(z.object({ label: words, state: z.enum(['done', 'now', 'next', 'stopped']), at: at.nullable() })),
  clocks: z.array(clockAnswer),
  entries: z.array(entry),
  only: z.string(),
  kinds: z.array(z.object({ kind: z.string(), count: z.int() })),
  panel: z.object({ seats: z.array(z.object({ kind: z.string(), specialty: z.string().nullable() })), drawn: z.boolean() }).nullable(),
  papers: z.array(z.object({ kind: z.string(), title: words, bytes: z.number(), sha256: z.string(), at })),
  evidence: z.string().nullable(),
  /** the evaluation is going on: what stands in it is confidential, and a look at it is on record */
  mayLook: z.boolean(),
  /** orders of suspension, newest first, each with the custodians that have said they keep to it */
  orders: z.array(
    z.object({
      order: z.string(),
      authority: z.string(),
      authorityName: z.string(),
      reason: z.string(),
      ground: z.string(),
      suspendedAt: at,
      liftedAt: at.nullable(),
      liftedFor: z.string().nullable(),
      digest: z.string(),
      heeded: z.array(z.object({ witness: z.string(), at })),
    }),
  ),
  /** how many custodians there are to heed an order, and how many are enough to make it bind */
  custodians: z.object({ all: z.int(), enough: z.int() }),
  /** what may be ordered now, and whose certificate signs it */
  mayOrder: z
    .object({
      kind: z.enum(['suspend', 'lift']),
      /** what the order is about: the opening alone, everything about the lot */
      scopes: z.array(z.enum(['opening', 'proceedings'])),
      authority: z.string(),
      holder: z.string(),
    })
    .nullable(),
});
export type WatchedAnswer = z.infer<typeof watchedAnswer>;

export const lookAnswer = z.object({
  look: z.object({ id: z.string(), number: z.int().nullable(), at, ground: z.string() }),
  lot: z.object({ id: z.string(), number: z.string(), name: z.string(), phaseTitle: words }),
  /** seats, not persons */
  members: z.array(z.object({ member: z.string(), mask: z.string(), reviews: z.int(), scores: z.int(), signed: z.boolean() })),
  bids: z.array(z.object({ submission: z.string(), name: z.string() })),
  reviews: z.array(
    z.object({
      mask: z.string(),
      bid: z.string(),
      item: words,
      pass: z.boolean(),
      reason: z.string().nullable(),
      version: z.int(),
      at,
    }),
  ),
  scores: z.array(
    z.object({
      mask: z.string(),
      bid: z.string(),
      criterion: words,
      score: z.string(),
      reason: z.string().nullable(),
      version: z.int(),
      at,
    }),
  ),
});
export type LookAnswer = z.infer<typeof lookAnswer>;
