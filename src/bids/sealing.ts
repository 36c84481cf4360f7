import { base64, base64url } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import type { SealingClient } from '../sealing/client.ts';
import type { Council } from '../sealing/council.ts';
import { runningSha256 } from '../sealing/digest.ts';
import { sealStream } from '../sealing/envelope.ts';
import { type CouncilHead, type Covered, sealCovered } from '../sealing/layer.ts';
import { packBid } from '../sealing/package.ts';
import type { Part } from '../sealing/shapes.ts';
import { signDetached } from '../sealing/signature.ts';
import type { Signer } from '../sealing/signer.ts';
import { type SubmissionStatement, submissionBytes } from '../sealing/statement.ts';
import { isCut } from '../tenders/envelopes.ts';
import type { BidField, SealPolicy } from '../tenders/line.ts';
import type { Bid } from './bid.ts';
import { cutBid } from './cut.ts';

/** Packing, signing and sealing a bid: the same on the bid desk, on the offline page and in the command. Everything flows; nobody holds a bid in memory. */
export type SealingStage = 'hashing' | 'packing' | 'statement';

/** Where a sealed envelope was put. */
export interface Written {
  /** base64url SHA-256 */
  readonly sha256: string;
  readonly bytes: number;
}

export interface Sealing<File extends Written> {
  /** digests of the attachments are still to be taken */
  readonly bid: Bid;
  /** the published form and envelopes, where the bid is to be cut; left out: one envelope */
  readonly form?: readonly BidField[];
  readonly parts?: readonly Part[];
  /** in the order of `bid.files` */
  readonly files: readonly { readonly name: string; readonly content: Blob }[];
  readonly council: Council;
  /** of the notice: under `bidder+council` the bidder's own layer lies around the envelope */
  readonly policy: SealPolicy;
  readonly signer: Signer;
  /** of a joint bid: what its further members signed, by envelope, in their order (joint-signing.ts) */
  readonly members?: Readonly<Partial<Record<Part, readonly Uint8Array[]>>> | undefined;
  /** the bidder's own age recipient */
  readonly ownRecipient: string;
  /** the submission that this one replaces */
  readonly supersedes: string | null;
  readonly client: SealingClient;
  readonly now: () => Instant;
  /** Writes the envelope to its end; `tell` hears the bytes so far. */
  readonly write: (name: string, envelope: ReadableStream<Uint8Array>, tell: (bytes: number) => void) => Promise<File>;
  /** bytes done of bytes to do, in the present stage; may let a page breathe */
  readonly tell: (stage: SealingStage, done: number, all: number) => void | Promise<void>;
}

type Inner = Awaited<ReturnType<Covered['inner']>>;

export interface Sealed<File> {
  /** the first envelope's, which is the only one where the bid is not cut */
  readonly file: File;
  /** each envelope in the order of the statement */
  readonly envelopes: readonly { readonly part: Part; readonly file: File }[];
  readonly statement: SubmissionStatement;
  /** base64 of the detached CMS */
  readonly signature: string;
  /** the council stanza of an envelope that lies under a layer, where nobody else can read it; null where it stands at the head of the file */
  readonly head: CouncilHead | null;
}

/** An attachment that could be chosen and can no longer be read. */
export class AttachmentGone extends Error {
  readonly attachment: string;
  constructor(attachment: string) {
    super(`${attachment} can no longer be read`);
    this.name = 'AttachmentGone';
    this.attachment = attachment;
  }
}

/** Seals a bid, each envelope a package of its own, and signs the statement with which it is to be submitted. */
export async function sealWhole<File extends Written>(sealing: Sealing<File>): Promise<Sealed<File>> {
  const { bid, files, council, policy, signer, ownRecipient, supersedes, client, now, write, tell } = sealing;
  const { form = [], parts = ['whole'] } = sealing;
  const all = files.reduce((sum, { content }) => sum + content.size, 0);
  const digests = await digestsOf(files, (done) => tell('hashing', done, all));
  const whole = { ...bid, files: bid.files.map((file, at) => ({ ...file, sha256: digests[at] ?? '' })) };
  const id = newId(now());
  const envelopes: { readonly part: Part; readonly file: File; readonly inner: Inner | null }[] = [];
  for (const cut of cutBid(whole, form, parts)) {
    const { part } = cut;
    const packed = packBid({
      bid: { ...cut.bid, part },
      files: cut.files.flatMap((at) => {
        const file = files[at];
        return file ? [{ name: file.name, size: file.content.size, sha256: digests[at] ?? '', content: file.content }] : [];
      }),
      signer,
      members: sealing.members?.[part] ?? [],
      at: now(),
    });
    const options = { council, context: { lot: bid.lot, part, bidder: bid.bidder }, ownRecipient };
    const covered = policy === 'bidder+council' ? await sealCovered(packed, options) : null;
    const envelope = covered?.envelope ?? (await sealStream(packed, options));
    const before = envelopes.reduce((sum, { file }) => sum + file.bytes, 0);
    const name = isCut(parts) ? `${id}-${part}.age` : `${id}.age`;
    const file = await write(name, envelope, (done) => void tell('packing', before + done, Math.max(all, before + done)));
    envelopes.push({ part, file, inner: covered && (await covered.inner()) });
  }
  const [first] = envelopes;
  if (first === undefined) throw new Error('a bid has at least one envelope');
  await tell('statement', 0, 1);
  const statement: SubmissionStatement = {
    format: 'yangguang/submission/v2',
    id,
    lot: bid.lot,
    bidder: bid.bidder,
    parts: envelopes.map(({ part, file: { sha256, bytes }, inner }) => ({ part, sha256, bytes, ...(inner && { inner: inner.seal }) })),
    supersedes,
    at: now(),
    client,
  };
  const head = first.inner?.head ?? null;
  return { file: first.file, envelopes, statement, signature: await signStatement(statement, signer), head };
}

/** The detached CMS over a statement, base64. */
export const signStatement = async (statement: SubmissionStatement, signer: Signer): Promise<string> =>
  base64(await signDetached(submissionBytes(statement), signer, statement.at as Instant));

/** The digests of the attachments, base64url; throws `AttachmentGone`. */
export async function digestsOf(
  files: Sealing<Written>['files'],
  tell: (done: number) => void | Promise<void>,
): Promise<readonly string[]> {
  const digests: string[] = [];
  let done = 0;
  for (const { content, name } of files) {
    const running = runningSha256();
    const reader = content.stream().getReader();
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        running.update(next.value);
        done += next.value.length;
        await tell(done);
      }
    } catch {
      throw new AttachmentGone(name);
    }
    digests.push(base64url(running.digest()));
  }
  return digests;
}
