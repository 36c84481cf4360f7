import { describe, expect, it } from '@jest/globals';
import { audit, auditReceipt } from '../../src/evidence/audit.ts';
import { forgivenSeconds } from '../../src/evidence/audit-times.ts';
import type { JournalCopy } from '../../src/evidence/journal-copy.ts';
import { checkpointBody, noteKeyTypes, noteSigner, printVerifierKey, signCheckpoint } from '../../src/journal/checkpoint.ts';
import { append, commit, compactRoot, emptyTree, inclusionProof, leafHash, nodesOver } from '../../src/journal/merkle.ts';
import { makeReceipt } from '../../src/journal/receipt.ts';
import { cosign } from '../../src/journal/witness.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';

const seed = (n: number): Uint8Array => new Uint8Array(32).fill(n);
const platform = noteSigner('node.example/journal', seed(1));
const witness = noteSigner('regulator.example', seed(2), noteKeyTypes.cosignature);
const noon = '2026-06-01T04:00:00.000Z' as Instant;
const seconds = (at: string): number => Date.parse(at) / 1000;

interface Written {
  readonly at: string;
  /** when the witness cosigned the tree that ends with this event */
  readonly cosignedAt?: string;
}

/** A journal as it would be read, one checkpoint an event. */
function journalOf(events: readonly Written[]): JournalCopy {
  const copy = { leaves: [] as JournalCopy['leaves'][number][], events: [] as NonNullable<JournalCopy['events']>[number][] };
  const nodes: JournalCopy['nodes'][number][] = [];
  const checkpoints: JournalCopy['checkpoints'][number][] = [];
  let tree = emptyTree;
  for (const [index, { at, cosignedAt }] of events.entries()) {
    const salt = seed(index);
    const { body, commitment } = commit({ type: 'session.closed', at, subject: {}, data: {} }, salt);
    copy.events.push({
      position: index + 1,
      id: `event-${index}`,
      type: 'session.closed',
      at,
      lot: null,
      party: null,
      body,
      salt,
      commitment,
      unread: false,
    });
    copy.leaves.push({ index, event: `event-${index}`, position: index + 1, commitment });
    const grown = append(tree, leafHash(commitment));
    nodes.push(...grown.completed);
    tree = grown.tree;
    const checkpoint = { origin: platform.name, size: tree.size, root: compactRoot(tree) };
    const cosignatures = cosignedAt ? [cosign(checkpointBody(checkpoint), seconds(cosignedAt), witness)] : [];
    checkpoints.push({ size: tree.size, root: checkpoint.root, text: signCheckpoint(checkpoint, platform), cosignatures });
  }
  const keys = { platformKeys: [printVerifierKey(platform)], witnessKeys: [printVerifierKey(witness)] };
  return { ...copy, ...keys, nodes, checkpoints, sandbox: false, held: [], bids: [] };
}

const kinds = (copy: JournalCopy): string[] => audit(copy).findings.map(({ kind }) => kind);

describe('A veiled row', () => {
  it('read without its key is counted as unread, held against its leaf and its time, and no further', () => {
    const journal = journalOf([{ at: noon }, { at: noon }]);
    const veiled = (change: object): JournalCopy => ({
      ...journal,
      events: (journal.events ?? []).map((event, at) => (at === 1 ? { ...event, body: 'sealed', unread: true, ...change } : event)),
    });
    expect(audit(veiled({}))).toMatchObject({ findings: [], unread: 1 });
    expect(kinds(veiled({ commitment: seed(9) }))).toEqual(['rewritten-row']);
    expect(kinds(veiled({ at: later(noon, -forgivenSeconds * 1000 - 1) }))).toEqual(['backdated-event']);
    expect(kinds(veiled({ unread: false }))).toContain('rewritten-row');
  });
});

describe('The time an event claims', () => {
  const bound = forgivenSeconds * 1000;
  it('may lie as far before a cosignature of a tree without it as is forgiven, and no millisecond further', () => {
    const cosignedAt = later(noon, 3_600_000);
    const journal = (at: string): JournalCopy => journalOf([{ at: noon, cosignedAt }, { at }]);
    expect(kinds(journal(later(cosignedAt, -bound)))).toEqual([]);
    expect(kinds(journal(later(cosignedAt, -bound - 1)))).toEqual(['backdated-event']);
  });
  it('may lie as far after a cosignature of a tree with it as is forgiven, and no millisecond further', () => {
    const cosignedAt = later(noon, 1000);
    expect(kinds(journalOf([{ at: later(cosignedAt, bound), cosignedAt }]))).toEqual([]);
    expect(kinds(journalOf([{ at: later(cosignedAt, bound + 1), cosignedAt }]))).toEqual(['postdated-event']);
  });
  it('may lie as far before that of an event numbered earlier as is forgiven, and no millisecond further, with or without a witness', () => {
    expect(kinds(journalOf([{ at: noon }, { at: later(noon, -bound) }]))).toEqual([]);
    expect(kinds(journalOf([{ at: noon }, { at: later(noon, -bound - 1) }]))).toEqual(['backdated-event']);
  });
  it('in a pause in which nobody cosigned nothing shows: that much remains', () => {
    const cosignedAt = later(noon, 1000);
    const hourLater = later(noon, 3_600_000);
    // it happened an hour later, says so much earlier, and the next cosignature comes after it
    expect(
      kinds(
        journalOf([
          { at: noon, cosignedAt },
          { at: later(noon, 2000), cosignedAt: hourLater },
        ]),
      ),
    ).toEqual([]);
  });
  it('is compared among the events alone where the clock is a sandbox’s', () => {
    const copy = { ...journalOf([{ at: later(noon, 86_400_000), cosignedAt: noon }]), sandbox: true };
    expect(kinds(copy)).toEqual([]);
  });
});

describe('A forked log', () => {
  const mine = journalOf([{ at: noon }, { at: later(noon, 1000) }, { at: later(noon, 2000) }]);
  const other = journalOf([{ at: noon }, { at: later(noon, 1001) }, { at: later(noon, 2000) }]);
  const text = (copy: JournalCopy, size: number): string => copy.checkpoints[size - 1]?.text ?? '';
  it('is found by whoever holds a checkpoint of the other branch, and not by its common trunk', () => {
    expect(kinds(other)).toEqual([]);
    expect(kinds({ ...other, held: [text(mine, 1)] })).toEqual([]);
    expect(kinds({ ...other, held: [text(mine, 2)] })).toEqual(['forked-log']);
    expect(kinds({ ...other, held: [text(mine, 3)] })).toEqual(['forked-log']);
  });
  it('is found by the bidder whose receipt is of the other branch', () => {
    const event = mine.events?.[1];
    if (!event) throw new Error('no event');
    const proof = inclusionProof(1, 3, nodesOver(mine.leaves.map(({ commitment }) => leafHash(commitment))));
    const receipt = makeReceipt(JSON.parse(event.body) as never, event.salt, 1, proof, text(mine, 3));
    expect(auditReceipt(receipt, mine)).toEqual([]);
    expect(auditReceipt(receipt, other)).toEqual([{ kind: 'lost-receipt', index: 1, where: 'session.closed' }]);
  });
  it('a checkpoint of somebody else accuses nobody', () => {
    const stranger = signCheckpoint({ origin: 'else.example', size: 2, root: seed(7) }, noteSigner('else.example', seed(9)));
    expect(kinds({ ...mine, held: [stranger] })).toEqual([]);
  });
  it('what the witness vouches for is said, and a cosignature of another tree is none', () => {
    const vouched = journalOf([{ at: noon, cosignedAt: later(noon, 1000) }, { at: noon }]);
    expect(audit(vouched).vouched).toEqual([{ witness: 'regulator.example', size: 1, at: later(noon, 1000) }]);
    const moved = {
      ...vouched,
      checkpoints: vouched.checkpoints.map((each, at) => ({
        ...each,
        cosignatures: at === 1 ? (vouched.checkpoints[0]?.cosignatures ?? []) : [],
      })),
    };
    expect(audit(moved).vouched).toEqual([]);
  });
});
