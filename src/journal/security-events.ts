import { z } from 'zod';
import type { EventSpec, Shown } from './event-spec.ts';

const id = z.string();
const yuan = z.string();
const hash = z.string();
const day = z.string();
const instant = z.string();
const everyone: Shown = { public: 'now' };
const ownThenOpened: Shown = { self: 'now', public: 'opened' };

/** One movement that counts: what its leaf under the root of its statement was made of (securities/commitment.ts). */
const credit = z.object({
  statement: id,
  place: z.number(),
  salt: hash,
  amount: yuan,
  bookedOn: day,
  bookedAt: instant.nullable(),
  /** SHA-256 of the paying account, salted by the number; absent in events of before credit/v2 */
  payer: hash.optional(),
  proof: z.array(hash),
});

const stated = z.object({
  submission: id,
  bidder: z.string(),
  name: z.string(),
  form: z.enum(['transfer', 'guarantee', 'none']),
  amount: yuan,
  counts: z.boolean(),
  reason: z.string(),
  credits: z.array(credit),
  /** what came and does not count, and why; absent in events of before credit/v2 */
  misfits: z.array(credit.extend({ why: z.enum(['late', 'wrong-payer']) })).optional(),
});

/**
 * Events of bid securities. Who pays is as secret as who bids: what one bidder does shows to itself alone until the opening; a statement of the bank is one event, whatever
 * moved, under a root whose number of leaves tells nothing; how the securities of a lot stand is one event, when its opening begins.
 */
export const securityEvents = {
  'collection.opened': {
    data: z.object({ account: id, bank: z.string(), bankName: z.string(), holder: z.string(), number: z.string(), prefix: z.string() }),
    shown: everyone,
    says: { zh: '开立保证金专户', en: 'Account for securities opened' },
  },
  'issuer.trusted': {
    data: z.object({ issuer: id, name: z.string(), fingerprint: z.string() }),
    shown: everyone,
    says: { zh: '登记保函出具机构', en: 'Issuer of guarantees taken into the register' },
  },
  'issuer.retired': {
    data: z.object({ issuer: id, name: z.string(), reason: z.string() }),
    shown: everyone,
    says: { zh: '停用保函出具机构', en: 'Issuer of guarantees retired' },
  },
  'account.given': {
    /** `payer`: SHA-256 of the bidder's paying account, salted by the number: it proves which one was declared */
    data: z.object({ number: z.string(), payer: hash }),
    shown: { self: 'now', regulator: 'opened' },
    says: { zh: '领取保证金专用账号', en: 'Account number for a security given' },
    veiled: true,
  },
  'guarantee.lodged': {
    data: z.object({
      guarantee: id,
      issuer: z.string(),
      number: z.string(),
      amount: yuan,
      validUntil: day,
      sha256: hash,
      verified: z.boolean(),
    }),
    shown: ownThenOpened,
    says: { zh: '提交电子保函', en: 'Electronic guarantee lodged' },
    veiled: true,
  },
  'cover.written': {
    /** nothing happened: among such rows those that mean something are not to be counted */
    data: z.object({}),
    shown: {},
    says: { zh: '掩护记录（无内容）', en: 'Cover: an entry without content' },
    veiled: true,
  },
  'statement.taken': {
    /** `root` over `size` leaves: a salted one for each movement on a number, and as many of chance as it takes to tell nothing */
    data: z.object({ statement: id, account: id, size: z.number(), root: hash }),
    shown: everyone,
    says: { zh: '导入银行流水', en: 'Bank statement taken in' },
  },
  'securities.stated': {
    data: z.object({ asked: yuan, list: z.array(stated) }),
    shown: everyone,
    says: { zh: '投标保证金到账情况', en: 'How the bid securities stand' },
  },
  'refunds.ordered': {
    /** `sha256` over the payment order: it names payers of lots that are still sealed, and shows to the bank alone */
    data: z.object({ order: id, sha256: hash }),
    shown: { regulator: 'now', administrator: 'now' },
    says: { zh: '生成退款指令', en: 'Refunds ordered' },
  },
  'security.returned': {
    data: z.object({ list: z.array(z.object({ bidder: z.string(), amount: yuan, interest: yuan, paidOn: day, late: z.boolean() })) }),
    shown: { host: 'opened', regulator: 'opened', public: 'resulted' },
    says: { zh: '投标保证金已退还', en: 'Securities returned' },
  },
  'security.forfeited': {
    data: z.object({ bidder: z.string(), name: z.string(), ground: z.string(), reason: z.string(), amount: yuan, sha256: hash }),
    shown: { self: 'now', host: 'now', regulator: 'now', public: 'resulted' },
    says: { zh: '投标保证金不予退还', en: 'Bid security kept' },
  },
  'forfeiture.contested': {
    data: z.object({ bidder: z.string(), text: z.string() }),
    shown: { self: 'now', host: 'now', regulator: 'now', public: 'resulted' },
    says: { zh: '投标人对不予退还提出异议', en: 'A bidder objects to its security being kept' },
  },
  'forfeiture.answered': {
    data: z.object({ bidder: z.string(), upheld: z.boolean(), answer: z.string() }),
    shown: { self: 'now', host: 'now', regulator: 'now', public: 'resulted' },
    says: { zh: '答复对不予退还的异议', en: 'Objection to a kept security answered' },
  },
} as const satisfies Record<string, EventSpec>;
