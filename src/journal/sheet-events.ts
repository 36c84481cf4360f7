import { z } from 'zod';
import type { EventSpec, Shown } from './event-spec.ts';

const id = z.string();
const listed = z.object({ member: id, version: z.number(), sha256: z.string(), ephemeral: z.string(), proof: z.string() });
/** what its author signed (evaluation/sheet-change.ts) */
const changes = z.object({
  format: z.string(),
  lot: id,
  part: z.string(),
  member: id,
  verdicts: z.array(z.object({ bid: id, item: z.string(), pass: z.boolean(), reason: z.string() })),
  scores: z.array(z.object({ bid: id, criterion: z.string(), score: z.string(), reason: z.string() })),
  at: z.string(),
});
const everyone: Shown = { public: 'now' };
/** What a member gave is confidential while the evaluation goes on, and stays so but for those who answer for it. */
const afterTheReport: Shown = { self: 'now', regulator: 'reported', host: 'reported' };
/** A signature carries the member's certificate, and with it the name. */
const bearingNames: Shown = { self: 'now', panel: 'now', regulator: 'reported', public: 'resulted' };

/** Events of score sheets that stay sealed until all are in (protocol §17). */
export const sheetEvents = {
  // that a draft is kept for its author; its key is with the author alone
  'draft.kept': {
    data: z.object({ part: z.string(), member: id, sha256: z.string() }),
    shown: { self: 'now' },
    says: { zh: '保存加密的评审草稿', en: 'Encrypted draft of a sheet kept' },
  },
  'sheet.sealed': {
    data: listed.extend({ part: z.string(), bytes: z.number(), statement: z.unknown(), signature: z.string() }),
    shown: bearingNames,
    says: { zh: '递交密封的评审表', en: 'Sealed score sheet handed in' },
  },
  'sheets.complete': {
    data: z.object({ part: z.string(), round: z.number(), list: z.array(listed) }),
    shown: everyone,
    says: { zh: '评审表全部递交，申请共同开启', en: 'All score sheets are in: the council is asked to open them together' },
  },
  'sheets.combined': {
    data: z.object({ task: id, part: z.string(), round: z.number(), trustees: z.array(z.number()) }),
    shown: everyone,
    says: { zh: '评审表密钥份额已齐', en: 'Shares for the score sheets combined' },
  },
  'sheet.opened': {
    data: z.object({ part: z.string(), member: id, version: z.number(), sheet: z.unknown(), signature: z.string() }),
    shown: afterTheReport,
    says: { zh: '评审表开启', en: 'Score sheet opened' },
  },
  'sheet.flawed': {
    data: z.object({ part: z.string(), member: id, version: z.number(), reason: z.string() }),
    shown: { self: 'now', panel: 'now', regulator: 'now', host: 'reported', public: 'resulted' },
    says: { zh: '评审表无效', en: 'Score sheet void' },
  },
  // `all`: every sitting member's sheet of this envelope is open now
  'sheets.opened': {
    data: z.object({ part: z.string(), round: z.number(), opened: z.number(), flawed: z.number(), all: z.boolean() }),
    shown: everyone,
    says: { zh: '评审表共同开启', en: 'Score sheets opened together' },
  },
  'sheet.changed': {
    data: z.object({ part: z.string(), member: id, statement: changes, signature: z.string() }),
    shown: afterTheReport,
    says: { zh: '开启后更正评审表', en: 'Score sheet changed after the opening' },
  },
  'member.replaced': {
    data: z.object({ part: z.string(), member: id, ground: z.string() }),
    shown: { self: 'now', panel: 'now', regulator: 'now', host: 'now', public: 'resulted' },
    says: { zh: '更换评标委员会成员', en: 'Member of the panel replaced' },
  },
} as const satisfies Record<string, EventSpec>;
