import { createReadStream, createWriteStream, openAsBlob } from 'node:fs';
import { mkdir, mkdtemp, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import type { Finding } from './bids/findings.ts';
import { judgeEarlier } from './bids/receipt.ts';
import { type Head, headOf, type PlacedEnvelope, type SealedBidRecord, sealedBidFormat, sealedBidFrame } from './bids/sealed-bid.ts';
import { sealWhole, type Written } from './bids/sealing.ts';
import type { Tender } from './bids/tender-file.ts';
import { base64url, canonical } from './kernel/bytes.ts';
import { type Instant, systemClock } from './kernel/clock.ts';
import { InputWrong, readBid } from './seal-input.ts';
import { membersSigned, signingOf } from './seal-joint.ts';
import { readCertificates } from './sealing/certificate.ts';
import type { SealingClient } from './sealing/client.ts';
import { readHeaderOfFile } from './sealing/decrypt-node.ts';
import { runningSha256 } from './sealing/digest.ts';
import { ageRecipientOf, newAgeIdentity, rereadOwn } from './sealing/envelope.ts';
import { signerFromKeyFile } from './sealing/key-file.ts';
import { blobSource, readPackedFile, verifyPackage } from './sealing/package-reader.ts';

/** The files of the command `seal`: reads keys and answers, writes the sealed bid, opens one again. Bids flow through; none is held in memory. */

export async function readJsonFile(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    throw new InputWrong(`${path}：读不到，或不是 JSON · cannot be read, or is no JSON`);
  }
}

/**
 * A secret: from a file (`/dev/fd/3` is one too) or typed at the terminal, where it is not shown; never from the arguments, which everybody on the
 * machine can read.
 */
export async function askSecret(question: string, file: string | undefined): Promise<string> {
  if (file !== undefined) return (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
  if (!process.stdin.isTTY)
    throw new InputWrong('没有终端：请用 --passphrase FILE（例如 /dev/fd/3） · no terminal: use --passphrase FILE (/dev/fd/3, say)');
  process.stderr.write(question);
  const silent = new Writable({ write: (_piece, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  const typed = await new Promise<string>((resolve) => lines.question('', resolve));
  lines.close();
  process.stderr.write('\n');
  return typed;
}

/** The age identity in a file; where there may be none yet, a new one is made and kept there, readable by its owner alone. */
export async function identityFrom(path: string, mustExist: boolean): Promise<{ readonly identity: string; readonly recipient: string }> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null && !mustExist) {
    const made = await newAgeIdentity();
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `# created: ${systemClock()}\n# public key: ${made.recipient}\n${made.identity}\n`, { mode: 0o600, flag: 'wx' });
    return made;
  }
  const identity = /AGE-SECRET-KEY-1[0-9A-Z]{58}/.exec(text ?? '')?.[0];
  const recipient = identity === undefined ? undefined : await ageRecipientOf(identity);
  if (identity === undefined || recipient === undefined) throw new InputWrong(`${path}：没有 age 密钥 · holds no age identity`);
  return { identity, recipient };
}

export interface SealingInto {
  readonly tender: Tender;
  readonly bid: string;
  readonly folder: string;
  readonly keyFile: string;
  readonly passphrase: string;
  readonly own: { readonly recipient: string };
  /** of a joint bid: where to write what its members are to sign, in place of sealing, or files of what they signed */
  readonly forMembers: string | null;
  readonly memberSignatures: readonly string[];
  /** the receipt of the bid that this one replaces */
  readonly replaces: unknown;
  readonly acceptRemarks: boolean;
  readonly stripBlind: boolean;
  readonly client: SealingClient;
  readonly out: string;
  readonly say: (line: string) => void;
}

/** Checks, packs, signs and seals a bid into one file, which appears when it is whole; null where only the file for the members was asked for. */
export async function sealInto(given: SealingInto): Promise<Written | null> {
  const { tender, out } = given;
  const opened = await signerFromKeyFile(new Uint8Array(await readFile(given.keyFile)), given.passphrase);
  if (!opened.ok) throw opened.problem;
  const { certificate } = opened.signer;
  if (certificate.code === undefined) throw new InputWrong('这不是单位证书 · this certificate is of no organisation');
  const bidder = { code: certificate.code, name: certificate.subject.organization ?? certificate.subject.commonName ?? certificate.code };
  const { bid, files, findings } = await readBid({ file: given.bid, folder: given.folder, tender, bidder, stripBlind: given.stripBlind });
  tellFindings(findings, tender, given);
  const signing = await signingOf({ bid, files }, tender);
  if (given.forMembers !== null) {
    if (signing === null) throw new InputWrong('没有填写联合体成员 · the bid names no members');
    await writeFile(given.forMembers, JSON.stringify(signing), { mode: 0o600 });
    return null;
  }
  const members = await membersSigned(signing, given.memberSignatures);
  const supersedes = given.replaces === null ? null : earlierBid(given.replaces, tender, bidder.code);
  const envelope = `${out}.envelope`;
  try {
    const sealed = await sealWhole({
      bid,
      files,
      council: tender.council,
      policy: tender.terms.sealPolicy,
      signer: opened.signer,
      members,
      ownRecipient: given.own.recipient,
      supersedes,
      client: given.client,
      now: () => clockOf(tender),
      write: (_name, stream) => writeEnvelope(envelope, stream),
      tell: () => undefined,
    });
    await assemble(out, envelope, sealed);
    return sealed.file;
  } finally {
    await rm(envelope, { force: true });
  }
}

/** A sandbox's clock is not that of the world: there the file's own moment counts. */
const clockOf = (tender: Tender): Instant => (tender.sandbox ? tender.at : systemClock());

function tellFindings(findings: readonly Finding[], tender: Tender, { acceptRemarks, say }: SealingInto): void {
  for (const { weight, field, says } of findings) {
    const label = tender.terms.bidForm.find((each) => each.key === field)?.label;
    say(`${weight === 'wrong' ? '✗' : '!'} ${label?.zh ?? field}：${says.zh} · ${label?.en ?? field}: ${says.en}`);
  }
  if (findings.some(({ weight }) => weight === 'wrong')) throw new InputWrong('须先改正以上各处 · mend these first');
  if (findings.length > 0 && !acceptRemarks)
    throw new InputWrong('如仍按现有内容投标，请加 --accept-remarks · to bid as it stands add --accept-remarks');
}

function earlierBid(receipt: unknown, tender: Tender, bidder: string): string {
  const verdict = judgeEarlier(receipt, tender.key, { lot: tender.lot.id, bidder });
  if (!verdict.ok) throw verdict.problem;
  return verdict.submission;
}

async function writeEnvelope(path: string, stream: ReadableStream<Uint8Array>): Promise<Written> {
  const running = runningSha256();
  let bytes = 0;
  await pipeline(
    Readable.fromWeb(stream as unknown as NodeStream<Uint8Array>),
    async function* (pieces: AsyncIterable<Uint8Array>) {
      for await (const piece of pieces) {
        running.update(piece);
        bytes += piece.length;
        yield piece;
      }
    },
    createWriteStream(path, { mode: 0o600 }),
  );
  return { sha256: base64url(running.digest()), bytes };
}

async function assemble(
  out: string,
  envelope: string,
  { statement, signature, head: under }: Pick<SealedBidRecord, 'statement' | 'signature'> & { readonly head: Head | null },
): Promise<void> {
  const read = under ? null : await readHeaderOfFile(envelope);
  if (read && !read.ok) throw read.problem;
  const head = under ?? (read && headOf(read.header));
  if (head === null) throw new InputWrong('没有信封头 · no head');
  const { before, after } = sealedBidFrame({ format: sealedBidFormat, statement, signature, heads: { whole: head } });
  const fresh = `${out}.fresh`;
  const file = await open(fresh, 'w', 0o600);
  try {
    await file.appendFile(before[0] ?? new Uint8Array());
    for await (const piece of createReadStream(envelope, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Uint8Array>)
      await file.appendFile(piece);
    await file.appendFile(after);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, out);
}

/** Opens a sealed bid with the bidder's own identity, verifies the package, and answers `bid.json`; with `out` the attachments are written there. */
export async function reread(given: {
  readonly path: string;
  readonly record: SealedBidRecord;
  readonly envelopes: readonly PlacedEnvelope[];
  readonly identity: { readonly identity: string };
  readonly tender: Tender;
  readonly out: string | null;
}): Promise<string> {
  const { path, record, envelopes, identity, tender, out } = given;
  const [envelope] = envelopes;
  const { lot, bidder, at } = record.statement;
  if (envelope === undefined || lot !== tender.lot.id)
    throw new InputWrong('密封投标文件不是这个标段的 · the sealed bid is of another lot');
  const folder = await mkdtemp(join(tmpdir(), 'yangguang-reread-'));
  try {
    const plain = join(folder, 'bid.asice');
    const whole = await openAsBlob(path);
    const sealed = whole.slice(envelope.offset, envelope.offset + envelope.bytes).stream() as ReadableStream<Uint8Array>;
    const clear = await rereadOwn(identity.identity, sealed).catch(() => {
      throw new InputWrong('这把密钥打不开这份文件 · this identity does not open this file');
    });
    await pipeline(Readable.fromWeb(clear as unknown as NodeStream<Uint8Array>), createWriteStream(plain, { mode: 0o600 }));
    const source = blobSource(await openAsBlob(plain));
    const anchors = tender.authorities.flatMap((pem) => readCertificates(pem).slice(-1));
    const verdict = await verifyPackage(source, { lot, part: 'whole', bidder }, { anchors, at: at as Instant });
    if (!verdict.ok) throw verdict.problem;
    if (out !== null) {
      await mkdir(out, { recursive: true });
      for (const file of verdict.files) {
        const content = await readPackedFile(source, file);
        await pipeline(Readable.fromWeb(content as unknown as NodeStream<Uint8Array>), createWriteStream(join(out, file.name)));
      }
    }
    return canonical(verdict.bid);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
