import { partOutcome, partResultShape } from '../evaluation/part-result.ts';
import { signUntil, silenceMayComplete } from '../evaluation/sign-until.ts';
import type { JournalEvent } from '../journal/event.ts';
import { base64url, canonical, canonicalBytes } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { sha256 } from '../sealing/digest.ts';
import { Refusal } from './refusal.ts';

/**
 * Envelopes in turn: a later part is opened only after every earlier one has a result that the panel reached and all its members signed, in the
 * session that was announced, and of exactly those who passed. All of it from events that the custodian has proven for itself.
 */
interface Placed {
  readonly index: number;
  readonly event: JournalEvent;
}
interface Reported {
  readonly part: string;
  readonly sha256: string;
  readonly outcome: string;
  readonly passed: readonly string[];
}

/** The submissions whose envelope of this part may be opened; null where it is the first part, which everybody's is. */
export function passedBefore(events: readonly Placed[], parts: readonly string[], part: string, now: Instant): ReadonlySet<string> | null {
  const at = parts.indexOf(part);
  if (at < 0) throw new Refusal('part-unknown', `${part} is none of ${parts.join('+')}`);
  let passed: ReadonlySet<string> | null = null;
  for (const [place, earlier] of parts.slice(0, at).entries()) {
    const result = resultOf(events, earlier);
    if (passed !== null && result.judged.some((bid) => !passed?.has(bid))) throw new Refusal('part-list-differs', earlier);
    const session = lastOf(events, 'session.scheduled', parts[place + 1] ?? '');
    if (!session || session.index < result.index) throw new Refusal('session-not-announced', parts[place + 1] ?? '');
    const { at: opens } = session.event.data as { at: string };
    if (now < opens) throw new Refusal('session-not-due', `own clock ${now}, session ${opens}`);
    passed = new Set(result.passed);
  }
  return passed;
}

/** The result of one part as it stands: recomputed from what the panel gave, reported once, and signed by every one of its members. */
function resultOf(events: readonly Placed[], part: string) {
  const reported = allOf(events, 'part.reported', part);
  const [stands] = reported;
  if (!stands || reported.length > 1) throw new Refusal('earlier-part-open', part);
  const { sha256: digest, outcome, passed } = stands.event.data as Reported;
  const concluded = allOf(events, 'part.concluded', part);
  const [written] = concluded;
  if (!written || concluded.length > 1 || written.index > stands.index) throw new Refusal('part-result', part);
  const { result } = written.event.data as { result: unknown };
  const read = partResultShape.safeParse(result);
  if (!read.success || base64url(sha256(canonicalBytes(result))) !== digest) throw new Refusal('part-result', part);
  if (read.data.lot !== stands.event.subject.lot || read.data.part !== part) throw new Refusal('part-result', part);
  const computed = partOutcome(read.data);
  const same = computed.ok && computed.value.outcome === outcome && canonical(computed.value.passed) === canonical(passed);
  if (!same || outcome !== 'passed') throw new Refusal('part-result', part);
  signedByAll(events, part, { digest, reviewers: read.data.reviewers, before: stands.index, concludedAt: written.event.at as Instant });
  asGiven(events, read.data, written.index);
  return { index: stands.index, passed, judged: read.data.bids.map((bid) => bid.id) };
}

function signedByAll(
  events: readonly Placed[],
  part: string,
  {
    digest,
    reviewers,
    before,
    concludedAt,
  }: { readonly digest: string; readonly reviewers: readonly string[]; readonly before: number; readonly concludedAt: Instant },
): void {
  const panel = events.findLast(({ index, event }) => event.type === 'panel.formed' && index < before);
  const seats = ((panel?.event.data ?? { seats: [] }) as { seats: readonly { readonly member: string }[] }).seats.map(
    ({ member }) => member,
  );
  if (seats.length === 0 || canonical([...seats].sort()) !== canonical([...reviewers].sort())) throw new Refusal('part-panel', part);
  const wordsOf = (type: string): readonly Placed[] =>
    allOf(events, type, part).filter(({ index, event }) => index < before && (event.data as { sha256: string }).sha256 === digest);
  const memberIn = ({ event }: Placed): string => (event.data as { member: string }).member;
  const signers = new Set(wordsOf('part.signed').map(memberIn));
  // silence counts from the end of its time on, and only beside the signatures of more than half
  const until = signUntil(concludedAt);
  const silence = silenceMayComplete(seats.filter((seat) => signers.has(seat)).length, seats.length)
    ? wordsOf('part.deemed').filter(({ event }) => event.at >= until)
    : [];
  const agreed = new Set([...signers, ...silence.map(memberIn)]);
  const silent = seats.find((seat) => !agreed.has(seat));
  if (silent !== undefined) throw new Refusal('part-unsigned', `${part}: ${silent}`);
}

/** Every verdict of the result is the one its member gave last. */
function asGiven(
  events: readonly Placed[],
  { part, reviews }: { part: string; reviews: readonly { reviewer: string; bid: string; item: string; pass: boolean }[] },
  before: number,
): void {
  const given = new Map<string, boolean>();
  for (const { index, event } of events) {
    if (event.type !== 'bid.reviewed' || index > before) continue;
    const { member, bid, item, pass } = event.data as { member: string; bid: string; item: string; pass: boolean };
    given.set(canonical([member, bid, item]), pass);
  }
  if (reviews.some((each) => given.get(canonical([each.reviewer, each.bid, each.item])) !== each.pass))
    throw new Refusal('part-result', part);
}

const allOf = (events: readonly Placed[], type: string, part: string): readonly Placed[] =>
  events.filter(({ event }) => event.type === type && (event.data as { part?: string }).part === part);
const lastOf = (events: readonly Placed[], type: string, part: string): Placed | undefined => allOf(events, type, part).at(-1);
