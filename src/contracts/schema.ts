import { defineEntity, p } from '@mikro-orm/postgresql';
import { fen, instant } from '../kernel/columns.ts';

/** The text of a contract (number 0) or of a change of it (1, 2, …), with the signatures of both sides. */
const DeedSchema = defineEntity({
  name: 'Deed',
  tableName: 'deed',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid(),
    number: p.integer(),
    /** contracts/deed.ts `DeedText` */
    text: p.json().$type<object>(),
    /** base64url SHA-256 of its JCS */
    sha256: p.string().length(43),
    draftedAt: instant(),
    tendereeSignedAt: instant().nullable(),
    contractorSignedAt: instant().nullable(),
    /** when the second side signed */
    concludedAt: instant().nullable(),
  },
  uniques: [{ name: 'deed_number', properties: ['lot', 'number'] }],
  checks: [
    {
      name: 'deed_concluded_by_both',
      expression: 'concluded_at is null or (tenderee_signed_at is not null and contractor_signed_at is not null)',
    },
  ],
});
export class Deed extends DeedSchema.class {}
DeedSchema.setClass(Deed);

/** A milestone was inspected; the last inspection of a milestone counts. */
const InspectionSchema = defineEntity({
  name: 'Inspection',
  tableName: 'inspection',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    milestone: p.integer(),
    passed: p.boolean(),
    opinion: p.text(),
    people: p.string().length(500),
    inspectedAt: instant(),
  },
  indexes: [
    {
      name: 'inspection_accepted_once',
      expression: `create unique index "inspection_accepted_once" on "inspection" ("lot", "milestone") where passed`,
    },
  ],
});
export class Inspection extends InspectionSchema.class {}
InspectionSchema.setClass(Inspection);

const PaymentSchema = defineEntity({
  name: 'Payment',
  tableName: 'contract_payment',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    milestone: p.integer(),
    amount: fen(),
    /** calendar date, Asia/Shanghai */
    paidOn: p.string().length(10),
    recordedAt: instant(),
  },
});
export class Payment extends PaymentSchema.class {}
PaymentSchema.setClass(Payment);

export const contractsEntities = [Deed, Inspection, Payment];
