import type { EntityManager } from '@mikro-orm/postgresql';
import { SealedSheet } from '../evaluation/schema.ts';
import { type EventData, type LotView, maySee } from '../journal/event.ts';
import {
  commit,
  consistencyProof,
  inclusionProof,
  type NodeAt,
  type NodeReader,
  nodesForConsistency,
  nodesForInclusion,
} from '../journal/merkle.ts';
import {
  checkpointAt,
  eventById,
  eventsOfLot,
  eventsOfType,
  journalKeys,
  knownWitnesses,
  readNodes,
  type StoredEvent,
} from '../journal/reads.ts';
import type { ProvenEvent } from '../journal/receipt.ts';
import { mayCount, type WithheldEvent, withheldFor } from '../journal/withheld.ts';
import { type Actor, thePublic } from '../kernel/actor.ts';
import { base64url } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { notFound, problem } from '../kernel/problem.ts';
import { ceremonyThatMade } from '../openings/ceremony-reads.ts';
import { listsFor } from '../openings/draw-list-reads.ts';
import { reportsBearing } from '../openings/outage-reads.ts';
import { councilOf, openingTranscriptsOf } from '../openings/reads.ts';
import { sheetOpeningsOf } from '../openings/sheet-opening-reads.ts';
import { authorityPems } from '../parties/authority.ts';
import { outsideAnchors } from '../parties/authority-reads.ts';
import { timestampService } from '../parties/timestamp-service.ts';
import type { Council } from '../sealing/council.ts';
import { type DrawTranscript, wholeTranscript } from '../sealing/draw.ts';
import { publicSheetOpening } from '../sealing/sheet-opening.ts';
import { lotFor, lotView } from '../tenders/reads.ts';
import type { Lot } from '../tenders/schema.ts';

export const evidenceNotYet = problem(
  'evidence-not-yet',
  'conflict',
  '证据包自公告发布起提供；草稿没有证据包。',
  'The evidence is given out from the notice on; a draft has none.',
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
  readonly edition: 'public' | 'regulator';
  readonly origin: string;
  readonly checkpoint: string;
  readonly closing: { readonly checkpoint: string; readonly consistency: readonly string[] } | null;
  readonly events: readonly ProvenEvent[];
  readonly withheld: readonly WithheldEvent[];
  readonly platformKey: string;
  readonly witnessKeys: readonly string[];
  readonly certificates: Readonly<Record<string, string>>;
  readonly council: Council | null;
  readonly ceremony: unknown;
  readonly openings: Readonly<Record<string, unknown>>;
  readonly draws: Readonly<Record<string, unknown>>;
  readonly evaluations: Readonly<Record<string, unknown>>;
  readonly sheets: Readonly<Record<string, unknown>>;
  readonly sealedSheets: Readonly<Record<string, Uint8Array>>;
  readonly award: unknown;
}

/** A bundle about to be written, and what its file is called: by the number that the notice published, and by its edition. */
export interface Evidence {
  readonly parts: EvidenceParts;
  readonly name: string;
}

/** An edition is made for a kind of reader, not for one person: everyone of that kind gets the same bytes from the same checkpoint. */
interface Reading {
  readonly lot: Lot;
  readonly edition: EvidenceParts['edition'];
  readonly view: LotView;
  /** the newest event it may hold; null when there is no such end */
  readonly until: number | null;
}

/** The public edition: what everyone may see of a lot now. The same for every reader, supervisors included. */
export async function publicEvidence(em: EntityManager, by: Actor, id: string): Promise<Evidence> {
  const { lot } = await lotFor(em, by, id);
  if (!lot.publishedAt) throw evidenceNotYet();
  return evidenceFor(em, { lot, edition: 'public', view: await lotView(em, id), until: null });
}

/**
 * The regulator's edition, as of a look its reader has put on record (supervision/take-evidence.ts): what the supervisor was entitled to at that
 * moment, and no more, however often it is downloaded.
 */
export async function takenEvidence(em: EntityManager, by: Actor, id: string, lookId: string): Promise<Evidence> {
  const { lot } = await lotFor(em, by, id);
  const look = await eventById(em, lookId);
  const { type = '', subject = {}, at = '', data } = look?.event ?? {};
  const own =
    type === 'matter.viewed' && subject.lot === id && subject.actor === by.user && (data as { matter?: string }).matter === 'evidence';
  if (!look || !own) throw notFound();
  if (look.index === null) throw evidenceNotWitnessed();
  return evidenceFor(em, { lot, edition: 'regulator', view: await lotView(em, id, at as Instant), until: look.index });
}

async function evidenceFor(em: EntityManager, reading: Reading): Promise<Evidence> {
  const { lot, edition } = reading;
  const own = await ownEvents(em, reading);
  const events = await withGround(em, lot, own.shown);
  const checkpoints = await chosenCheckpoints(em, lot, events, reading.until !== null);
  const { size } = checkpoints.newest;
  const parts: EvidenceParts = {
    lot: lot.id,
    edition,
    origin: await originOf(em),
    checkpoint: checkpoints.newest.text,
    closing: checkpoints.closing,
    events: await proven(em, events, size),
    withheld: await withheld(
      em,
      own.kept.filter((event) => (event.index ?? size) < size),
      size,
    ),
    platformKey: (await journalKeys(em))[0] ?? '',
    witnessKeys: checkpoints.witnessKeys,
    certificates: {
      ...anchorFiles(),
      ...(await outsideAnchors(em)),
      ...(timestampService() && { [timestampsFile]: timestampService()?.pem ?? '' }),
    },
    council: lot.council ? await councilOf(em, lot.council) : null,
    ceremony: lot.council ? await ceremonyThatMade(em, lot.council) : null,
    openings: await openingsIn(em, lot, edition, events),
    draws: await drawsIn(em, events),
    ...(await sheetsIn(em, lot, edition === 'regulator' && reading.view.reached.has('reported'), events)),
    ...outcomesIn(events, lot),
  };
  return { parts, name: `${lot.number}.${edition}.evidence.zip` };
}

/**
 * The lot's events that this edition shows, and those it leaves out but may point at. An event that it shows and that has no number yet makes
 * the reader wait; one that it does not show never does: the waiting itself would tell that something had happened.
 */
async function ownEvents(
  em: EntityManager,
  { lot, edition, view, until }: Reading,
): Promise<{ readonly shown: readonly StoredEvent[]; readonly kept: readonly StoredEvent[] }> {
  const reader: Actor = edition === 'regulator' ? { ...thePublic, role: 'regulator' } : thePublic;
  // asked before the events are read: one that gets its number in between would be neither waited for nor there
  if (until === null && (await unnumbered(em, lot.id)).some((event) => maySee(event, reader, view))) throw evidenceNotWitnessed();
  const all = (await eventsOfLot(em, lot.id)).filter((each) => until === null || (each.index ?? 0) <= until);
  const [shown, hidden] = [all.filter(({ event }) => maySee(event, reader, view)), all.filter(({ event }) => !maySee(event, reader, view))];
  return { shown, kept: hidden.filter(({ event }) => mayCount(event, view)) };
}

/** Events of a lot that wait for their number: who sees them depends on type, time and subject alone. */
async function unnumbered(
  em: EntityManager,
  lot: string,
): Promise<readonly { type: string; at: string; subject: Record<string, string> }[]> {
  const rows = await em.execute<{ type: string; at: string; subject: Record<string, string> }[]>(
    `select e.type, e.body::jsonb ->> 'at' as at, e.body::jsonb -> 'subject' as subject from journal_event e
     where e.lot = ? and not exists (select from journal_leaf l where l.event = e.id)`,
    [lot],
  );
  return rows;
}

/** What bidders' signatures lead to: the platform's authorities, one file for each suite. */
const anchorFiles = (): Readonly<Record<string, string>> =>
  Object.fromEntries([...authorityPems()].map(([suite, pem]) => [suite === 'international' ? 'authority' : 'authority-sm2', pem]));

/** What happened to the certificates of those who bid. */
const certificateEvents = ['certificate.superseded', 'certificate.suspended', 'certificate.resumed', 'certificate.revoked'] as const;

/** What administrators set for lines and regions. */
const overrideEvents = ['override.set', 'override.withdrawn', 'override.ended'] as const;

/** The file of a bundle that holds the outside time-stamping authority's root: no anchor of bids. */
const timestampsFile = 'timestamps';

/** With the node's events on which those of the lot rest: the node, the council's formation, what happened to the certificates of signers, what was set for lines and regions, what probes stated before its deadlines. */
async function withGround(em: EntityManager, lot: Lot, own: readonly StoredEvent[]): Promise<readonly StoredEvent[]> {
  const node = await eventsOfType(em, 'node.created');
  const formed = (await eventsOfType(em, 'council.formed')).filter(
    ({ event }) => (event.data as { council?: { id?: string } }).council?.id === lot.council,
  );
  const parties = new Set(own.flatMap(({ event }) => (event.type.startsWith('bid.') && event.subject.party ? [event.subject.party] : [])));
  const newest = own.at(-1)?.index ?? 0;
  const certified: StoredEvent[] = [];
  for (const type of certificateEvents)
    certified.push(
      ...(await eventsOfType(em, type)).filter(({ event, index }) => parties.has(event.subject.party ?? '') && (index ?? 0) <= newest),
    );
  const stated = (await reportsBearing(em, own)).filter(({ index }) => (index ?? 0) <= newest);
  const layered = own.some(({ event }) => event.type === 'layers.closed');
  const stops = layered
    ? [...(await eventsOfType(em, 'openings.suspended')), ...(await eventsOfType(em, 'openings.resumed'))].filter(
        ({ index }) => (index ?? 0) <= newest,
      )
    : [];
  // those of before the lot's last entry, whoever used them or not: a list that left some out would tell who bids with what
  const clients = (await eventsOfType(em, 'client.published')).filter(({ index }) => (index ?? 0) <= newest);
  // all of them, for the same reason
  const authorities = [...(await eventsOfType(em, 'authority.trusted')), ...(await eventsOfType(em, 'authority.retired'))].filter(
    ({ index }) => (index ?? 0) <= newest,
  );
  // every one ever set by then, not only those that bind this lot: whoever rechecks finds by itself which do
  const overrides: StoredEvent[] = [];
  for (const type of overrideEvents)
    overrides.push(...(await eventsOfType(em, type)).filter(({ index }) => index !== null && index <= newest));
  const statements = await statementsBearing(em, own);
  const all = new Map(
    [...node, ...statements, ...formed, ...overrides, ...authorities, ...clients, ...certified, ...stated, ...stops, ...own].map(
      (event) => [event.id, event],
    ),
  );
  return [...all.values()].sort((a, b) => (a.index ?? 0) - (b.index ?? 0));
}

/** The bank's statements to whose roots the securities of the lot were held. */
async function statementsBearing(em: EntityManager, own: readonly StoredEvent[]): Promise<readonly StoredEvent[]> {
  const stated = own
    .filter(({ event }) => event.type === 'securities.stated')
    .map(({ event }) => event.data as EventData<'securities.stated'>);
  const named = new Set(
    stated.flatMap(({ list }) => list.flatMap(({ credits, misfits = [] }) => [...credits, ...misfits].map(({ statement }) => statement))),
  );
  if (named.size === 0) return [];
  const taken = await eventsOfType(em, 'statement.taken');
  return taken.filter(({ event }) => named.has((event.data as EventData<'statement.taken'>).statement));
}

interface Chosen {
  readonly newest: { readonly size: number; readonly text: string };
  readonly closing: EvidenceParts['closing'];
  readonly witnessKeys: readonly string[];
}

/**
 * The checkpoint everything is proven against: the newest (of a moment that is past: the first) that covers the events and bears the cosignatures
 * of those who cosigned the closing snapshot. A lot whose closing was witnessed never gets a bundle without witnesses: it waits for them.
 */
async function chosenCheckpoints(em: EntityManager, lot: Lot, events: readonly StoredEvent[], first: boolean): Promise<Chosen> {
  const last = Math.max(...events.map((event) => event.index ?? 0));
  // an edition of a moment before the closing knows nothing of it
  const closed = events.some(({ event }) => event.type === 'bidding.closed');
  const snapshot = closed ? await checkpointAt(em, Number(lot.closedTreeSize)) : null;
  const wanted = new Set(snapshot ? namesIn(snapshot) : await witnessNames(em));
  const newest = (await witnessed(em, last, [...wanted], first)) ?? (wanted.size === 0 ? await checkpointAt(em, null) : null);
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

/** The newest or first checkpoint above `last` with the most of these cosignatures, at least one; null when there is none. */
async function witnessed(em: EntityManager, last: number, names: readonly string[], first: boolean) {
  if (names.length === 0) return null;
  const rows = await em.execute<{ size: string }[]>(
    `select size from journal_cosignature where size > ? and witness in (${names.map(() => '?').join(', ')})
     group by size order by count(*) desc, size ${first ? 'asc' : 'desc'} limit 1`,
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

/** What an edition leaves out, as far as it may be counted: the leaf as the public tree has it, its place, and why. */
async function withheld(em: EntityManager, events: readonly StoredEvent[], size: number): Promise<readonly WithheldEvent[]> {
  const read = await nodesRead(
    em,
    events.flatMap((event) => nodesForInclusion(event.index ?? 0, size)),
  );
  return events.map(({ index, event, salt }) => ({
    index: index ?? 0,
    commitment: base64url(commit(event, salt).commitment),
    proof: inclusionProof(index ?? 0, size, read).map(base64url),
    reason: withheldFor(event.type),
  }));
}

/** The openings that stand in these events, with the shares that do. */
async function openingsIn(
  em: EntityManager,
  lot: Lot,
  edition: EvidenceParts['edition'],
  events: readonly StoredEvent[],
): Promise<Readonly<Record<string, unknown>>> {
  const combined = events.filter(({ event }) => event.type === 'opening.combined').length;
  // sessions follow one another, so that the first so many are combined
  const transcripts = (await openingTranscriptsOf(em, lot.id, edition === 'regulator' ? 'full' : 'public')).slice(0, combined);
  const given = new Set(events.flatMap(({ event }) => (event.type === 'share.given' ? [(event.data as { proof: string }).proof] : [])));
  return Object.fromEntries(
    transcripts.map((each) => [each.part, { ...each, shares: each.shares.filter((share) => given.has(share.proof)) }]),
  );
}

/** The openings of score sheets that stand in these events; with their keys and the sealed sheets themselves for whoever may see what was in them. */
async function sheetsIn(
  em: EntityManager,
  lot: Lot,
  full: boolean,
  events: readonly StoredEvent[],
): Promise<Pick<EvidenceParts, 'sheets' | 'sealedSheets'>> {
  const combined = events.flatMap(({ event }) => (event.type === 'sheets.combined' ? [(event.data as { task: string }).task] : []));
  const given = new Set(events.flatMap(({ event }) => (event.type === 'share.given' ? [(event.data as { proof: string }).proof] : [])));
  const transcripts = await sheetOpeningsOf(em, combined);
  const sheets = Object.fromEntries(
    transcripts.map((each) => {
      const whole = { ...each, shares: each.shares.filter((share) => given.has(share.proof)) };
      return [`${each.part}-${each.round}`, full ? whole : publicSheetOpening(whole)];
    }),
  );
  const rows = full ? await em.find(SealedSheet, { lot: lot.id, round: { $ne: null } }) : [];
  const listed = new Set(transcripts.flatMap(({ part, items }) => items.map(({ member, version }) => `${part}-${member}-${version}`)));
  const named = rows.map((row) => [`${row.part}-${row.member}-${row.version}`, row.sealed] as const);
  return { sheets, sealedSheets: Object.fromEntries(named.filter(([name]) => listed.has(name))) };
}

/** Draws, evaluations and award, from the events themselves: what the bundle states is what the journal holds. */
/** The transcripts of the draws among these events; a long one takes along the lists that its request holds digests of. */
async function drawsIn(em: EntityManager, events: readonly StoredEvent[]): Promise<EvidenceParts['draws']> {
  const draws: Record<string, DrawTranscript> = {};
  for (const { event } of events) {
    if (event.type !== 'draw.completed') continue;
    const { transcript } = event.data as { transcript: DrawTranscript };
    draws[transcript.request.id] = wholeTranscript(transcript, await listsFor(em, transcript.request));
  }
  return draws;
}

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
