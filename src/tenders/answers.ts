import { z } from 'zod';
import { at, choice, words, yuanText } from '../kernel/answer.ts';
import { benchmarkKinds } from './benchmark.ts';
import { draftFields } from './draft.ts';
import { termsSchema } from './lot.ts';

/** What the room's pages and its API answer. Instants are RFC 3339 UTC, amounts yuan strings; nothing sealed has a place here. */

const party = z.object({ code: z.string(), name: z.string() });

/** The terms with what a page says of them in words. */
const shownTerms = termsSchema.extend({ benchmarkSays: words.nullable() });
export type ShownTerms = z.infer<typeof shownTerms>;

export const noticesAnswer = z.object({
  rows: z.array(
    z.object({
      id: z.string(),
      number: z.string(),
      name: z.string(),
      line: z.string(),
      lineName: words,
      region: z.string(),
      regionName: words,
      tenderee: z.string(),
      phase: z.string(),
      phaseTitle: words,
      publishedAt: at,
      documentsUntil: at.nullable(),
      deadline: at,
      ceiling: yuanText.nullable(),
    }),
  ),
  /** notices of prequalification to which suppliers may apply now */
  prequalifications: z.array(
    z.object({ id: z.string(), number: z.string(), name: z.string(), lineName: words, regionName: words, tenderee: z.string(), until: at }),
  ),
  page: z.int(),
  pages: z.int(),
  total: z.int(),
  query: z.object({ region: z.string(), line: z.string(), phase: z.string(), text: z.string() }),
  /** the text has the shape of a trading code, but its check character is wrong */
  mistyped: z.boolean(),
  choices: z.object({ regions: z.array(choice), lines: z.array(choice), phases: z.array(choice) }),
});
export type NoticesAnswer = z.infer<typeof noticesAnswer>;

const project = z.object({
  id: z.string(),
  number: z.string(),
  /** unified trading code */
  tradeCode: z.string().nullable(),
  name: z.string(),
  line: z.string(),
  lineName: words,
  procedure: z.string(),
  procedureName: words,
  category: z.string().nullable(),
  methodApproval: z.string().nullable(),
  intentionOn: z.string().nullable(),
  intentionWaived: z.string().nullable(),
  approvalNumber: z.string(),
  approvedBy: z.string(),
  funds: z.string(),
  estimate: yuanText,
  region: z.string(),
  regionName: words,
  tenderee: party,
  agent: party.nullable(),
  registeredAt: at,
});
export type ProjectAnswer = z.infer<typeof project>;

const lotRow = z.object({
  id: z.string(),
  number: z.string(),
  tradeCode: z.string().nullable(),
  name: z.string(),
  phase: z.string(),
  phaseTitle: words,
  publishedAt: at.nullable(),
  deadline: at.nullable(),
});

export const projectsAnswer = z.object({ projects: z.array(project.extend({ lots: z.array(lotRow) })) });
export type ProjectsAnswer = z.infer<typeof projectsAnswer>;

export const projectPageAnswer = z.object({ project, lots: z.array(lotRow), mayDraft: z.boolean() });
export type ProjectPageAnswer = z.infer<typeof projectPageAnswer>;

export const newProjectAnswer = z.object({
  lines: z.array(choice),
  /** the ways besides the usual one of each line */
  procedures: z.array(choice),
  regions: z.array(choice),
  /** the agent names its principal, the tenderee itself may name an agent */
  as: z.enum(['agent', 'tenderee']),
  thresholds: z.array(z.object({ rule: z.string(), source: words, says: words })),
});
export type NewProjectAnswer = z.infer<typeof newProjectAnswer>;

const document = z.object({
  id: z.string(),
  name: z.string(),
  version: z.int(),
  type: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  publishedAt: at,
  supersedes: z.string().nullable(),
  superseded: z.boolean(),
});
const question = z.object({
  id: z.string(),
  text: z.string(),
  answer: z.string().nullable(),
  answeredAt: at.nullable(),
  mine: z.boolean(),
});
const addendum = z.object({
  id: z.string(),
  number: z.int(),
  text: z.string(),
  affectsPreparation: z.boolean(),
  previousDeadline: at,
  deadline: at,
  publishedAt: at,
});
const entry = z.object({
  number: z.int().nullable(),
  event: z.string(),
  type: z.string(),
  at,
  says: words,
  actor: z.string().nullable(),
  data: z.unknown(),
});
const nextStep = z.object({ says: words, due: at.nullable(), href: z.string().nullable(), action: words.nullable() });

/** A field's rules as the form shows them: the id leads into the public rulebook. */
const ground = z.object({ rule: z.string(), source: words, says: words });
const refusal = z.object({ path: z.string(), step: z.int(), says: words, rule: z.string().nullable(), source: words.nullable() });

const retender = z.object({
  /** the tenders of this lot in order */
  chain: z.array(
    z.object({
      lot: z.string(),
      number: z.string(),
      phase: z.string(),
      phaseTitle: words,
      failedAt: at.nullable(),
      failedFor: z.string().nullable(),
    }),
  ),
  mayRetender: z.boolean(),
  /** how tendering may end now; the host's only */
  ways: z.array(z.object({ id: z.string(), title: words, source: words, needsApproval: z.boolean() })),
  ended: z
    .object({
      title: words,
      source: words.nullable(),
      approvedBy: z.string().nullable(),
      approvalNumber: z.string().nullable(),
      follows: z.enum(['direct', 'none']),
      chosen: z.string().nullable(),
      reason: z.string(),
      endedAt: at,
    })
    .nullable(),
});
export type RetenderAnswer = z.infer<typeof retender>;

export const lotAnswer = z.object({
  lot: lotRow.extend({
    phaseSays: words,
    edition: z.string().nullable(),
    council: z.string().nullable(),
    documentsUntil: at.nullable(),
    ceiling: yuanText.nullable(),
    security: yuanText.nullable(),
    openedAt: at.nullable(),
    candidatesAt: at.nullable(),
    publicityUntil: at.nullable(),
    awardedAt: at.nullable(),
    contractedAt: at.nullable(),
    failedAt: at.nullable(),
    failedFor: z.string().nullable(),
  }),
  project,
  terms: shownTerms.nullable(),
  stages: z.array(z.object({ label: words, state: z.enum(['done', 'now', 'next', 'stopped']), at: at.nullable() })),
  grounds: z.array(ground),
  documents: z.array(document),
  questions: z.array(question),
  addenda: z.array(addendum),
  recent: z.array(entry),
  you: z.object({
    host: z.boolean(),
    /** your own organisation has collected the documents */
    collected: z.boolean(),
    /** only those invited may bid here */
    invitation: z.boolean(),
    mayCollect: z.boolean(),
    mayDownload: z.boolean(),
    mayAsk: z.boolean(),
    mayAnswer: z.boolean(),
    mayAmend: z.boolean(),
  }),
  /** what had been set for the lot's line and region when its notice was published, stricter than the law */
  local: z.array(z.object({ override: z.string(), says: words, source: words })),
  /** the supervisor's order that stops the opening now */
  order: z
    .object({ authorityName: z.string(), reason: z.string(), ground: z.string(), suspendedAt: at, proceedings: z.boolean() })
    .nullable(),
  /** on which grounds the host may end the tender now; empty: it may not, or the reader is not the host */
  terminations: z.array(z.object({ id: z.string(), says: words, source: words })),
  /** the rule about outages: how often it has moved the deadline, and whether the closing waits for what probes have still to state */
  outage: z.object({ moved: z.int(), original: at, waiting: z.boolean() }).nullable(),
  /** what an addendum that affects preparation would do to the deadline now; the host's only */
  amendment: z.object({ deadline: at, moved: z.boolean(), says: words, source: words }).nullable(),
  /** a lot that failed, or tenders again what failed; null for any other */
  retender: retender.nullable(),
  next: z.array(nextStep),
});
export type LotAnswer = z.infer<typeof lotAnswer>;

export const draftAnswer = z.object({
  lot: z.object({ id: z.string(), number: z.string(), name: z.string(), revision: z.int() }),
  project,
  step: z.int(),
  /** absent and null fields are still open */
  draft: draftFields,
  /** rules by field */
  grounds: z.record(z.string(), z.array(ground)),
  /** what would refuse the publication now, field by field */
  refusals: z.array(refusal),
  /** what is still missing */
  missing: z.array(refusal),
  /** the earliest legal moments if the notice were published now */
  suggested: z.object({ documentsUntil: at, deadline: at, provisional: z.boolean() }),
  mandatory: words.nullable(),
  specialties: z.array(choice),
  envelopes: z.array(choice),
  /** the line has a blind review */
  blindOffered: z.boolean(),
  /** the line knows securities that are lodged with the platform */
  lodgingOffered: z.boolean(),
  seals: z.array(choice.extend({ says: words })),
  /** of a framework agreement: how its contracts may be awarded */
  agreementWays: z.array(z.object({ value: z.string(), label: words, says: words })).nullable(),
  methods: z.array(
    choice.extend({
      says: words,
      scored: z.boolean(),
      price: z.enum(['deviation', 'ratio']).nullable(),
      benchmarks: z.array(z.enum(benchmarkKinds)),
    }),
  ),
  /** how a tie between bids of one brand may be decided; null where the rule about brands does not apply */
  brandTies: z.array(z.string()).nullable(),
  /** the line deducts from prices by policy: whether domestic products are asked for too; null: it does not */
  policy: z.object({ domestic: z.boolean() }).nullable(),
  /** candidates are public before the award */
  publicity: z.boolean(),
  /** the notice may be published now: where suppliers are invited, not before they are drawn */
  publishable: z.boolean(),
  prequalified: z.boolean(),
  documents: z.array(document),
  /** the notice as it would be published now; null while something is missing */
  preview: shownTerms.nullable(),
  councilReady: z.boolean(),
  minimumBids: z.int(),
  bidForm: z.array(z.object({ key: z.string(), label: words, required: z.boolean(), read: z.boolean() })),
});
export type DraftAnswer = z.infer<typeof draftAnswer>;

export const questionsAnswer = z.object({ questions: z.array(question) });
export const documentsAnswer = z.object({ documents: z.array(document) });
export const timelineAnswer = z.object({
  lot: z.object({ id: z.string(), number: z.string(), name: z.string() }),
  entries: z.array(entry),
});
export type TimelineAnswer = z.infer<typeof timelineAnswer>;
