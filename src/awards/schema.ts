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
    total: p.string().length(16),
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
    bidder: p.string().length(18),
    bidderName: p.string().length(200),
    price: fen(),
    rank: p.integer(),
    reason: p.text(),
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
    signedOn: p.string().length(10),
    sha256: p.string().length(43),
    fileKey: p.string().length(64),
    fileName: p.string().length(200),
    registeredAt: instant(),
  },
});
export class Contract extends ContractSchema.class {}
ContractSchema.setClass(Contract);

export const awardsEntities = [Candidate, Award, Contract];
