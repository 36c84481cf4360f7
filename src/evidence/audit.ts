import { type Checkpoint, type Note, type NoteVerifier, openCheckpoint, parseNote, parseVerifierKey } from '../journal/checkpoint.ts';
import { append, type CompactTree, commit, compactRoot, emptyTree, type Hash, leafHash, sameBytes } from '../journal/merkle.ts';
import { receiptSchema } from '../journal/receipt.ts';
import { cosignedAt } from '../journal/witness.ts';
import { fromBase64url } from '../kernel/bytes.ts';
import { instantOf } from '../kernel/clock.ts';
import { bidsDiffering } from './audit-bids.ts';
import { timesThatCannotBe } from './audit-times.ts';
import { type EventCopy, type Finding, finding, type JournalCopy } from './journal-copy.ts';

/** What an independent reader establishes about a journal, and how far others vouch for what it read. */
export interface Audit {
  readonly size: number;
  readonly findings: readonly Finding[];
  /** the largest tree each witness cosigned, among the checkpoints whose root was recomputed */
  readonly vouched: readonly { readonly witness: string; readonly size: number; readonly at: string }[];
  /** veiled rows, read without the key: a row that was changed to look like one of them is among these, so their number is told */
  readonly unread: number;
  /** events that wait for their number (committed since the last pass of the sequencer) */
  readonly waiting: number;
}

/** A cosignature whose checkpoint belongs to the recomputed tree. */
export interface Cosigned {
  readonly witness: string;
  readonly size: number;
  readonly seconds: number;
}

/**
 * Recomputes the whole journal from its leaves up, compares what is stored, signed, cosigned and held by others with it, and each row with its leaf.
 * Believes no stored hash. Finds everything there is to find, not only the first.
 */
export function audit(copy: JournalCopy): Audit {
  const keys = copy.platformKeys.flatMap((vkey) => parseVerifierKey(vkey) ?? []);
  const { roots, size, findings } = regrow(copy);
  const signed = copy.checkpoints.map((checkpoint) => judgeCheckpoint(checkpoint.text, keys, roots, checkpoint.root));
  const held = copy.held.map((text) => judgeHeld(text, keys, roots, size));
  const cosigned = cosignatures(copy, signed);
  const rows = copy.events === null ? { findings: [], waiting: 0 } : judgeRows(copy, copy.events);
  const unread = copy.events?.filter((event) => event.unread).length ?? 0;
  return {
    size,
    unread,
    waiting: rows.waiting,
    findings: [
      ...findings,
      ...rows.findings,
      ...signed.flatMap((each) => each.finding ?? []),
      ...held.flatMap((each) => each ?? []),
      ...(copy.events === null ? [] : timesThatCannotBe(copy, copy.events, cosigned)),
      ...(copy.events === null ? [] : bidsDiffering(copy.bids, copy.events)),
    ],
    vouched: newestOfEach(cosigned),
  };
}

/** A receipt against the tree that was read: the very event, at its number. Its own checkpoint goes among `held`. */
export function auditReceipt(receipt: unknown, copy: JournalCopy): Finding[] {
  const read = receiptSchema.safeParse(receipt);
  if (!read.success) return [finding('lost-receipt', 'unreadable')];
  const { index, event, salt } = read.data;
  const bytes = fromBase64url(salt);
  const leaf = copy.leaves.find((each) => each.index === index);
  const same = bytes?.length === 32 && leaf !== undefined && sameBytes(leaf.commitment, commit(event, bytes).commitment);
  return same ? [] : [finding('lost-receipt', event.type, index)];
}

/** The root at each size that somebody signed or holds, from the leaves alone; and which stored hashes disagree. */
function regrow(copy: JournalCopy): { roots: ReadonlyMap<number, Hash>; size: number; findings: Finding[] } {
  const wanted = new Set([...copy.checkpoints.map(({ size }) => size), ...copy.held.map((text) => Number(text.split('\n')[1]))]);
  const nodes = new Map(copy.nodes.map(({ level, index, hash }) => [`${level}/${index}`, hash]));
  const roots = new Map<number, Hash>();
  const findings: Finding[] = [];
  let tree: CompactTree = emptyTree;
  let position = -1;
  for (const leaf of copy.leaves) {
    if (leaf.index !== tree.size) {
      findings.push(finding('dropped-leaf', `${tree.size} … ${leaf.index - 1}`, tree.size));
      break;
    }
    if (leaf.position <= position) findings.push(finding('disorder', leaf.event, leaf.index));
    position = leaf.position;
    const grown = append(tree, leafHash(leaf.commitment));
    for (const { level, index, hash } of grown.completed) {
      const stored = nodes.get(`${level}/${index}`);
      // tiles hold every eighth level only
      const wrong = stored === undefined ? copy.events !== null : !sameBytes(stored, hash);
      if (wrong) findings.push(finding('wrong-node', `${level}/${index}`, leaf.index));
    }
    tree = grown.tree;
    if (wanted.has(tree.size)) roots.set(tree.size, compactRoot(tree));
  }
  return { roots, size: tree.size, findings };
}

function opened(text: string, keys: readonly NoteVerifier[]): { note: Note; checkpoint: Checkpoint } | undefined {
  for (const key of keys) {
    const read = openCheckpoint(text, key);
    if (typeof read !== 'string') return read;
  }
  return undefined;
}

interface Judged {
  readonly finding?: Finding;
  readonly size?: number;
}

function judgeCheckpoint(text: string, keys: readonly NoteVerifier[], roots: ReadonlyMap<number, Hash>, stored: Uint8Array): Judged {
  const read = opened(text, keys);
  if (!read) return { finding: finding('unsigned-checkpoint', text.split('\n')[1] ?? '') };
  const { size, root } = read.checkpoint;
  const own = roots.get(size);
  const same = own !== undefined && sameBytes(own, root) && sameBytes(stored, root);
  return same ? { size } : { finding: finding('rewritten-tree', String(size)) };
}

/** What somebody else was given, under the platform's own signature. */
function judgeHeld(text: string, keys: readonly NoteVerifier[], roots: ReadonlyMap<number, Hash>, size: number): Finding | undefined {
  const read = opened(text, keys);
  // a stranger's text accuses nobody
  if (!read) return undefined;
  if (read.checkpoint.size > size) return finding('shrunk-log', String(read.checkpoint.size));
  const own = roots.get(read.checkpoint.size);
  return own !== undefined && sameBytes(own, read.checkpoint.root) ? undefined : finding('forked-log', String(read.checkpoint.size));
}

function cosignatures({ checkpoints, witnessKeys }: JournalCopy, signed: readonly Judged[]): Cosigned[] {
  const keys = witnessKeys.flatMap((vkey) => parseVerifierKey(vkey) ?? []);
  return checkpoints.flatMap(({ text, cosignatures: lines }, at) => {
    const size = signed[at]?.size;
    const note = size === undefined ? undefined : parseNote(text + lines.join(''));
    if (size === undefined || !note) return [];
    return keys.flatMap((key) => {
      const seconds = cosignedAt(note, key);
      return seconds === undefined ? [] : [{ witness: key.name, size, seconds }];
    });
  });
}

function newestOfEach(cosigned: readonly Cosigned[]): Audit['vouched'] {
  const newest = new Map<string, Cosigned>();
  for (const each of cosigned) if (each.size > (newest.get(each.witness)?.size ?? -1)) newest.set(each.witness, each);
  return [...newest.values()].map(({ witness, size, seconds }) => ({ witness, size, at: instantOf(new Date(seconds * 1000)) }));
}

/** Each row against its leaf, each leaf against its row. */
function judgeRows({ leaves }: JournalCopy, events: readonly EventCopy[]): { findings: Finding[]; waiting: number } {
  const rows = new Map(events.map((event) => [event.id, event]));
  const numbered = new Set(leaves.map(({ event }) => event));
  const last = leaves.at(-1)?.position ?? 0;
  const findings: Finding[] = [];
  for (const leaf of leaves) {
    const row = rows.get(leaf.event);
    if (!row) findings.push(finding('dropped-row', leaf.event, leaf.index));
    else if (!sameBytes(leaf.commitment, row.commitment) || (!row.unread && !holds(row)))
      findings.push(finding('rewritten-row', row.id, leaf.index));
    else if (!row.unread && !saysTheSame(row)) findings.push(finding('changed-column', row.id, leaf.index));
  }
  const unnumbered = events.filter(({ id }) => !numbered.has(id));
  const slipped = unnumbered.filter(({ position }) => position < last);
  return {
    findings: [...findings, ...slipped.map(({ id }) => finding('slipped-in', id))],
    waiting: unnumbered.length - slipped.length,
  };
}

/** Whether the text that stands there now is the one that was hashed. */
function holds({ body, salt, commitment }: EventCopy): boolean {
  try {
    const made = commit(JSON.parse(body), salt);
    return made.body === body && sameBytes(made.commitment, commitment);
  } catch (error) {
    // no JSON, or a salt of another length: not what was hashed
    if (error instanceof SyntaxError || error instanceof RangeError) return false;
    throw error;
  }
}

function saysTheSame({ body, type, at, lot, party }: EventCopy): boolean {
  const event = JSON.parse(body) as { type: string; at: string; subject: Record<string, string> };
  return event.type === type && event.at === at && (event.subject.lot ?? null) === lot && (event.subject.party ?? null) === party;
}
