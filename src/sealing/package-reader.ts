import { type FileEntry, Reader, ZipReader } from '@zip.js/zip.js/lib/zip-core-native.js';
import { base64url, canonical, textOf } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import type { Certificate, Trust } from './certificate.ts';
import { concat, runningSha256 } from './digest.ts';
import type { EnvelopeContext } from './envelope.ts';
import { isMemberPath, manifestPath, memberManifestPath, memberSignaturePath, readManifest, signaturePath } from './manifest.ts';
import { type Bid, bidPath, bidShape, containerType, fileNameFits, filesFolder, furtherMembers, toldApart } from './package.ts';
import { verifyDetached } from './signature.ts';
import { reasons, type Verdict } from './verdict.ts';

/** Where a package is read from: any place that can be read at any position (`fileSource` on a server, a Blob in a browser). */
export interface PackageSource {
  /** bytes */
  readonly size: number;
  /** Exactly `length` bytes from `offset`; fewer only at the end. */
  readonly read: (offset: number, length: number) => Promise<Uint8Array>;
}

export const bytesSource = (bytes: Uint8Array): PackageSource => ({
  size: bytes.length,
  read: async (offset, length) => bytes.slice(offset, offset + length),
});

export const blobSource = (blob: Blob): PackageSource => ({
  size: blob.size,
  read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
});

const refute = reasons({
  'package-malformed': { zh: '投标文件包格式不符。', en: 'This is not a bid package in the published format.' },
  'package-unsigned': { zh: '投标文件未签名。', en: 'The bid package is not signed.' },
  'package-wrong-signature': { zh: '投标文件的签名不成立。', en: 'The signature of the bid package does not hold.' },
  'package-untrusted-signer': { zh: '投标文件签名人的证书不受信任。', en: 'The certificate that signed the bid package is not trusted.' },
  'package-altered': { zh: '投标文件包的内容与签名时不符。', en: 'The content of the bid package is not what was signed.' },
  'package-member-unsigned': {
    zh: '联合体投标未经全体成员签名。',
    en: 'Not every member of the joint venture signed the bid package.',
  },
  'package-wrong-bidder': { zh: '投标文件不是由该投标人签名的。', en: 'The bid package was not signed by this bidder.' },
  'package-not-for-this-lot': { zh: '投标文件不是为本标段、本部分编制的。', en: 'The bid package was not made for this lot and part.' },
});

export type PackageFlaw =
  | 'package-malformed'
  | 'package-unsigned'
  | 'package-wrong-signature'
  | 'package-untrusted-signer'
  | 'package-altered'
  | 'package-member-unsigned'
  | 'package-wrong-bidder'
  | 'package-not-for-this-lot';

export interface PackedFile {
  readonly name: string;
  /** bytes */
  readonly size: number;
  /** base64url */
  readonly sha256: string;
}

export interface VerifiedPackage {
  readonly bid: Bid;
  readonly files: readonly PackedFile[];
  readonly signer: Certificate;
  /** certificates of the further members of a joint bid, in the order in which it names them */
  readonly members: readonly Certificate[];
  /** as the signer claims it */
  readonly signedAt: Instant;
}

/**
 * Checks a package from its form to its last byte: container, signature over the manifest, digest of everything, signer,
 * lot, part and bidder. `trust.at` is the moment the platform took the bid, not one the signer names. Constant memory.
 */
export async function verifyPackage(
  source: PackageSource,
  expected: EnvelopeContext,
  trust: Trust,
): Promise<Verdict<VerifiedPackage, PackageFlaw>> {
  const container = await openContainer(source);
  if (container === undefined) return refute('package-malformed');
  const [manifest, signature] = [await small(container, manifestPath), await small(container, signaturePath)];
  if (manifest === undefined || signature === undefined) return refute('package-unsigned');
  const signed = await verifyDetached(signature, manifest, trust);
  if (!signed.ok)
    return refute(
      signed.reason.startsWith('certificate-') ? 'package-untrusted-signer' : 'package-wrong-signature',
      because(signed.problem),
    );
  const files = await matching(container, textOf(manifest) ?? '');
  if (files === undefined) return refute('package-altered');
  const bid = bidIn(await small(container, bidPath));
  if (bid === undefined) return refute('package-malformed');
  if (signed.code !== expected.bidder || bid.bidder !== expected.bidder) return refute('package-wrong-bidder');
  if (bid.lot !== expected.lot || bid.part !== expected.part) return refute('package-not-for-this-lot');
  const members = await memberSigners(container, bid, textOf(manifest) ?? '', trust);
  if (members === undefined) return refute('package-member-unsigned');
  return { ok: true, bid, files, signer: signed.signer, members, signedAt: signed.signedAt };
}

/** The certificates of the further members, when each signed the same objects as the bidder and nobody else did; undefined otherwise. */
async function memberSigners(container: Container, bid: Bid, manifest: string, trust: Trust): Promise<readonly Certificate[] | undefined> {
  const further = furtherMembers(bid);
  const expected = further.flatMap((_, at) => [memberManifestPath(at + 1), memberSignaturePath(at + 1)]);
  const there = [...container.keys()].filter(isMemberPath);
  if (there.length !== expected.length || !expected.every((path) => container.has(path))) return undefined;
  const objects = objectsOf(manifest);
  const signers: Certificate[] = [];
  for (const [at, code] of further.entries()) {
    const own = await small(container, memberManifestPath(at + 1));
    const signature = await small(container, memberSignaturePath(at + 1));
    if (own === undefined || signature === undefined || objectsOf(textOf(own) ?? '') !== objects) return undefined;
    const signed = await verifyDetached(signature, own, trust);
    if (!signed.ok || signed.code !== code) return undefined;
    signers.push(signed.signer);
  }
  return signers;
}

/** What a manifest lists, whatever its order and spelling; a manifest that cannot be read equals no other. */
const objectsOf = (manifest: string): string | undefined =>
  readManifest(manifest)
    ?.map(({ path, sha256 }) => `${base64url(sha256)} ${path}`)
    .sort()
    .join('\n');

/**
 * One attachment of a verified package, as a stream that fails with `package-altered` at its end when the content is
 * not the one that was verified. Throws `package-malformed` when there is no such file.
 */
export async function readPackedFile(source: PackageSource, file: PackedFile): Promise<ReadableStream<Uint8Array>> {
  const entry = (await openContainer(source))?.get(`${filesFolder}${file.name}`);
  if (entry === undefined) throw refute('package-malformed').problem;
  const content = new TransformStream<Uint8Array, Uint8Array>();
  const running = runningSha256();
  const checking = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, controller) {
      running.update(piece);
      controller.enqueue(piece);
    },
    flush() {
      if (base64url(running.digest()) !== file.sha256) throw refute('package-altered').problem;
    },
  });
  entry.getData(content.writable, reading).catch(() => undefined); // the stream that is handed out carries the error
  return content.readable.pipeThrough(checking);
}

/** zip.js reads through this. */
class SourceReader extends Reader<PackageSource> {
  readonly source: PackageSource;
  constructor(source: PackageSource) {
    super(source);
    this.source = source;
    this.size = source.size;
  }
  override readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    return this.source.read(offset, Math.min(length, this.size - offset));
  }
}

type Container = ReadonlyMap<string, FileEntry>;
/** Two programs must never see two contents in one archive: local and central headers agree, nothing overlaps or hides. */
const reading = {
  strictness: 'strict',
  checkAmbiguity: true,
  checkLocalDirectory: true,
  checkLocalFilename: true,
  checkOverlappingEntry: true,
  checkCrc32: true,
  useWebWorkers: false,
} as const;
const mostEntries = 2000;
/** All entries unpacked may be so many times the package, or what is read whole into memory: a small bid must not keep an opening busy for hours. */
const mostRatio = 100;

/** The files of an ASiC-E container by path; undefined when it is none, or holds anything that has no place in one. */
async function openContainer(source: PackageSource): Promise<Container | undefined> {
  const reader = new ZipReader(new SourceReader(source), reading);
  const entries = await reader.getEntries().catch(() => undefined); // not an archive, or an ambiguous one
  const [first] = entries ?? [];
  if (entries === undefined || first === undefined || entries.length > mostEntries || endsTwice(reader.comment)) return undefined;
  const files = entries.flatMap((entry) => (entry.directory || entry.encrypted || !isFile(entry) ? [] : [entry]));
  const byPath = new Map(files.map((entry) => [entry.filename, entry]));
  const declared = files.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  if (declared > Math.max(mostBytesWhole, mostRatio * source.size) || !toldApart([...byPath.keys()])) return undefined;
  const sound = byPath.size === entries.length && first.filename === 'mimetype' && first.offset === 0 && first.compressionMethod === 0;
  if (!sound || !files.every((entry) => hasPlace(entry.filename))) return undefined;
  const type = await small(byPath, 'mimetype');
  return type !== undefined && textOf(type) === containerType ? byPath : undefined;
}

/** A comment may name the type of the container; an end record in it is where other programs would begin to read. */
const endsTwice = (comment: Uint8Array): boolean => new TextDecoder('latin1').decode(comment).includes('PK\x05\x06');

/** By its attributes: the kind of a Unix mode, whatever system is named beside it, is that of a regular file or not given. */
const isFile = ({ symlink, externalFileAttributes }: FileEntry): boolean => !symlink && [0, 8].includes(externalFileAttributes >>> 28);

function hasPlace(path: string): boolean {
  if (['mimetype', bidPath, manifestPath, signaturePath].includes(path) || isMemberPath(path)) return true;
  return path.startsWith(filesFolder) && fileNameFits(path.slice(filesFolder.length));
}

/** What is read whole into memory: form, manifest and signature, never an attachment. */
const mostBytesWhole = 16 * 1024 * 1024;

async function small(container: Container, path: string): Promise<Uint8Array | undefined> {
  const entry = container.get(path);
  if (entry === undefined || entry.uncompressedSize > mostBytesWhole) return undefined;
  const pieces: Uint8Array[] = [];
  const read = await through(entry, (piece) => pieces.push(piece));
  return read ? concat(...pieces) : undefined;
}

/** Reads an entry to its end; false when it is damaged or longer than its header says (a bomb). */
async function through(entry: FileEntry, take: (piece: Uint8Array) => void): Promise<boolean> {
  let bytes = 0;
  const sink = new WritableStream<Uint8Array>({
    write(piece) {
      bytes += piece.length;
      if (bytes > entry.uncompressedSize) throw new RangeError('longer than its header says');
      take(piece);
    },
  });
  return entry.getData(sink, reading).then(
    () => bytes === entry.uncompressedSize,
    () => false, // a wrong checksum, a broken compression, or the bomb above
  );
}

/** The attachments, when the manifest lists every data object exactly once and each is what it says; else undefined. */
async function matching(container: Container, manifest: string): Promise<readonly PackedFile[] | undefined> {
  const listed = readManifest(manifest);
  const data = [...container.keys()].filter((path) => path === bidPath || path.startsWith(filesFolder));
  const paths = new Set(listed?.map((entry) => entry.path));
  if (listed === undefined || paths.size !== listed.length || paths.size !== data.length) return undefined;
  const files: PackedFile[] = [];
  for (const { path, sha256 } of listed) {
    const entry = data.includes(path) ? container.get(path) : undefined;
    const running = runningSha256();
    if (entry === undefined || !(await through(entry, (piece) => running.update(piece)))) return undefined;
    if (base64url(running.digest()) !== base64url(sha256)) return undefined;
    if (path !== bidPath) files.push({ name: path.slice(filesFolder.length), size: entry.uncompressedSize, sha256: base64url(sha256) });
  }
  return files;
}

/** `bid.json` must be canonical, so that no two readers can see two bids in it. */
function bidIn(bytes: Uint8Array | undefined): Bid | undefined {
  const text = bytes === undefined ? undefined : textOf(bytes);
  try {
    const value: unknown = JSON.parse(text ?? '');
    const read = bidShape.safeParse(value);
    return read.success && canonical(value) === text ? read.data : undefined;
  } catch {
    return undefined; // not JSON
  }
}

const because = (cause: { readonly title: Words }): Words => ({
  zh: `投标文件的签名不被接受：${cause.title.zh}`,
  en: `The signature of the bid package is not accepted: ${cause.title.en}`,
});
