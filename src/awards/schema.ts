import { defineEntity, p } from '@mikro-orm/postgresql';
import { fen, instant } from '../kernel/columns.ts';

const CandidateSchema = defineEntity({
  name: 'Candidate',
  tableName: 'candidate',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    rank: p.integer(),
    submission: p.uuid(),
    bidder: p.string().length(18),
    bidderName: p.string().length(200),
    price: fen(),
    total: p.string().length(24),
    figures: p.json(),
  },
  uniques: [{ name: 'candidate_rank', properties: ['lot', 'rank'] }],
});
export class Candidate extends CandidateSchema.class {}
CandidateSchema.setClass(Candidate);

const AwardSchema = defineEntity({
  name: 'Award',
  tableName: 'award',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().unique(),
    submission: p.uuid(),
    bidder: p.string().length(18).index(),
    bidderName: p.string().length(200),
    price: fen(),
    rank: p.integer(),
    reason: p.text(),
    /** candidates passed over, each with its ground (awards/decision.ts `PassedOver`) */
    passed: p.json(),
    determinedAt: instant(),
    notifiedAt: instant().nullable(),
  },
});
export class Award extends AwardSchema.class {}
AwardSchema.setClass(Award);

const ContractSchema = defineEntity({
  name: 'Contract',
  tableName: 'contract',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().unique(),
    number: p.string().length(60),
    price: fen(),
    /** calendar date, Asia/Shanghai */
    signedOn: p.string().length(10),
    /** of its file; of its text where it was signed here (contracts/deed.ts) */
    sha256: p.string().length(43),
    /** where it was signed elsewhere and only registered: the file */
    fileKey: p.string().length(64).nullable(),
    fileName: p.string().length(200).nullable(),
    fileType: p.string().length(100).nullable(),
    bytes: p.bigint().nullable(),
    registeredAt: instant(),
    /** when its copy was filed, where the line asks for it */
    filedAt: instant().nullable(),
  },
});
export class Contract extends ContractSchema.class {}
ContractSchema.setClass(Contract);

/** The written report to the supervisor, with the facts it states; the journal keeps the hash of exactly these. */
const SupervisorReportSchema = defineEntity({
  name: 'SupervisorReport',
  tableName: 'supervisor_report',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().unique(),
    /** awards/report.ts `ReportFacts` */
    facts: p.json(),
    /** base64url SHA-256 of the JCS of the facts */
    sha256: p.string().length(43),
    filedAt: instant(),
  },
});
export class SupervisorReport extends SupervisorReportSchema.class {}
SupervisorReportSchema.setClass(SupervisorReport);

export const awardsEntities = [Candidate, Award, Contract, SupervisorReport];
