import { judge, Refusal, type Trust } from '../../src/custody/judge.ts';
import {
  checkpointBody,
  type NoteSigner,
  noteKeyTypes,
  noteSigner,
  printVerifierKey,
  signCheckpoint,
} from '../../src/journal/checkpoint.ts';
import type { JournalEvent } from '../../src/journal/event.ts';
import { commit, inclusionProof, leafHash, nodesOver, rootOf } from '../../src/journal/merkle.ts';
import { cosign } from '../../src/journal/witness.ts';
import { base64url } from '../../src/kernel/bytes.ts';
import { type Instant, later } from '../../src/kernel/clock.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { TaskEvidence } from '../../src/openings/tasks.ts';
import { holdCeremony } from '../../src/sealing/ceremony.ts';
import { type DrawRequest, drawDigest } from '../../src/sealing/draw.ts';

/** A journal made by hand, signed and witnessed: what a platform may show to a custodian, honest or not. */
export const seed = (n: number): Uint8Array => new Uint8Array(32).fill(n);
export const platform = noteSigner('node.example/journal', seed(1));
export const witnesses = [2, 3, 4].map((n) => noteSigner(`witness-${n}`, seed(n), noteKeyTypes.cosignature));
export const deadline = '2026-12-13T01:30:00.000Z' as Instant;
export const lot = newId('2026-11-22T00:00:00.000Z' as Instant);
export const { council } = holdCeremony(newId(), '开标委员会', ['甲', '乙', '丙'], 2);
export const trust: Trust = { platform: printVerifierKey(platform), witnesses: witnesses.map(printVerifierKey), quorum: 2, council };

export const event = (type: string, at: string, data: unknown, party?: string): JournalEvent => ({
  type,
  at,
  subject: { lot, ...(party ? { party } : {}) },
  data,
});
/** A journal of these events, with a snapshot after `snapshotAt` of them and `bidding.closed` naming it. */
export function journalOf(
  before: readonly JournalEvent[],
  after: readonly JournalEvent[] = [],
  signers: readonly NoteSigner[] = witnesses,
  started: unknown = {},
) {
  const salts = new Map<number, Uint8Array>();
  const commitmentOf = (each: JournalEvent, index: number): Uint8Array => {
    const salt = crypto.getRandomValues(new Uint8Array(32));
    salts.set(index, salt);
    return leafHash(commit(each, salt).commitment);
  };
  const hashes = before.map(commitmentOf);
  const checkpoint = (leaves: readonly Uint8Array[]): string => {
    const body = { origin: platform.name, size: leaves.length, root: rootOf(leaves) };
    return signCheckpoint(body, platform) + signers.map((witness) => cosign(checkpointBody(body), 1_800_000_000, witness)).join('');
  };
  const snapshot = checkpoint(hashes);
  const closed = event('bidding.closed', deadline, { deadline, treeSize: hashes.length, root: base64url(rootOf(hashes)) });
  const all = [...before, closed, event('opening.started', deadline, started), ...after];
  for (const [index, each] of all.entries()) if (index >= before.length) hashes.push(commitmentOf(each, index));
  const read = nodesOver(hashes);
  const events = all.map((each, index) => ({
    index,
    event: { ...each },
    salt: base64url(salts.get(index) ?? seed(0)),
    proof: inclusionProof(index, hashes.length, read).map(base64url),
  }));
  return { events, snapshot, size: before.length, checkpoint: checkpoint(hashes) };
}

export type Journal = ReturnType<typeof journalOf>;
export const at = (journal: Journal, now: Instant = later(deadline, 1), answered: Record<string, string> = {}) => ({
  now,
  answered,
  snapshot: (size: number) => (size === journal.size ? journal.snapshot : undefined),
});

export function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
  return 'answered';
}

const bidders = ['91420500MA0030011Y', '914205817X0000028B', '91420100MA0030044C'] as const;
/** Bids that were received, one of each of three bidders. */
export const received = (submission: string, place: number): JournalEvent =>
  event(
    'bid.received',
    '2026-12-10T00:00:00.000Z',
    { statement: { id: submission }, envelopes: [{ part: 'whole', bytes: 1, sha256: 'x', ephemeral: 'x', proof: 'x' }] },
    bidders[place],
  );

/** A draw that the platform asked for, its evidence, and what a custodian says to it. */
export const drawAsked = (request: DrawRequest, purpose: string, more: Record<string, unknown> = {}): JournalEvent =>
  event('draw.requested', deadline, { request, digest: drawDigest(request), purpose, ...more });
export const drawEvidence = (of: Journal, request: DrawRequest): TaskEvidence => ({
  task: newId(),
  kind: 'draw',
  lot,
  council,
  checkpoint: of.checkpoint,
  events: of.events,
  opening: null,
  draw: { request },
  sheets: null,
});
export const saysToDraw = (of: Journal, request: DrawRequest, answered: Record<string, string> = {}): string =>
  refusal(() => judge(drawEvidence(of, request), trust, at(of, later(deadline, 1), answered)));
