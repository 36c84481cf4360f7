import { ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import * as z from 'zod';
import { base64url, canonicalBytes, utf8 } from '../kernel/bytes.ts';
import { dateOf, type Instant } from '../kernel/clock.ts';
import { runningSha256, sha256 } from './digest.ts';
import { type ManifestEntry, manifestPath, memberManifestPath, memberSignaturePath, signaturePath, writeManifest } from './manifest.ts';
import { codeShape, idShape, partShape } from './shapes.ts';
import { signDetached, verifyDetached } from './signature.ts';
import type { Signer } from './signer.ts';
import { reasons } from './verdict.ts';

/** The bid package (protocol §4): an ASiC-E container, streamed so that nobody holds a bid in memory. */
/** The members of a joint bid by their codes, the lead, who is the bidder, first. */
export const membersShape = z
  .array(codeShape)
  .min(2)
  .max(20)
  .refine((codes) => new Set(codes).size === codes.length, { error: 'a member is listed twice' });

export const bidShape = z
  .looseObject({
    format: z.enum(['yangguang/bid/v1', 'yangguang/bid/v2']),
    lot: idShape,
    part: partShape,
    bidder: codeShape,
    members: membersShape.optional(),
  })
  .refine(({ format, members, bidder }) => (format === 'yangguang/bid/v2' ? members?.[0] === bidder : !members), {
    error: 'the lead of a joint bid is its bidder',
  });
/** `bid.json`: for which lot, part and bidder, and whatever the form of the lot asked; the second format is that of several who bid as one. */
export type Bid = z.infer<typeof bidShape>;

/** Who signs beside the bidder, in order: the further members of a joint bid. */
export const furtherMembers = (bid: Bid): readonly string[] => bid.members?.slice(1) ?? [];

/** One attachment; its name becomes `files/<name>`. */
export interface BidFile {
  readonly name: string;
  /** bytes */
  readonly size: number;
  /** base64url; when given, packing fails if the content turns out to be another */
  readonly sha256?: string;
  readonly content: Blob | ReadableStream<Uint8Array>;
}

export const containerType = 'application/vnd.etsi.asic-e+zip';
export const bidPath = 'bid.json';
export const filesFolder = 'files/';

const refute = reasons({
  'package-file-name': { zh: '附件名称不合规或重复。', en: 'An attachment’s name cannot be used, or is used twice.' },
  'package-file-changed': { zh: '附件在打包时发生了变化。', en: 'An attachment changed while it was being packed.' },
  'package-members-differ': {
    zh: '联合体成员签名的不是现在的内容，或者有成员尚未签名：内容改动后须由各成员重新签名。',
    en: 'Members of the joint venture signed something else, or not all of them signed: after a change all of them sign again.',
  },
});

/** Whether a name can stand in every file system and archive: no separators, no control characters, at most 200 bytes. */
export function fileNameFits(name: string): boolean {
  const harmless = !/[\p{Cc}\p{Cs}/\\:*?"<>|]/u.test(name) && !/^\.{1,2}$|^\s|[\s.]$/u.test(name);
  return name !== '' && harmless && name === name.normalize('NFC') && utf8(name).length <= 200;
}

/** Whether these names stay different where the case of letters does not count: unpacked there, one of two would take the other's place. */
export const toldApart = (names: readonly string[]): boolean => new Set(names.map((name) => name.toLowerCase())).size === names.length;

export interface Packing {
  readonly bid: Bid;
  readonly files: readonly BidFile[];
  readonly signer: Signer;
  /** of a joint bid: the detached signatures of the further members, in their order */
  readonly members?: readonly Uint8Array[];
  readonly at: Instant;
}

/**
 * What a further member of a joint bid signs: a manifest of its own over the same objects. `member` counts from 1. The digests of the attachments are known
 * to whoever asks, so that the member's signature can be had before anything is packed.
 */
export function memberManifest(
  bid: Bid,
  files: readonly { readonly name: string; readonly sha256: Uint8Array }[],
  member: number,
): Uint8Array {
  const entries = files.map((file) => ({ path: `${filesFolder}${file.name}`, sha256: file.sha256 }));
  return writeManifest([{ path: bidPath, sha256: sha256(canonicalBytes(bidShape.parse(bid))) }, ...entries], memberSignaturePath(member));
}

/**
 * Packs and signs a bid while it is being read: mimetype, bid.json, attachments, manifest, signature. The stream fails
 * with `package-file-changed` when an attachment is not what its size or digest said, with `package-members-differ` when not every member of a joint bid
 * signed this content. Throws `package-file-name`.
 */
export function packBid(packing: Packing): ReadableStream<Uint8Array> {
  const names = packing.files.map((file) => file.name);
  if (!toldApart(names) || !names.every(fileNameFits)) throw refute('package-file-name').problem;
  const channel = new TransformStream<Uint8Array, Uint8Array>();
  const out = channel.writable.getWriter();
  const zipped = new WritableStream<Uint8Array>({ write: (piece) => out.write(piece) });
  writePackage(packing, zipped)
    .then(() => out.close())
    .catch((error: unknown) => out.abort(error))
    .catch(() => undefined); // the reader has gone: nobody is left to tell
  return channel.readable;
}

async function writePackage({ bid, files, signer, members = [], at }: Packing, zipped: WritableStream<Uint8Array>): Promise<void> {
  // Stored, not compressed: the envelope's size must not tell how repetitive a bid is, and digests stay comparable.
  const zip = new ZipWriter(zipped, { level: 0, lastModDate: dateOf(at), extendedTimestamp: false, useWebWorkers: false, keepOrder: true });
  const add = (path: string, bytes: Uint8Array) =>
    zip.add(path, { readable: streamOf(bytes) }, { uncompressedSize: bytes.length, ...whole });
  await add('mimetype', utf8(containerType));
  const bidBytes = canonicalBytes(bidShape.parse(bid));
  await add(bidPath, bidBytes);
  const entries: ManifestEntry[] = [{ path: bidPath, sha256: sha256(bidBytes) }];
  for (const file of files) {
    const path = `${filesFolder}${file.name}`;
    const checked = checkedContent(file);
    await zip.add(path, { readable: checked.content }, { uncompressedSize: file.size });
    entries.push({ path, sha256: checked.digest() });
  }
  const manifest = writeManifest(entries);
  await add(manifestPath, manifest);
  await add(signaturePath, await signDetached(manifest, signer, at));
  const further = furtherMembers(bid);
  if (further.length !== members.length) throw refute('package-members-differ').problem;
  for (const [place, signature] of members.entries()) {
    const own = writeManifest(entries, memberSignaturePath(place + 1));
    const signed = await verifyDetached(signature, own, 'any-certificate');
    if (!signed.ok) throw refute('package-members-differ').problem;
    await add(memberManifestPath(place + 1), own);
    await add(memberSignaturePath(place + 1), signature);
  }
  await zip.close();
}

/** Small entries stand whole in their local header, as ETSI asks for `mimetype`, so that tools recognise the type. */
const whole = { dataDescriptor: false, bufferedWrite: true } as const;

/** Lets a file through while it is digested; its digest is known when all of it has passed. */
function checkedContent(file: BidFile): { readonly content: ReadableStream<Uint8Array>; readonly digest: () => Uint8Array } {
  const running = runningSha256();
  let bytes = 0;
  let digest: Uint8Array | undefined;
  const passing = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, controller) {
      bytes += piece.length;
      running.update(piece);
      controller.enqueue(piece);
    },
    flush() {
      digest = running.digest();
      const changed = bytes !== file.size || (file.sha256 !== undefined && base64url(digest) !== file.sha256);
      if (changed) throw refute('package-file-changed').problem;
    },
  });
  const source: ReadableStream<Uint8Array> = file.content instanceof ReadableStream ? file.content : file.content.stream();
  return {
    content: source.pipeThrough(passing),
    digest: () => {
      if (digest === undefined) throw new Error(`${file.name} was not read to its end`);
      return digest;
    },
  };
}

const streamOf = (bytes: Uint8Array): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
