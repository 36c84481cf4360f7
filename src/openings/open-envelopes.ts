import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { bidShape, flawOf } from '../bids/bid.ts';
import { Envelope, Submission } from '../bids/schema.ts';
import { type Frame, perform } from '../kernel/act.ts';
import { theSystem } from '../kernel/actor.ts';
import { base64url, canonical, fromBase64url } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { chore } from '../kernel/clockwork.ts';
import type { FileStore, StoredFile } from '../kernel/files.ts';
import { Problem } from '../kernel/problem.ts';
import { trustAt } from '../parties/authority-reads.ts';
import type { Trust } from '../sealing/certificate.ts';
import type { Council } from '../sealing/council.ts';
import { decryptFile, readHeaderOfFile } from '../sealing/decrypt-node.ts';
import { type EnvelopeContext, unwrapFileKey } from '../sealing/envelope.ts';
import { sha256OfFile } from '../sealing/file-node.ts';
import { checkPackage, type MemberSigner } from '../sealing/package-node.ts';
import { checkPackageApart } from '../sealing/package-pool-node.ts';
import type { Part } from '../sealing/shapes.ts';
import type { InnerSeal } from '../sealing/statement.ts';
import { termsOf } from '../tenders/lot.ts';
import { Lot } from '../tenders/schema.ts';
import { awaitCopy } from './await-copy.ts';
import { openBid } from './open-bid.ts';
import { alreadyOpened, copyTooLate } from './problems.ts';
import { storedBytesDiffer } from './remedy.ts';
import { CouncilRow, CouncilTask, OpeningItem } from './schema.ts';
import { platformStop } from './suspension.ts';

/** Envelopes of one opening that wait to be opened. */
interface Found {
  readonly lot: string;
  readonly part: string;
  readonly items: readonly string[];
}

type Outcome =
  | {
      valid: true;
      bid: Record<string, unknown>;
      packageKey: string;
      packageSha256: string;
      signer: string;
      signerFingerprint: string;
      members: MemberSigner[];
    }
  | { valid: false; reason: string; attributedTo: 'bidder' | 'platform' };

/** The stored bytes are damaged, and the notice lets the bidder hand in its own copy. */
type Waits = 'awaits-copy';
const damaged: Outcome = { valid: false, reason: storedBytesDiffer, attributedTo: 'platform' };

/** So many of one opening are found at once, and so many are under way together: while one waits for disk or database another is computed. */
const mostAtOnce = 100;
const together = 4;
/** Up to so many packages are checked here; for more it is worth the while to start other threads. */
const fewEnough = 8;

interface Opening {
  readonly frame: Frame;
  readonly files: FileStore;
  readonly lot: Lot;
  readonly apart: boolean;
  readonly council: Council;
  /** whom signatures may lead to */
  readonly trusted: Trust;
  /** by submission: what the council's answers combine to */
  readonly shared: ReadonlyMap<string, string>;
  /** by item */
  readonly sealed: ReadonlyMap<string, Sealed>;
}

interface Sealed {
  readonly item: OpeningItem;
  readonly envelope: Envelope;
  readonly receivedAt: Submission['receivedAt'];
}

/**
 * Decrypts and checks each envelope of a combined opening, by itself: a bid that fails never holds the others. Whose fault a failure is follows
 * from evidence: bytes that are not those of the receipt are the platform's, everything behind a correct digest is the bidder's (S is proven).
 */
export const openEnvelopes = chore<Found>({
  name: 'open-envelopes',
  key: ({ lot, part }) => `${lot}/${part}`,
  async find(em, now) {
    if (await platformStop(em, now)) return [];
    return em.execute<Found[]>(
      `select lot, part, (array_agg(item order by item))[1:${mostAtOnce}] as items from (
         select i.id as item, i.lot, i.part from opening_item i
         join council_task t on t.lot = i.lot and t.kind = 'opening' and t.question ->> 'part' = i.part
         where i.state = 'sealed' and t.combined_at is not null and (i.copy_awaited_at is null or i.copy_key is not null)
         and not exists (select from suspension_order s where s.lot = i.lot and s.lifted_at is null)) waiting
       group by lot, part order by lot, part`,
    );
  },
  async work({ lot, part, items }, { frame, files }) {
    const opening = await readOpening({ frame, files, lot, part, items });
    const left = [...items];
    const failures: unknown[] = [];
    const hand = async (): Promise<void> => {
      for (let item = left.shift(); item !== undefined; item = left.shift())
        await openAndRecord(opening, item).catch((error: unknown) => failures.push(error));
    };
    await Promise.all(Array.from({ length: together }, hand));
    // what could not be done is still sealed in the state, and is tried again after a rest
    if (failures.length > 0) throw failures.length === 1 ? failures[0] : new AggregateError(failures, `${failures.length} envelopes`);
  },
});

/** What all of them need, read once: the task alone names every envelope of the opening, and would be read anew for each. */
async function readOpening(given: {
  readonly frame: Frame;
  readonly files: FileStore;
  readonly lot: string;
  readonly part: string;
  readonly items: readonly string[];
}): Promise<Opening> {
  const { frame, files, part, items } = given;
  const em = frame.fork();
  const lot = await em.findOneOrFail(Lot, { id: given.lot });
  const task = await em.findOneOrFail(CouncilTask, { lot: lot.id, kind: 'opening', question: { part } });
  const council = (await em.findOneOrFail(CouncilRow, { id: task.council })).body as Council;
  const rows = await em.find(OpeningItem, { id: { $in: [...items] } });
  const submissions = rows.map((item) => item.submission);
  const envelopes = await em.find(Envelope, { submission: { $in: submissions }, part });
  const bids = new Map((await em.find(Submission, { id: { $in: submissions } })).map((bid) => [bid.id, bid]));
  const sealed = rows.flatMap((item) => {
    const envelope = envelopes.find((each) => each.submission === item.submission && each.part === item.part);
    const receivedAt = bids.get(item.submission)?.receivedAt;
    return envelope && receivedAt ? [[item.id, { item, envelope, receivedAt }] as const] : [];
  });
  return {
    frame,
    files,
    lot,
    apart: items.length > fewEnough,
    council,
    trusted: await trustAt(em, lot.deadline as Instant),
    shared: sharedPoints(task),
    sealed: new Map(sealed),
  };
}

async function openAndRecord(opening: Opening, item: string): Promise<void> {
  const { frame, files, lot } = opening;
  const found = await openOne(opening, item);
  if (found === 'awaits-copy' && (await waitsForCopy(opening, item))) return;
  const outcome: Outcome = found === 'awaits-copy' ? damaged : found;
  try {
    await perform(frame, openBid, theSystem, { lot: lot.id, item, outcome });
  } catch (error) {
    if (outcome.valid) await files.remove(outcome.packageKey);
    // another worker was faster
    if (!(error instanceof Problem && error.problem === alreadyOpened().problem)) throw error;
  }
}

/** Whether the bid waits for its bidder's copy now; not when the time for one is over. Another worker may have found the same before. */
async function waitsForCopy({ frame, lot }: Opening, item: string): Promise<boolean> {
  try {
    await perform(frame, awaitCopy, theSystem, { lot: lot.id, item });
    return true;
  } catch (error) {
    if (error instanceof Problem && error.problem === alreadyOpened().problem) return true;
    if (error instanceof Problem && error.problem === copyTooLate().problem) return false;
    throw error;
  }
}

/** The bytes that are opened: those that were uploaded, or the copy that the bidder handed in under the remedy; `layered` while its own layer is around them. */
function bytesOf(item: OpeningItem, envelope: Envelope): { readonly fileKey: string; readonly sha256: string; readonly layered: boolean } {
  const inner = envelope.inner as InnerSeal | null;
  if (item.copyKey && item.copyKind === 'inner' && inner) return { fileKey: item.copyKey, sha256: inner.sha256, layered: false };
  const fileKey = item.copyKey ?? envelope.fileKey;
  if (!fileKey) throw new Error(`envelope ${envelope.id} is being opened without its bytes`);
  return { fileKey, sha256: envelope.sha256, layered: inner !== null };
}

async function openOne(opening: Opening, id: string): Promise<Outcome | Waits> {
  const { files, lot, apart, council, shared, sealed, trusted } = opening;
  const found = sealed.get(id);
  if (!found) throw new Error(`item ${id} lacks its envelope`);
  const { item, envelope, receivedAt } = found;
  const { fileKey, sha256, layered } = bytesOf(item, envelope);
  const context: EnvelopeContext = { lot: lot.id, part: item.part as Part, bidder: item.bidder };
  const point = shared.get(item.submission);
  if (point === undefined) throw new Error(`the council answered no point for ${item.submission}`);
  const { remedy } = termsOf(lot);
  if (!(await intact(files, { fileKey, sha256 }, remedy !== undefined))) return remedy ? 'awaits-copy' : damaged;
  const key = unwrapFileKey(council, context, envelope, point);
  if (!key.ok) return { valid: false, reason: key.reason, attributedTo: 'bidder' };
  const inside = layered ? await withoutLayer(files, fileKey, envelope, item.layerKey ?? '') : { fileKey };
  if ('reason' in inside) return { valid: false, reason: inside.reason, attributedTo: 'bidder' };
  try {
    const stored = await decrypt(files, inside.fileKey, key.fileKey);
    if (stored === null) return { valid: false, reason: 'envelope-altered', attributedTo: 'bidder' };
    const outcome = await check(files, stored, context, { lot, receivedAt, apart, trusted });
    if (!outcome.valid) await files.remove(stored.key);
    return outcome;
  } finally {
    if (inside.fileKey !== fileKey) await files.remove(inside.fileKey);
  }
}

/**
 * The envelope under the bidder's own layer, taken out with the key that the bidder gave up. It must be, to the byte, the one the bidder signed for before the
 * deadline, and bear the council's stanza that it sent along; else it is the bidder's doing, since the bytes around it are those of its receipt.
 */
async function withoutLayer(
  files: FileStore,
  fileKey: string,
  envelope: Envelope,
  layerKey: string,
): Promise<{ readonly fileKey: string } | { readonly reason: string }> {
  const stored = await decrypt(files, fileKey, fromBase64url(layerKey) ?? new Uint8Array(16));
  if (stored === null) return { reason: 'layer-altered' };
  const head = await readHeaderOfFile(await files.localPath(stored.key));
  const { sha256 } = envelope.inner as InnerSeal;
  const { ephemeral, proof, wrappedKey } = envelope;
  const same =
    head.ok && canonical([ephemeral, proof, wrappedKey]) === canonical([head.header.ephemeral, head.header.proof, head.header.wrappedKey]);
  if (stored.sha256 === sha256 && same) return { fileKey: stored.key };
  await files.remove(stored.key);
  return { reason: 'layer-holds-another' };
}

function sharedPoints(task: CouncilTask): ReadonlyMap<string, string> {
  const { items } = task.question as { items: readonly { submission: string }[] };
  const combined = (task.combined ?? []) as readonly string[];
  return new Map(items.flatMap(({ submission }, at) => (combined[at] === undefined ? [] : [[submission, combined[at]] as const])));
}

/**
 * Are the stored bytes still those the bidder got a receipt for? Without a remedy a file that is not there is a failure to be mended, and tried again: it would
 * put the bid out for good. With one its bidder can bring it.
 */
async function intact(
  files: FileStore,
  { fileKey, sha256 }: { readonly fileKey: string; readonly sha256: string },
  remediable: boolean,
): Promise<boolean> {
  try {
    return base64url(await sha256OfFile(await files.localPath(fileKey))) === sha256;
  } catch (error) {
    if (remediable && (error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
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
  { lot, receivedAt, apart, trusted }: { lot: Lot; receivedAt: Submission['receivedAt']; apart: boolean; trusted: Trust },
): Promise<Outcome> {
  const trust = { ...trusted, at: receivedAt };
  const verdict = await (apart ? checkPackageApart : checkPackage)(await files.localPath(stored.key), context, trust);
  if (!verdict.ok) return { valid: false, reason: verdict.reason, attributedTo: 'bidder' };
  const { bidForm: form, parts } = termsOf(lot);
  const flaw = flawOf(verdict.bid, { id: lot.id, form, parts, part: context.part }, context.bidder);
  if (flaw) return { valid: false, reason: `bid-${flaw}`, attributedTo: 'bidder' };
  const { padding: _, ...bid } = bidShape.parse(verdict.bid);
  return {
    valid: true,
    bid,
    packageKey: stored.key,
    packageSha256: stored.sha256,
    signer: verdict.signer,
    signerFingerprint: verdict.signerFingerprint,
    members: [...verdict.members],
  };
}
