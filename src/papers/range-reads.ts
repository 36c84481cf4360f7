import type { EntityManager } from '@mikro-orm/postgresql';
import { notYetSequenced, type StoredEvent } from '../journal/reads.ts';
import { base64url } from '../kernel/bytes.ts';
import { Organisation } from '../parties/schema.ts';
import { editionById } from '../rulebook/edition.ts';
import { procedureOf } from '../tenders/line.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { type Names, paperAddress, platformName } from './names.ts';
import { type EventFields, type SourceFacts, sourceFacts, storedEvent } from './reads.ts';

/** What a paper is composed from: its kind, the events of its range, and the names of this node. */
export interface Range {
  readonly source: SourceFacts;
  readonly events: readonly StoredEvent[];
  readonly names: Names;
}

const columns = 'e.id, l.index, e.body';
const joined = 'journal_event e join journal_leaf l on l.event = e.id';

/**
 * The range of a paper that follows an event: the lot's events up to that one, the registration of its project, and what was registered by
 * then about the council and the organisations they name. Asked again at any later time it is the same. Throws `not-yet-in-the-journal` until
 * a checkpoint covers the source; null where no paper follows it.
 */
export async function rangeOf(em: EntityManager, id: string): Promise<Range | null> {
  const source = await sourceFacts(em, id);
  if (!source) return null;
  const lot = await em.findOneOrFail(Lot, { id: source.lot });
  const project = await em.findOneOrFail(Project, { id: lot.project });
  const own = await em.execute<EventFields[]>(`select ${columns} from ${joined} where e.lot = ? and l.index <= ? order by l.index`, [
    lot.id,
    source.index,
  ]);
  const before = await em.execute<EventFields[]>(
    `select ${columns} from ${joined} where l.index < ? and (e.type = 'council.formed' or (e.type = 'project.registered' and e.at = ? and e.body::jsonb #>> '{subject,project}' = ?))`,
    [source.index, project.registeredAt, project.id],
  );
  const lotEvents = own.map(storedEvent);
  const organisations = await registrations(em, source.index, [project.tenderee, project.agent ?? null, ...partiesIn(lotEvents)]);
  return {
    source,
    events: [...before.map(storedEvent), ...organisations, ...lotEvents].sort((a, b) => (a.index ?? 0) - (b.index ?? 0)),
    names: {
      ...(await nodeNames(em)),
      platform: platformName,
      edition: editionById(procedureOf(project), lot.edition ?? ''),
      checkpoint: await firstCheckpoint(em, source.index),
      commitment: source.commitment,
    },
  };
}

/** Codes of the organisations that a lot's events speak of: parties, and employers of revealed experts. */
function partiesIn(events: readonly StoredEvent[]): string[] {
  return events.flatMap(({ event }) => {
    const revealed = event.type === 'experts.revealed' ? (event.data as { experts: { record: { employer: string } }[] }).experts : [];
    return [...(event.subject.party ? [event.subject.party] : []), ...revealed.map(({ record }) => record.employer)];
  });
}

/** The registrations of these organisations, and of all supervisors, before an event. */
async function registrations(em: EntityManager, index: number, codes: readonly (string | null)[]): Promise<StoredEvent[]> {
  const supervisors = await em.find(Organisation, { kinds: { $contains: ['regulator'] } }, { fields: ['code'] });
  const wanted = [...new Set([...codes.filter((code) => code !== null), ...supervisors.map(({ code }) => code)])];
  const rows = await em.execute<EventFields[]>(
    `select ${columns} from ${joined} where e.type = 'organisation.registered' and e.party in (${wanted.map(() => '?').join(', ')}) and l.index < ?`,
    [...wanted, index],
  );
  return rows.map(storedEvent);
}

async function nodeNames(em: EntityManager): Promise<Pick<Names, 'origin' | 'sandbox' | 'address'>> {
  const [node] = await em.execute<{ origin: string; sandbox: boolean }[]>('select origin, sandbox from node');
  if (!node) throw new Error('this database has no node');
  return { ...node, address: paperAddress(node.origin) };
}

async function firstCheckpoint(em: EntityManager, index: number): Promise<Names['checkpoint']> {
  const [row] = await em.execute<{ size: string; root: Buffer }[]>(
    'select size, root from journal_checkpoint where size > ? order by size limit 1',
    [index],
  );
  if (!row) throw notYetSequenced();
  return { size: Number(row.size), root: base64url(new Uint8Array(row.root)) };
}
