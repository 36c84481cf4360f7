import { z } from 'zod';
import { sheetChangeShape } from '../evaluation/sheet-change.ts';
import type { EventData, EventType } from '../journal/event.ts';
import { outageRuleShape } from '../journal/outage.ts';
import { pseudonymShape } from '../journal/pseudonym.ts';
import { codeFieldShape } from '../sealing/certificate.ts';
import { graceShape } from '../sealing/grace.ts';

/**
 * What the verifier reads in events, and no more: a journal outlives its program, so members that later editions add or drop
 * elsewhere must not make an old bundle unreadable. The guard below fails to compile when the closed list no longer carries these.
 */
const text = z.string();
const expert = z.object({ request: text, specialty: text, expert: text });
const layerEvidence = z.object({ disputed: z.boolean(), attended: z.boolean(), othersRemoved: z.number(), sawDown: z.number().optional() });
const signingMembers = z.array(z.object({ code: text, name: text, signer: text })).optional();
const outcome = z.object({ submission: text, bidder: text, part: text.optional() });
const bid = z.object({
  statement: z.unknown(),
  signature: text,
  envelopes: z.array(z.object({ part: text, sha256: text, bytes: z.number(), ephemeral: text, proof: text })),
  awaited: z.boolean().optional(),
});

const listedSheet = z.object({ member: text, version: z.number(), sha256: text, ephemeral: text, proof: text });
const signedInHall = z.object({ bidder: text, statement: z.unknown(), signature: text });

export const readEvents = {
  'node.created': z.object({ origin: text, sandbox: z.boolean() }),
  'client.published': z.object({ name: text, version: text, sha256: text }),
  'council.formed': z.object({ council: z.unknown(), witnesses: z.array(text), ceremony: text.optional() }),
  'authority.trusted': z.object({ authority: text, fingerprints: z.array(text), field: codeFieldShape }),
  'authority.retired': z.object({ authority: text }),
  'certificate.revoked': z.object({ serial: text }),
  'certificate.superseded': z.object({ serial: text, from: text }),
  'certificate.suspended': z.object({ serial: text }),
  'certificate.resumed': z.object({ serial: text }),
  'override.set': z.object({
    override: text,
    key: text,
    value: text,
    line: text.nullable(),
    region: text.nullable(),
    inForceFrom: text,
    reason: text,
  }),
  'override.withdrawn': z.object({ override: text }),
  'override.ended': z.object({ override: text, inForceTo: text }),
  'notice.published': z.object({
    line: text.optional(),
    region: text.optional(),
    documentsFrom: text.optional(),
    documentsUntil: text.optional(),
    deadline: text,
    council: text,
    minimumBids: z.number(),
    parts: z.array(text).default(['whole']),
    readingOrder: z.enum(['received', 'drawn']).optional(),
    publicityDays: z.number(),
    grace: graceShape.optional(),
    outage: outageRuleShape.optional(),
    sealPolicy: text.optional(),
    layerMinutes: z.number().optional(),
    layerOutage: z.object({ downMinutes: z.number() }).optional(),
    terms: z.unknown().optional(),
    remedy: z.object({ plan: text, minutes: z.number() }).optional(),
    sheets: z.object({ hours: z.number() }).optional(),
    blind: z.object({ part: text }).optional(),
    reassessments: z.literal('signed').optional(),
    tenderee: text.optional(),
    agent: text.nullish(),
    method: z.unknown(),
  }),
  'addendum.published': z.object({ deadline: text, previousDeadline: text, affectsPreparation: z.boolean().optional() }),
  'deadline.moved': z.object({ deadline: text, previousDeadline: text, number: z.number() }),
  'probe.reported': z.object({ probe: text, statement: z.unknown(), signature: text }),
  'bid.received': bid,
  'bid.replaced': bid,
  'bid.completed': z.object({ submission: text, completedAt: text }),
  'bid.lapsed': z.object({ submission: text, until: text }),
  'bid.withdrawn': z.object({ submission: text, signature: text, statement: z.unknown() }),
  'deadline.reached': z.object({ deadline: text }),
  'bidding.closed': z.object({ deadline: text, treeSize: z.number(), root: text }),
  'opening.started': z.object({
    part: text,
    list: z.array(z.object({ submission: text, bidder: text, name: text.optional(), sha256: text })),
  }),
  'share.given': z.object({ trustee: z.number(), evaluated: z.array(text), proof: text }),
  'share.kept': z.object({ trustee: z.number(), sha256: text }),
  'pseudonyms.committed': z.object({ part: text, digest: text, count: z.number(), root: text }),
  'pseudonyms.revealed': z.object({ part: text, root: text, list: z.array(pseudonymShape) }),
  'opening.combined': z.object({ items: z.number() }),
  'bid.opened': outcome.extend({ signer: text, members: signingMembers, note: z.object({ fall: text, at: text }).optional() }),
  'bid.invalid': outcome.extend({ reason: text, signer: text.optional(), members: signingMembers }),
  'bids.clashed': z.object({ organisation: text, submissions: z.array(text) }),
  'layer.removed': z.object({ part: text, submission: text, bidder: text, name: text, key: text }),
  'layer.disputed': z.object({ submission: text, bidder: text, statement: z.unknown(), signature: text }),
  'remedy.awaited': outcome.extend({ part: text, plan: text, reason: text, until: text }),
  'remedy.applied': outcome.extend({
    part: text,
    plan: text,
    kind: z.enum(['sealed', 'inner']),
    sha256: text,
    statement: z.unknown(),
    signature: text,
  }),
  'layers.closed': z.object({ part: text, until: text, removed: z.array(text), missing: z.array(text) }),
  'bid.revoked': outcome.extend({ attributedTo: z.literal('bidder'), reason: text, ground: text, evidence: layerEvidence.nullable() }),
  'bid.withdrawn-by-platform': outcome.extend({
    attributedTo: z.literal('platform'),
    reason: text,
    ground: text,
    evidence: layerEvidence.optional(),
  }),
  'attribution.asked': outcome.extend({ ground: text, evidence: layerEvidence }),
  'attribution.ruled': outcome.extend({ attributedTo: z.enum(['bidder', 'platform']), ground: text, by: text }),
  'openings.suspended': z.object({ suspension: text, reopensAt: text }),
  'openings.resumed': z.object({ suspension: text }),
  'order.suspended': z.object({ order: text }),
  'order.lifted': z.object({ order: text }),
  'submission.stamped': z.object({ submission: text, authority: z.enum(['platform', 'external']), token: text }),
  'bid.read': z.object({
    submission: text,
    bidder: text,
    part: text.optional(),
    order: z.number(),
    price: text,
    figures: z.record(text, text).optional(),
  }),
  'opening.attended': signedInHall,
  'record.confirmed': signedInHall,
  'record.objected': signedInHall,
  'record.closed': z.object({ sha256: text, part: text.optional(), by: text }),
  'part.concluded': z.object({ part: text, result: z.unknown(), sha256: text }),
  'part.signed': z.object({ part: text, member: text, sha256: text, signature: text }),
  'part.refused': z.object({ part: text, member: text, sha256: text, reason: text, signature: text }),
  'part.withdrawn': z.object({ part: text, sha256: text, refused: z.number(), members: z.number() }),
  'part.lapsed': z.object({ part: text, sha256: text, signed: z.number(), members: z.number(), silent: z.array(text) }),
  'part.deemed': z.object({ part: text, member: text, sha256: text }),
  'part.reported': z.object({
    part: text,
    sha256: text,
    outcome: text,
    passed: z.array(text),
    failed: z.array(z.object({ bid: text, bidder: text, reason: text })),
  }),
  'session.scheduled': z.object({ part: text, at: text }),
  'envelope.returned': outcome.extend({ part: text, sha256: text }),
  'tender.failed': z.object({ reason: text }),
  'draw.requested': z.object({
    request: z.unknown(),
    digest: text,
    purpose: text,
    part: text.optional(),
    reach: z.record(text, z.object({ rung: text, specialties: z.array(text), region: text })).optional(),
  }),
  'draw.completed': z.object({ transcript: z.unknown() }),
  'expert.called': expert,
  'expert.accepted': expert,
  'expert.declined': expert,
  'panel.formed': z.object({ seats: z.array(z.object({ member: text, expert: text.nullable() })) }),
  'evaluation.started': z.object({ part: text.optional(), bids: z.array(text) }),
  'identity.confirmed': z.object({ member: text, signature: text }),
  'recusal.declared': z.object({ member: text, recuses: z.boolean() }),
  'sheet.sealed': listedSheet.extend({ part: text, statement: z.unknown(), signature: text }),
  'sheets.complete': z.object({ part: text, round: z.number(), list: z.array(listedSheet) }),
  'sheets.combined': z.object({ part: text, round: z.number() }),
  'sheet.opened': z.object({ part: text, member: text, version: z.number(), sheet: z.unknown(), signature: text }),
  'sheet.flawed': z.object({ part: text, member: text, version: z.number(), reason: text }),
  'sheets.opened': z.object({ part: text, round: z.number(), opened: z.number(), flawed: z.number(), all: z.boolean() }),
  'sheet.changed': z.object({ part: text, member: text, statement: sheetChangeShape, signature: text }),
  'member.replaced': z.object({ part: text, member: text, ground: text }),
  'bid.reviewed': z.object({ member: text, bid: text, item: text, pass: z.boolean() }),
  'bid.scored': z.object({ member: text, bid: text, criterion: text, score: text }),
  'price.corrected': z.object({ bid: text, from: text, to: text }),
  'correction.unconfirmed': z.object({ bid: text }),
  'evaluation.concluded': z.object({ bundle: z.unknown(), sha256: text }),
  'evaluation.reported': z.object({ sha256: text, outcome: text }),
  'evaluation.reopened': z.object({ version: z.number(), ground: text, reference: z.string().nullish(), was: text, by: text.optional() }),
  'reassessment.ordered': z.object({
    version: z.number(),
    explanation: z.string().optional(),
    bids: z.array(text),
    items: z.array(text),
    criteria: z.array(text),
    statement: z.unknown().optional(),
    signature: text.optional(),
  }),
  'experts.revealed': z.object({
    request: text,
    drawSalt: text,
    experts: z.array(z.object({ expert: text, salt: text, record: z.unknown() })),
  }),
  'qualification.checked': z.object({ bids: z.array(z.object({ bid: text, pass: z.boolean() })) }),
  'candidates.published': z.object({
    candidates: z.array(z.object({ rank: z.number(), submission: text, bidder: text, price: text, total: text })),
    from: text,
    until: text,
  }),
  'result.published': z.object({
    candidates: z.array(z.object({ rank: z.number(), submission: text, bidder: text, price: text, total: text })),
    from: text,
    until: text,
  }),
  'award.determined': z.object({
    submission: text,
    bidder: text,
    price: text,
    rank: z.number(),
    reason: text,
    deemed: z.boolean().optional(),
  }),
  'award.notified': z.object({ submission: text, bidder: text, price: text }),
} as const satisfies Partial<Record<EventType, z.ZodType>>;

export type ReadType = keyof typeof readEvents;
export type ReadData<T extends ReadType> = z.infer<(typeof readEvents)[T]>;

type Drifted = { [T in ReadType]: EventData<T> extends ReadData<T> ? never : T }[ReadType];
export const driftedTypes: readonly [Drifted] extends readonly [never] ? true : Drifted = true;
