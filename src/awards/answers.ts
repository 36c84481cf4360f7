import { z } from 'zod';
import { at, words, yuanText } from '../kernel/answer.ts';
import { choices } from './result.ts';

/** What the room's pages and its API answer. Instants are RFC 3339 UTC, amounts yuan strings. Before their moment these things are not there. */

const ground = z.object({ rule: z.string(), source: words, says: words });
const duty = z.object({ due: at, late: z.boolean(), provisional: z.boolean(), says: words, source: words, otherwise: words });

/** The lot at the head of every page about its result. */
export const head = z.object({
  id: z.string(),
  number: z.string(),
  name: z.string(),
  phase: z.string(),
  phaseTitle: words,
  tenderee: z.string(),
  regionName: words,
  /** the reader finds the written report to the supervisor here */
  report: z.boolean(),
});
export type LotHead = z.infer<typeof head>;

const candidate = z.object({
  rank: z.int(),
  submission: z.string(),
  bidder: z.string(),
  name: z.string(),
  price: yuanText,
  total: z.string(),
  figures: z.record(z.string(), z.string()),
});
export type CandidateAnswer = z.infer<typeof candidate>;
const label = z.object({ key: z.string(), label: words });

export const candidatesAnswer = z.object({
  lot: head,
  /** `preview`: the host's look before publishing; nobody else has it */
  state: z.enum(['not-yet', 'preview', 'public']),
  candidates: z.array(candidate),
  totalLabel: words,
  rejected: z.array(z.object({ submission: z.string(), name: z.string(), reason: words })),
  figures: z.array(label),
  /** candidates were public before the award; else they were published with it */
  beforeAward: z.boolean(),
  publicity: z
    .object({ from: at, until: at, days: z.int(), last: z.string(), over: z.boolean(), provisional: z.boolean(), steps: z.array(words) })
    .nullable(),
  grounds: z.array(ground),
  duty: duty.nullable(),
  reportSha256: z.string().nullable(),
  you: z.object({ host: z.boolean(), mayPublish: z.boolean(), mayObject: z.boolean() }),
});
export type CandidatesAnswer = z.infer<typeof candidatesAnswer>;

const hold = z.object({ says: words, since: at, href: z.string() });
const award = z.object({
  submission: z.string(),
  bidder: z.string(),
  name: z.string(),
  price: yuanText,
  rank: z.int(),
  reason: z.string(),
  passed: z.array(z.object({ rank: z.int(), name: z.string(), ground: words, explanation: z.string() })),
  determinedAt: at,
  notifiedAt: at.nullable(),
  contractUntil: at.nullable(),
});

export const awardAnswer = z.object({
  lot: head,
  candidates: z.array(candidate),
  totalLabel: words,
  publicityUntil: at.nullable(),
  /** what makes the tender stand still; the host's and the supervisor's only */
  holds: z.array(hold),
  /** the time to determine the winner, where the line has one; the host's only */
  duty: duty.nullable(),
  award: award.nullable(),
  choices: z.array(z.object({ value: z.string(), label: words })),
  grounds: z.array(ground),
  /** the result as it was sent to the reader's own organisation */
  notice: z
    .object({
      name: z.string(),
      won: z.boolean(),
      price: yuanText.nullable(),
      rank: z.int().nullable(),
      total: z.string().nullable(),
      rejectedFor: words.nullable(),
    })
    .nullable(),
  you: z.object({ host: z.boolean(), mayDetermine: z.boolean(), mayNotify: z.boolean() }),
});
export type AwardAnswer = z.infer<typeof awardAnswer>;

export const contractAnswer = z.object({
  lot: head,
  winner: z.object({ code: z.string(), name: z.string(), price: yuanText }).nullable(),
  notifiedAt: at.nullable(),
  contractUntil: at.nullable(),
  /** main terms of the bid: the contract's must be the same */
  terms: z.array(z.object({ label: words, value: z.string() })),
  contract: z
    .object({
      number: z.string(),
      price: yuanText,
      signedOn: z.string(),
      late: z.boolean(),
      sha256: z.string(),
      /** null: it was signed here, and its text is no file */
      file: z.object({ name: z.string(), bytes: z.number() }).nullable(),
      registeredAt: at,
      filedAt: at.nullable(),
    })
    .nullable(),
  /** the filing of its copy, where the line asks for it */
  filing: duty.nullable(),
  grounds: z.array(ground),
  limit: z.object({ says: words, source: words, otherwise: words }),
  you: z.object({ host: z.boolean(), mayRegister: z.boolean(), mayFile: z.boolean(), mayDownload: z.boolean(), maySign: z.boolean() }),
});
export type ContractAnswer = z.infer<typeof contractAnswer>;

export const reportAnswer = z.object({
  lot: head,
  duty: duty.nullable(),
  /** as filed, or as it would be filed now */
  facts: z.unknown(),
  filed: z.object({ sha256: z.string(), filedAt: at }).nullable(),
  /** of the facts shown */
  sha256: z.string().nullable(),
  you: z.object({ mayFile: z.boolean() }),
});

export const resultsAnswer = z.object({
  rows: z.array(
    z.object({
      lot: z.string(),
      number: z.string(),
      name: z.string(),
      line: z.string(),
      lineName: words,
      region: z.string(),
      regionName: words,
      tenderee: z.string(),
      kind: z.enum(choices.kinds),
      kindTitle: words,
      winner: z.string().nullable(),
      price: yuanText.nullable(),
      /** of candidates: how many, and when publicity ends */
      candidates: z.int(),
      until: at.nullable(),
      failedFor: words.nullable(),
      at,
      href: z.string(),
    }),
  ),
  page: z.int(),
  pages: z.int(),
  total: z.int(),
  query: z.object({ kind: z.string(), region: z.string(), line: z.string(), text: z.string() }),
  choices: z.object({
    kinds: z.array(z.object({ value: z.string(), label: words })),
    regions: z.array(z.object({ value: z.string(), label: words })),
    lines: z.array(z.object({ value: z.string(), label: words })),
  }),
});
export type ResultsAnswer = z.infer<typeof resultsAnswer>;
