import { type Checkpoint, openCheckpoint, parseVerifierKey } from '../journal/checkpoint.ts';
import type { JournalEvent } from '../journal/event.ts';
import { type DeadlineFault, deadlineInForce } from '../journal/outage.ts';
import { isIncluded } from '../journal/receipt.ts';
import { cosignedAt } from '../journal/witness.ts';
import { base64url, canonical, canonicalBytes } from '../kernel/bytes.ts';
import { dateOf, type Instant, instantOf } from '../kernel/clock.ts';
import { fitsPurpose } from '../openings/draw-purpose.ts';
import { invitationPurpose } from '../openings/invitation-draw.ts';
import type { TaskEvidence } from '../openings/tasks.ts';
import type { Council } from '../sealing/council.ts';
import { sha256 } from '../sealing/digest.ts';
import { checkDrawRequest, drawDigest, drawPoint } from '../sealing/draw.ts';
import { checkLabelProof } from '../sealing/envelope.ts';
import { bytesUntilOf, type Grace } from '../sealing/grace.ts';
import type { Part } from '../sealing/shapes.ts';
import type { InnerSeal } from '../sealing/statement.ts';
import { checkInvitationDraw } from './invitations.ts';
import { checkCalled } from './last-offers.ts';
import { uncovered } from './layers.ts';
import { type BlindNotice, checkBlindDraw, pseudonymsCommitted } from './pseudonyms.ts';
import { checkReadingDraw, partAsked } from './readings.ts';
import { Refusal } from './refusal.ts';
import { checkSheets } from './sheets.ts';
import { passedBefore } from './turns.ts';

export { Refusal } from './refusal.ts';

/** What a custodian was told by its own institution, not by the platform: whom it believes, and which council it serves. */
export interface Trust {
  /** the platform's verifier key; its name is the journal's origin */
  readonly platform: string;
  readonly witnesses: readonly string[];
  /** how many of them must have cosigned a checkpoint before it counts */
  readonly quorum: number;
  readonly council: Council;
  /** fingerprints (SHA-256, hexadecimal) of supervisors' certificates: with any, only their signature lifts an order */
  readonly supervisors?: readonly string[] | undefined;
}

/** What it remembers of its own answers: the hash of the list it once evaluated for a lot and part, or for a draw. */
export type Answered = Readonly<Record<string, string>>;

export interface Judgement {
  readonly points: readonly string[];
  /** to be remembered before the answer leaves, so that a restart cannot be tricked into a second one */
  readonly remember: { readonly key: string; readonly list: string };
}

/** What the custodian has followed of the register for one lot (register.ts). */
export interface LotRegister {
  /** where the events stand that bind this lot: none of them may be missing from what is handed over */
  readonly indices: readonly number[];
  readonly deadline: string | null;
  /** within how many minutes before the deadline an outage counts; null where the notice has no such rule */
  readonly window: number | null;
  /** how large the journal was when the deadline was well past by the custodian's own clock; null before */
  readonly after: number | null;
  readonly order: { readonly id: string; readonly digest: string; readonly reason: string } | null;
}
export interface StatedAt {
  readonly index: number;
  readonly from: string;
  readonly until: string;
}
export interface Register {
  /** every leaf below has been asked about */
  readonly upTo: number;
  readonly lots: Readonly<Record<string, LotRegister>>;
  /** the probes' statements of the last day, by place and span: a deadline that changes takes those it needs */
  readonly stated: readonly StatedAt[];
}

/** What a custodian brings of its own to a judgement. */
export interface Own {
  readonly now: Instant;
  readonly answered: Answered;
  /** the checkpoint text of a size, fetched by the custodian itself */
  readonly snapshot: (size: number) => string | undefined;
  readonly register?: Register;
  /** lots that the institution itself holds, with its reason */
  readonly holds?: Readonly<Record<string, string>>;
  /** is told what has passed, in order: for a person who looks on */
  readonly tell?: (passed: Passed) => void;
}
export type Passed = 'council' | 'included' | 'register' | 'orders' | 'deadline' | 'snapshot' | 'list' | 'labels' | 'request' | 'once';

export interface Placed {
  readonly index: number;
  readonly event: JournalEvent;
}

/**
 * Decides about one task from evidence alone (protocol §2). Throws `Refusal` unless everything checks: the checkpoint's signatures, every
 * event's inclusion, the deadline by the custodian's own clock, the closing snapshot, that the list is exactly what the journal says, each
 * envelope's label proof, and that it never answers twice for a different list. `snapshot` is the checkpoint text of the size that
 * `bidding.closed` names, fetched by the custodian itself.
 */
export function judge(evidence: TaskEvidence, trust: Trust, own: Own): Judgement {
  if (evidence.council.id !== trust.council.id || evidence.council.groupKey !== trust.council.groupKey)
    throw new Refusal('other-council', evidence.council.id);
  const passed = (what: Passed): void => own.tell?.(what);
  passed('council');
  const checkpoint = witnessed(evidence.checkpoint, trust);
  const events = provenEvents(evidence, checkpoint);
  passed('included');
  nothingWithheld(evidence.lot, events, checkpoint.size, own.register);
  passed('register');
  notSuspended(evidence.lot, events, own);
  passed('orders');
  const judgement = judgements[evidence.kind](evidence, events, trust, own);
  const before = own.answered[judgement.remember.key];
  if (before !== undefined && before !== judgement.remember.list) throw new Refusal('answered-differently', judgement.remember.key);
  passed('once');
  return judgement;
}

const judgements: Readonly<
  Record<TaskEvidence['kind'], (evidence: TaskEvidence, events: readonly Placed[], trust: Trust, own: Own) => Judgement>
> = { opening: judgeOpening, draw: judgeDraw, sheets: judgeSheets };

/** The events of the lot, each shown to stand in a checkpoint that enough witnesses cosigned. */
function provenEvents(evidence: TaskEvidence, checkpoint: Checkpoint): readonly Placed[] {
  for (const proven of evidence.events) {
    if (!isIncluded(proven, checkpoint)) throw new Refusal('not-included', proven.event.type);
    const { lot } = proven.event.subject;
    if (lot !== undefined && lot !== evidence.lot) throw new Refusal('other-lot', lot);
  }
  return [...evidence.events].sort((a, b) => a.index - b.index);
}

/** Everything the register told about this lot, up to this checkpoint, must be among the events that are handed over. */
function nothingWithheld(lot: string, events: readonly Placed[], size: number, register: Register | undefined): void {
  if (!register) return;
  if (register.upTo < size) throw new Refusal('register-behind', `${register.upTo} followed, ${size} handed over`);
  const handed = new Set(events.map((event) => event.index));
  const missing = register.lots[lot]?.indices.find((index) => index < size && !handed.has(index));
  if (missing !== undefined) throw new Refusal('event-withheld', `event ${missing} of the register`);
}

/** The tender was not ended, and no order of suspension is in force: by the register, whose liftings are checked, and by the events themselves; nor does the institution hold the lot. */
function notSuspended(lot: string, events: readonly Placed[], own: Pick<Own, 'register' | 'holds'>): void {
  const ended = events.find(({ event }) => event.type === 'tender.terminated');
  if (ended) throw new Refusal('terminated', (ended.event.data as { reason?: string }).reason ?? '');
  const held = own.holds?.[lot];
  if (held !== undefined) throw new Refusal('held-by-the-institution', held);
  const known = own.register?.lots[lot]?.order;
  if (known) throw new Refusal('suspended', known.reason);
  const last = events.findLast(({ event }) => event.type === 'order.suspended' || event.type === 'order.lifted');
  if (last?.event.type === 'order.suspended') throw new Refusal('suspended', (last.event.data as { reason: string }).reason);
}

function witnessed(text: string, trust: Trust): Checkpoint {
  const key = parseVerifierKey(trust.platform);
  if (!key) throw new Refusal('no-platform-key', trust.platform);
  const opened = openCheckpoint(text, key);
  if (typeof opened === 'string') throw new Refusal('checkpoint', opened);
  const agreeing = trust.witnesses.filter((vkey) => {
    const witness = parseVerifierKey(vkey);
    return witness !== undefined && cosignedAt(opened.note, witness) !== undefined;
  });
  if (agreeing.length < trust.quorum) throw new Refusal('not-witnessed', `${agreeing.length} of ${trust.quorum}`);
  return opened.checkpoint;
}

interface Notice extends BlindNotice {
  readonly council: string;
  readonly deadline: string;
  /** the envelopes of a bid in the order of their sessions */
  readonly parts?: readonly string[];
  readonly grace?: Grace;
  readonly outage?: unknown;
  readonly sealPolicy?: string;
  readonly layerMinutes?: number;
  readonly remedy?: { readonly plan: string };
  readonly layerOutage?: unknown;
  readonly sheets?: { readonly hours: number };
  readonly terms?: { readonly round?: string; readonly follows?: { readonly lot: string } };
}

function judgeOpening(evidence: TaskEvidence, events: readonly Placed[], trust: Trust, own: Own): Judgement {
  const { opening, lot } = evidence;
  if (!opening) throw new Refusal('no-list', evidence.task);
  const notice = only<Notice>(events, 'notice.published').data;
  if (notice.council !== trust.council.id) throw new Refusal('lot-of-another-council', notice.council);
  const { deadline } = dueDeadline(trust, events);
  if (own.now < deadline) throw new Refusal('too-early', `own clock ${own.now}, deadline ${deadline}`);
  own.tell?.('deadline');
  const closed = only<{ treeSize: number; root: string; deadline: string }>(events, 'bidding.closed');
  if (closed.data.deadline !== deadline) throw new Refusal('deadline-differs', closed.data.deadline);
  checkSnapshot(closed.data, closed.index, trust, own.snapshot);
  if (notice.outage !== undefined) {
    const reached = only(events, 'deadline.reached').index;
    if (reached >= closed.data.treeSize) throw new Refusal('events', 'the end of bidding is not within the snapshot');
  }
  own.tell?.('snapshot');
  pseudonymsCommitted(events, notice, opening.part);
  const due = dueBids(events, notice, { part: opening.part, deadline, now: own.now });
  if (notice.terms?.round === 'offers') checkCalled(events, due, notice.terms.follows?.lot);
  const list =
    notice.sealPolicy === 'bidder+council'
      ? uncovered(due, events, notice, { now: own.now, platform: originOf(trust.platform) })
      : due.map(({ cover: _, within: __, ...bid }) => bid);
  noneCameLate(events, closed.data.treeSize, deadline, own.register?.lots[lot]?.after ?? null);
  const asked = opening.items.map(({ submission, bidder, sha256: digest, ephemeral, proof }) => ({
    submission,
    bidder,
    sha256: digest,
    ephemeral,
    proof,
  }));
  const byId = <T extends { submission: string }>(items: readonly T[]) => [...items].sort((a, b) => (a.submission < b.submission ? -1 : 1));
  if (canonical(byId(list)) !== canonical(byId(asked)))
    throw new Refusal('list-differs', `${list.length} in the journal, ${asked.length} asked`);
  own.tell?.('list');
  for (const item of opening.items) {
    const verdict = checkLabelProof(item, trust.council.id, { lot, part: opening.part as Part, bidder: item.bidder });
    if (!verdict.ok) throw new Refusal('label', `${item.submission} ${verdict.reason}`);
  }
  own.tell?.('labels');
  return { points: opening.items.map((item) => item.ephemeral), remember: { key: `opening/${lot}/${opening.part}`, list: hashOf(asked) } };
}

/** The bids whose envelopes of a part are to be opened: those that count, and of a later part those that passed the ones before. */
function dueBids(
  events: readonly Placed[],
  notice: Notice,
  { part, deadline, now }: { readonly part: string; readonly deadline: string; readonly now: Instant },
) {
  const closed = only<{ treeSize: number }>(events, 'bidding.closed');
  const passed = passedBefore(events, notice.parts ?? ['whole'], part, now);
  const list = closingList(events, closed.data.treeSize, deadline, part);
  const counted = whole(list, events, { ...notice, deadline }, { now, closed: closed.index });
  const due = passed === null ? counted : counted.filter((bid) => passed.has(bid.submission));
  if (passed !== null && due.length !== passed.size) throw new Refusal('part-list-differs', part);
  return due;
}

/** The deadline by the notice, its addenda and the rule about outages, whose moves and whose waiting are computed again from the probes' own words. */
function dueDeadline(trust: Trust, events: readonly Placed[]): { readonly deadline: string } {
  const now = deadlineInForce(originOf(trust.platform), events);
  if (now === undefined) throw new Refusal('events', 'no notice');
  if (typeof now === 'string') throw new Refusal(now, faults[now]);
  return now;
}
const faults: Readonly<Record<DeadlineFault, string>> = {
  'move-without-rule': 'the notice has no rule that moves the deadline',
  'move-not-proven': 'the statements do not move it as it was moved',
  'outage-ignored': 'the statements move it, and bidding ended at the old one',
  'pause-not-given-back': 'a suspension did not move it by as many days as it lasted',
  'closed-too-soon': 'bidding ended while statements could still move it',
};

/** N must be the size of a checkpoint that witnesses cosigned, with the root the event names, and older than the event itself. */
function checkSnapshot(
  closed: { treeSize: number; root: string },
  at: number,
  trust: Trust,
  fetched: (size: number) => string | undefined,
): void {
  if (closed.treeSize > at) throw new Refusal('snapshot-after-closing', String(closed.treeSize));
  const text = fetched(closed.treeSize);
  if (text === undefined) throw new Refusal('no-snapshot', String(closed.treeSize));
  const checkpoint = witnessed(text, trust);
  if (checkpoint.size !== closed.treeSize || base64url(checkpoint.root) !== closed.root)
    throw new Refusal('snapshot-differs', String(closed.treeSize));
}

interface Receipt {
  readonly statement: { readonly id: string; readonly parts?: readonly { readonly part: string; readonly inner?: InnerSeal }[] };
  readonly awaited?: boolean;
  readonly envelopes: readonly {
    readonly part: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly ephemeral: string;
    readonly proof: string;
  }[];
}

interface Listed {
  readonly submission: string;
  readonly bidder: string;
  readonly sha256: string;
  readonly ephemeral: string;
  readonly proof: string;
  readonly awaited: boolean;
  readonly bytes: Receipt['envelopes'];
  /** the head of the bidder's own layer, as it signed it */
  readonly cover: string | undefined;
  /** the digest of the envelope under it, as the bidder signed it */
  readonly within: string | undefined;
}

/** The last bid of each bidder with an index below N and a time before the deadline, unless it was withdrawn (protocol §5). */
function closingList(events: readonly Placed[], size: number, deadline: string, part: string) {
  const current = new Map<string, Listed>();
  for (const { index, event } of events) {
    const bidder = event.subject.party;
    if (!bidder || index >= size || event.at >= deadline) continue;
    if (event.type === 'bid.withdrawn') current.delete(bidder);
    if (event.type !== 'bid.received' && event.type !== 'bid.replaced') continue;
    const { statement, envelopes, awaited = false } = event.data as Receipt;
    const envelope = envelopes.find((each) => each.part === part);
    if (!envelope) throw new Refusal('no-envelope', statement.id);
    const { sha256: digest, ephemeral, proof } = envelope;
    const inner = innerSigned(statement.parts?.find((each) => each.part === part)?.inner, envelope);
    const layer = { cover: inner?.cover, within: inner?.sha256 };
    current.set(bidder, { submission: statement.id, bidder, sha256: digest, ephemeral, proof, awaited, bytes: envelopes, ...layer });
  }
  return [...current.values()];
}

/**
 * A platform whose clock is moved back can give a late bid an early time, but not an early place: when the deadline was well past by the
 * custodian's own clock, the journal was only so large.
 */
function noneCameLate(events: readonly Placed[], size: number, deadline: string, after: number | null): void {
  if (after === null) return;
  const late = events.find(
    ({ index, event }) =>
      index >= after && index < size && event.at < deadline && (event.type === 'bid.received' || event.type === 'bid.replaced'),
  );
  if (late) throw new Refusal('late-by-own-record', `event ${late.index}; at the deadline the journal had ${after}`);
}

/**
 * Of commitments only those whose bytes came within the grace, by the notice's own figures and before the closing. While a grace runs nothing is
 * opened: nobody's bid can be left out by closing early.
 */
function whole(
  list: ReturnType<typeof closingList>,
  events: readonly Placed[],
  { deadline, grace }: Notice,
  at: { readonly now: Instant; readonly closed: number },
) {
  return list.flatMap(({ awaited, bytes, ...bid }) => {
    if (!awaited) return [bid];
    const until = bytesUntilOf(deadline as Instant, grace, bytes);
    const came = events.some(({ index, event }) => {
      const { submission, completedAt } = event.data as { submission?: string; completedAt?: string };
      const mine = event.type === 'bid.completed' && event.subject.party === bid.bidder && submission === bid.submission;
      return mine && index < at.closed && completedAt !== undefined && completedAt < until;
    });
    if (!came && at.now < until) throw new Refusal('bytes-awaited', `own clock ${at.now}, grace until ${until}`);
    return came ? [bid] : [];
  });
}

/** What the bidder signed about the envelope inside its layer, where it is what the event says of it. */
const innerSigned = (inner: InnerSeal | undefined, { ephemeral, proof }: Pick<InnerSeal, 'ephemeral' | 'proof'>): InnerSeal | undefined =>
  inner?.ephemeral === ephemeral && inner.proof === proof ? inner : undefined;

/** Who handed them in is checked beside it, since a signature is not checked in one breath (sheets.ts `checkSheetSigners`). */
function judgeSheets(evidence: TaskEvidence, events: readonly Placed[], trust: Trust, own: Own): Judgement {
  const notice = only<Notice>(events, 'notice.published').data;
  if (notice.council !== trust.council.id) throw new Refusal('lot-of-another-council', notice.council);
  const points = checkSheets(events, evidence, trust, notice);
  own.tell?.('list');
  own.tell?.('labels');
  const { part, round } = evidence.sheets ?? { part: '', round: 0 };
  const list = (evidence.sheets?.items ?? []).map(({ wrappedKey: _, ...item }) => item);
  return { points, remember: { key: `sheets/${evidence.lot}/${part}/${round}`, list: hashOf(list) } };
}

/** A draw is answered when exactly this request stands in the journal; a session has one draw of its parameters, and one of each part's order of reading and pseudonyms, ever. */
function judgeDraw(evidence: TaskEvidence, events: readonly Placed[], trust: Trust, own: Own): Judgement {
  const request = evidence.draw?.request;
  if (!request) throw new Refusal('no-request', evidence.task);
  const verdict = checkDrawRequest(request);
  if (!verdict.ok) throw new Refusal('request', verdict.reason);
  if (request.lot !== evidence.lot) throw new Refusal('other-lot', request.lot);
  const digest = drawDigest(request);
  const journalled = events.filter(asksDraw);
  const [mine, ...again] = journalled.filter(({ event }) => event.data.digest === digest);
  if (!mine) throw new Refusal('request-not-in-the-journal', digest);
  const purpose = purposeOf(mine);
  // under one name to try it, under another to use it
  if (again.length > 0) throw new Refusal('asked-twice', digest);
  if (!fitsPurpose(purpose, request)) throw new Refusal('draw-purpose', purpose);
  const key = keyOfDraw(request, mine);
  if (purpose !== 'experts' && own.answered[key] !== undefined && own.answered[key] !== digest)
    throw new Refusal('answered-differently', key);
  // by the journal alone, so that a custodian that lost its memory refuses too
  if (purpose === 'parameters' && journalled.find((each) => purposeOf(each) === 'parameters') !== mine)
    throw new Refusal('asked-twice', digest);
  if (purpose === invitationPurpose) checkInvitationDraw(events, request, mine, trust.council.id);
  if (purpose === 'reading' || purpose === 'blind') {
    const notice = only<Notice>(events, 'notice.published').data;
    const dueIn = (part: string) =>
      dueBids(events, notice, { part, ...dueDeadline(trust, events), now: own.now }).map((bid) => bid.submission);
    (purpose === 'reading' ? checkReadingDraw : checkBlindDraw)(events, request, mine, dueIn);
  }
  own.tell?.('request');
  return { points: [drawPoint(request)], remember: { key, list: digest } };
}

interface AskedDraw extends Placed {
  readonly event: JournalEvent & { readonly data: { readonly digest: string; readonly purpose: string; readonly part?: string } };
}
/** The draw of those invited has an event of its own, because fewer may see it; its name says what it is for. */
const asksInvitation = ({ event }: Placed): boolean => event.type === 'invitations.requested';
const asksDraw = (placed: Placed): placed is AskedDraw => placed.event.type === 'draw.requested' || asksInvitation(placed);
const purposeOf = (asked: AskedDraw): string => (asksInvitation(asked) ? invitationPurpose : asked.event.data.purpose);

/** Under what a custodian remembers its answer: what may be drawn only once has one place, whatever the request is called. */
function keyOfDraw({ id, lot }: { readonly id: string; readonly lot: string }, mine: AskedDraw): string {
  const purpose = purposeOf(mine);
  if (purpose === 'parameters' || purpose === invitationPurpose) return `draw/${lot}/${purpose}`;
  return purpose === 'reading' || purpose === 'blind' ? `draw/${lot}/${purpose}/${partAsked(mine)}` : `draw/${id}`;
}

export function only<Data>(events: readonly Placed[], type: string): { readonly index: number; readonly data: Data } {
  const found = events.filter(({ event }) => event.type === type);
  const first = found[0];
  if (!first || found.length > 1) throw new Refusal('events', `${found.length} of ${type}`);
  return { index: first.index, data: first.event.data as Data };
}

const hashOf = (value: unknown): string => base64url(sha256(canonicalBytes(value)));

/** The size that the closing names, to fetch its checkpoint; null where there is none. */
export function snapshotSize(evidence: TaskEvidence): number | null {
  const closed = evidence.events.find(({ event }) => event.type === 'bidding.closed');
  const size = (closed?.event.data as { treeSize?: unknown } | undefined)?.treeSize;
  return typeof size === 'number' && Number.isSafeInteger(size) ? size : null;
}

/** The origin is the name of the platform's key: `<name>+<hash>+<key>`. */
export const originOf = (vkey: string): string => vkey.split('+')[0] ?? '';

/**
 * The custodian's own clock. On a sandbox node, whose origin says so, time is what the journalled settings of the sandbox clock make of it;
 * anywhere else nobody can move it.
 */
export function ownNow(real: Instant, origin: string, settings: readonly JournalEvent[]): Instant {
  if (!origin.endsWith('/sandbox')) return real;
  const newest = settings.filter((event) => event.type === 'clock.set').at(-1);
  if (!newest) return real;
  const { realAt, virtualAt, rate } = newest.data as { realAt: Instant; virtualAt: Instant; rate: number };
  const passed = Math.max(0, dateOf(real).getTime() - dateOf(realAt).getTime());
  return instantOf(new Date(dateOf(virtualAt).getTime() + passed * rate));
}
