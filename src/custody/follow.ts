import { type Checkpoint, checkpointBody, type NoteSigner, openCheckpoint, parseVerifierKey } from '../journal/checkpoint.ts';
import { consistencyProof, nodesForConsistency, verifyConsistency } from '../journal/merkle.ts';
import { nodesFromTiles, type Tile, tilePath, tilesFor } from '../journal/tiles.ts';
import { cosign } from '../journal/witness.ts';
import { base64url, fromBase64url } from '../kernel/bytes.ts';
import { Refusal } from './judge.ts';

/** The largest tree this witness has seen and vouched for. */
export interface Seen {
  readonly size: number;
  /** base64url */
  readonly root: string;
}

/** What a follower fetches from; a function so that it may come from anywhere (server, mirror, disk). */
export interface JournalSource {
  /** the checkpoint's text: newest, or of a size */
  checkpoint(size?: number): Promise<string>;
  tile(path: string): Promise<Uint8Array>;
}

/**
 * Follows the journal one step: fetches the newest checkpoint (or the one of `size`), checks the platform's signature and, from the tiles, that it extends what was
 * seen before. Answers what is seen now and the cosignature line, or null when there is nothing new. Throws `Refusal` on a journal that was rewritten.
 */
export async function followJournal(
  source: JournalSource,
  platform: string,
  seen: Seen,
  witness: NoteSigner,
  seconds: number,
  size?: number,
): Promise<{ readonly seen: Seen; readonly line: string } | null> {
  const checkpoint = await advance(source, platform, seen, size);
  if (checkpoint.size === seen.size) return null;
  return { seen: { size: checkpoint.size, root: base64url(checkpoint.root) }, line: cosign(checkpointBody(checkpoint), seconds, witness) };
}

/** The newest checkpoint (or the one of `size`), once it is shown to extend what was seen; the same size means the same tree. */
export async function advance(source: JournalSource, platform: string, seen: Seen, size?: number): Promise<Checkpoint> {
  const checkpoint = opened(await source.checkpoint(size), platform);
  if (size !== undefined && checkpoint.size !== size) throw new Refusal('other-size', `${size} asked, ${checkpoint.size} given`);
  if (checkpoint.size < seen.size) throw new Refusal('journal-shrank', `${seen.size} → ${checkpoint.size}`);
  if (checkpoint.size !== seen.size || base64url(checkpoint.root) !== seen.root) await checkExtends(source, seen, checkpoint);
  return checkpoint;
}

/**
 * Whether a checkpoint somebody hands over is one of the very tree this follower has seen: what witnesses cosigned elsewhere, in a fork of
 * the journal, is refused. The checkpoint must not be newer than what was seen.
 */
export async function inSeenTree(source: JournalSource, platform: string, seen: Seen, text: string): Promise<Checkpoint> {
  const checkpoint = opened(text, platform);
  if (checkpoint.size > seen.size) throw new Refusal('not-followed-yet', `${checkpoint.size} of ${seen.size}`);
  if (checkpoint.size === seen.size) {
    if (base64url(checkpoint.root) !== seen.root) throw new Refusal('journal-forked', String(seen.size));
    return checkpoint;
  }
  await checkExtends(source, { size: checkpoint.size, root: base64url(checkpoint.root) }, seenTree(seen), 'journal-forked');
  return checkpoint;
}

function seenTree({ size, root }: Seen): { readonly size: number; readonly root: Uint8Array } {
  return { size, root: fromBase64url(root) ?? new Uint8Array(0) };
}

function opened(text: string, platform: string): Checkpoint {
  const key = parseVerifierKey(platform);
  if (!key) throw new Refusal('no-platform-key', platform);
  const read = openCheckpoint(text, key);
  if (typeof read === 'string') throw new Refusal('checkpoint', read);
  return read.checkpoint;
}

async function checkExtends(
  source: JournalSource,
  seen: Seen,
  to: { readonly size: number; readonly root: Uint8Array },
  reason = 'journal-rewritten',
): Promise<void> {
  if (seen.size === 0) return;
  const old = fromBase64url(seen.root);
  const tiles = new Map<string, Uint8Array>();
  for (const tile of tilesFor(nodesForConsistency(seen.size, to.size), to.size))
    tiles.set(tilePath(tile), await source.tile(tilePath(tile)));
  const read = nodesFromTiles(to.size, (tile: Tile) => tiles.get(tilePath(tile)) ?? new Uint8Array(0));
  const proof = consistencyProof(seen.size, to.size, read);
  if (!old || !verifyConsistency(seen.size, to.size, old, to.root, proof)) throw new Refusal(reason, `${seen.size} → ${to.size}`);
}
