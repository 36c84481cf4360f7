import { defineEntity, p } from '@mikro-orm/postgresql';
import { fen, instant, text } from '../kernel/columns.ts';
import type { DayString } from '../kernel/working-days.ts';
import type { Verdict, YearFigures, YearState } from './annual.ts';
import type { ConductCode, Consequence, EntryState } from './conduct.ts';

/** What one side thought of the other after an evaluation: `host` and `regulator` of an expert, an `expert` of whoever hosted. Once for each. */
const AppraisalSchema = defineEntity({
  name: 'Appraisal',
  tableName: 'appraisal',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    /** the seat of the panel: appraised, or, of side `expert`, appraising */
    member: p.uuid(),
    expert: p.uuid().index(),
    side: p.string().length(10).$type<Side>(),
    user: p.uuid(),
    /** 1 to 5 by dimension (dimensions.ts) */
    scores: p.json().$type<Readonly<Record<string, number>>>(),
    comment: p.string().length(1000).nullable(),
    late: p.boolean(),
    at: instant(),
    answer: p.string().length(1000).nullable(),
    answeredAt: instant().nullable(),
  },
  uniques: [{ name: 'appraisal_once', properties: ['member', 'side'] }],
});
export class Appraisal extends AppraisalSchema.class {}
AppraisalSchema.setClass(Appraisal);
export type Side = 'host' | 'regulator' | 'expert';

/** Points for what an expert did wrong in an evaluation. */
const ConductEntrySchema = defineEntity({
  name: 'ConductEntry',
  tableName: 'conduct_entry',
  properties: {
    id: p.uuid().primary(),
    expert: p.uuid().index(),
    lot: p.uuid().index(),
    member: p.uuid(),
    code: p.string().length(20).$type<ConductCode>(),
    points: p.integer(),
    ground: p.string().length(1000),
    evidence: p.string().length(1000),
    enteredBy: p.uuid(),
    enteredAt: instant(),
    /** last day on which it counts */
    until: p.string().length(10),
    state: p.string().length(10).$type<EntryState>(),
    /** what all points came to with this one */
    consequence: p.string().length(12).$type<Consequence>(),
    objection: p.string().length(1000).nullable(),
    objectedAt: instant().nullable(),
    decision: p.string().length(1000).nullable(),
    decidedBy: p.uuid().nullable(),
    decidedAt: instant().nullable(),
  },
});
export class ConductEntry extends ConductEntrySchema.class {}
ConductEntrySchema.setClass(ConductEntry);

/** The standing that points gave an expert: what is not this was given by somebody else, and points do not touch it. */
const ConductStandingSchema = defineEntity({
  name: 'ConductStanding',
  tableName: 'conduct_standing',
  properties: { expert: p.uuid().primary(), status: p.string().length(12), until: p.string().length(10).nullable(), at: instant() },
});
export class ConductStanding extends ConductStandingSchema.class {}
ConductStandingSchema.setClass(ConductStanding);

/** What one expert is paid for one evaluation, as its payer confirmed it. */
const FeeSchema = defineEntity({
  name: 'Fee',
  tableName: 'fee',
  properties: {
    member: p.uuid().primary(),
    lot: p.uuid().index(),
    expert: p.uuid().index(),
    minutes: p.integer(),
    base: fen(),
    extra: fen(),
    travel: fen(),
    amount: fen(),
    /** codes of conduct for which nothing is paid; empty */
    withheld: text().nullable(),
    payer: p.string().length(18),
    confirmedBy: p.uuid(),
    confirmedAt: instant(),
    /** the day on which its payer says it was paid, and under which number of its bank; null while it says nothing */
    paidOn: p.string().length(10).$type<DayString>().nullable(),
    reference: p.string().length(60).nullable(),
  },
});
export class Fee extends FeeSchema.class {}
FeeSchema.setClass(Fee);

/** The review of all experts for one year: which period it looks at. */
const AnnualReviewSchema = defineEntity({
  name: 'AnnualReview',
  tableName: 'annual_review',
  properties: {
    id: p.uuid().primary(),
    year: p.integer().unique(),
    from: p.string().length(10).$type<DayString>(),
    through: p.string().length(10).$type<DayString>(),
    openedBy: p.uuid(),
    openedAt: instant(),
  },
});
export class AnnualReview extends AnnualReviewSchema.class {}
AnnualReviewSchema.setClass(AnnualReview);

/** One expert in one annual review. */
const ExpertYearSchema = defineEntity({
  name: 'ExpertYear',
  tableName: 'expert_year',
  properties: {
    id: p.uuid().primary(),
    review: p.uuid(),
    expert: p.uuid().index(),
    state: p.string().length(10).$type<YearState>(),
    /** as they were when the verdict was given, or decided anew; null while there is none */
    figures: p.json().$type<YearFigures>().nullable(),
    verdict: p.string().length(10).$type<Verdict>().nullable(),
    reason: p.string().length(1000).nullable(),
    toldBy: p.uuid().nullable(),
    toldAt: instant().nullable(),
    objection: p.string().length(1000).nullable(),
    objectedAt: instant().nullable(),
    /** what the recheck came to; null where nobody asked for one */
    rechecked: p.string().length(10).$type<Verdict>().nullable(),
    decision: p.string().length(1000).nullable(),
    decidedBy: p.uuid().nullable(),
    decidedAt: instant().nullable(),
  },
  uniques: [{ name: 'expert_year_once', properties: ['review', 'expert'] }],
  indexes: [{ name: 'expert_year_told', expression: `create index "expert_year_told" on "expert_year" ("told_at") where state = 'told'` }],
});
export class ExpertYear extends ExpertYearSchema.class {}
ExpertYearSchema.setClass(ExpertYear);

export const appraisalEntities = [Appraisal, ConductEntry, ConductStanding, Fee, AnnualReview, ExpertYear];
