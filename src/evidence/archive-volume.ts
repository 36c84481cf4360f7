import { z } from 'zod';
import { base64url, canonicalBytes, textOf } from '../kernel/bytes.ts';
import { fill } from '../kernel/words.ts';
import { sha256 } from '../sealing/digest.ts';
import { manifestName, pack, unpack } from './archive.ts';
import { verifyBundle } from './bundle.ts';
import { type Checklist, type Verification, verification } from './checks.ts';
import { parseJson } from './json.ts';
import type { VerifyOptions } from './verify.ts';

/**
 * The volume of a lot (一标一档): a zip of stored files, always the same bytes for the same files, with a manifest that lists every one of them in
 * the order of the catalogue, its digest and its pages; the evidence bundle of the lot lies in it, so that the volume proves itself.
 */
export const archiveFormat = 'yangguang/archive/v1';
export const evidenceInVolume = 'evidence/public.evidence.zip';
export const catalogueInVolume = 'catalogue.txt';

const digest = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const words = z.strictObject({ zh: z.string(), en: z.string() });
export const archiveManifestShape = z.strictObject({
  format: z.literal(archiveFormat),
  lot: z.string(),
  number: z.string(),
  tradeCode: z.string().nullable(),
  name: z.string(),
  project: z.string(),
  line: words,
  tenderee: z.string(),
  /** the phase in which the lot ended */
  phase: z.string(),
  closedAt: z.string(),
  keepYears: z.int().positive(),
  keepUntil: z.string(),
  /** in the order of the catalogue */
  files: z.array(
    z.strictObject({
      name: z.string(),
      title: words,
      number: z.string().nullable(),
      at: z.string().nullable(),
      bytes: z.int().nonnegative(),
      sha256: digest,
      /** of a PDF; null for what has none */
      pages: z.int().positive().nullable(),
    }),
  ),
});
export type ArchiveManifest = z.infer<typeof archiveManifestShape>;

/** How many pages a PDF of this platform has; null for other files. Pages are plain objects in it, one `/Type /Page` each. */
export function pagesOf(bytes: Uint8Array): number | null {
  const text = new TextDecoder('latin1').decode(bytes);
  if (!text.startsWith('%PDF-')) return null;
  const count = text.match(/\/Type\s*\/Page(?![A-Za-z])/g)?.length ?? 0;
  return count > 0 ? count : null;
}

export const digestIn = (bytes: Uint8Array): string => base64url(sha256(bytes));

/** The files of a volume as one; the manifest is written canonically. */
export const writeVolume = (manifest: ArchiveManifest, files: ReadonlyMap<string, Uint8Array>): Promise<Uint8Array> =>
  pack(new Map([...files, [manifestName, canonicalBytes(manifest)]]));

/** The manifest in an unpacked container; undefined when it is that of something else. */
export function manifestOfVolume(files: ReadonlyMap<string, Uint8Array> | undefined): ArchiveManifest | undefined {
  const read = parseJson(textOf(files?.get(manifestName) ?? new Uint8Array()) ?? '')?.value;
  return archiveManifestShape.safeParse(read).data;
}

/** Whether a zip says of itself that it is a volume. */
export const isVolume = async (bytes: Uint8Array): Promise<boolean> => manifestOfVolume(await unpack(bytes)) !== undefined;

/** Checks a volume: nothing was added, left out or changed, pages and digests are those of the catalogue, and its evidence verifies. */
export async function verifyVolume(bytes: Uint8Array, options: VerifyOptions): Promise<Verification> {
  const files = await unpack(bytes);
  return verification(async (list: Checklist) => {
    const manifest = manifestOfVolume(files);
    if (files === undefined || manifest === undefined)
      list.unreadable({ zh: '案卷清单无法识别。', en: 'The manifest of the volume cannot be read.' });
    const listed = new Set(manifest.files.map(({ name }) => name));
    list.that(
      { zh: '卷内文件与目录一一对应', en: 'The volume holds exactly the files of its catalogue' },
      listed.size === manifest.files.length &&
        files.size === listed.size + 1 &&
        [...files.keys()].every((name) => name === manifestName || listed.has(name)),
    );
    for (const each of manifest.files) {
      const content = files.get(each.name) ?? new Uint8Array();
      list.that(
        { zh: '每份文件的摘要、字节数和页数与目录一致', en: 'Digest, size and pages of every file are those of the catalogue' },
        digestIn(content) === each.sha256 && content.length === each.bytes && pagesOf(content) === each.pages,
        fill({ zh: '文件 {name} 与目录不符', en: 'file {name} is not the one listed' }, { name: each.name }),
      );
    }
    list.that(
      { zh: '案卷逐字节未被改动', en: 'The volume is what packing its files gives, to the last byte' },
      digestIn(await pack(files)) === digestIn(bytes),
    );
    const evidence = files.get(evidenceInVolume);
    list.that({ zh: '卷内有证据包', en: 'The volume holds the evidence of its lot' }, evidence !== undefined);
    const inner = await verifyBundle(evidence, { ...options, tell: (check) => list.that(check.says, check.ok, check.why) });
    list.that(
      { zh: '卷内证据包核验通过', en: 'The evidence in the volume verifies' },
      inner.result === 'verified',
      inner.result === 'verified' ? undefined : inner.why,
    );
    for (const note of inner.notes) list.note(note);
    list.note(
      fill(
        { zh: '案卷 {number}：{files} 份文件，保管 {years} 年。', en: 'Volume {number}: {files} files, kept for {years} years.' },
        { number: manifest.number, files: manifest.files.length, years: manifest.keepYears },
      ),
    );
  }, options.tell);
}
