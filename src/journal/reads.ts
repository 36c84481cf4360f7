import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '../kernel/actor.ts';
import { base64 } from '../kernel/bytes.ts';
import { type Instant, instantOf } from '../kernel/clock.ts';
import { notFound, problem } from '../kernel/problem.ts';
import { parseVerifierKey } from './checkpoint.ts';
import { type JournalEvent, type LotView, maySee } from './event.ts';
import { inclusionProof, type NodeAt, type NodeReader, nodesForInclusion } from './merkle.ts';
import { makeReceipt, type Receipt } from './receipt.ts';
import { unveil, veiledType } from './veil.ts';
import { veiledRows } from './veiled-reads.ts';

export const notYetSequenced = problem(
  'not-yet-in-the-journal',
  'unavailable',
  '事件正在写入存证日志，请稍候。',
  'The event is on its way into the journal; try again in a moment.',
);

/** The newest checkpoint with the cosignatures it has gathered, or null before the first. */
export async function newestCheckpoint(
  em: EntityManager,
): Promise<{ size: number; root: string; text: string; at: Instant; witnesses: readonly string[] } | null> {
  return checkpointAt(em, null);
}

/** The newest checkpoint that at least `quorum` of these witnesses have cosigned: the custodians of their council count nobody else. */
export async function witnessedCheckpoint(
  em: EntityManager,
  witnesses: readonly string[],
  quorum: number,
): Promise<{ size: number; text: string } | null> {
  if (witnesses.length === 0) return null;
  const rows = await em.execute<{ size: string }[]>(
    `select size from journal_cosignature c join journal_witness w on w.name = c.witness and w.vkey in (${witnesses.map(() => '?').join(', ')}) and w.removed_at is null
     group by size having count(*) >= ? order by size desc limit 1`,
    [...witnesses, quorum],
  );
  const size = rows[0]?.size;
  if (size === undefined) return null;
  const found = await checkpointAt(em, Number(size));
  return found && { size: found.size, text: found.text };
}

/**
 * Sizes of the checkpoints above `from` that every witness is to cosign, not only the newest it meets: the first one at or after each
 * deadline (protocol §5), because it fixes which bids count.
 */
export async function snapshotSizes(em: EntityManager, from: number): Promise<readonly number[]> {
  const rows = await em.execute<{ size: string }[]>(
    `select distinct (select min(c.size) from journal_checkpoint c where c.size > l.index) as size
     from journal_event e join journal_leaf l on l.event = e.id where e.type = 'deadline.reached' and l.index >= ? order by size`,
    [from],
  );
  return rows.flatMap((row) => (row.size === null ? [] : [Number(row.size)]));
}

/** The checkpoint of exactly this size (null: the newest), with its cosignature lines. */
export async function checkpointAt(
  em: EntityManager,
  size: number | null,
): Promise<{ size: number; root: string; text: string; at: Instant; witnesses: readonly string[] } | null> {
  const rows = await em.execute<
    { size: string; root: Buffer; text: string; issued_at: string; lines: string[] | null; names: string[] | null }[]
  >(
    `select c.size, c.root, c.text, c.issued_at, s.lines, s.names from journal_checkpoint c
     left join lateral (select array_agg(line order by witness) as lines, array_agg(witness order by witness) as names from journal_cosignature where size = c.size) s on true
     ${size === null ? '' : 'where c.size = ?'} order by c.size desc limit 1`,
    size === null ? [] : [size],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    size: Number(row.size),
    root: base64(new Uint8Array(row.root)),
    text: row.text + (row.lines ?? []).join(''),
    at: instantOf(new Date(row.issued_at)),
    witnesses: row.names ?? [],
  };
}

/**
 * The first checkpoint that covers an index, as the platform signed it: what is proven against it stays the same to the byte, whatever happens elsewhere
 * in the journal afterwards. Null until it is there.
 */
export async function firstCheckpointAbove(
  em: EntityManager,
  index: number,
): Promise<{ readonly size: number; readonly text: string } | null> {
  const rows = await em.execute<{ size: string; text: string }[]>(
    'select size, text from journal_checkpoint where size > ? order by size limit 1',
    [index],
  );
  return rows[0] ? { size: Number(rows[0].size), text: rows[0].text } : null;
}

/** Hashes of tree nodes, read from the table in one query. */
export async function readNodes(em: EntityManager, nodes: readonly NodeAt[]): Promise<NodeReader> {
  const rows = nodes.length
    ? await em.execute<{ level: number; number: string; hash: Buffer }[]>(
        `select level, number, hash from journal_node where (level, number) in (${nodes.map(() => '(?, ?)').join(', ')})`,
        nodes.flatMap(({ level, index }) => [level, index]),
      )
    : [];
  const hashes = new Map(rows.map((row) => [`${row.level}/${row.number}`, new Uint8Array(row.hash)]));
  return ({ level, index }) => {
    const hash = hashes.get(`${level}/${index}`);
    if (!hash) throw new Error(`the journal lacks node ${level}/${index}`);
    return hash;
  };
}

export interface StoredEvent {
  readonly id: string;
  readonly index: number | null;
  readonly event: JournalEvent;
  readonly salt: Uint8Array;
  readonly address: string | null;
}

interface EventFields {
  id: string;
  index: string | null;
  type: string;
  body: string;
  salt: Buffer;
  address: string | null;
}

function stored(row: EventFields): StoredEvent {
  const index = row.index === null ? null : Number(row.index);
  if (row.type !== veiledType) {
    const event = JSON.parse(row.body) as JournalEvent;
    return { id: row.id, index, event, salt: new Uint8Array(row.salt), address: row.address };
  }
  const opened = unveil(row.id, row.body);
  if (!opened) throw new Error(`a veiled event does not open (${row.id})`);
  return { id: row.id, index, event: opened.event, salt: opened.salt, address: opened.address };
}

const columns = 'e.id, l.index, e.type, e.body, e.salt, e.address';

/** One event by id, whoever may see it. */
export async function eventById(em: EntityManager, id: string): Promise<StoredEvent | null> {
  const rows = await em.execute<EventFields[]>(
    `select ${columns} from journal_event e left join journal_leaf l on l.event = e.id where e.id = ?`,
    [id],
  );
  return rows[0] ? stored(rows[0]) : null;
}

/** All sequenced events of a lot (and of its project) in journal order, after the given index, whoever may see them. */
export async function eventsOfLot(
  em: EntityManager,
  lot: string,
  options: { after?: number; types?: readonly string[] } = {},
): Promise<StoredEvent[]> {
  const { after = -1, types } = options;
  const veiled = await veiledRows(em, lot);
  const rows = await em.execute<EventFields[]>(
    `select ${columns} from journal_event e join journal_leaf l on l.event = e.id
     where (e.lot = ? or e.lot is null and e.type <> '${veiledType}' and e.body::jsonb -> 'subject' ->> 'project' = (select project::text from lot where id = ?)
       ${veiled.length === 0 ? '' : `or e.id in (${veiled.map(() => '?').join(', ')})`}) and l.index > ?
     ${types ? `and e.type in (${[veiledType, ...types].map(() => '?').join(', ')})` : ''} order by l.index`,
    [lot, lot, ...veiled, after, ...(types ? [veiledType, ...types] : [])],
  );
  const read = rows.map(stored);
  return types ? read.filter(({ event }) => types.includes(event.type)) : read;
}

/** All sequenced events of one type, in order. */
export async function eventsOfType(em: EntityManager, type: string): Promise<StoredEvent[]> {
  const rows = await em.execute<EventFields[]>(
    `select ${columns} from journal_event e join journal_leaf l on l.event = e.id where e.type = ? order by l.index`,
    [type],
  );
  return rows.map(stored);
}

/** The probes' statements that may speak of the minutes of a span: journalled after its start, about minutes before its end. */
export async function probeReports(em: EntityManager, from: Instant, before: Instant): Promise<StoredEvent[]> {
  const rows = await em.execute<EventFields[]>(
    `select ${columns} from journal_event e join journal_leaf l on l.event = e.id
     where e.type = 'probe.reported' and e.at > ? and e.body::jsonb #>> '{data,statement,from}' < ? order by l.index`,
    [from, before],
  );
  return rows.map(stored);
}

/** Sequenced events of any kind after an index, in order: what journal readers follow. */
export async function eventsAfter(em: EntityManager, after: number, limit: number): Promise<StoredEvent[]> {
  const rows = await em.execute<EventFields[]>(
    `select ${columns} from journal_leaf l join journal_event e on e.id = l.event where l.index > ? order by l.index limit ?`,
    [after, limit],
  );
  return rows.map(stored);
}

/** The receipt of an event against the newest checkpoint; throws while the sequencer has not reached it, or when the reader may not see it. */
export async function receiptOf(em: EntityManager, by: Actor, id: string, lot: (lot: string) => Promise<LotView | null>): Promise<Receipt> {
  const found = await eventById(em, id);
  if (!found) throw notFound();
  const view = found.event.subject.lot ? await lot(found.event.subject.lot) : null;
  if (!maySee(found.event, by, view)) throw notFound();
  if (found.index === null) throw notYetSequenced();
  const checkpoint = await newestCheckpoint(em);
  if (!checkpoint || checkpoint.size <= found.index) throw notYetSequenced();
  const read = await readNodes(em, nodesForInclusion(found.index, checkpoint.size));
  return makeReceipt({ ...found.event }, found.salt, found.index, inclusionProof(found.index, checkpoint.size, read), checkpoint.text);
}

/** Every witness this node knows or knew (verifier keys): whose cosignatures a reader may meet. */
export async function knownWitnesses(em: EntityManager): Promise<readonly string[]> {
  const rows = await em.execute<{ vkey: string }[]>('select vkey from journal_witness order by vkey');
  return rows.map((row) => row.vkey).filter((vkey) => parseVerifierKey(vkey) !== undefined);
}

/** The keys with which this journal's checkpoints are signed, newest first. More than one only where a key was replaced. */
export async function journalKeys(em: EntityManager): Promise<readonly string[]> {
  const rows = await em.execute<{ vkey: string }[]>('select vkey from journal_key order by since desc');
  return rows.map((row) => row.vkey);
}
