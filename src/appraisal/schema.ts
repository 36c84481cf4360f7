import { defineEntity, p } from '@mikro-orm/postgresql';
import { fen, instant, text } from '../kernel/columns.ts';
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
  },
});
export class Fee extends FeeSchema.class {}
FeeSchema.setClass(Fee);

export const appraisalEntities = [Appraisal, ConductEntry, ConductStanding, Fee];
