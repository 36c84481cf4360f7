import { z } from 'zod';
import { at, words } from '../kernel/answer.ts';
import { messageKinds } from './call-message.ts';
import { channelNames } from './channel.ts';

/** What the room's pages and its API answer. A name stands only where `knowsNames` allowed it; a record's id nowhere. */

export const lotHead = z.object({ id: z.string(), number: z.string(), name: z.string(), phase: z.string(), phaseTitle: words });

const calledSeat = z.object({
  mask: words,
  specialty: words,
  /** `called`, `accepted`, `declined`, or `void` when another draw took the place of this one */
  state: z.string(),
  calledAt: at,
  answerUntil: at.nullable(),
  answeredAt: at.nullable(),
  ground: words.nullable(),
  /** by which channels its messages went out, and how that ended; null for whoever may not know yet */
  messages: z
    .array(
      z.object({
        kind: z.enum(messageKinds),
        channel: z.enum(channelNames),
        /** `trying`, `accepted`, `delivered`, `failed` */
        state: z.string(),
        tries: z.int(),
        at,
        failure: words.nullable(),
      }),
    )
    .nullable(),
  commitment: z.string(),
  name: z.string().nullable(),
  employer: z.string().nullable(),
});
export type CalledSeat = z.infer<typeof calledSeat>;

const draw = z.object({
  id: z.string(),
  /** H(JCS(request)), base64url */
  digest: z.string(),
  requestedAt: at,
  completedAt: at.nullable(),
  ground: z.string().nullable(),
  superseded: z.boolean(),
  seats: z.array(z.object({ specialty: words, count: z.int(), reserve: z.int(), eligible: z.int(), reach: words })),
  /** in bands; exact for supervisors */
  excluded: z.array(z.object({ ground: z.string(), says: words, source: words, count: z.string() })),
  council: z.object({
    name: z.string(),
    threshold: z.int(),
    trustees: z.array(z.object({ name: z.string(), gaveAt: at.nullable() })),
  }),
  called: z.array(calledSeat),
  standby: z.int(),
});
export type DrawnDraw = z.infer<typeof draw>;

export const drawAnswer = z.object({
  lot: lotHead,
  panel: z.object({
    size: z.int(),
    experts: z.int(),
    seats: z.array(z.object({ specialty: words, count: z.int(), reserve: z.int(), taken: z.int(), waiting: z.int() })),
  }),
  /** newest first */
  draws: z.array(draw),
  panelFormed: z.boolean(),
  /** the host may ask for a draw now; `needsGround` when it is not the first, `again` when all seats may be drawn anew */
  may: z.object({ request: z.boolean(), needsGround: z.boolean(), again: z.boolean() }),
  /** what the host knows before it asks: how large the pool of each seat is, in bands; null where there is nothing to ask for */
  conditions: z
    .object({
      supplement: z.boolean(),
      /** the bidders are not known yet, and those tied to them not left out */
      beforeOpening: z.boolean(),
      seats: z.array(z.object({ specialty: words, count: z.int(), pool: words, enough: z.boolean(), reach: words })),
      ladder: z.array(words),
    })
    .nullable(),
  host: z.boolean(),
});
export type DrawAnswer = z.infer<typeof drawAnswer>;

const call = z.object({
  seat: z.string(),
  specialty: words,
  place: words,
  calledAt: at,
  answerUntil: at.nullable(),
  state: z.string(),
  ground: words.nullable(),
  /** the panel's desk, once the expert sits on it */
  lot: z.string().nullable(),
});
export const callsAnswer = z.object({ calls: z.array(call), limitMinutes: z.int() });
export type CallsAnswer = z.infer<typeof callsAnswer>;

export const phoneAnswer = z.object({
  messages: z.array(
    z.object({
      to: z.string().nullable(),
      at,
      kind: z.enum(messageKinds),
      text: z.string(),
      answered: z.boolean(),
      /** what went out by each channel, as it was written */
      copies: z.array(z.object({ channel: z.enum(channelNames), href: z.string() })),
    }),
  ),
});
export type PhoneAnswer = z.infer<typeof phoneAnswer>;

export const specialtiesAnswer = z.object({
  source: words,
  version: z.string(),
  entries: z.array(
    z.object({
      code: z.string(),
      parent: z.string().nullable(),
      title: words,
      version: z.string(),
      /** how sure we are of a shipped entry; null for one that was imported */
      certainty: words.nullable(),
      /** how many experts hold it or something below it; in bands for whoever asks for draws */
      size: words,
    }),
  ),
  mayImport: z.boolean(),
});
export type SpecialtiesAnswer = z.infer<typeof specialtiesAnswer>;

export const poolAnswer = z.object({
  total: z.int(),
  ready: z.int(),
  /** a number; in bands for whoever asks for draws */
  bySpecialty: z.array(z.object({ specialty: z.string(), title: words, size: words })),
  byStatus: z.array(z.object({ status: z.string(), count: z.int() })),
  lines: z.array(z.object({ value: z.string(), label: words })),
  mayAdmit: z.boolean(),
  maySheets: z.boolean(),
});
export type PoolAnswer = z.infer<typeof poolAnswer>;

const tally = z.object({ name: z.string(), calls: z.int(), accepted: z.int(), declined: z.int() });
export const statisticsAnswer = z.object({
  draws: z.int(),
  calls: z.int(),
  accepted: z.int(),
  declined: z.int(),
  grounds: z.array(z.object({ says: words, count: z.int() })),
  /** the tenth of all experts ever called that was called most, and its share of the calls in percent */
  most: z.object({ experts: z.int(), share: z.string() }).nullable(),
  pool: z.object({ normal: z.int(), never: z.int() }),
  redraws: z.array(z.object({ lot: z.string(), number: z.string(), name: z.string(), at, ground: z.string() })),
  /** those called most, names masked; for regulators alone */
  experts: z.array(tally).nullable(),
  employers: z.array(tally).nullable(),
});
export type StatisticsAnswer = z.infer<typeof statisticsAnswer>;
