import { z } from 'zod';
import { canonicalBytes } from '../kernel/bytes.ts';
import { type Fen, fen, parseYuan, yuan, zeroFen } from '../kernel/money.ts';
import { bytesShape, codeShape, idShape, instantShape } from '../sealing/shapes.ts';

/**
 * What both sides of a contract sign: the contract itself, and each change of it. Drafted from the award by the platform, signed by both over the very
 * same bytes, kept by the journal, held against the award by a verifier. Pure.
 */
const partyShape = z.strictObject({ code: codeShape, name: z.string() });
const amountShape = z.string().regex(/^(0|[1-9]\d{0,15})\.\d{2}$/);
const dayShape = z.iso.date();

/** A part of the performance that is accepted and paid by itself. */
export const milestoneShape = z.strictObject({ title: z.string(), dueOn: dayShape, amount: amountShape });
export type Milestone = z.infer<typeof milestoneShape>;

export const contractShape = z.strictObject({
  format: z.literal('yangguang/contract/v1'),
  lot: idShape,
  /** the contract's own number */
  number: z.string(),
  /** the bid that was awarded */
  submission: idShape,
  tenderee: partyShape,
  contractor: partyShape,
  subject: z.string(),
  price: amountShape,
  /** what was read out of the bid, by the keys of its form: the contract may not say otherwise */
  figures: z.record(z.string(), z.string()),
  startsOn: dayShape,
  endsOn: dayShape,
  /** performance security: how much and in which form; null: none is asked */
  guarantee: z.string().nullable(),
  milestones: z.array(milestoneShape).min(1),
  /** within how many days after its acceptance a milestone is paid */
  paymentDays: z.int().min(0),
  clauses: z.string(),
});
export type ContractDeed = z.infer<typeof contractShape>;

export const changeShape = z.strictObject({
  format: z.literal('yangguang/contract-change/v1'),
  lot: idShape,
  /** 1, 2, … */
  change: z.int().min(1),
  /** digest of the contract that is changed */
  contract: bytesShape(32),
  ground: z.string(),
  /** the price before and after */
  was: amountShape,
  price: amountShape,
  endsOn: dayShape,
  /** the whole plan as it stands with this change */
  milestones: z.array(milestoneShape).min(1),
});
export type ChangeDeed = z.infer<typeof changeShape>;

export const deedShape = z.discriminatedUnion('format', [contractShape, changeShape]);
export type DeedText = z.infer<typeof deedShape>;

/** What the tenderee signs when it accepts a milestone, or does not. */
export const acceptanceShape = z.strictObject({
  format: z.literal('yangguang/acceptance/v1'),
  lot: idShape,
  /** digest of the contract */
  contract: bytesShape(32),
  /** which milestone, counted from 1 */
  milestone: z.int().min(1),
  passed: z.boolean(),
  opinion: z.string(),
  /** who inspected, by name and unit */
  people: z.string(),
  at: instantShape,
});
export type Acceptance = z.infer<typeof acceptanceShape>;

/** The bytes that are signed (detached CMS, protocol §4). */
export const deedBytes = (text: DeedText | Acceptance): Uint8Array => canonicalBytes(text);

export const amountOf = (text: string): Fen => parseYuan(text) ?? zeroFen;
export const totalOf = (milestones: readonly { readonly amount: string }[]): Fen =>
  fen(milestones.reduce((sum, { amount }) => sum + amountOf(amount), 0n));
export const inYuan = (amount: bigint): string => yuan(fen(amount));

/** A contract has two sides. */
export type Side = 'tenderee' | 'contractor';
