import { z } from 'zod';
import { base64url, canonical, canonicalBytes, textOf, utf8 } from '../kernel/bytes.ts';
import { concat, runningSha256, sameBytes } from '../sealing/digest.ts';
import { checkLabelProof, type EnvelopeHeader, longestHeader, readEnvelopeHeader } from '../sealing/envelope.ts';
import { coverOf } from '../sealing/layer.ts';
import type { PackageSource } from '../sealing/package-reader.ts';
import { bytesShape, idShape } from '../sealing/shapes.ts';
import { type InnerSeal, type SubmissionStatement, submissionShape } from '../sealing/statement.ts';
import { reasons, type Verdict } from '../sealing/verdict.ts';

/**
 * The sealed-bid file (protocol §14): one file that carries a bid from a computer without a line to one that has one. A tar archive of one spelling: first
 * `sealed-bid.json` (statement, signature, and the commitment: the heads of the envelopes), then each envelope as `<part>.age`. Stock tools take it apart:
 * `tar -xOf FILE whole.age | age -d -i KEY`.
 */
export const sealedBidFormat = 'yangguang/sealed-bid/v1';
export const sealedBidEnding = '.sealed-bid';

export const headShape = z.strictObject({ council: idShape, ephemeral: bytesShape(32), proof: bytesShape(64), wrappedKey: bytesShape(32) });
export type Head = z.infer<typeof headShape>;

export const sealedBidShape = z.strictObject({
  format: z.literal(sealedBidFormat),
  statement: submissionShape,
  /** base64 of the detached CMS */
  signature: z.base64().max(30_000),
  /** by part: with these the bid can be committed before its bytes have arrived */
  heads: z.record(z.string(), headShape),
});
export type SealedBidRecord = z.infer<typeof sealedBidShape>;

const refute = reasons({
  'sealed-bid-unreadable': { zh: '这不是密封投标文件，或文件不完整。', en: 'This is no sealed-bid file, or it is not whole.' },
  'sealed-bid-altered': {
    zh: '密封投标文件的内容与投标声明不符：文件被改动或损坏。',
    en: 'The file is not what its statement says: it was altered or damaged.',
  },
  'sealed-bid-wrongly-sealed': {
    zh: '加密文件不是为这个标段、这个投标人、这个委员会密封的。',
    en: 'An envelope is not sealed for this lot, this bidder and this council.',
  },
});
export type SealedBidFlaw = Parameters<typeof refute>[0];

const block = 512;
const recordName = 'sealed-bid.json';
const longestRecord = 64 * 1024;
const envelopeName = (part: string): string => `${part}.age`;
const padding = (bytes: number): Uint8Array<ArrayBuffer> => new Uint8Array((block - (bytes % block)) % block);

/** The header of a file in a tar archive (ustar), with nothing of the machine it was made on. */
function tarHeader(name: string, bytes: number): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(block);
  const put = (at: number, text: string): void => header.set(utf8(text), at);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;
  put(0, name);
  put(100, octal(0o644, 7));
  put(108, octal(0, 7));
  put(116, octal(0, 7));
  put(124, octal(bytes, 11));
  put(136, octal(0, 11));
  put(148, '        ');
  put(156, '0');
  put(257, 'ustar\x0000');
  const sum = header.reduce((all, byte) => all + byte, 0);
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return header;
}

/** What stands around the envelopes: `before[n]` precedes the envelope of the n-th part, `after` ends the file. */
export function sealedBidFrame(record: SealedBidRecord): {
  readonly before: readonly Uint8Array<ArrayBuffer>[];
  readonly after: Uint8Array<ArrayBuffer>;
} {
  const json = canonicalBytes(record);
  const { parts } = record.statement;
  const before = parts.map(({ part, bytes }, at) => {
    const previous = parts[at - 1];
    const first = previous ? padding(previous.bytes) : concat(tarHeader(recordName, json.length), json, padding(json.length));
    return concat(first, tarHeader(envelopeName(part), bytes));
  });
  return { before, after: concat(padding(parts.at(-1)?.bytes ?? 0), new Uint8Array(2 * block)) };
}

/** Where the envelope of each part lies in the file. */
export interface PlacedEnvelope {
  readonly part: string;
  readonly offset: number;
  readonly bytes: number;
}

/** Takes a sealed-bid file apart without reading the envelopes: the record, and where they lie. One spelling only; anything else is unreadable. */
export async function readSealedBid(
  source: PackageSource,
): Promise<Verdict<{ readonly record: SealedBidRecord; readonly envelopes: readonly PlacedEnvelope[] }, SealedBidFlaw>> {
  const head = await source.read(0, block);
  const bytes = Number.parseInt(textOf(head.slice(124, 135)) ?? '', 8);
  if (head.length !== block || !(bytes > 0 && bytes <= longestRecord) || !sameBytes(head, tarHeader(recordName, bytes)))
    return refute('sealed-bid-unreadable');
  const text = textOf(await source.read(block, bytes));
  const read = sealedBidShape.safeParse(jsonIn(text));
  if (!read.success || canonical(read.data) !== text) return refute('sealed-bid-unreadable');
  const { before, after } = sealedBidFrame(read.data);
  const envelopes: PlacedEnvelope[] = [];
  let at = 0;
  for (const [n, { part, bytes: length }] of read.data.statement.parts.entries()) {
    const frame = before[n] ?? new Uint8Array();
    if (!sameBytes(await source.read(at, frame.length), frame)) return refute('sealed-bid-unreadable');
    at += frame.length;
    envelopes.push({ part, offset: at, bytes: length });
    at += length;
  }
  if (source.size !== at + after.length || !sameBytes(await source.read(at, after.length), after)) return refute('sealed-bid-unreadable');
  return { ok: true, record: read.data, envelopes };
}

function jsonIn(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

const piece = 1024 * 1024;

/**
 * Whether the envelopes are those of the statement (length, digest, head) and sealed for its lot and bidder. Reads the whole file, piece by piece;
 * `tell` hears the bytes so far and may let its page breathe.
 */
export async function checkSealedBid(
  source: PackageSource,
  { record, envelopes }: { readonly record: SealedBidRecord; readonly envelopes: readonly PlacedEnvelope[] },
  tell: (bytes: number) => void | Promise<void> = () => undefined,
): Promise<Verdict<object, SealedBidFlaw>> {
  const { lot, bidder, parts } = record.statement;
  if (Object.keys(record.heads).length !== parts.length) return refute('sealed-bid-altered');
  let done = 0;
  for (const [n, { part, offset, bytes }] of envelopes.entries()) {
    const running = runningSha256();
    for (let at = 0; at < bytes; at += piece) {
      running.update(await source.read(offset + at, Math.min(piece, bytes - at)));
      done += Math.min(piece, bytes - at);
      await tell(done);
    }
    const first = await source.read(offset, Math.min(bytes, longestHeader));
    const stated = record.heads[part];
    if (!stated || base64url(running.digest()) !== parts[n]?.sha256) return refute('sealed-bid-altered');
    const inner = parts[n].inner;
    if (!(inner ? isCovered(first, inner, stated) : await isHeadOf(first, stated))) return refute('sealed-bid-altered');
    const context = { lot, part: part as (typeof parts)[number]['part'], bidder };
    if (!checkLabelProof(stated, stated.council, context).ok) return refute('sealed-bid-wrongly-sealed');
  }
  return { ok: true };
}

/** Whether the file begins with the council stanza that is stated. */
async function isHeadOf(first: Uint8Array, stated: Head): Promise<boolean> {
  const read = await readEnvelopeHeader(first);
  return read.ok && canonical(headOf(read.header)) === canonical(stated);
}

/** Whether the file begins with the bidder's own layer that is stated, and the stanza sent along is the one committed to for the envelope inside. */
export function isCovered(first: Uint8Array, inner: InnerSeal, head: Pick<Head, 'ephemeral' | 'proof'>): boolean {
  const cover = coverOf(first);
  return cover !== undefined && base64url(cover) === inner.cover && head.ephemeral === inner.ephemeral && head.proof === inner.proof;
}

/** The council stanza of an envelope, as a commitment names it. */
export const headOf = ({ council, ephemeral, proof, wrappedKey }: EnvelopeHeader): Head => ({ council, ephemeral, proof, wrappedKey });

/** How the file is called: by the lot's number, which is public; not by the bidder, whose name nobody needs to read off a stick. */
export const sealedBidName = (number: string, { id }: Pick<SubmissionStatement, 'id'>): string =>
  `${number.replace(/[^\w.-]+/g, '-')}-${id.slice(-8)}${sealedBidEnding}`;
