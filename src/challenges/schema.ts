import { defineEntity, p } from '@mikro-orm/postgresql';
import { instant } from '../kernel/columns.ts';

const ObjectionSchema = defineEntity({
  name: 'Objection',
  tableName: 'objection',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    /** `documents`, `opening`, `candidates` */
    stage: p.string().length(16),
    party: p.string().length(18),
    partyName: p.string().length(200),
    text: p.text(),
    raisedAt: instant(),
    answerUntil: instant().nullable(),
    answer: p.text().nullable(),
    answeredAt: instant().nullable(),
  },
});
export class Objection extends ObjectionSchema.class {}
ObjectionSchema.setClass(Objection);

export const challengesEntities = [Objection];
