import { defineEntity, p } from '@mikro-orm/postgresql';
import { instant } from '../kernel/columns.ts';

const CouncilRowSchema = defineEntity({
  name: 'CouncilRow',
  tableName: 'council',
  properties: {
    id: p.uuid().primary(),
    name: p.string().length(200),
    body: p.json(),
    formedAt: instant(),
    inUse: p.boolean().default(true),
  },
});
export class CouncilRow extends CouncilRowSchema.class {}
CouncilRowSchema.setClass(CouncilRow);

/** One question to the council: open these envelopes of a lot and part, or evaluate the point of a draw request. */
const CouncilTaskSchema = defineEntity({
  name: 'CouncilTask',
  tableName: 'council_task',
  properties: {
    id: p.uuid().primary(),
    /** `opening` or `draw` */
    kind: p.string().length(12),
    lot: p.uuid().index(),
    council: p.uuid(),
    /** opening: { part, items: [{ submission, bidder, sha256, ephemeral, proof }] }; draw: { request } */
    question: p.json(),
    /** base64url group elements, in order: R of each item, or the one point of the draw */
    points: p.json(),
    askedAt: instant(),
    /** combined group elements, once t shares agreed */
    combined: p.json().$type<object>().nullable(),
    combinedAt: instant().nullable(),
  },
});
export class CouncilTask extends CouncilTaskSchema.class {}
CouncilTaskSchema.setClass(CouncilTask);

const CouncilShareSchema = defineEntity({
  name: 'CouncilShare',
  tableName: 'council_share',
  properties: {
    task: p.uuid().primary(),
    trustee: p.integer().primary(),
    evaluated: p.json(),
    proof: p.string().length(86),
    givenAt: instant(),
  },
});
export class CouncilShare extends CouncilShareSchema.class {}
CouncilShareSchema.setClass(CouncilShare);

/** One bid in an opening: its place on the closing list and what became of it. */
const OpeningItemSchema = defineEntity({
  name: 'OpeningItem',
  tableName: 'opening_item',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    part: p.string().length(20),
    submission: p.uuid(),
    bidder: p.string().length(18),
    bidderName: p.string().length(200),
    /** `sealed`, `opened`, `invalid` */
    state: p.string().length(12),
    reason: p.string().length(64).nullable(),
    attributedTo: p.string().length(20).nullable(),
    /** what befell a signer's certificate after the deadline (sealing/standing.ts `Aftermath`) */
    note: p.json().$type<object>().nullable(),
    /** bid.json of the package: hidden from everyone until read or evaluated */
    bid: p.json().$type<object>().nullable(),
    packageKey: p.string().length(64).nullable(),
    packageSha256: p.string().length(43).nullable(),
    readOrder: p.integer().nullable(),
    readAt: instant().nullable(),
    attendedAt: instant().nullable(),
  },
  uniques: [{ name: 'one_item_a_submission_part', properties: ['submission', 'part'] }],
});
export class OpeningItem extends OpeningItemSchema.class {}
OpeningItemSchema.setClass(OpeningItem);

/** A draw asked of the council: of experts, or of parameters in session (coefficients, ties). */
const DrawRequestSchema = defineEntity({
  name: 'DrawRequest',
  tableName: 'draw_request',
  properties: {
    id: p.uuid().primary(),
    lot: p.uuid().index(),
    /** `parameters` or `experts` */
    purpose: p.string().length(20),
    request: p.json(),
    digest: p.string().length(43),
    /** HMAC key of the employer tags; published with the experts' names */
    drawSalt: p.string().length(43).nullable(),
    /** key from which each expert's salt of this draw is derived; a salt is published with its name, this key never */
    saltKey: p.string().length(43).nullable(),
    task: p.uuid(),
    requestedAt: instant(),
    transcript: p.json().$type<object>().nullable(),
    seed: p.string().length(43).nullable(),
    completedAt: instant().nullable(),
  },
});
export class DrawRequest extends DrawRequestSchema.class {}
DrawRequestSchema.setClass(DrawRequest);

export const openingsEntities = [CouncilRow, CouncilTask, CouncilShare, OpeningItem, DrawRequest];
