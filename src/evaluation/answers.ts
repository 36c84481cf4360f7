import { z } from 'zod';
import { lotHead } from '../experts/answers.ts';
import { at, words } from '../kernel/answer.ts';
import { deskSheetsAnswer } from './sheet-answers.ts';

/** What the room's pages and its API answer: each reader's share of an evaluation, and nothing of another's. */

const done = z.object({ done: z.int(), of: z.int() });

export const panelAnswer = z.object({
  lot: lotHead,
  size: z.int(),
  experts: z.int(),
  members: z.array(
    z.object({
      seat: z.int(),
      mask: words,
      kind: z.string(),
      specialty: words.nullable(),
      name: z.string().nullable(),
      /** `sitting`, `recused` (withdrew), `replaced` (another draw took the place of its own) */
      state: z.string(),
      /** whether the declaration is signed; null for readers whom it does not concern */
      declared: z.boolean().nullable(),
      you: z.boolean(),
    }),
  ),
  vacant: z.object({ experts: z.int(), representatives: z.int() }),
  /** experts who accepted and have no seat yet; and who have not answered yet */
  accepted: z.int(),
  called: z.int(),
  startedAt: at.nullable(),
  host: z.boolean(),
  may: z.object({ form: z.boolean(), start: z.boolean(), draw: z.boolean() }),
});
export type PanelAnswer = z.infer<typeof panelAnswer>;

export const qualificationAnswer = z.object({
  lot: lotHead,
  /** what the notice asks of every bidder */
  conditions: z.array(z.string()),
  /** with fewer qualified nothing is evaluated */
  least: z.int(),
  checkedAt: at.nullable(),
  bids: z.array(
    z.object({
      submission: z.string(),
      bidder: z.string(),
      name: z.string(),
      pass: z.boolean().nullable(),
      reason: z.string().nullable(),
      /** the host's only, while it looks at them */
      files: z.array(z.object({ name: z.string(), bytes: z.int(), sha256: z.string() })),
    }),
  ),
  mayCheck: z.boolean(),
});
export type QualificationAnswer = z.infer<typeof qualificationAnswer>;

const bid = z.object({
  submission: z.string(),
  name: z.string(),
  price: z.string(),
  /** why it is out, once all reviews are in */
  out: words.nullable(),
});
export type DeskBid = z.infer<typeof bid>;

const bidDetail = z.object({
  submission: z.string(),
  figures: z.array(z.object({ label: words, value: z.string() })),
  tables: z.array(
    z.object({
      label: words,
      columns: z.array(z.object({ key: z.string(), label: words, numeric: z.boolean() })),
      rows: z.array(z.record(z.string(), z.string())),
      total: z.int(),
    }),
  ),
  files: z.array(z.object({ index: z.int(), label: words, name: z.string(), bytes: z.int(), sha256: z.string() })),
});
export type BidDetail = z.infer<typeof bidDetail>;

/** A file of a bid as far as it can be shown beside the sheet. */
const shownFile = z.object({
  index: z.int(),
  name: z.string(),
  kind: z.enum(['pdf', 'image', 'table', 'other']),
  /** why it is not shown */
  why: words.nullable(),
  table: z
    .object({
      sheets: z.array(z.object({ name: z.string(), hidden: z.boolean() })),
      sheet: z.int(),
      rows: z.array(z.array(z.object({ text: z.string(), formula: z.string().optional() }))),
      more: z.boolean(),
    })
    .nullable(),
});
export type ShownFile = z.infer<typeof shownFile>;

/** One item or criterion, and what every bid says. */
const comparison = z.object({
  of: z.string(),
  kind: z.enum(['review', 'score']),
  bids: z.array(
    z.object({
      submission: z.string(),
      figures: z.array(z.object({ label: words, value: z.string() })),
      files: z.array(z.object({ index: z.int(), label: words, name: z.string() })),
    }),
  ),
});
export type Comparison = z.infer<typeof comparison>;

const verdict = z.object({ bid: z.string(), item: z.string(), pass: z.boolean(), reason: z.string().nullable(), version: z.int() });
const mark = z.object({ bid: z.string(), criterion: z.string(), score: z.string(), reason: z.string().nullable(), version: z.int() });
const item = z.object({ id: z.string(), title: words, says: words });
const criterion = item.extend({ max: z.string(), kind: z.enum(['objective', 'subjective']) });

/** how a member stands to the report; `deemed`: silent until the end of its time, and taken to agree */
const stance = z.enum(['signed', 'refused', 'deemed']);

const own = z.object({
  /** id of the member */
  seat: z.string(),
  mask: words,
  declaredAt: at.nullable(),
  signedAt: at.nullable(),
  stance: stance.nullable(),
  verdicts: z.array(verdict),
  marks: z.array(mark),
  /** sum of one's own marks, by bid */
  sums: z.array(z.object({ bid: z.string(), sum: z.string() })),
});
export type OwnSheets = z.infer<typeof own>;

/** A room booked for the evaluation. */
const deskRoom = z.object({ booking: z.string(), name: z.string(), main: z.boolean() });
export type DeskRoom = z.infer<typeof deskRoom>;

/** The log of the desks: who came and went, and what was opened. */
export const deskLogAnswer = z.object({
  lot: lotHead,
  /** every member's lines, or one's own only */
  all: z.boolean(),
  rooms: z.array(deskRoom),
  present: z.int().nullable(),
  rows: z.array(
    z.object({
      at,
      mask: words,
      what: z.enum(['entered', 'left', 'opened']),
      why: words.nullable(),
      place: z.string().nullable(),
      main: z.boolean().nullable(),
      address: z.string().nullable(),
      bidder: z.string().nullable(),
      file: words.nullable(),
    }),
  ),
  from: z.int(),
  next: z.int().nullable(),
});
export type DeskLogAnswer = z.infer<typeof deskLogAnswer>;

/** An envelope before the last: how far its result has come. */
const turn = z.object({
  part: z.string(),
  title: words,
  /** fewer than the law wants would go on: the panel must speak of competition */
  inDoubt: z.boolean(),
  result: z
    .object({
      sha256: z.string(),
      outcome: z.string(),
      passed: z.array(z.string()),
      failed: z.array(z.object({ name: z.string(), reason: words })),
      competition: z.object({ lacking: z.boolean(), reason: z.string() }).nullable(),
    })
    .nullable(),
  reported: z.boolean(),
  signed: z.boolean(),
  /** what those who refused wrote; each member's word is the panel's to know, once it is given */
  refusals: z.array(z.object({ mask: words, reason: z.string() })),
  sign: z.object({ sha256: z.string(), member: z.string(), holder: z.string(), until: at }).nullable(),
});
export type DeskTurn = z.infer<typeof turn>;

/** One seat's verdicts and marks, as those may read them who see the result; of sealed sheets, those who sit, once all are open. */
const seatSheet = z.object({
  mask: words,
  name: z.string().nullable(),
  verdicts: z.array(z.object({ bid: z.string(), item: words, pass: z.boolean(), reason: z.string().nullable() })),
  marks: z.array(z.object({ bid: z.string(), criterion: words, score: z.string(), reason: z.string().nullable() })),
});
export type SeatSheet = z.infer<typeof seatSheet>;

const line = z.object({ bid: z.string().nullable(), about: words.nullable(), formula: z.string(), value: z.string() });
const result = z.object({
  sha256: z.string(),
  outcome: z.string(),
  concludedAt: at,
  benchmark: z.string().nullable(),
  drawn: z.array(z.object({ name: z.string(), choice: z.string() })),
  /** of a large evaluation the working and the sheets of one bid are shown at a time: this one, and all there are; null where all is shown */
  focus: z.object({ bid: z.string(), name: z.string(), others: z.array(z.object({ bid: z.string(), name: z.string() })) }).nullable(),
  rows: z.array(
    z.object({
      bid: z.string(),
      rank: z.int(),
      name: z.string(),
      bidPrice: z.string(),
      technical: z.string(),
      price: z.string(),
      total: z.string(),
      evaluatedPrice: z.string(),
      candidate: z.boolean(),
    }),
  ),
  rejected: z.array(z.object({ name: z.string(), reason: words })),
  steps: z.array(z.object({ number: z.int(), title: words, rule: words, lines: z.array(line) })),
  /** every seat's sheet, by mask */
  sheets: z.array(seatSheet),
});
export type DeskResult = z.infer<typeof result>;

const choice = z.object({ value: z.string(), label: words });
const voteSaid = z.object({ mask: words, ground: words.nullable(), reason: z.string() });
/** What a panel decides together beside its result: more time, or to stop because of the documents. */
const deskVotes = z.object({
  time: z.object({ until: at, extensions: z.int(), asked: z.array(voteSaid), needed: z.int(), mayAsk: z.boolean() }).nullable(),
  halt: z.object({
    grounds: z.array(choice.extend({ source: words })),
    moved: z.array(voteSaid),
    needed: z.int(),
    mayMove: z.boolean(),
    /** it has stopped, and waits for the host */
    open: z.object({ since: at, reasons: z.array(z.object({ ground: words, reason: z.string() })) }).nullable(),
    answered: z.array(z.object({ answer: z.string(), at })),
    mayAnswer: z.boolean(),
  }),
  /** a supervisor's: whose opinion can be voided now, and on which grounds */
  voidable: z.object({ members: z.array(choice), grounds: z.array(choice) }).nullable(),
});
export type DeskVotes = z.infer<typeof deskVotes>;

/** A signed report that was evaluated again, with the order, and what differs in the version that followed. */
const version = z.object({
  version: z.int(),
  sha256: z.string(),
  concludedAt: at,
  reportedAt: at,
  reopenedAt: at,
  ground: words,
  source: words,
  reference: z.string().nullable(),
  explanation: z.string(),
  /** whose certificate signed the order; null where it is from before orders were signed */
  signedBy: z.string().nullable(),
  scope: z.object({ bids: z.array(z.string()), items: z.array(words) }),
  rows: z.array(z.object({ rank: z.int(), name: z.string(), total: z.string(), candidate: z.boolean() })),
  rejected: z.array(z.object({ name: z.string(), reason: words })),
  /** null while the next version is not there for this reader */
  changes: z
    .array(z.object({ mask: words, bid: z.string(), about: words, before: z.string().nullable(), after: z.string().nullable() }))
    .nullable(),
});
export type DeskVersion = z.infer<typeof version>;

/** A part that is reviewed blind: how far it is, and, once it is laid open, which pseudonym was whose. */
const blindState = z.object({
  state: z.enum(['blind', 'open']),
  documents: z.array(words),
  pages: z.int().nullable(),
  /** a member may lay it open now */
  mayReveal: z.boolean(),
  list: z.array(z.object({ mask: words, name: z.string() })),
  /** what the platform's check saw in the files of the chosen bid; null: it has not looked yet */
  marks: z.array(z.object({ file: z.int(), kind: words, place: words })).nullable(),
});

export const deskAnswer = z.object({
  lot: lotHead,
  /** `member`, `supervisor`, `host` or `public`: whose share of the evaluation this is */
  reader: z.enum(['member', 'supervisor', 'host', 'public']),
  startedAt: at.nullable(),
  concludedAt: at.nullable(),
  reportedAt: at.nullable(),
  failed: z.boolean(),
  declaration: words,
  /** named to whoever declares; public since the opening */
  bidders: z.array(z.string()),
  own: own.nullable(),
  /** null where nothing is reviewed blind */
  blind: blindState.nullable(),
  bids: z.array(bid).nullable(),
  chosen: bidDetail.nullable(),
  /** the file of the chosen bid that was asked for */
  shown: shownFile.nullable(),
  /** the bids side by side on one item, where that was asked for */
  compared: comparison.nullable(),
  items: z.array(item),
  criteria: z.array(criterion),
  /** points the price carries; null where the price is not scored */
  priceFull: z.string().nullable(),
  /** how far each seat has come, in numbers; the seat's holder by name for those who may know it */
  progress: z
    .array(
      z.object({
        mask: words,
        name: z.string().nullable(),
        you: z.boolean(),
        declared: z.boolean(),
        reviews: done,
        scores: done,
        /** where sheets are sealed: whether this seat's is in, or open; null where they are not */
        sheet: z.enum(['awaited', 'in', 'open']).nullable(),
        signedAt: at.nullable(),
        stance: stance.nullable(),
      }),
    )
    .nullable(),
  /** verdicts that are computed and not judged */
  computed: z.array(z.object({ bid: z.string(), item: z.string(), pass: z.boolean(), reason: words })),
  /** objective criteria on which those who have scored differ */
  differing: z.array(z.object({ bid: z.string(), criterion: words })),
  /** one's own marks that lie far from the others' and lack a reason; and from how many other seats a reason is due */
  outliers: z.object({ own: z.array(z.object({ bid: z.string(), name: z.string(), criterion: words })), others: z.int() }),
  /** score sheets that stay sealed until all are in; null where they do not */
  sheets: deskSheetsAnswer.nullable(),
  /** the sheets themselves and how far each has moved since, once all are open */
  opened: z
    .object({
      sheets: z.array(seatSheet),
      drift: z.array(
        z.object({
          mask: words,
          versions: z.int(),
          verdicts: z.int(),
          marks: z.int(),
          points: z.string(),
          bids: z.array(z.object({ name: z.string(), points: z.string() })),
        }),
      ),
    })
    .nullable(),
  /** the bids that need scores now */
  scored: z.array(z.string()),
  complete: z.boolean(),
  /** what the member noted about the chosen bid for itself */
  note: z.string(),
  /** where the member sits, and the rooms it may sit in */
  sitting: z.object({ booking: z.string().nullable(), place: z.string().nullable(), rooms: z.array(deskRoom) }).nullable(),
  /** what the member signs before it declares */
  identify: z.object({ member: z.string(), holder: z.string() }).nullable(),
  result: result.nullable(),
  /** for panel and supervisor while it goes on; for the host when the panel has stopped */
  votes: deskVotes.nullable(),
  /** this reader may order it evaluated again now */
  mayReassess: z.boolean(),
  /** versions that this one takes the place of, newest first */
  versions: z.array(version),
  /** where the envelope at hand is not the last: its result instead of the ranking */
  turn: turn.nullable(),
  sign: z.object({ sha256: z.string(), member: z.string(), holder: z.string(), until: at }).nullable(),
  /** what members do not agree with; for those who may see the result */
  dissent: z.array(z.object({ mask: words, stance, text: z.string() })),
});
export type DeskAnswer = z.infer<typeof deskAnswer>;

export const evaluationsAnswer = z.object({
  rows: z.array(
    z.object({ lot: z.string(), number: z.string(), name: z.string(), phaseTitle: words, role: words, next: words, href: z.string() }),
  ),
  calls: z.int(),
  expert: z.boolean(),
});
export type EvaluationsAnswer = z.infer<typeof evaluationsAnswer>;

/** The envelopes of a lot whose bids have several, in the order of their sessions. */
export const envelopesAnswer = z.object({
  lot: lotHead,
  parts: z.array(
    z.object({
      part: z.string(),
      title: words,
      state: z.enum(['sealed', 'opening', 'judging', 'judged', 'returned']),
      openedAt: at.nullable(),
      /** when its session is announced for */
      sessionAt: at.nullable(),
      opened: z.int(),
      invalid: z.int(),
      result: z
        .object({
          sha256: z.string(),
          outcome: z.string(),
          reportedAt: at,
          passed: z.array(z.string()),
          failed: z.array(z.object({ name: z.string(), reason: words })),
          competition: z.object({ lacking: z.boolean(), reason: z.string() }).nullable(),
        })
        .nullable(),
      returned: z.array(z.object({ event: z.string(), name: z.string(), bidder: z.string(), part: z.string(), sha256: z.string(), at })),
    }),
  ),
  /** what the host may announce now, with the rule */
  schedule: z.object({ earliest: at, says: words, source: words, until: at.nullable() }).nullable(),
});
export type EnvelopesAnswer = z.infer<typeof envelopesAnswer>;
