import { createReadStream, createWriteStream, openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import type { Bid } from '../src/bids/bid.ts';
import { cutBid } from '../src/bids/cut.ts';
import { base64, base64url } from '../src/kernel/bytes.ts';
import type { Instant } from '../src/kernel/clock.ts';
import { newId } from '../src/kernel/ids.ts';
import { readCertificates } from '../src/sealing/certificate.ts';
import type { Council } from '../src/sealing/council.ts';
import { runningSha256 } from '../src/sealing/digest.ts';
import { newAgeIdentity, rereadOwn, sealStream } from '../src/sealing/envelope.ts';
import { createSigningRequest, signingRequestPem } from '../src/sealing/issuing.ts';
import { type CouncilHead, sealCovered } from '../src/sealing/layer.ts';
import { packBid } from '../src/sealing/package.ts';
import type { Suite } from '../src/sealing/scheme.ts';
import type { Part } from '../src/sealing/shapes.ts';
import { signDetached } from '../src/sealing/signature.ts';
import { newKeyPairOf, type Signer, signerFromKey } from '../src/sealing/signer.ts';
import { type InnerSeal, type SubmissionStatement, submissionBytes } from '../src/sealing/statement.ts';
import type { LotTerms } from '../src/tenders/lot.ts';
import { type Client, until } from './client.ts';

/** Makes a key of a suite, asks the platform for a certificate, and answers what signs with it. The key never leaves this program. */
export async function certified(person: Client, suite: Suite = 'international'): Promise<Signer> {
  const pair = await newKeyPairOf(suite);
  const csr = signingRequestPem(await createSigningRequest({ commonName: 'applicant' }, pair));
  const issued = await person.post<{ certificate: string; chain: string }>('/certificates', { csr });
  const [own, ...chain] = [...readCertificates(issued.certificate), ...readCertificates(issued.chain)];
  if (!own) throw new Error('the platform issued no certificate');
  return signerFromKey(
    pair.privateKey,
    own,
    chain.filter((each) => each.fingerprint !== own.fingerprint),
  );
}

export interface BidPlan {
  readonly lot: string;
  /** the published form and envelopes; left out: one envelope */
  readonly terms?: Pick<LotTerms, 'bidForm' | 'parts'> & Partial<Pick<LotTerms, 'sealPolicy'>>;
  readonly bidder: { readonly code: string; readonly name: string };
  readonly price: string;
  readonly figures: Readonly<Record<string, string>>;
  readonly tables?: Readonly<Record<string, readonly Record<string, string>[]>>;
  readonly files?: readonly { readonly field: string; readonly name: string; readonly bytes: Uint8Array }[];
  readonly supersedes?: string | null;
}

/** A bid the platform has acknowledged. */
export interface Receipted {
  readonly submission: string;
  readonly event: string;
  readonly receipt: unknown;
  /** under `bidder+council`: what the bidder keeps to take part in the opening */
  readonly kept?: Kept | undefined;
}

/** The bidder's own key, the head of its layer, and its copy of the envelope under it (for the remedy of the notice). */
export interface Kept {
  readonly bidder: Client;
  readonly signer: Signer;
  readonly identity: string;
  readonly cover: string;
  readonly inner: Uint8Array;
}

/** Packs, signs, seals, uploads and submits a bid exactly as the bidder's browser does; answers the submission and its receipt. */
export async function submitSealed(bidder: Client, signer: Signer, council: Council, plan: BidPlan): Promise<Receipted> {
  const folder = await mkdtemp(join(tmpdir(), 'yangguang-bid-'));
  try {
    const files: Record<string, string> = {};
    const own = await newAgeIdentity();
    let layer: Layer | undefined;
    for (const { part, packed } of packedBids(signer, plan)) {
      const sealed = join(folder, `${part}.age`);
      if (plan.terms?.sealPolicy === 'bidder+council') layer = await sealUnderLayer(sealed, packed(), council, plan, own.recipient);
      else await seal(sealed, packed(), council, plan, part);
      files[part] = sealed;
    }
    const receipted = await handIn(bidder, signer, plan, files, layer);
    if (layer === undefined) return receipted;
    const within = await rereadOwn(own.identity, (await openAsBlob(files.whole ?? '')).stream());
    const inner = new Uint8Array(await new Response(within as BodyInit).arrayBuffer());
    return { ...receipted, kept: { bidder, signer, identity: own.identity, cover: layer.seal.cover, inner } };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Uploads the sealed files (one, or one a part), signs the statement, submits, and waits for the receipt. */
export async function handIn(
  bidder: Client,
  signer: Signer,
  plan: BidPlan,
  sealed: string | Readonly<Record<string, string>>,
  layer?: Layer,
): Promise<Receipted> {
  const uploads: Record<string, string> = {};
  const parts: SubmissionStatement['parts'] = [];
  for (const [name, file] of Object.entries(typeof sealed === 'string' ? { whole: sealed } : sealed)) {
    const part = name as Part;
    const { sha256, bytes } = await digestOfFile(file);
    uploads[part] = await bidder.upload(file, bytes, { lot: plan.lot, part });
    parts.push({ part, sha256, bytes, ...(layer && { inner: layer.seal }) });
  }
  const now = await platformNow(bidder);
  const statement: SubmissionStatement = {
    format: 'yangguang/submission/v1',
    id: newId(),
    lot: plan.lot,
    bidder: plan.bidder.code,
    parts,
    supersedes: plan.supersedes ?? null,
    at: now,
  };
  const signature = base64(await signDetached(submissionBytes(statement), signer, now));
  await bidder.act(`/lots/${plan.lot}/bids`, { statement, signature, uploads, ...(layer && { heads: { whole: layer.head } }) });
  // not taken from the answer, which may have been lost: what counts is that the platform has it
  const own = await bidder.get<{ submissions: { id: string; event: string | null }[] }>(`/lots/${plan.lot}/bids`);
  const event = own.submissions.find((each) => each.id === statement.id)?.event;
  if (!event) throw new Error('the platform does not have the bid');
  const receipt = await until('the receipt', () => bidder.get(`/receipts/${event}`));
  return { submission: statement.id, event, receipt };
}

export const platformNow = async (person: Client): Promise<Instant> => (await person.get<{ now: Instant }>('/clock')).now;

/** The signed package of a bid of one envelope, before it is sealed. */
export async function packedBid(signer: Signer, plan: BidPlan): Promise<ReadableStream<Uint8Array>> {
  const [only] = packedBids(signer, plan);
  if (!only) throw new Error('a bid has at least one envelope');
  return only.packed();
}

/** The signed package of each envelope, packed when it is asked for: packages that nobody reads yet would hold up the one that is read. */
function packedBids(signer: Signer, plan: BidPlan): readonly { readonly part: Part; readonly packed: () => ReadableStream<Uint8Array> }[] {
  const files = (plan.files ?? []).map((file) => ({ ...file, digest: digestOf(file.bytes) }));
  const whole: Bid = {
    format: 'yangguang/bid/v1',
    lot: plan.lot,
    part: 'whole',
    bidder: plan.bidder.code,
    bidderName: plan.bidder.name,
    price: plan.price,
    figures: { ...plan.figures },
    tables: Object.fromEntries(Object.entries(plan.tables ?? {}).map(([key, rows]) => [key, rows.map((row) => ({ ...row }))])),
    files: files.map(({ field, name, bytes, digest }) => ({ field, name, sha256: digest, bytes: bytes.length })),
  };
  const { bidForm = [], parts = ['whole'] } = plan.terms ?? {};
  return cutBid(whole, bidForm, parts).map(({ part, bid, files: places }) => ({
    part,
    packed: () =>
      packBid({
        bid: { ...bid, part },
        files: places.flatMap((place) => {
          const file = files[place];
          return file
            ? [{ name: file.name, size: file.bytes.length, sha256: file.digest, content: new Blob([Uint8Array.from(file.bytes)]) }]
            : [];
        }),
        signer,
        at: signer.certificate.notBefore,
      }),
  }));
}

/** Seals a package for the council (and for an own key that is thrown away) into a file. */
export async function seal(
  path: string,
  packed: ReadableStream<Uint8Array>,
  council: Council,
  plan: BidPlan,
  part: Part = 'whole',
): Promise<void> {
  const own = await newAgeIdentity();
  const context = { lot: plan.lot, part, bidder: plan.bidder.code };
  const envelope = await sealStream(packed, { council, context, ownRecipient: own.recipient });
  await pipeline(Readable.fromWeb(envelope as unknown as NodeStream<Uint8Array>), createWriteStream(path));
}

type Layer = { readonly seal: InnerSeal; readonly head: CouncilHead };

/** Seals under the policy `bidder+council`: the own layer around the envelope, to a key that the bidder keeps. */
async function sealUnderLayer(
  path: string,
  packed: ReadableStream<Uint8Array>,
  council: Council,
  plan: BidPlan,
  ownRecipient: string,
): Promise<Layer> {
  const context = { lot: plan.lot, part: 'whole' as const, bidder: plan.bidder.code };
  const covered = await sealCovered(packed, { council, context, ownRecipient });
  await pipeline(Readable.fromWeb(covered.envelope as unknown as NodeStream<Uint8Array>), createWriteStream(path));
  return covered.inner();
}

async function digestOfFile(path: string): Promise<{ sha256: string; bytes: number }> {
  const running = runningSha256();
  let bytes = 0;
  for await (const piece of createReadStream(path) as AsyncIterable<Uint8Array>) {
    running.update(piece);
    bytes += piece.length;
  }
  return { sha256: base64url(running.digest()), bytes };
}

function digestOf(bytes: Uint8Array): string {
  const running = runningSha256();
  running.update(bytes);
  return base64url(running.digest());
}
