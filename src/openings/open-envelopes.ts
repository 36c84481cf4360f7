import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import type { EntityManager } from '@mikro-orm/postgresql';
import { bidShape, flawOf } from '../bids/bid.ts';
import { Envelope, Submission } from '../bids/schema.ts';
import { perform } from '../kernel/act.ts';
import { theSystem } from '../kernel/actor.ts';
import { base64url } from '../kernel/bytes.ts';
import { chore } from '../kernel/clockwork.ts';
import type { FileStore, StoredFile } from '../kernel/files.ts';
import { Problem } from '../kernel/problem.ts';
import { theAuthority } from '../parties/authority.ts';
import type { Council } from '../sealing/council.ts';
import { decryptFile } from '../sealing/decrypt-node.ts';
import { sha256OfStream } from '../sealing/digest.ts';
import { type EnvelopeContext, unwrapFileKey } from '../sealing/envelope.ts';
import { fileSource } from '../sealing/package-node.ts';
import { verifyPackage } from '../sealing/package-reader.ts';
import type { Part } from '../sealing/shapes.ts';
import { termsOf } from '../tenders/lot.ts';
import { Lot } from '../tenders/schema.ts';
import { openBid } from './open-bid.ts';
import { alreadyOpened } from './problems.ts';
import { CouncilRow, CouncilTask, OpeningItem } from './schema.ts';

interface Found {
  readonly item: string;
  readonly lot: string;
}

type Outcome =
  | { valid: true; bid: Record<string, unknown>; packageKey: string; packageSha256: string; signer: string }
  | { valid: false; reason: string; attributedTo: 'bidder' | 'platform' };

/**
 * Decrypts and checks each envelope of a combined opening, by itself: a bid that fails never holds the others. Whose fault a failure is follows
 * from evidence: bytes that are not those of the receipt are the platform's, everything behind a correct digest is the bidder's (S is proven).
 */
export const openEnvelopes = chore<Found>({
  name: 'open-envelopes',
  key: ({ item }) => item,
  async find(em) {
    return em.execute<Found[]>(
      `select i.id as item, i.lot from opening_item i join council_task t on t.lot = i.lot and t.kind = 'opening' and t.question ->> 'part' = i.part
       where i.state = 'sealed' and t.combined_at is not null order by i.id limit 20`,
    );
  },
  async work({ item, lot }, { frame, files }) {
    const outcome = await openOne(frame.fork(), files, item);
    try {
      await perform(frame, openBid, theSystem, { lot, item, outcome });
    } catch (error) {
      if (outcome.valid) await files.remove(outcome.packageKey);
      // another worker was faster
      if (!(error instanceof Problem && error.problem === alreadyOpened().problem)) throw error;
    }
  },
});

async function openOne(em: EntityManager, files: FileStore, id: string): Promise<Outcome> {
  const item = await em.findOneOrFail(OpeningItem, { id });
  const lot = await em.findOneOrFail(Lot, { id: item.lot });
  const envelope = await em.findOneOrFail(Envelope, { submission: item.submission, part: item.part });
  const { fileKey } = envelope;
  if (!fileKey) throw new Error(`envelope ${envelope.id} is being opened without its bytes`);
  const submission = await em.findOneOrFail(Submission, { id: item.submission });
  const task = await em.findOneOrFail(CouncilTask, { lot: lot.id, kind: 'opening' });
  const council = (await em.findOneOrFail(CouncilRow, { id: task.council })).body as Council;
  const context: EnvelopeContext = { lot: lot.id, part: item.part as Part, bidder: item.bidder };
  const shared = sharedPoint(task, item.submission);
  if (!(await intact(files, { fileKey, sha256: envelope.sha256 })))
    return { valid: false, reason: 'stored-bytes-differ', attributedTo: 'platform' };
  const key = unwrapFileKey(council, context, envelope, shared);
  if (!key.ok) return { valid: false, reason: key.reason, attributedTo: 'bidder' };
  const stored = await decrypt(files, fileKey, key.fileKey);
  if (stored === null) return { valid: false, reason: 'envelope-altered', attributedTo: 'bidder' };
  const outcome = await check(files, stored, context, { lot, receivedAt: submission.receivedAt });
  if (!outcome.valid) await files.remove(stored.key);
  return outcome;
}

function sharedPoint(task: CouncilTask, submission: string): string {
  const { items } = task.question as { items: readonly { submission: string }[] };
  const point = (task.combined as string[] | null)?.[items.findIndex((each) => each.submission === submission)];
  if (point === undefined) throw new Error(`task ${task.id} has no point for ${submission}`);
  return point;
}

/** Are the stored bytes still those the bidder got a receipt for? */
async function intact(files: FileStore, envelope: { readonly fileKey: string; readonly sha256: string }): Promise<boolean> {
  const { sha256 } = await sha256OfStream(Readable.toWeb(files.read(envelope.fileKey)) as unknown as ReadableStream<Uint8Array>);
  return base64url(sha256) === envelope.sha256;
}

/** The package in the file store, or null when a byte of the envelope's payload is not as its key demands. */
async function decrypt(files: FileStore, fileKey: string, key: Uint8Array): Promise<StoredFile | null> {
  const plain = decryptFile(await files.localPath(fileKey), key) as unknown as NodeStream<Uint8Array>;
  try {
    return await files.put(Readable.fromWeb(plain));
  } catch (error) {
    if (error instanceof Problem && error.problem === 'envelope-altered') return null;
    throw error;
  }
}

async function check(
  files: FileStore,
  stored: StoredFile,
  context: EnvelopeContext,
  { lot, receivedAt }: { lot: Lot; receivedAt: Submission['receivedAt'] },
): Promise<Outcome> {
  const source = await fileSource(await files.localPath(stored.key));
  try {
    const verdict = await verifyPackage(source, context, { anchors: [theAuthority().root], at: receivedAt });
    if (!verdict.ok) return { valid: false, reason: verdict.reason, attributedTo: 'bidder' };
    const flaw = flawOf(verdict.bid, { id: lot.id, form: termsOf(lot).bidForm }, context.bidder);
    if (flaw) return { valid: false, reason: `bid-${flaw}`, attributedTo: 'bidder' };
    const bid = { ...bidShape.parse(verdict.bid) };
    return { valid: true, bid, packageKey: stored.key, packageSha256: stored.sha256, signer: verdict.signer.serial };
  } finally {
    await source.close();
  }
}
