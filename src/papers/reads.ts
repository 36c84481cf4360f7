import type { EntityManager } from '@mikro-orm/postgresql';
import { supervises } from '../awards/reads.ts';
import type { JournalEvent } from '../journal/event.ts';
import type { StoredEvent } from '../journal/reads.ts';
import { type Actor, thePublic } from '../kernel/actor.ts';
import { base64url } from '../kernel/bytes.ts';
import { instantOf } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import { blindSeat } from '../openings/pseudonym.ts';
import { readingSeat } from '../openings/reading-draw.ts';
import { phaseOf, phases } from '../tenders/phases.ts';
import { lotFor, lotView } from '../tenders/reads.ts';
import type { Lot } from '../tenders/schema.ts';
import { announcements, mayRead } from './announcement.ts';
import type { PaperAnswer, PaperEntry, PapersAnswer } from './answers.ts';
import { kindAfter } from './compose.ts';
import { type PaperKind, paperKinds, papers } from './index.ts';
import { paperNotReady } from './problems.ts';
import { PaperRow } from './schema.ts';

/** The papers of a lot that this reader may have, oldest first; a bidder's own receipts are there before the journal tells of them. */
export async function papersOf(em: EntityManager, by: Actor, id: string): Promise<PapersAnswer> {
  const { lot, may } = await readerOf(em, by, id);
  const rows = await entriesOf(em, 'p.lot = ?', [id]);
  const seen = rows.filter(({ row }) => may(row)).map(({ entry }) => entry);
  const receipts = (await ownReceipts(em, by, id)).filter((receipt) => !seen.some((each) => each.source === receipt.source));
  const phase = phaseOf(lot.phase);
  return {
    lot: { id, number: lot.number, name: lot.name, phase, phaseTitle: phases[phase].title },
    papers: [...seen, ...receipts].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
  };
}

/** A lot, and what of its papers this reader may have. A supervisor of another region is one of the public here. */
async function readerOf(em: EntityManager, by: Actor, id: string): Promise<{ lot: Lot; may: (paper: Line) => boolean }> {
  const { lot, project } = await lotFor(em, by, id);
  const view = await lotView(em, id);
  const reader = by.role === 'regulator' && !(await supervises(em, by, project)) ? thePublic : by;
  return { lot, may: (paper) => mayRead(paper, reader, view) };
}

interface Line {
  readonly id: string;
  readonly kind: PaperKind;
  readonly number: string;
  readonly lot: string;
  readonly party: string | null;
  readonly source: string;
  readonly data_hash: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly file_key: string;
  readonly at: string;
  readonly event: string | null;
}

/** Rows of papers with the event they follow and the one that tells of them; without their data. */
async function entriesOf(em: EntityManager, where: string, values: readonly unknown[]): Promise<{ row: Line; entry: PaperEntry }[]> {
  const rows = await em.execute<Line[]>(
    `select p.id, p.kind, p.number, p.lot, p.party, p.source, p.data_hash, p.sha256, p.bytes, p.file_key, s.at,
            (select e.id from journal_event e where e.lot = p.lot and e.type in (${announced}) and e.body::jsonb #>> '{data,sha256}' = p.sha256 limit 1) as event
     from paper p join journal_event s on s.id = p.source where ${where} order by s.position`,
    [...values],
  );
  return rows.map((row) => ({ row, entry: entryOf(row) }));
}

const announced = [...new Set(Object.values(announcements))].map((type) => `'${type}'`).join(', ');

const entryOf = (row: Line): PaperEntry => ({
  id: row.id,
  kind: row.kind,
  title: papers[row.kind].title,
  number: row.number,
  source: row.source,
  at: instantOf(new Date(row.at)),
  bytes: row.bytes,
  sha256: row.sha256,
  dataHash: row.data_hash,
  event: row.event,
  href: `/papers/${row.id}`,
});

const receiptTypes = papers['submission-receipt'].follows.map((type) => `'${type}'`).join(', ');

/** The reader's own bids have their receipts at once. Nobody else is told that there is one. */
async function ownReceipts(em: EntityManager, by: Actor, lot: string): Promise<PaperEntry[]> {
  if (by.role !== 'bidder' || by.code === null) return [];
  const rows = await em.execute<{ id: string; at: string }[]>(
    `select id, at from journal_event where lot = ? and party = ? and type in (${receiptTypes}) order by position`,
    [lot, by.code],
  );
  return rows.map(({ id, at }) => ({
    id: null,
    kind: 'submission-receipt',
    title: papers['submission-receipt'].title,
    number: null,
    source: id,
    at: instantOf(new Date(at)),
    bytes: null,
    sha256: null,
    dataHash: null,
    event: null,
    href: `/lots/${lot}/papers/submission-receipt?event=${id}`,
  }));
}

/** A stored paper to send. */
export interface PaperFile {
  readonly fileKey: string;
  readonly kind: PaperKind;
  readonly number: string;
  readonly bytes: number;
}

/**
 * The paper of a kind that follows an event (the newest this reader may have, when no event is named). Answers `own` for a receipt of the
 * reader's own bid that the journal does not tell of yet. What the reader may not have is not there.
 */
export async function paperFor(
  em: EntityManager,
  by: Actor,
  asked: { readonly lot: string; readonly kind: string; readonly event?: string | undefined },
): Promise<PaperFile | { readonly own: string }> {
  const kind = paperKinds.find((each) => each === asked.kind);
  if (!kind) throw notFound();
  const { may } = await readerOf(em, by, asked.lot);
  const { event } = asked;
  const rows = await entriesOf(em, `p.lot = ? and p.kind = ?${event ? ' and p.source = ?' : ''}`, [
    asked.lot,
    kind,
    ...(event ? [event] : []),
  ]);
  const receipts = kind === 'submission-receipt' ? await ownReceipts(em, by, asked.lot) : [];
  const own = event ? receipts.find((each) => each.source === event) : receipts.at(-1);
  const stored = rows.filter(({ row }) => may(row) && (!own || row.source === own.source)).at(-1);
  if (stored) return fileOf(stored.row);
  if (own) return { own: own.source };
  throw (await isDue(em, asked.lot, kind)) ? paperNotReady() : notFound();
}

const fileOf = (row: Line): PaperFile => ({ fileKey: row.file_key, kind: row.kind, number: row.number, bytes: row.bytes });

/** Is a public paper of this kind on its way? Said of public ones only: of others the answer itself would tell. */
async function isDue(em: EntityManager, lot: string, kind: PaperKind): Promise<boolean> {
  if (announcements[kind] !== 'paper.issued' || kind === 'draw-record') return false;
  const [first] = await em.execute<{ due: boolean }[]>(`select exists (select from journal_event where lot = ? and type = ?) as due`, [
    lot,
    papers[kind].follows[0],
  ]);
  return first?.due ?? false;
}

/** One paper by its id. */
export async function paperById(em: EntityManager, by: Actor, id: string): Promise<PaperFile> {
  const [found] = await entriesOf(em, 'p.id = ?', [id]);
  if (!found || !(await readerOf(em, by, found.row.lot)).may(found.row)) throw notFound();
  return fileOf(found.row);
}

/** The paper with this data hash, as the code printed on it leads here. */
export async function paperByHash(em: EntityManager, by: Actor, dataHash: string): Promise<PaperAnswer> {
  const [found] = await entriesOf(em, 'p.data_hash = ?', [dataHash]);
  if (!found) throw notFound();
  const { lot, may } = await readerOf(em, by, found.row.lot);
  if (!may(found.row)) throw notFound();
  return { lot: { id: lot.id, number: lot.number, name: lot.name }, paper: found.entry, dataHash };
}

/** The newest public paper of a kind, for a page that shows it beside what it is about; null while there is none. */
export async function publicPaper(em: EntityManager, lot: string, kind: PaperKind) {
  if (announcements[kind] !== 'paper.issued') return null;
  const found = (await entriesOf(em, 'p.lot = ? and p.kind = ?', [lot, kind])).at(-1);
  if (!found) return null;
  const { id, number, bytes, sha256, issuedAt } = await em.findOneOrFail(PaperRow, { id: found.row.id });
  return { name: fileName(kind, number), href: `/papers/${id}`, bytes, sha256, at: issuedAt };
}

/** 开标记录 开标〔2026〕….pdf */
export const fileName = (kind: PaperKind, number: string | null): string =>
  `${papers[kind].title.zh}${number === null ? '' : ` ${number}`}.pdf`;

export interface DueSource {
  readonly source: string;
  readonly lot: string;
  /** journal number of the event that made it due */
  readonly trigger: number;
}

/**
 * Sources that have no paper although it is due, oldest first. A receipt becomes due when the session is over (before the opening its
 * entry in the journal would let anyone count the bids, and during it the worker has bids to open); the draw's final edition with the result, when the names are public.
 * Every paper refers to the notice of its lot: a lot that failed in its prequalification never had one, and what became of it stands on its page.
 */
export async function dueSources(em: EntityManager, from: number, limit: number): Promise<readonly DueSource[]> {
  const own = kindsDueAtOnce.flatMap((kind) => papers[kind].follows).filter((type) => type !== 'experts.revealed');
  const list = (types: readonly string[]): string => types.map((type) => `'${type}'`).join(', ');
  const rows = await em.execute<{ source: string; lot: string; trigger: string }[]>(
    `select due.source, due.lot, min(due.trigger) as trigger from (
       select e.id as source, e.lot, l.index as trigger from journal_leaf l join journal_event e on e.id = l.event
       where l.index >= ? and e.type in (${list(own)})
         and (e.type <> 'draw.completed' or (jsonb_array_length(e.body::jsonb #> '{data,transcript,request,seats}') > 0
           and e.body::jsonb #>> '{data,transcript,request,seats,0,specialty}' not in ('${readingSeat}', '${blindSeat}')))
         and (e.type <> 'result.notified' or e.body::jsonb #>> '{data,bidder}' <> e.body::jsonb #>> '{data,winner}')
       union all
       select s.id, s.lot, l.index from journal_leaf l join journal_event t on t.id = l.event
         join journal_event s on s.lot = t.lot and s.type in (${receiptTypes}) join journal_leaf sl on sl.event = s.id
       where l.index >= ? and t.type in ('record.closed', 'tender.failed')
       union all
       select s.id, s.lot, l.index from journal_leaf l join journal_event t on t.id = l.event
         join journal_event s on s.lot = t.lot and s.type = 'experts.revealed' join journal_leaf sl on sl.event = s.id
       where l.index >= ? and t.type in ('award.notified', 'tender.failed')
     ) due where not exists (select from paper p where p.source = due.source)
       and exists (select from journal_event n where n.lot = due.lot and n.type = 'notice.published')
     group by due.source, due.lot order by trigger, due.source limit ?`,
    [from, from, from, limit],
  );
  return rows.map(({ source, lot, trigger }) => ({ source, lot, trigger: Number(trigger) }));
}

const kindsDueAtOnce = paperKinds.filter((kind) => kind !== 'submission-receipt');

/** How far the journal reaches: the number of the next entry. */
export async function journalEnd(em: EntityManager): Promise<number> {
  const [row] = await em.execute<{ next: string }[]>('select coalesce(max(index) + 1, 0) as next from journal_leaf');
  return Number(row?.next ?? 0);
}

/** The source of a paper as the composing reads take it. */
export interface SourceFacts {
  readonly kind: PaperKind;
  readonly lot: string;
  readonly index: number;
  readonly commitment: string;
}

/** What an event is to papers; null where none follows it, or it has no number yet. */
export async function sourceFacts(em: EntityManager, id: string): Promise<SourceFacts | null> {
  const [row] = await em.execute<{ type: string; lot: string | null; index: string | null; commitment: Buffer }[]>(
    'select e.type, e.lot, l.index, e.commitment from journal_event e left join journal_leaf l on l.event = e.id where e.id = ?',
    [id],
  );
  const kind = row && kindAfter(row.type);
  if (!row || !kind || row.lot === null || row.index === null) return null;
  return { kind, lot: row.lot, index: Number(row.index), commitment: base64url(new Uint8Array(row.commitment)) };
}

export interface EventFields {
  readonly id: string;
  readonly index: string;
  readonly body: string;
}

export const storedEvent = ({ id, index, body }: EventFields): StoredEvent => ({
  id,
  index: Number(index),
  event: JSON.parse(body) as JournalEvent,
  salt: new Uint8Array(0),
  address: null,
});
