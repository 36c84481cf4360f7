import { defineEntity, p } from '@mikro-orm/postgresql';
import { bytes, instant } from '../kernel/columns.ts';

/**
 * The journal's tables. Acts write `journal_event` rows inside their own transaction (journal lock last, so `position` is commit order);
 * only the sequencer writes leaves, hashes and checkpoints. The base migration makes all of them refuse UPDATE, DELETE and TRUNCATE.
 */
const EventRowSchema = defineEntity({
  name: 'EventRow',
  tableName: 'journal_event',
  properties: {
    position: p.bigint().primary().autoincrement(),
    id: p.uuid().unique(),
    type: p.string().length(64).index(),
    at: instant(),
    lot: p.uuid().nullable(),
    party: p.string().length(32).nullable(),
    actor: p.uuid().nullable(),
    /** the exact text that was hashed: JCS of the event */
    body: p.text(),
    salt: bytes(),
    commitment: bytes(),
    address: p.string().length(64).nullable(),
    /** of a veiled row: where it is found with the key (veil.ts) */
    veil: p.string().length(43).nullable().unique(),
  },
  indexes: [{ name: 'journal_event_lot', properties: ['lot', 'position'] }],
});
export class EventRow extends EventRowSchema.class {}
EventRowSchema.setClass(EventRow);

const LeafRowSchema = defineEntity({
  name: 'LeafRow',
  tableName: 'journal_leaf',
  properties: {
    index: p.bigint().primary(),
    event: p.uuid().unique(),
    position: p.bigint().unique(),
    commitment: bytes(),
  },
});
export class LeafRow extends LeafRowSchema.class {}
LeafRowSchema.setClass(LeafRow);

/** Hashes of complete subtrees of 2^level leaves: `number` counts them from the left. */
const NodeHashSchema = defineEntity({
  name: 'NodeHash',
  tableName: 'journal_node',
  properties: { level: p.integer().primary(), number: p.bigint().primary(), hash: bytes() },
});
export class NodeHash extends NodeHashSchema.class {}
NodeHashSchema.setClass(NodeHash);

const CheckpointRowSchema = defineEntity({
  name: 'CheckpointRow',
  tableName: 'journal_checkpoint',
  properties: { size: p.bigint().primary(), root: bytes(), text: p.text(), issuedAt: instant() },
});
export class CheckpointRow extends CheckpointRowSchema.class {}
CheckpointRowSchema.setClass(CheckpointRow);

const CosignatureRowSchema = defineEntity({
  name: 'CosignatureRow',
  tableName: 'journal_cosignature',
  properties: { size: p.bigint().primary(), witness: p.string().length(128).primary(), line: p.text(), at: instant() },
  indexes: [{ name: 'journal_cosignature_witness', properties: ['witness', 'size'] }],
});
export class CosignatureRow extends CosignatureRowSchema.class {}
CosignatureRowSchema.setClass(CosignatureRow);

/** A witness whose cosignatures this node takes: its verifier key (C2SP), introduced by an event. A removed one stays, for what it cosigned. */
const WitnessRowSchema = defineEntity({
  name: 'WitnessRow',
  tableName: 'journal_witness',
  properties: {
    name: p.string().length(128).primary(),
    vkey: p.string().length(300),
    /** registered by itself and not with a council: it holds no share, and no opening waits for it */
    independent: p.boolean().default(false),
    since: instant().nullable(),
    removedAt: instant().nullable(),
  },
});
export class WitnessRow extends WitnessRowSchema.class {}
WitnessRowSchema.setClass(WitnessRow);

/** An independent probe of the intake, introduced by an event. A removed one stays: notices that name it still count on it. */
const ProbeRowSchema = defineEntity({
  name: 'ProbeRow',
  tableName: 'probe',
  properties: {
    name: p.string().length(128).primary(),
    vkey: p.string().length(300),
    institution: p.string().length(100),
    since: instant(),
    removedAt: instant().nullable(),
    /** it has stated every minute it will ever state before this one */
    until: instant().nullable(),
  },
});
export class ProbeRow extends ProbeRowSchema.class {}
ProbeRowSchema.setClass(ProbeRow);

/** What probes stated, beside its events: for the rule, and for the page. */
const ProbeReportSchema = defineEntity({
  name: 'ProbeReport',
  tableName: 'probe_report',
  properties: {
    id: p.bigint().primary().autoincrement(),
    probe: p.string().length(128),
    number: p.integer(),
    digest: p.string().length(43),
    from: instant(),
    until: instant().index(),
    states: p.string().length(240),
    /** minutes down among them */
    down: p.integer(),
    contradicts: p.boolean(),
    slowest: p.integer().nullable(),
    at: instant(),
  },
  uniques: [{ name: 'probe_report_once', properties: ['probe', 'digest'] }],
  indexes: [{ name: 'probe_report_until', properties: ['probe', 'until'] }],
});
export class ProbeReport extends ProbeReportSchema.class {}
ProbeReportSchema.setClass(ProbeReport);

/** The keys that have signed this journal's checkpoints (C2SP verifier keys), written by the sequencer that holds the secret half. */
const JournalKeySchema = defineEntity({
  name: 'JournalKey',
  tableName: 'journal_key',
  properties: { vkey: p.string().length(300).primary(), since: instant() },
});
export class JournalKey extends JournalKeySchema.class {}
JournalKeySchema.setClass(JournalKey);

/** How far each reader of the journal (papers, mail, …) has read. */
const ReaderCursorSchema = defineEntity({
  name: 'ReaderCursor',
  tableName: 'journal_reader',
  properties: { name: p.string().length(64).primary(), next: p.bigint() },
});
export class ReaderCursor extends ReaderCursorSchema.class {}
ReaderCursorSchema.setClass(ReaderCursor);

/** Limits refused acts to one journal entry per actor, lot, problem and minute; `mark` stands for the three, so that the table does not tell who was refused what. */
const RefusalNoteSchema = defineEntity({
  name: 'RefusalNote',
  tableName: 'refusal_note',
  properties: {
    mark: p.string().length(43).primary(),
    minute: instant().primary(),
  },
});
export class RefusalNote extends RefusalNoteSchema.class {}
RefusalNoteSchema.setClass(RefusalNote);

export const journalEntities = [
  EventRow,
  LeafRow,
  NodeHash,
  CheckpointRow,
  CosignatureRow,
  WitnessRow,
  ProbeRow,
  ProbeReport,
  JournalKey,
  ReaderCursor,
  RefusalNote,
];
