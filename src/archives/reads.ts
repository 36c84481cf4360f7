import type { EntityManager } from '@mikro-orm/postgresql';
import { supervises } from '../awards/reads.ts';
import type { ArchiveManifest } from '../evidence/archive-volume.ts';
import { eventById } from '../journal/reads.ts';
import { type Actor, thePublic } from '../kernel/actor.ts';
import type { Instant } from '../kernel/clock.ts';
import { instantOf } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { publicEvidence } from '../openness/evidence-reads.ts';
import { writeEvidence } from '../openness/evidence-writer.ts';
import { mayRead } from '../papers/announcement.ts';
import { type PaperKind, papers } from '../papers/index.ts';
import { dueSources } from '../papers/reads.ts';
import { lineOf } from '../tenders/line.ts';
import { allows } from '../tenders/phases.ts';
import { hosts, lotFor, lotView, namesOf } from '../tenders/reads.ts';
import { type Lot, type Project, TenderDocument } from '../tenders/schema.ts';
import type { ArchiveAnswer } from './answers.ts';
import { handoverBy, keepingFrom, keptLongEnough } from './keeping.ts';
import { archiveNotSealed } from './problems.ts';
import { ArchiveVolume } from './schema.ts';

/** A file that goes into a volume, where it lies now, and what the catalogue says of it. */
interface HeldFile {
  readonly name: string;
  readonly key: string;
  readonly title: Words;
  readonly number: string | null;
  readonly at: Instant;
}
export interface VolumeParts {
  readonly facts: Omit<ArchiveManifest, 'format' | 'files'>;
  readonly held: readonly HeldFile[];
  readonly evidence: Uint8Array;
}

/** Volumes that were closed and are still to be made. */
export async function closedVolumes(em: EntityManager): Promise<readonly { readonly lot: string }[]> {
  const rows = await em.find(ArchiveVolume, { state: 'asked' }, { fields: ['lot'], orderBy: { askedAt: 'asc' }, limit: 5 });
  return rows.map(({ lot }) => ({ lot }));
}

/** What the volume of a lot is made of: its documents, every paper its host may have, and its evidence. Null while papers are still to be issued. */
export async function volumeParts(em: EntityManager, id: string): Promise<VolumeParts | null> {
  const volume = await em.findOneOrFail(ArchiveVolume, { lot: id });
  const { lot, project } = await lotFor(em, thePublic, id);
  if ((await dueSources(em, 0, 1000)).some((due) => due.lot === id)) return null;
  const nameOf = await namesOf(em, [project.tenderee]);
  const evidence = await writeEvidence((await publicEvidence(em, thePublic, id)).parts);
  return {
    facts: {
      lot: id,
      number: lot.number,
      tradeCode: lot.tradeCode ?? null,
      name: lot.name,
      project: project.name,
      line: lineOf(project.line).title,
      tenderee: nameOf(project.tenderee),
      phase: lot.phase,
      closedAt: volume.askedAt,
      keepYears: volume.keepYears,
      keepUntil: volume.keepUntil,
    },
    held: [...(await documentsIn(em, id)), ...(await papersIn(em, lot, project))],
    evidence,
  };
}

async function documentsIn(em: EntityManager, lot: string): Promise<readonly HeldFile[]> {
  const rows = await em.find(TenderDocument, { lot }, { orderBy: { publishedAt: 'asc', id: 'asc' } });
  return rows.map((row, index) => {
    const ending = /\.([A-Za-z0-9]{1,8})$/.exec(row.name)?.[1]?.toLowerCase() ?? 'bin';
    const said = `${row.name}（第 ${row.version} 版）`;
    return {
      name: `documents/${place(index)}.${ending}`,
      key: row.fileKey,
      title: { zh: said, en: `${row.name} (version ${row.version})` },
      number: null,
      at: row.publishedAt,
    };
  });
}

const place = (index: number): string => String(index + 1).padStart(3, '0');

/** Every paper the host may have: what belongs to one bidder alone is that bidder's. */
async function papersIn(em: EntityManager, lot: Lot, project: Project): Promise<readonly HeldFile[]> {
  const rows = await em.execute<{ kind: PaperKind; number: string; party: string | null; file_key: string; at: string }[]>(
    `select p.kind, p.number, p.party, p.file_key, s.at from paper p join journal_event s on s.id = p.source where p.lot = ? order by s.position, p.id`,
    [lot.id],
  );
  const view = await lotView(em, lot.id);
  const host: Actor = { ...thePublic, role: 'tenderee', code: project.tenderee };
  return rows
    .filter(({ kind, party }) => mayRead({ kind, lot: lot.id, party }, host, view))
    .map(({ kind, number, file_key: key, at }, index) => ({
      name: `papers/${place(index)}-${kind}.pdf`,
      key,
      title: papers[kind].title,
      number,
      at: instantOf(new Date(at)),
    }));
}

/** The volume of a lot for one reader: everybody learns that it is sealed, with which digest and until when; the catalogue is the host's and the supervisor's. */
export async function archiveOf(em: EntityManager, by: Actor, id: string, now: Instant): Promise<ArchiveAnswer> {
  const { lot, project } = await lotFor(em, by, id);
  if (!lot.publishedAt) throw notFound();
  const volume = await em.findOne(ArchiveVolume, { lot: id });
  const host = hosts(by, project);
  const watching = by.role === 'regulator' && (await supervises(em, by, project));
  const reader = host || watching;
  const ended = lot.failedAt ?? lot.contractedAt ?? null;
  const over = volume !== null && now >= volume.keepUntil;
  const manifest = volume?.manifest as ArchiveManifest | null | undefined;
  return {
    lot: { id, number: lot.number, name: lot.name, tradeCode: lot.tradeCode ?? null },
    ended,
    handoverBy: ended && handoverBy(ended),
    keepYears: volume?.keepYears ?? keepingFrom(now).years,
    source: keptLongEnough.source,
    volume: volume && {
      state: volume.state === 'sealed' ? 'sealed' : volume.state === 'destroyed' ? 'destroyed' : 'asked',
      askedAt: volume.askedAt,
      sealedAt: volume.sealedAt ?? null,
      keepUntil: volume.keepUntil,
      sha256: volume.sha256 ?? null,
      bytes: volume.bytes === null || volume.bytes === undefined ? null : Number(volume.bytes),
      destructionAskedAt: volume.destructionAskedAt ?? null,
      destroyedAt: volume.destroyedAt ?? null,
    },
    files: reader && manifest ? manifest.files : [],
    you: {
      mayClose: host && volume === null && allows('close-archive', lot.phase),
      mayOpen: reader && volume?.state === 'sealed',
      mayAsk: by.role === 'tenderee' && host && volume?.state === 'sealed' && over && !volume.destructionAskedAt,
      mayDestroy: watching && volume?.state === 'sealed' && over && Boolean(volume.destructionAskedAt),
    },
  };
}

/** The file of a volume for somebody whose taking it out stands on record under this event. */
export async function takenVolume(
  em: EntityManager,
  by: Actor,
  id: string,
  opening: string,
): Promise<{ readonly key: string; readonly bytes: number; readonly name: string }> {
  const { lot } = await lotFor(em, by, id);
  const taken = await eventById(em, opening);
  const { type = '', subject = {} } = taken?.event ?? {};
  if (type !== 'archive.opened' || subject.lot !== id || subject.actor !== by.user) throw notFound();
  const volume = await em.findOne(ArchiveVolume, { lot: id, state: 'sealed' });
  if (!volume?.fileKey) throw archiveNotSealed();
  return { key: volume.fileKey, bytes: Number(volume.bytes ?? 0), name: `${lot.number}.archive.zip` };
}
