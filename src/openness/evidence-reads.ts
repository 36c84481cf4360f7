import type { EntityManager } from '@mikro-orm/postgresql';
import { type LotView, maySee } from '../journal/event.ts';
import {
  consistencyProof,
  inclusionProof,
  type NodeAt,
  type NodeReader,
  nodesForConsistency,
  nodesForInclusion,
} from '../journal/merkle.ts';
import { checkpointAt, eventsOfLot, eventsOfType, journalKeys, knownWitnesses, readNodes, type StoredEvent } from '../journal/reads.ts';
import type { ProvenEvent } from '../journal/receipt.ts';
import { type Actor, thePublic } from '../kernel/actor.ts';
import { base64url } from '../kernel/bytes.ts';
import { problem } from '../kernel/problem.ts';
import { councilOf, drawsOf, openingTranscriptOf } from '../openings/reads.ts';
import { authorityPem, theAuthority } from '../parties/authority.ts';
import { regionWatched } from '../parties/reads.ts';
import { timestampService } from '../parties/timestamp-service.ts';
import { regionsWithin } from '../rulebook/regions.ts';
import type { Council } from '../sealing/council.ts';
import { hosts, lotFor, lotView } from '../tenders/reads.ts';
import type { Lot, Project } from '../tenders/schema.ts';

export const evidenceNotYet = problem(
  'evidence-not-yet',
  'conflict',
  '证据包在结果公布后提供；开标前任何人都没有。',
  'The evidence is given out with the result; before the opening there is none for anybody.',
);
export const evidenceNotWitnessed = problem(
  'evidence-not-witnessed',
  'unavailable',
  '最新记录正在等待见证方联署，请稍候再下载。',
  'The newest entries wait for their witnesses; try again in a moment.',
);

/**
 * The parts of an evidence bundle, as the evidence room's writer takes them (evidence/bundle.ts `BundleInput`). That room stands to the right
 * of this one; the house joins the two.
 */
export interface EvidenceParts {
  readonly lot: string;
  readonly origin: string;
  readonly checkpoint: string;
  readonly closing: { readonly checkpoint: string; readonly consistency: readonly string[] } | null;
  readonly events: readonly ProvenEvent[];
  readonly platformKey: string;
  readonly witnessKeys: readonly string[];
  readonly certificates: Readonly<Record<string, string>>;
  readonly council: Council | null;
  readonly openings: Readonly<Record<string, unknown>>;
  readonly draws: Readonly<Record<string, unknown>>;
  readonly evaluations: Readonly<Record<string, unknown>>;
  readonly award: unknown;
}

/**
 * An edition is made for a kind of reader, not for one person: everyone of that kind gets the same file, and nobody's own entries stand in it
 * beside those of others that are left out.
 */
type Edition = 'public' | 'host' | 'supervisor';

/** The evidence of a lot for this reader: from the result on for everyone, from the opening on for its supervisor. */
export async function evidenceOf(
  em: EntityManager,
  by: Actor,
  id: string,
): Promise<{ readonly parts: EvidenceParts; readonly name: string }> {
  const { lot, project } = await lotFor(em, by, id);
  const edition = await editionFor(em, by, lot, project);
  const view = await lotView(em, id);
  if (await anyUnnumbered(em, id)) throw evidenceNotWitnessed();
  const events = await eventsFor(em, lot, readerOf(edition, project), view);
  const checkpoints = await chosenCheckpoints(em, lot, Math.max(...events.map((event) => event.index ?? 0)));
  const parts: EvidenceParts = {
    lot: id,
    origin: await originOf(em),
    checkpoint: checkpoints.newest.text,
    closing: checkpoints.closing,
    events: await proven(em, events, checkpoints.newest.size),
    platformKey: (await journalKeys(em))[0] ?? '',
    witnessKeys: checkpoints.witnessKeys,
    certificates: {
      authority: authorityPem(theAuthority()),
      ...(timestampService() && { [timestampsFile]: timestampService()?.pem ?? '' }),
    },
    council: lot.council ? await councilOf(em, lot.council) : null,
    openings: await openingsOf(em, lot, edition),
    draws: Object.fromEntries((await drawsOf(em, id)).map((draw) => [draw.id, draw.transcript])),
    ...outcomesIn(events, lot),
  };
  return { parts, name: `${lot.number}.evidence.zip` };
}

/** A lot with entries that wait for their number would give a file that lacks its newest facts. */
async function anyUnnumbered(em: EntityManager, lot: string): Promise<boolean> {
  const rows = await em.execute<{ waiting: boolean }[]>(
    'select exists (select from journal_event e where e.lot = ? and not exists (select from journal_leaf l where l.event = e.id)) as waiting',
    [lot],
  );
  return rows[0]?.waiting === true;
}

async function editionFor(em: EntityManager, by: Actor, lot: Lot, project: Project): Promise<Edition> {
  if (by.role === 'regulator' && lot.openedAt) {
    const area = await regionWatched(em, by);
    if (area !== null && regionsWithin(area).includes(project.region)) return 'supervisor';
  }
  if (!lot.resultedAt && !lot.failedAt) throw evidenceNotYet();
  return hosts(by, project) || by.role === 'centre' ? 'host' : 'public';
}

const readerOf = (edition: Edition, project: Project): Actor =>
  edition === 'supervisor'
    ? { ...thePublic, role: 'regulator' }
    : edition === 'host'
      ? { ...thePublic, role: 'tenderee', code: project.tenderee }
      : thePublic;

/** What happened to the certificates of those who bid. */
const certificateEvents = ['certificate.superseded', 'certificate.suspended', 'certificate.resumed', 'certificate.revoked'] as const;

/** The file of a bundle that holds the outside time-stamping authority's root: no anchor of bids. */
const timestampsFile = 'timestamps';

/** The lot's events this kind of reader may see, and those of the node they rest on: the council's formation, what happened to signers' certificates. */
async function eventsFor(em: EntityManager, lot: Lot, reader: Actor, view: LotView): Promise<readonly StoredEvent[]> {
  const own = (await eventsOfLot(em, lot.id)).filter(({ event }) => maySee(event, reader, view));
  const node = await eventsOfType(em, 'node.created');
  const formed = (await eventsOfType(em, 'council.formed')).filter(
    ({ event }) => (event.data as { council?: { id?: string } }).council?.id === lot.council,
  );
  const parties = new Set(own.flatMap(({ event }) => (event.type.startsWith('bid.') && event.subject.party ? [event.subject.party] : [])));
  const certified: StoredEvent[] = [];
  for (const type of certificateEvents)
    certified.push(...(await eventsOfType(em, type)).filter(({ event }) => parties.has(event.subject.party ?? '')));
  const all = new Map([...node, ...formed, ...certified, ...own].map((event) => [event.id, event]));
  return [...all.values()].sort((a, b) => (a.index ?? 0) - (b.index ?? 0));
}

interface Chosen {
  readonly newest: { readonly size: number; readonly text: string };
  readonly closing: EvidenceParts['closing'];
  readonly witnessKeys: readonly string[];
}

/**
 * The checkpoint everything is proven against: the newest that covers the events and bears the cosignatures of those who cosigned the closing
 * snapshot. A lot whose closing was witnessed never gets a bundle without witnesses: it waits for them.
 */
async function chosenCheckpoints(em: EntityManager, lot: Lot, last: number): Promise<Chosen> {
  const snapshot = lot.closedTreeSize == null ? null : await checkpointAt(em, Number(lot.closedTreeSize));
  const wanted = new Set(snapshot ? namesIn(snapshot) : await witnessNames(em));
  const newest = (await witnessed(em, last, [...wanted])) ?? (wanted.size === 0 ? await checkpointAt(em, null) : null);
  if (!newest || newest.size <= last) throw evidenceNotWitnessed();
  const signers = new Set(namesIn(newest));
  const keys = (await knownWitnesses(em)).filter((vkey) => {
    const name = nameOf(vkey);
    return signers.has(name) && (snapshot === null || wanted.has(name));
  });
  if (snapshot === null) return { newest, closing: null, witnessKeys: keys };
  const read = await nodesRead(em, nodesForConsistency(snapshot.size, newest.size));
  const consistency = consistencyProof(snapshot.size, newest.size, read).map(base64url);
  return { newest, closing: { checkpoint: snapshot.text, consistency }, witnessKeys: keys };
}

const nameOf = (vkey: string): string => vkey.slice(0, vkey.indexOf('+'));
const witnessNames = async (em: EntityManager): Promise<string[]> => (await knownWitnesses(em)).map(nameOf);
const namesIn = (checkpoint: { readonly witnesses: readonly string[] }): readonly string[] => checkpoint.witnesses;

/** The newest checkpoint above `last` with the most of these cosignatures, at least one; null when there is none. */
async function witnessed(em: EntityManager, last: number, names: readonly string[]) {
  if (names.length === 0) return null;
  const rows = await em.execute<{ size: string }[]>(
    `select size from journal_cosignature where size > ? and witness in (${names.map(() => '?').join(', ')})
     group by size order by count(*) desc, size desc limit 1`,
    [last, ...names],
  );
  return rows[0] ? checkpointAt(em, Number(rows[0].size)) : null;
}

/** Nodes in pieces that one query can carry. */
async function nodesRead(em: EntityManager, nodes: readonly NodeAt[]): Promise<NodeReader> {
  const distinct = [...new Map(nodes.map((node) => [`${node.level}/${node.index}`, node])).values()];
  const readers = new Map<string, NodeReader>();
  for (let from = 0; from < distinct.length; from += piece) {
    const some = distinct.slice(from, from + piece);
    const read = await readNodes(em, some);
    for (const node of some) readers.set(`${node.level}/${node.index}`, read);
  }
  return (node) => {
    const read = readers.get(`${node.level}/${node.index}`);
    if (!read) throw new Error(`node ${node.level}/${node.index} was not asked for`);
    return read(node);
  };
}
const piece = 10_000;

async function proven(em: EntityManager, events: readonly StoredEvent[], size: number): Promise<readonly ProvenEvent[]> {
  const read = await nodesRead(
    em,
    events.flatMap((event) => nodesForInclusion(event.index ?? 0, size)),
  );
  return events.map(({ index, event, salt }) => ({
    index: index ?? 0,
    event: { ...event },
    salt: base64url(salt),
    proof: inclusionProof(index ?? 0, size, read).map(base64url),
  }));
}

async function openingsOf(em: EntityManager, lot: Lot, edition: Edition): Promise<Readonly<Record<string, unknown>>> {
  const transcript = lot.openedAt ? await openingTranscriptOf(em, lot.id, edition === 'supervisor' ? 'full' : 'public') : null;
  return transcript === null || transcript.shares.length === 0 ? {} : { [transcript.part]: transcript };
}

/** Evaluations and award, from the events themselves: what the bundle states is what the journal holds. */
function outcomesIn(events: readonly StoredEvent[], lot: Lot): Pick<EvidenceParts, 'evaluations' | 'award'> {
  const concluded = events.filter(({ event }) => event.type === 'evaluation.concluded');
  const award = events.findLast(({ event }) => event.type === 'award.determined');
  return {
    evaluations: Object.fromEntries(
      concluded.map(({ event }, at) => [at === 0 ? lot.number : `${lot.number}-${at + 1}`, (event.data as { bundle: unknown }).bundle]),
    ),
    award: award?.event.data ?? null,
  };
}

async function originOf(em: EntityManager): Promise<string> {
  const rows = await em.execute<{ origin: string }[]>('select origin from node');
  return rows[0]?.origin ?? '';
}
