import { Readable } from 'node:stream';
import type { EntityManager } from '@mikro-orm/postgresql';
import {
  type ArchiveManifest,
  archiveFormat,
  catalogueInVolume,
  digestIn,
  evidenceInVolume,
  pagesOf,
  writeVolume,
} from '../evidence/archive-volume.ts';
import { perform } from '../kernel/act.ts';
import { theSystem } from '../kernel/actor.ts';
import { canonicalBytes } from '../kernel/bytes.ts';
import { chore } from '../kernel/clockwork.ts';
import type { FileStore } from '../kernel/files.ts';
import { Problem } from '../kernel/problem.ts';
import { evidenceNotWitnessed } from '../openness/evidence-reads.ts';
import { closedVolumes, type VolumeParts, volumeParts } from './reads.ts';
import { ArchiveVolume } from './schema.ts';
import { sealArchive } from './seal-archive.ts';

/** Makes the volume of each lot that was closed, once all its papers are issued and its newest entries are witnessed; then it is sealed. */
export const makeVolumes = chore<{ readonly lot: string }>({
  name: 'make-volumes',
  key: ({ lot }) => lot,
  find: (em: EntityManager) => closedVolumes(em),
  async work({ lot }, { frame, files }) {
    const parts = await volumeParts(frame.fork(), lot).catch((error: unknown) => {
      if (error instanceof Problem && error.problem === evidenceNotWitnessed().problem) return null;
      throw error;
    });
    if (parts === null) return;
    const { manifest, bytes } = await volumeOf(parts, files);
    const stored = await files.put(Readable.from([Buffer.from(bytes)]));
    const command = {
      lot,
      sha256: stored.sha256,
      manifestSha256: digestIn(canonicalBytes(manifest)),
      bytes: stored.bytes,
      fileKey: stored.key,
      manifest,
      files: manifest.files.length,
      pages: manifest.files.reduce((sum, { pages }) => sum + (pages ?? 0), 0),
    };
    await perform(frame, sealArchive, theSystem, command).catch(async (error: unknown) => {
      await files.remove(stored.key);
      // another worker was faster
      if (!(error instanceof Problem)) throw error;
    });
  },
});

async function volumeOf(parts: VolumeParts, store: FileStore): Promise<{ readonly manifest: ArchiveManifest; readonly bytes: Uint8Array }> {
  const content = new Map<string, Uint8Array>([[evidenceInVolume, parts.evidence]]);
  for (const { name, key } of parts.held) content.set(name, await whole(store, key));
  const listed = [
    ...parts.held.map(({ name, title, number, at }) => ({ name, title, number, at })),
    {
      name: evidenceInVolume,
      title: { zh: '证据包（公开版，可离线核验）', en: 'Evidence bundle (public edition)' },
      number: null,
      at: null,
    },
  ];
  content.set(catalogueInVolume, catalogueOf(parts, listed, content));
  const title = { zh: '卷内目录', en: 'Catalogue of the volume' };
  const files = [{ name: catalogueInVolume, title, number: null, at: null }, ...listed].map((each) => {
    const bytes = content.get(each.name) ?? new Uint8Array();
    return { ...each, bytes: bytes.length, sha256: digestIn(bytes), pages: pagesOf(bytes) };
  });
  const manifest: ArchiveManifest = { format: archiveFormat, ...parts.facts, files };
  return { manifest, bytes: await writeVolume(manifest, content) };
}

/** The catalogue for people: what lies in the volume, in the order of the tender. */
function catalogueOf(
  { facts }: VolumeParts,
  listed: readonly Pick<ArchiveManifest['files'][number], 'name' | 'title' | 'number' | 'at'>[],
  content: ReadonlyMap<string, Uint8Array>,
): Uint8Array {
  const rows = listed.map(({ name, title, number, at }, index) => {
    const bytes = content.get(name) ?? new Uint8Array();
    const pages = pagesOf(bytes);
    return [
      String(index + 1).padStart(3, '0'),
      title.zh,
      title.en,
      number ?? '—',
      at ?? '—',
      pages === null ? '—' : `${pages} 页 p.`,
      digestIn(bytes),
      name,
    ].join('\t');
  });
  const head = [
    `卷内目录 Catalogue of the volume`,
    `标段 Lot\t${facts.number}\t${facts.name}`,
    `统一交易标识码 Trading code\t${facts.tradeCode ?? '—'}`,
    `项目 Project\t${facts.project}`,
    `门类 Line\t${facts.line.zh}\t${facts.line.en}`,
    `招标人 Tenderee\t${facts.tenderee}`,
    `立卷 Closed\t${facts.closedAt}`,
    `保管期限 Kept\t${facts.keepYears} 年 years\t${facts.keepUntil}`,
    '',
    ['序号 No.', '题名 Title', '', '文号 Number', '形成时间 Made', '页数 Pages', 'SHA-256', '文件 File'].join('\t'),
  ];
  return new TextEncoder().encode(`${[...head, ...rows].join('\n')}\n`);
}

async function whole(store: FileStore, key: string): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  for await (const piece of store.read(key)) pieces.push(piece as Buffer);
  return new Uint8Array(Buffer.concat(pieces));
}

/** The files of volumes that were destroyed go from the store; that they did is what the row then says. */
export const clearVolumes = chore<{ readonly lot: string; readonly key: string }>({
  name: 'clear-volumes',
  key: ({ lot }) => lot,
  async find(em: EntityManager) {
    const gone = await em.find(ArchiveVolume, { state: 'destroyed', fileKey: { $ne: null } }, { limit: 20 });
    return gone.flatMap(({ lot, fileKey }) => (fileKey ? [{ lot, key: fileKey }] : []));
  },
  async work({ lot, key }, { frame, files }) {
    await files.remove(key);
    await frame.fork().nativeUpdate(ArchiveVolume, { lot }, { fileKey: null });
  },
});
