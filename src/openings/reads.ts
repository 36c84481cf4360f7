import type { EntityManager } from '@mikro-orm/postgresql';
import { Envelope } from '../bids/schema.ts';
import type { Actor } from '../kernel/actor.ts';
import { type Instant, instantOf } from '../kernel/clock.ts';
import { notFound } from '../kernel/problem.ts';
import type { Words } from '../kernel/words.ts';
import { Organisation } from '../parties/schema.ts';
import type { Council, Share } from '../sealing/council.ts';
import { type DrawTranscript, wholeTranscript } from '../sealing/draw.ts';
import { type OpeningTranscript, publicEdition } from '../sealing/opening.ts';
import type { Aftermath } from '../sealing/standing.ts';
import { currentPart, isCut, isLast, partTitle } from '../tenders/envelopes.ts';
import { lineOf, procedureOf } from '../tenders/line.ts';
import { type LotTerms, termsOf } from '../tenders/lot.ts';
import { type OrderOnLot, orderOn } from '../tenders/orders.ts';
import type { ReadingOrder } from '../tenders/reading-order.ts';
import { Lot, Project } from '../tenders/schema.ts';
import { listsFor } from './draw-list-reads.ts';
import { type OrderInHall, orderInHall, type ParametersInHall, parametersInHall } from './hall-draw-reads.ts';
import { type HallConfirmation, type HallSigning, signedInHall } from './hall-signing-reads.ts';
import { invitationPurpose } from './invitation-draw.ts';
import { type HallLayers, layersOf } from './layer-reads.ts';
import { expertsKeepOut } from './problems.ts';
import { orderIsDrawn } from './reading-state.ts';
import { bidFigures, type Stage, stageOf } from './record.ts';
import { type HallRemedy, remedyIn } from './remedy-reads.ts';
import { CouncilRow, CouncilShare, CouncilTask, DrawRequest as DrawRow, OpeningItem } from './schema.ts';
import { agendaOf, type HallSession, isItsTurn, type RecordEntry, sessionRecord } from './session-reads.ts';
import { sittingOf } from './sitting.ts';
import { type PlatformStop, platformStopNow } from './suspension-reads.ts';
import { hallBookedFor } from './venue-reads.ts';

/** One bidder's line in the hall. Nothing of it exists before the opening started; the price is there once it has been read. */
export interface HallItem {
  readonly submission: string;
  readonly bidder: string;
  readonly name: string;
  readonly state: 'sealed' | 'opened' | 'invalid' | 'read';
  readonly reason: string | null;
  /** what befell the signer's certificate after the deadline */
  readonly note: Aftermath | null;
  readonly order: number | null;
  readonly price: string | null;
  readonly figures: Record<string, string>;
  readonly readAt: Instant | null;
  readonly attendedAt: Instant | null;
}

/** An objection raised in the session, as the hall shows it; the challenges room keeps them. */
export interface HallObjection {
  readonly id: string;
  readonly by: string;
  readonly at: Instant;
  readonly says: string;
  readonly answer: { readonly at: Instant; readonly says: string } | null;
}

let objectionsIn: (em: EntityManager, lot: string) => Promise<readonly HallObjection[]> = async () => [];
/** The challenges room says here which objections were raised in a session. */
export function provideHallObjections(find: typeof objectionsIn): void {
  objectionsIn = find;
}

/** Objections raised in a session, with their answers. */
export const hallObjections = (em: EntityManager, lot: string): Promise<readonly HallObjection[]> => objectionsIn(em, lot);

/** The session's paper once it has been issued: the opening record, or the notice that there was no opening. */
export interface HallPaper {
  readonly name: string;
  readonly href: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly at: Instant;
}

let keptOut: (em: EntityManager, by: Actor, lot: string) => Promise<boolean> = async () => false;
/** The experts room says here who may not come into a hall: an expert that is called for the lot, before the evaluation. */
export function provideKeptOut(find: typeof keptOut): void {
  keptOut = find;
}

let paperOf: (em: EntityManager, lot: string, failed: boolean) => Promise<HallPaper | null> = async () => null;
/** The papers room says here which paper a session has. */
export function provideHallPaper(find: typeof paperOf): void {
  paperOf = find;
}

export interface Hall {
  readonly lot: string;
  readonly number: string;
  readonly name: string;
  /** line and method of the tender, in words */
  readonly kind: Words;
  readonly region: string;
  readonly phase: string;
  readonly deadline: Instant | null;
  readonly tenderee: string;
  readonly host: string;
  readonly ceiling: string | null;
  /** whether the envelopes at hand hold prices */
  readonly priced: boolean;
  readonly openedAt: Instant | null;
  readonly recordClosedAt: Instant | null;
  readonly failedFor: string | null;
  /** the supervisor's order that stops this opening now */
  readonly order: OrderOnLot | null;
  /** all openings are stopped now */
  readonly stop: PlatformStop | null;
  readonly stage: Stage | null;
  readonly council: {
    readonly name: string;
    readonly threshold: number;
    readonly trustees: readonly { readonly index: number; readonly name: string; readonly gaveAt: Instant | null }[];
  } | null;
  readonly items: readonly HallItem[];
  readonly draw: ParametersInHall | null;
  /** how the order of reading comes about, as the notice says */
  readonly readingOrder: ReadingOrder;
  /** the draw of that order, for the envelopes at hand */
  readonly readingDraw: OrderInHall | null;
  /** names of the figures read out, from the published form */
  readonly figures: Record<string, { readonly label: Words }>;
  /** where it is held, besides the network; null where no hall is booked */
  readonly place: { readonly name: string; readonly address: string; readonly virtual: boolean } | null;
  /** the session, with the lots that share it */
  readonly session: HallSession;
  readonly record: readonly RecordEntry[];
  readonly objections: readonly HallObjection[];
  readonly paper: HallPaper | null;
  readonly isHost: boolean;
  readonly isBidder: boolean;
  /** the record once it is complete, and what was signed in the session */
  readonly confirmation: HallConfirmation | null;
  /** what this bidder may sign now; null for everybody else */
  readonly signing: HallSigning | null;
  /** the bidders' part of the opening; null where the notice has none */
  readonly layers: HallLayers | null;
  /** what the notice provides where a bid cannot be decrypted, and what of it is under way; null where it provides nothing */
  readonly remedy: HallRemedy | null;
  /** whose certificates may sign here: a bidder's own, whether it bid or not */
  readonly holder: string | null;
  readonly mayRead: boolean;
  readonly mayClose: boolean;
}

/** The hall as anyone may see it now; a lot that is not published is not there. */
export async function hallOf(em: EntityManager, by: Actor, id: string, now: Instant): Promise<Hall> {
  const lot = await em.findOne(Lot, { id });
  if (!lot?.publishedAt) throw notFound();
  if (by.role === 'expert' && (await keptOut(em, by, id))) throw expertsKeepOut();
  const project = await em.findOneOrFail(Project, { id: lot.project });
  const terms = termsOf(lot);
  const rows = lot.openedAt ? await em.find(OpeningItem, { lot: id, part: currentPart(lot) }, { orderBy: { id: 'asc' } }) : [];
  const reading = await orderInHall(em, lot, rows);
  const items = reading.items.map((row) => hallItem(row, terms.bidForm));
  const draw = await parametersInHall(em, lot);
  const stage = stageOf({
    started: lot.openedAt !== null,
    sealed: items.filter((item) => item.state === 'sealed').length,
    unordered: orderIsDrawn(lot, rows) && !reading.draw?.completedAt,
    unread: items.filter((item) => item.state === 'opened').length,
    drawDone: draw?.completedAt != null || !isLast(terms.parts, currentPart(lot)),
    recordClosed: lot.recordClosedAt !== null,
  });
  const order = await orderOn(em, id);
  const sitting = await sittingOf(em, lot);
  const stop = await platformStopNow(em, now);
  const isHost =
    by.code !== null && ((by.role === 'agent' && by.code === project.agent) || (by.role === 'tenderee' && by.code === project.tenderee));
  const own = by.role === 'bidder' ? items.find((item) => item.bidder === by.code) : undefined;
  return {
    lot: id,
    number: lot.number,
    name: lot.name,
    kind: kindOf(project, isCut(terms.parts) && lot.openedAt ? partTitle(currentPart(lot)) : null),
    region: project.region,
    phase: lot.phase,
    deadline: lot.deadline ?? null,
    tenderee: await nameOf(em, project.tenderee),
    host: await nameOf(em, project.agent ?? project.tenderee),
    ceiling: terms.ceiling,
    priced: isLast(terms.parts, currentPart(lot)),
    openedAt: lot.openedAt ?? null,
    recordClosedAt: lot.recordClosedAt ?? null,
    failedFor: lot.failedFor ?? null,
    order,
    stop,
    stage: lot.failedAt ? null : stage,
    council: lot.openedAt ? await councilState(em, lot) : null,
    items,
    draw,
    readingOrder: terms.readingOrder,
    readingDraw: reading.draw,
    figures: Object.fromEntries(
      terms.bidForm.filter((field) => field.read && field.key !== 'price').map((field) => [field.key, { label: field.label }]),
    ),
    place: await hallBookedFor(em, lot),
    session: await agendaOf(em, sitting),
    record: [...(await sessionRecord(em, sitting))].reverse(),
    objections: lot.openedAt ? await objectionsIn(em, id) : [],
    paper: lot.recordClosedAt || lot.failedAt ? await paperOf(em, id, lot.recordClosedAt === null) : null,
    isHost,
    isBidder: own !== undefined,
    mayRead: isHost && order === null && stop === null && lot.phase === 'opening' && stage === 'reading' && (await isItsTurn(em, id)),
    mayClose: isHost && order === null && stop === null && lot.phase === 'opening' && stage === 'record',
    layers: await layersOf(em, by, lot),
    remedy: await remedyIn(em, by, lot),
    ...(await signedInHall(em, lot, own, { now, suspended: order !== null || stop !== null })),
    holder: by.role === 'bidder' && lot.recordClosedAt == null && lot.failedAt == null ? by.code : null,
  };
}

function hallItem(row: OpeningItem, form: LotTerms['bidForm']): HallItem {
  const read = row.readAt != null;
  const shown = read ? bidFigures(row.bid, form) : { price: null, figures: {} };
  return {
    submission: row.submission,
    bidder: row.bidder,
    name: row.bidderName,
    state: read ? 'read' : (row.state as HallItem['state']),
    reason: row.reason ?? null,
    note: (row.note ?? null) as HallItem['note'],
    order: row.readOrder ?? null,
    price: shown.price || null,
    figures: shown.figures,
    readAt: row.readAt ?? null,
    attendedAt: row.attendedAt ?? null,
  };
}

async function councilState(em: EntityManager, lot: Lot): Promise<Hall['council']> {
  const row = await em.findOne(CouncilRow, { id: lot.council ?? '' });
  const task = await em.findOne(CouncilTask, { lot: lot.id, kind: 'opening', question: { part: currentPart(lot) } });
  if (!row || !task) return null;
  const { name, threshold, trustees } = row.body as Council;
  const given = new Map((await em.find(CouncilShare, { task: task.id })).map((share) => [share.trustee, share.givenAt]));
  return {
    name,
    threshold,
    trustees: trustees.map((trustee) => ({ index: trustee.index, name: trustee.name, gaveAt: given.get(trustee.index) ?? null })),
  };
}

/** Line and method, and which envelopes are opened where they are opened in turn. */
const kindOf = (project: Project, part: Words | null): Words => {
  const [line, way] = [lineOf(project.line).title, procedureOf(project).title];
  const { zh, en } = { zh: `${line.zh} · ${way.zh}`, en: `${line.en} · ${way.en}` };
  return part === null ? { zh, en } : { zh: `${zh} · ${part.zh}`, en: `${en} · ${part.en}` };
};

/** The name under which a code is registered; the code itself should it be unknown. */
async function nameOf(em: EntityManager, code: string): Promise<string> {
  return (await em.findOne(Organisation, { code }))?.name ?? code;
}

/** Verifier keys of a council's witnesses: its trustees' programs. */
export async function witnessesOf(em: EntityManager, council: string): Promise<readonly string[]> {
  return (await em.findOneOrFail(CouncilRow, { id: council }, { fields: ['witnesses'] })).witnesses;
}

/** A council's public description; throws not-found for an unknown one. */
export async function councilOf(em: EntityManager, id: string): Promise<Council> {
  const row = await em.findOne(CouncilRow, { id });
  if (!row) throw notFound();
  return row.body as Council;
}

interface AskedItem {
  readonly submission: string;
  readonly bidder: string;
  readonly sha256: string;
  readonly ephemeral: string;
  readonly proof: string;
}

export async function sealedItems(em: EntityManager, task: CouncilTask) {
  const { part, items } = task.question as { part: string; items: readonly AskedItem[] };
  const envelopes = new Map(
    (await em.find(Envelope, { submission: { $in: items.map((item) => item.submission) }, part })).map((each) => [each.submission, each]),
  );
  return items.map(({ submission, bidder, sha256, ephemeral, proof }) => ({
    submission,
    bidder,
    sha256,
    ephemeral,
    proof,
    wrappedKey: envelopes.get(submission)?.wrappedKey ?? '',
  }));
}

/** The transcripts of a lot's openings (protocol §6), one for each part in the order of its sessions. Only guardians of the whole (regulator, custodians) may have the wrapped keys. */
export async function openingTranscriptsOf(
  em: EntityManager,
  lot: string,
  edition: 'public' | 'full',
): Promise<readonly OpeningTranscript[]> {
  const tasks = await em.find(CouncilTask, { lot, kind: 'opening' }, { orderBy: { askedAt: 'asc' } });
  return Promise.all(tasks.map((task) => transcriptOf(em, task, edition)));
}

async function transcriptOf(em: EntityManager, task: CouncilTask, edition: 'public' | 'full'): Promise<OpeningTranscript> {
  const { part } = task.question as { part: string };
  const transcript: OpeningTranscript = {
    format: 'yangguang/opening/v1',
    lot: task.lot,
    part: part as OpeningTranscript['part'],
    council: await councilOf(em, task.council),
    items: await sealedItems(em, task),
    shares: await sharesOf(em, task.id),
  };
  return edition === 'full' ? transcript : publicEdition(transcript);
}

/** Who has answered a task, by the trustees' numbers. */
export async function sharesOf(em: EntityManager, task: string): Promise<Share[]> {
  const shares = await em.find(CouncilShare, { task }, { orderBy: { trustee: 'asc' } });
  return shares.map(({ trustee, evaluated, proof }) => ({ trustee, evaluated: evaluated as string[], proof }));
}

/** The completed draws of a lot, or one of them, each so that it can be checked by itself: a long one with its lists. */
export async function drawTranscriptsOf(em: EntityManager, lot: string, only?: string): Promise<readonly DrawTranscript[]> {
  const whole: DrawTranscript[] = [];
  for (const { id, transcript } of await drawsOf(em, lot))
    if (only === undefined || id === only) whole.push(wholeTranscript(transcript, await listsFor(em, transcript.request)));
  return whole;
}

/** The completed draws of a lot that everyone may see, oldest first; that of those invited stands in its events. */
export async function drawsOf(
  em: EntityManager,
  lot: string,
): Promise<readonly { readonly id: string; readonly purpose: string; readonly transcript: DrawTranscript; readonly seed: string }[]> {
  const shown = { lot, completedAt: { $ne: null }, purpose: { $ne: invitationPurpose } };
  const rows = await em.find(DrawRow, shown, { orderBy: { requestedAt: 'asc' } });
  return rows.map((row) => ({ id: row.id, purpose: row.purpose, transcript: row.transcript as DrawTranscript, seed: row.seed ?? '' }));
}

/** One council as everyone may see it: its keys, and what it is there for now. */
export interface CouncilListed {
  readonly council: Council;
  readonly formedAt: Instant;
  /** `in-use`: new lots are sealed to it; `serving`: only lots that were published under it; `retired`: none of them needs it any more */
  readonly state: 'in-use' | 'serving' | 'retired';
  /** digest of its ceremony's transcript; null for one made in one process */
  readonly ceremony: string | null;
}

/** Every council there has been, the one in use first. Which lots an old one still serves is public: their notices name it. */
export async function councilsListed(em: EntityManager): Promise<readonly CouncilListed[]> {
  // until the report: its experts are drawn by the same council, replacements included
  const rows = await em.execute<{ body: Council; ceremony: string | null; formed_at: string; in_use: boolean; serves: boolean }[]>(
    `select c.body, c.ceremony, c.formed_at, c.in_use,
            exists (select from lot l where l.council = c.id and (l.published_at is not null or l.phase in ('applying', 'qualifying')) and l.failed_at is null and l.reported_at is null) as serves
     from council c order by c.in_use desc, c.formed_at desc`,
  );
  return rows.map(({ body, ceremony, formed_at, in_use, serves }) => ({
    council: body,
    ceremony,
    formedAt: instantOf(new Date(formed_at)),
    state: in_use ? 'in-use' : serves ? 'serving' : 'retired',
  }));
}
