import { defineEntity, p } from '@mikro-orm/postgresql';
import { fen, instant } from '../kernel/columns.ts';

const ProjectSchema = defineEntity({
  name: 'Project',
  tableName: 'project',
  properties: {
    id: p.uuid().primary(),
    number: p.string().length(40).unique(),
    /** unified trading code (统一交易标识码); null for what was registered before it was given */
    tradeCode: p.string().length(36).unique().nullable(),
    name: p.string().length(200),
    line: p.string().length(32),
    /** by which of the line's procedures its contracts are awarded */
    procedure: p.string().length(32),
    /** code of what is bought in the catalogue of procurement */
    category: p.string().length(20).nullable(),
    /** approval of another procedure than the usual one */
    methodApproval: p.string().length(100).nullable(),
    /** the day on which the intention to procure was published, or why it was not */
    intentionOn: p.string().length(10).nullable(),
    intentionWaived: p.string().length(500).nullable(),
    approvalNumber: p.string().length(100),
    /** the body that approved, checked or filed the project */
    approvedBy: p.string().length(200),
    funds: p.string().length(200),
    estimate: fen(),
    region: p.string().length(6).index(),
    /** codes, not ids: the code is the party's name everywhere in the journal */
    tenderee: p.string().length(18).index(),
    agent: p.string().length(18).nullable().index(),
    registeredAt: instant(),
  },
});
export class Project extends ProjectSchema.class {}
ProjectSchema.setClass(Project);

const LotSchema = defineEntity({
  name: 'Lot',
  tableName: 'lot',
  properties: {
    id: p.uuid().primary(),
    project: p.uuid().index(),
    number: p.string().length(48).unique(),
    tradeCode: p.string().length(36).unique().nullable(),
    name: p.string().length(200),
    /** code of the one phase table, tenders/phases.ts */
    phase: p.string().length(20).index(),
    /** while it is suspended: the phase to which the resumption leads back */
    suspendedFrom: p.string().length(20).nullable(),
    /** the wizard's working copy until publication; afterwards the published terms live in `terms` */
    draft: p.json().$type<object>().nullable(),
    revision: p.integer().default(0),
    /** published terms (tenders/lot.ts `LotTerms`), null until publication */
    terms: p.json().$type<object>().nullable(),
    edition: p.string().length(64).nullable(),
    council: p.uuid().nullable(),
    /** where last offers are a lot of their own: the lot whose negotiation they end */
    follows: p.uuid().nullable(),
    ceiling: fen().nullable(),
    security: fen().nullable(),
    // moments of the lot: who may see which event from when follows from these columns (journal/event.ts)
    /** where suppliers apply before they may bid: when applications closed, and who applied may be known to the host */
    applicationsClosedAt: instant().nullable(),
    publishedAt: instant().nullable(),
    documentsUntil: instant().nullable(),
    deadline: instant().nullable().index(),
    /** how often a witnessed outage has moved it */
    deadlineMoves: p.integer().default(0),
    deadlineReachedAt: instant().nullable(),
    closedTreeSize: p.bigint().nullable(),
    openedAt: instant().nullable(),
    /** the part whose envelopes are opened now, or were last (tenders/envelopes.ts) */
    part: p.string().length(20).nullable(),
    /** the part the panel judges, or judged last */
    judgedPart: p.string().length(20).nullable(),
    /** when the evaluation of that part began */
    judgedFrom: instant().nullable(),
    /** where a part is reviewed blind: since when its pseudonyms are laid open */
    unblindedAt: instant().nullable(),
    /** when the next part is opened, once that is announced */
    sessionAt: instant().nullable(),
    recordClosedAt: instant().nullable(),
    evaluationStartedAt: instant().nullable(),
    reportedAt: instant().nullable(),
    candidatesAt: instant().nullable(),
    publicityUntil: instant().nullable(),
    awardedAt: instant().nullable(),
    resultedAt: instant().nullable(),
    contractUntil: instant().nullable(),
    contractedAt: instant().nullable(),
    failedAt: instant().nullable(),
    failedFor: p.string().length(64).nullable(),
    /** the failed lot that this one tenders again */
    retenderOf: p.uuid().unique().nullable(),
    createdAt: instant(),
    version: p.integer().version(),
  },
  uniques: [
    {
      name: 'one_lot_of_last_offers',
      expression: `create unique index "one_lot_of_last_offers" on "lot" ("follows") where "follows" is not null`,
    },
  ],
});
export class Lot extends LotSchema.class {}
LotSchema.setClass(Lot);

const TenderDocumentSchema = defineEntity({
  name: 'TenderDocument',
  tableName: 'tender_document',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    name: p.string().length(200),
    version: p.integer(),
    supersedes: p.uuid().nullable(),
    type: p.string().length(100),
    bytes: p.bigint(),
    sha256: p.string().length(43),
    fileKey: p.string().length(64),
    publishedAt: instant(),
  },
});
export class TenderDocument extends TenderDocumentSchema.class {}
TenderDocumentSchema.setClass(TenderDocument);

const QuestionSchema = defineEntity({
  name: 'Question',
  tableName: 'question',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    /** the asker's code: never shown to the host */
    asker: p.string().length(18),
    text: p.text(),
    askedAt: instant(),
    answer: p.text().nullable(),
    answeredAt: instant().nullable(),
  },
});
export class Question extends QuestionSchema.class {}
QuestionSchema.setClass(Question);

const AddendumSchema = defineEntity({
  name: 'Addendum',
  tableName: 'addendum',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    number: p.integer(),
    text: p.text(),
    affectsPreparation: p.boolean(),
    previousDeadline: instant(),
    deadline: instant(),
    publishedAt: instant(),
  },
});
export class Addendum extends AddendumSchema.class {}
AddendumSchema.setClass(Addendum);

/** A notice of prequalification, as it stands; who applies lies with the bids. */
const PrequalificationSchema = defineEntity({
  name: 'Prequalification',
  tableName: 'prequalification',
  properties: {
    lot: p.uuid().primary(),
    /** how many of the qualified are drawn and invited */
    invited: p.integer(),
    until: instant(),
    /** which ground of the law, and why it holds */
    ground: p.string().length(40),
    reason: p.string().length(1000),
    scope: p.string().length(2000),
    conditions: p.json().$type<string[]>(),
    council: p.uuid(),
    publishedAt: instant(),
    judgedAt: instant().nullable(),
    /** which of the host's staff watched the draw */
    witnesses: p.json().$type<string[]>().nullable(),
  },
});
export class Prequalification extends PrequalificationSchema.class {}
PrequalificationSchema.setClass(Prequalification);

const TenderingEndSchema = defineEntity({
  name: 'TenderingEnd',
  tableName: 'tendering_end',
  properties: {
    /** the last of the tenders that failed */
    lot: p.uuid().primary(),
    /** one of the line's ways after a second failure */
    way: p.string().length(32),
    approvedBy: p.string().length(200).nullable(),
    approvalNumber: p.string().length(100).nullable(),
    /** `direct`: a contractor is chosen without a tender; `none`: nothing is bought now */
    follows: p.string().length(16),
    chosen: p.string().length(200).nullable(),
    reason: p.text(),
    endedAt: instant(),
  },
});
export class TenderingEnd extends TenderingEndSchema.class {}
TenderingEndSchema.setClass(TenderingEnd);

export const tendersEntities = [Project, Lot, TenderDocument, Question, Addendum, Prequalification, TenderingEnd];
