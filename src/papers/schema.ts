import { defineEntity, p } from '@mikro-orm/postgresql';
import { instant } from '../kernel/columns.ts';

/** A paper as it was issued: pure function of the events it names; re-rendering gives the same bytes. */
const PaperRowSchema = defineEntity({
  name: 'PaperRow',
  tableName: 'paper',
  properties: {
    id: p.uuid().primary(),
    kind: p.string().length(40),
    /** document number (文号) */
    number: p.string().length(100),
    lot: p.uuid().index(),
    /** the party it is delivered to, null for public papers */
    party: p.string().length(18).nullable(),
    /** the event it follows: this one and the lot's events before it are all it is made of */
    source: p.uuid(),
    data: p.json(),
    dataHash: p.string().length(43).index(),
    sha256: p.string().length(43),
    bytes: p.integer(),
    fileKey: p.string().length(64),
    issuedAt: instant(),
  },
  // the source names the party where there is one, so these two say which paper it is
  uniques: [{ name: 'paper_once', properties: ['kind', 'source'] }],
});
export class PaperRow extends PaperRowSchema.class {}
PaperRowSchema.setClass(PaperRow);

export const papersEntities = [PaperRow];
